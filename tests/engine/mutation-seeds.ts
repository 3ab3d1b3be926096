import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join as joinPath } from 'node:path'
import { zipSync } from 'fflate'
import { ascii, encode, encodeCertificate, encodeIndefinite, join, utf8Name } from './encode-der.ts'
import { FIXTURES, labelledFiles } from './labelled-files.ts'

/** An input that is read as it is, and that mutations start from. The same in every run. */
export interface MutationSeed {
  readonly name: string
  readonly bytes: Uint8Array
  readonly password: string | null
  /** A key derivation as files of the field have it; taken less often, or it would be all that the time goes to. */
  readonly isSlow: boolean
  /** It holds nothing but a private key. */
  readonly isPrivateKey: boolean
}

const FOLDER = joinPath(import.meta.dirname, '../fixtures/mutation-seeds')
const PASSWORD = 'seed'

const made = (name: string) => new Uint8Array(readFileSync(joinPath(FOLDER, name)))
const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))
const text = (content: string) => new TextEncoder().encode(content)

export function pemOf(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

const SIGNED_DATA = hex('06092a864886f70d010702')
const DATA = hex('06092a864886f70d010701')

/** Signed data without signatures (RFC 5652 §5.1). */
export function pkcs7Of(certificates: readonly Uint8Array[], write: typeof encode = encode): Uint8Array {
  const inner = write(0x30, DATA)
  const signedData = write(0x30, hex('020101'), encode(0x31), inner, write(0xa0, ...certificates), encode(0x31))
  return write(0x30, SIGNED_DATA, write(0xa0, signedData))
}

/** A PKCS#12 of plain certificate bags without a checksum (RFC 7292 §4). */
export function pkcs12Of(certificates: readonly Uint8Array[]): Uint8Array {
  const bags = certificates.map((certificate) =>
    encode(
      0x30,
      hex('060b2a864886f70d010c0a0103'),
      encode(0xa0, encode(0x30, hex('060a2a864886f70d01091601'), encode(0xa0, encode(0x04, certificate)))),
    ),
  )
  const part = encode(0x30, DATA, encode(0xa0, encode(0x04, encode(0x30, ...bags))))
  return encode(0x30, hex('020103'), encode(0x30, DATA, encode(0xa0, encode(0x04, encode(0x30, part)))))
}

function unsigned(octets: number, value: number): Uint8Array {
  return Uint8Array.from({ length: octets }, (_, index) => Math.floor(value / 256 ** (octets - 1 - index)) % 256)
}

function javaText(content: string): Uint8Array {
  return join(unsigned(2, content.length), ascii(content))
}

function block(content: Uint8Array): Uint8Array {
  return join(unsigned(4, content.length), content)
}

/** A store with a key and its chain, a trusted certificate, and a secret key where the format has them. */
export function keystoreOf(
  certificates: readonly Uint8Array[],
  { magic, version }: { readonly magic: string; readonly version: 1 | 2 },
): Uint8Array {
  const entry = (tag: number, alias: string, ...content: readonly Uint8Array[]) =>
    join(unsigned(4, tag), javaText(alias), hex('0000019b00000000'), ...content)
  const written = certificates.map((certificate) =>
    join(version === 1 ? hex('') : javaText('X.509'), block(certificate)),
  )
  const entries = [
    entry(1, 'server', block(made('ec-encrypted.key')), unsigned(4, written.length), ...written),
    ...(magic === 'cececece' ? [entry(3, 'secret', hex('aced00057372'), ascii('javax.crypto.SealedObject'))] : []),
    ...written.map((certificate, index) => entry(2, `authority${index}`, certificate)),
  ]
  return join(hex(magic), unsigned(4, version), unsigned(4, entries.length), ...entries, new Uint8Array(20))
}

/** Without the time of the day, which would make every run another one. */
export function zipOf(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  return zipSync(files, { mtime: '2000-01-02T12:00:00Z' })
}

const PRIVATE_KEYS = {
  'rsa-pkcs8.key': 'PRIVATE KEY',
  'ec-pkcs8.key': 'PRIVATE KEY',
  'ed-pkcs8.key': 'PRIVATE KEY',
  'x-pkcs8.key': 'PRIVATE KEY',
  'dsa-pkcs8.key': 'PRIVATE KEY',
  'rsa-pkcs1.key': 'RSA PRIVATE KEY',
  'ec-sec1.key': 'EC PRIVATE KEY',
  'ec-sec1-without-public.key': 'EC PRIVATE KEY',
  'dsa-openssl.key': 'DSA PRIVATE KEY',
  'ec-encrypted.key': 'ENCRYPTED PRIVATE KEY',
  'openssh-ed25519.key': 'OPENSSH PRIVATE KEY',
  'openssh-rsa-encrypted.key': 'OPENSSH PRIVATE KEY',
} as const

const OTHERS = {
  'leaf.cer': 'CERTIFICATE',
  'issuer.cer': 'CERTIFICATE',
  'request.der': 'CERTIFICATE REQUEST',
  'request-ed25519.der': 'NEW CERTIFICATE REQUEST',
  'rsa-spki.der': 'PUBLIC KEY',
  'ec-spki.der': 'PUBLIC KEY',
  'rsa-pkcs1-public.der': 'RSA PUBLIC KEY',
  'chain.p7b': 'PKCS7',
  'signed-ber.p7m': 'CMS',
  'list.crl': 'X509 CRL',
} as const

const LOCKED = ['modern', 'legacy', 'aes192-sha512', 'triple-des'] as const
const OPEN = ['modern-empty-password', 'legacy-empty-password', 'plain'] as const

const jwk = (key: KeyObject, name: string) => ({ ...key.export({ format: 'jwk' }), kid: name })

/** Every format that is read, in the forms that tools write. */
export function mutationSeeds(): readonly MutationSeed[] {
  const seeds: MutationSeed[] = []
  const addSeed = (name: string, bytes: Uint8Array, more: Partial<MutationSeed> = {}) =>
    seeds.push({ name, bytes, password: null, isSlow: false, isPrivateKey: false, ...more })

  for (const { file, bytes, format, password } of labelledFiles(FIXTURES)) {
    addSeed(file, bytes, { password, isSlow: format === 'pkcs12' })
  }
  for (const [file, label] of Object.entries(PRIVATE_KEYS)) {
    const bytes = made(file)
    // OpenSSH's own form is never without armour.
    if (!file.startsWith('openssh')) addSeed(file, bytes, { isPrivateKey: true })
    addSeed(`${file} as PEM`, text(pemOf(label, bytes)), { isPrivateKey: true })
  }
  for (const [file, label] of Object.entries(OTHERS)) {
    addSeed(file, made(file))
    addSeed(`${file} as PEM`, text(pemOf(label, made(file))))
  }
  for (const name of LOCKED) {
    addSeed(`${name}.p12`, made(`${name}.p12`))
    addSeed(`${name}.p12, unlocked`, made(`${name}.p12`), { password: PASSWORD })
  }
  for (const name of OPEN) addSeed(`${name}.p12`, made(`${name}.p12`))
  addSeed('PKCS#12 as PEM', text(pemOf('PKCS12', made('modern.p12'))), { password: PASSWORD })

  const leaf = made('leaf.cer')
  const issuer = made('issuer.cer')
  const ber = encodeCertificate({ sequence: encodeIndefinite, subject: utf8Name('ber.example') })
  const chain = pemOf('CERTIFICATE', leaf) + pemOf('CERTIFICATE', issuer)
  addSeed('BER certificate', ber)
  addSeed('DER certificates in a row', join(leaf, issuer, leaf))
  addSeed('PKCS#7 in BER', pkcs7Of([leaf, ber, issuer], encodeIndefinite))
  addSeed('plain PKCS#12 by hand', pkcs12Of([leaf, issuer]))
  addSeed('JKS', keystoreOf([leaf, issuer], { magic: 'feedfeed', version: 2 }))
  addSeed('JKS of version 1', keystoreOf([leaf, issuer], { magic: 'feedfeed', version: 1 }))
  addSeed('JCEKS', keystoreOf([leaf, issuer], { magic: 'cececece', version: 2 }))

  const sshLines = readFileSync(joinPath(FOLDER, 'authorized-keys.txt'), 'utf8')
  addSeed('OpenSSH lines', text(sshLines))
  const keyOf = (file: string) => createPrivateKey({ key: Buffer.from(made(file)), format: 'der', type: 'pkcs8' })
  const privateKeys = ['rsa-pkcs8.key', 'ec-pkcs8.key', 'ed-pkcs8.key', 'x-pkcs8.key'].map(keyOf)
  const publicKeys = privateKeys.map((key) => createPublicKey(key))
  publicKeys.forEach((key, index) => addSeed(`JWK ${index}`, text(JSON.stringify(jwk(key, `key ${index}`)))))
  addSeed('JWK Set', text(JSON.stringify({ keys: publicKeys.map((key, index) => jwk(key, `key ${index}`)) }, null, 2)))
  addSeed('private JWK', text(JSON.stringify(privateKeys.map((key) => jwk(key, 'private'))[0])), { isPrivateKey: true })

  addSeed('s_client output', text(`CONNECTED(00000003)\n---\nCertificate chain\n 0 s:CN = seed.example\n${chain}---\n`))
  addSeed('TRUSTED CERTIFICATE', text(pemOf('TRUSTED CERTIFICATE', join(leaf, encode(0x30, hex('3000'))))))
  addSeed('PEM in JSON', text(JSON.stringify({ pem: chain })))
  addSeed('PEM in a quoted mail', text(chain.replaceAll(/^/gm, '> ')))
  addSeed('PEM with percent signs', text(encodeURIComponent(chain)))
  addSeed('PEM in base64', text(`tls.crt: ${btoa(chain)}\nca.crt: ${btoa(pemOf('CERTIFICATE', issuer))}\n`))
  addSeed('PEM in UTF-16LE', new Uint8Array(Buffer.from(`\ufeff${chain}`, 'utf16le')))
  addSeed('PEM in UTF-16BE', new Uint8Array(Buffer.from(`\ufeff${chain}`, 'utf16le').swap16()))
  addSeed(
    'encrypted PKCS#1',
    text(pemOf('RSA PRIVATE KEY', made('rsa-pkcs1.key')).replace('\n', '\nProc-Type: 4,ENCRYPTED\n\n')),
    {
      isPrivateKey: true,
    },
  )
  const files = {
    'chain.pem': text(chain),
    'folder/leaf.cer': leaf,
    'bundle.p7b': made('chain.p7b'),
    'store.p12': made('modern.p12'),
    'store.jks': keystoreOf([leaf], { magic: 'feedfeed', version: 2 }),
    'request.csr': made('request.der'),
    'id.pub': text(sshLines),
    'server.key': made('rsa-pkcs8.key'),
    'readme.txt': text('Certificates of seed.example'),
  }
  addSeed('zip', zipOf(files), { password: PASSWORD })
  addSeed('zip in a zip', zipOf({ 'inner.zip': zipOf(files), 'chain.pem': text(chain) }))
  return seeds
}
