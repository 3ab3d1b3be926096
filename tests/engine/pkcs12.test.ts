import { createHash, createHmac, createPrivateKey, pbkdf2Sync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join as joinPath } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Content } from '../../src/engine/content.ts'
import { readPkcs12 } from '../../src/engine/pkcs12.ts'
import { failureOf, valueOf } from '../support/outcome.ts'
import { sharedData } from '../support/shared-data.ts'
import { isMissing, keytool, openssl } from '../support/tools.ts'
import {
  fingerprint,
  fingerprints,
  makeContainerFiles,
  processorTime,
  repeated,
  type ContainerFiles,
} from './container-files.ts'
import { ascii, encode, encodeCertificate, encodeIndefinite } from './encode-der.ts'
import { SHARED } from './labelled-files.ts'

const PASSWORD = 'correct horse'

const byText = (a = '', b = '') => a.localeCompare(b)

let files: ContainerFiles
/** What OpenSSL puts into every file: the leaf with its key, then the issuer. */
let BOTH: readonly string[]
let KEY: string

beforeAll(() => {
  if (openssl.missing !== null) return
  files = makeContainerFiles()
  BOTH = [fingerprint(files.leaf), fingerprint(files.issuer)]
  KEY = keyText(files.key)
})
afterAll(() => files?.remove())

function keys(contents: readonly Content[]): readonly (string | null)[] {
  return contents.flatMap((content) =>
    content.kind === 'private-key' ? [content.pkcs8 && keyText(content.pkcs8)] : [],
  )
}

/** Node's reading of the key, which is OpenSSL's; throws for anything that is none. */
function keyText(pkcs8: Uint8Array): string {
  const read = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  return read.export({ format: 'der', type: 'pkcs8' }).toString('hex')
}

function exported(args: readonly string[], password = PASSWORD): Uint8Array {
  return files.exportPkcs12(args, password)
}

const FULL = ['-in', 'leaf.pem', '-inkey', 'key.pem', '-certfile', 'issuer.pem']

async function kindOfFailure(bytes: Uint8Array, password?: string): Promise<string> {
  return failureOf(await readPkcs12(bytes, password)).kind
}

const VARIANTS: Readonly<Record<string, readonly string[]>> = {
  default: [],
  legacy: ['-legacy'],
  'RC2-40 for both': ['-legacy', '-keypbe', 'PBE-SHA1-RC2-40', '-certpbe', 'PBE-SHA1-RC2-40'],
  'RC2-128 for both': ['-legacy', '-keypbe', 'PBE-SHA1-RC2-128', '-certpbe', 'PBE-SHA1-RC2-128'],
  '3DES for both': ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES'],
  '3DES with two keys': ['-keypbe', 'PBE-SHA1-2DES', '-certpbe', 'PBE-SHA1-2DES'],
  'PBES2 with AES-128': ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-128-CBC'],
  'PBES2 with AES-192': ['-keypbe', 'AES-192-CBC', '-certpbe', 'AES-192-CBC'],
  'PBES2 with 3DES': ['-keypbe', 'DES-EDE3-CBC', '-certpbe', 'DES-EDE3-CBC'],
  'a plain key': ['-keypbe', 'NONE'],
  'plain certificates': ['-certpbe', 'NONE'],
  'nothing encrypted': ['-keypbe', 'NONE', '-certpbe', 'NONE'],
  'no MAC': ['-nomac', '-certpbe', 'AES-256-CBC'],
  'no MAC, legacy': ['-nomac', '-legacy', '-certpbe', 'PBE-SHA1-RC2-40'],
  'MAC with SHA-1': ['-macalg', 'sha1'],
  'MAC with SHA-224, which is not checked': ['-macalg', 'sha224'],
  'MAC with SHA-384': ['-macalg', 'sha384'],
  'MAC with SHA-512': ['-macalg', 'sha512'],
  'one iteration': ['-noiter', '-nomaciter'],
  'many iterations': ['-iter', '100000'],
}

describe.skipIf(isMissing(openssl))('what OpenSSL exports', () => {
  it.each(Object.entries(VARIANTS))('%s: certificates byte for byte, and the key', async (_, args) => {
    const contents = valueOf(await readPkcs12(exported([...FULL, ...args]), PASSWORD))
    expect(fingerprints(contents)).toEqual(BOTH)
    expect(keys(contents)).toEqual([KEY])
    expect(contents).toHaveLength(3)
  })

  const encrypted = Object.entries(VARIANTS).filter(([name]) => name !== 'nothing encrypted')

  it.each(encrypted.filter(([name]) => name !== 'plain certificates'))('%s: asks for a password', async (_, args) => {
    const file = exported([...FULL, ...args])
    expect(await kindOfFailure(file)).toBe('password-needed')
    expect(await kindOfFailure(file, '')).toBe('wrong-password')
    expect(await kindOfFailure(file, 'another')).toBe('wrong-password')
  })

  it('neither MAC nor encryption: needs no password', async () => {
    const file = exported([...FULL, '-nomac', '-keypbe', 'NONE', '-certpbe', 'NONE'])
    expect(fingerprints(valueOf(await readPkcs12(file, undefined)))).toEqual(BOTH)
  })

  it('plain certificates beside an encrypted key need no password when nothing checks it', async () => {
    const contents = valueOf(await readPkcs12(exported([...FULL, '-nomac', '-certpbe', 'NONE']), undefined))
    expect(fingerprints(contents)).toEqual(BOTH)
    expect(keys(contents)).toEqual([null])
  })

  it.each(['', 'Hello, 世界', 'ä'.repeat(300), 'naïve 🔑'])('the password %j', async (password) => {
    for (const args of [
      [],
      ['-legacy'],
      ['-nomac', '-certpbe', 'AES-256-CBC'],
      ['-nomac', '-legacy', '-certpbe', 'PBE-SHA1-3DES'],
    ]) {
      const contents = valueOf(await readPkcs12(exported([...FULL, ...args], password), password))
      expect(fingerprints(contents)).toEqual(BOTH)
      expect(keys(contents)).toEqual([KEY])
    }
  })

  it('the empty password needs no question', async () => {
    for (const args of [[], ['-legacy'], ['-nomac', '-legacy', '-certpbe', 'PBE-SHA1-3DES'], ['-macalg', 'sha512']]) {
      expect(fingerprints(valueOf(await readPkcs12(exported([...FULL, ...args], ''), undefined)))).toEqual(BOTH)
    }
  })

  it('only keys', async () => {
    for (const args of [[], ['-nomac']]) {
      const file = exported(['-nocerts', '-inkey', 'key.pem', ...args])
      expect(keys(valueOf(await readPkcs12(file, PASSWORD)))).toEqual([KEY])
      expect(await kindOfFailure(file)).toBe('password-needed')
    }
  })

  it('only certificates, many of them', async () => {
    const found = fingerprints(valueOf(await readPkcs12(files.exportMany(PASSWORD), PASSWORD)))
    expect(found).toEqual(Array.from({ length: files.many }, () => BOTH[0]))
  })

  it('refuses before it derives anything that would take long', async () => {
    for (const args of [[], ['-nomac', '-certpbe', 'AES-256-CBC'], ['-legacy']]) {
      const file = withIterations(exported([...FULL, ...args, '-iter', '77777']))
      const failure = failureOf(await readPkcs12(file, PASSWORD))
      expect(failure).toMatchObject({ kind: 'too-many-iterations' })
      expect(failure.kind === 'too-many-iterations' && failure.iterations > failure.limit).toBe(true)
    }
  })

  it('leaves a key that would take long, for the sake of the certificates', async () => {
    const file = withIterations(exported([...FULL, '-certpbe', 'NONE', '-iter', '77777', '-nomac']))
    const contents = valueOf(await readPkcs12(file, PASSWORD))
    expect(fingerprints(contents)).toEqual(BOTH)
    expect(keys(contents)).toEqual([null])
  })

  it('reads what asks for as much as Firefox does', async () => {
    const file = exported([...FULL, '-iter', '600000', '-macalg', 'sha256'])
    expect(fingerprints(valueOf(await readPkcs12(file, PASSWORD)))).toEqual(BOTH)
  })

  it('names a cipher that it does not have', async () => {
    const file = exported([...FULL, '-legacy', '-certpbe', 'PBE-SHA1-RC4-128', '-keypbe', 'PBE-SHA1-RC4-128'])
    expect(failureOf(await readPkcs12(file, PASSWORD))).toEqual({ kind: 'encryption-not-supported', algorithm: 'RC4' })
    const plainKey = exported([...FULL, '-legacy', '-certpbe', 'PBE-SHA1-RC4-128', '-keypbe', 'NONE'])
    const contents = valueOf(await readPkcs12(plainKey, PASSWORD))
    expect(contents[0]).toEqual({ kind: 'damaged', reason: 'encryption-not-supported' })
    expect(keys(contents)).toEqual([KEY])
  })

  it('PBMAC1', async () => {
    const file = withPbmac1(exported([...FULL, '-nomac']), PASSWORD)
    expect(fingerprints(valueOf(await readPkcs12(file, PASSWORD)))).toEqual(BOTH)
    expect(await kindOfFailure(file)).toBe('password-needed')
    expect(await kindOfFailure(file, 'another')).toBe('wrong-password')
  })

  it('needs WebCrypto', async () => {
    vi.stubGlobal('crypto', {})
    const result = await readPkcs12(exported(FULL), PASSWORD)
    vi.unstubAllGlobals()
    expect(failureOf(result)).toEqual({ kind: 'no-web-crypto' })
  })

  it('cut off anywhere it is damaged, and any changed byte is answered', async () => {
    for (const args of [[], ['-legacy'], ['-nomac', '-keypbe', 'NONE', '-certpbe', 'NONE']]) {
      const file = exported([...FULL, ...args, '-iter', '1', '-nomaciter'])
      const step = Math.ceil(file.length / 60)
      for (let at = 0; at < file.length; at += step) {
        expect(await kindOfFailure(file.subarray(0, at), PASSWORD)).toBe('container-damaged')
        for (const value of [0x00, 0x80, 0xff]) {
          const changed = file.slice()
          changed[at] = value
          expect(await readPkcs12(changed, PASSWORD)).toHaveProperty('ok')
        }
      }
    }
  })

  it('is damaged when the header sets anything in the first bytes to all values', async () => {
    const file = exported([...FULL, '-iter', '1', '-nomaciter'])
    for (let at = 0; at < 60; at += 1) {
      for (const value of [0x02, 0x04, 0x24, 0x30, 0x80, 0xa0, 0x84]) {
        const changed = file.slice()
        changed[at] = value
        expect(await readPkcs12(changed, PASSWORD)).toHaveProperty('ok')
      }
    }
  })
})

/** Sets every 77777, which OpenSSL wrote in three bytes, to more than eight million. */
function withIterations(file: Uint8Array): Uint8Array {
  const text = Buffer.from(file).toString('latin1').replaceAll('\x02\x03\x01\x2f\xd1', '\x02\x03\x7f\xff\xff')
  return ascii(text)
}

const oid = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))
const PBMAC1 = oid('06092a864886f70d01050e')
const PBKDF2 = oid('06092a864886f70d01050c')
const HMAC_SHA256 = encode(0x30, oid('06082a864886f70d0209'), oid('0500'))
const HMAC_SHA512 = encode(0x30, oid('06082a864886f70d020b'), oid('0500'))

/** Adds a MAC of RFC 9579, computed by OpenSSL, to a file without. */
function withPbmac1(file: Uint8Array, password: string): Uint8Array {
  const body = file.subarray(4)
  const octets = body.subarray(body.findIndex((_, at) => body[at] === 0xa0 && body[at + 4] === 0x04))
  const content = octets.subarray(8, 8 + (octets[6] ?? 0) * 256 + (octets[7] ?? 0))
  const salt = ascii('salt of eight')
  const hmacKey = pbkdf2Sync(password, salt, 1000, 32, 'sha512')
  const digest = createHmac('sha256', hmacKey).update(content).digest()
  const derivation = encode(0x30, encode(0x04, salt), oid('020203e8'), oid('020120'), HMAC_SHA512)
  const algorithm = encode(0x30, PBMAC1, encode(0x30, encode(0x30, PBKDF2, derivation), HMAC_SHA256))
  const macData = encode(
    0x30,
    encode(0x30, algorithm, encode(0x04, digest)),
    encode(0x04, ascii('unused')),
    oid('020101'),
  )
  return encode(0x30, body, macData)
}

describe.skipIf(isMissing(openssl, keytool))('what keytool writes', () => {
  it('a key with its chain, and trusted certificates', async () => {
    const store = files.keystore('PKCS12')
    const contents = valueOf(await readPkcs12(store, 'changeit'))
    expect(fingerprints(contents).toSorted(byText)).toEqual([...BOTH, BOTH[1]].toSorted(byText))
    expect(keys(contents)).toEqual([KEY])
    expect(await kindOfFailure(store)).toBe('password-needed')
  })
})

const leaf = encodeCertificate()
const issuer = encodeCertificate({ serialNumber: oid('02') })

const SAFE_BAG = (type: number, ...value: readonly Uint8Array[]) =>
  encode(0x30, oid(`060b2a864886f70d010c0a01${type.toString(16).padStart(2, '0')}`), encode(0xa0, ...value))
const CERT_BAG = (der: Uint8Array) =>
  SAFE_BAG(3, encode(0x30, oid('060a2a864886f70d01091601'), encode(0xa0, encode(0x04, der))))
const pieces = (bytes: Uint8Array) =>
  encodeIndefinite(0x24, encode(0x04, bytes.subarray(0, 100)), encode(0x24, encode(0x04, bytes.subarray(100))))
const DATA = oid('06092a864886f70d010701')
const fileOf = (...bags: readonly Uint8Array[]) =>
  fileOfSafes(encode(0x30, DATA, encode(0xa0, encode(0x04, encode(0x30, ...bags)))))
const fileOfSafes = (...safes: readonly Uint8Array[]) =>
  encode(0x30, oid('020103'), encode(0x30, DATA, encode(0xa0, encode(0x04, encode(0x30, ...safes)))))

describe('what the format allows', () => {
  it('bags of every kind, and bags in bags', async () => {
    const bags = [
      SAFE_BAG(4, oid('3000')),
      SAFE_BAG(5, oid('3000')),
      SAFE_BAG(6, encode(0x30, CERT_BAG(leaf))),
      CERT_BAG(issuer),
    ]
    expect(valueOf(await readPkcs12(fileOf(...bags), undefined))).toEqual([
      { kind: 'other', format: 'crl' },
      { kind: 'other', format: 'unknown' },
      { kind: 'certificate', bytes: leaf },
      { kind: 'certificate', bytes: issuer },
    ])
  })

  it('a damaged bag does not cost the others', async () => {
    expect(valueOf(await readPkcs12(fileOf(CERT_BAG(leaf), SAFE_BAG(3, oid('3000')), oid('3005')), undefined))).toEqual(
      [
        { kind: 'certificate', bytes: leaf },
        { kind: 'damaged', reason: 'container-damaged' },
        { kind: 'damaged', reason: 'container-damaged' },
      ],
    )
  })

  it('BER with indefinite lengths and octets in pieces, as NSS writes', async () => {
    const bag = encodeIndefinite(0x30, CERT_BAG(leaf))
    const safes = encodeIndefinite(0x30, encodeIndefinite(0x30, DATA, encodeIndefinite(0xa0, pieces(bag))))
    const ber = encodeIndefinite(
      0x30,
      oid('020103'),
      encodeIndefinite(0x30, DATA, encodeIndefinite(0xa0, pieces(safes))),
    )
    expect(valueOf(await readPkcs12(ber, undefined))).toEqual([{ kind: 'certificate', bytes: leaf }])
  })

  it('no bytes at all as the empty password', async () => {
    // The key derivation of RFC 7292 appendix B.2 for an empty P and one iteration: a hash of D and S.
    const salt = ascii('12345678')
    const macKey = createHash('sha1')
      .update(Buffer.alloc(64, 3))
      .update(Buffer.concat(Array(8).fill(salt)))
      .digest()
    const content = encode(0x30, encode(0x30, DATA, encode(0xa0, encode(0x04, encode(0x30, CERT_BAG(leaf))))))
    const digest = createHmac('sha1', macKey).update(content).digest()
    const macData = encode(
      0x30,
      encode(0x30, encode(0x30, oid('06052b0e03021a'), oid('0500')), encode(0x04, digest)),
      encode(0x04, salt),
    )
    const pfx = encode(0x30, oid('020103'), encode(0x30, DATA, encode(0xa0, encode(0x04, content))), macData)
    expect(valueOf(await readPkcs12(pfx, undefined))).toEqual([{ kind: 'certificate', bytes: leaf }])
    expect(valueOf(await readPkcs12(pfx, ''))).toHaveLength(1)
    expect(await kindOfFailure(pfx, 'another')).toBe('wrong-password')
  })

  it('an empty file is no failure', async () => {
    expect(valueOf(await readPkcs12(fileOf(), undefined))).toEqual([])
  })
})

/** Whether it ends in time, however it ends. */
async function isQuick(name: string, bytes: Uint8Array, password?: string): Promise<boolean> {
  return (await processorTime(name, () => readPkcs12(bytes, password))) < 3000
}

describe('what is made to cost', () => {
  const SIZE = 15 * 1024 * 1024
  it.each(
    Object.entries({
      'a long identifier': encode(0x06, new Uint8Array(SIZE).fill(1)),
      'tiny values': repeated(oid('0500'), SIZE),
      'tiny bags': repeated(SAFE_BAG(3, oid('0500')), SIZE),
      'open ends': repeated(oid('3080'), SIZE),
      certificates: repeated(CERT_BAG(leaf), SIZE),
    }),
  )('%s', async (name, bags) => {
    expect(await isQuick(name, fileOf(bags))).toBe(true)
    expect(await isQuick(`${name}, as safes`, fileOfSafes(bags))).toBe(true)
    expect(await isQuick(`${name}, alone`, encode(0x30, bags))).toBe(true)
  })

  const pbes2 = (iterations: number) => {
    const count = Buffer.alloc(4)
    count.writeInt32BE(iterations)
    const derivation = encode(
      0x30,
      PBKDF2,
      encode(0x30, encode(0x04, ascii('12345678')), encode(0x02, count), HMAC_SHA256),
    )
    const scheme = encode(0x30, oid('060960864801650304012a'), encode(0x04, new Uint8Array(16)))
    return encode(0x30, oid('06092a864886f70d01050d'), encode(0x30, derivation, scheme))
  }
  const pbes1 = (type: number, iterations: number) => {
    const count = Buffer.alloc(4)
    count.writeInt32BE(iterations)
    const parameters = encode(0x30, encode(0x04, ascii('12345678')), encode(0x02, count))
    return encode(0x30, oid(`060a2a864886f70d010c010${type}`), parameters)
  }
  const encryptedSafe = (algorithm: Uint8Array, size: number) => {
    const content = encode(0x30, DATA, algorithm, encode(0x80, new Uint8Array(size)))
    return encode(0x30, oid('06092a864886f70d010706'), encode(0xa0, encode(0x30, oid('020100'), content)))
  }
  const shroudedKey = (algorithm: Uint8Array, size: number) =>
    SAFE_BAG(2, encode(0x30, algorithm, encode(0x04, new Uint8Array(size))))

  it.each(Object.entries({ AES: pbes2(1), '3DES': pbes1(3, 1), RC2: pbes1(6, 1) }))(
    'many parts and much data: %s',
    async (name, algorithm) => {
      for (const password of [undefined, 'x']) {
        expect(
          await isQuick(`${name}, safes`, fileOfSafes(repeated(encryptedSafe(algorithm, 16), SIZE)), password),
        ).toBe(true)
        expect(
          await isQuick(
            `${name}, 2000 safes`,
            fileOfSafes(repeated(encryptedSafe(algorithm, 16), 2000 * encryptedSafe(algorithm, 16).length)),
            password,
          ),
        ).toBe(true)
        expect(await isQuick(`${name}, keys`, fileOf(repeated(shroudedKey(algorithm, 16), SIZE)), password)).toBe(true)
        expect(await isQuick(`${name}, one safe`, fileOfSafes(encryptedSafe(algorithm, SIZE)), password)).toBe(true)
        expect(
          await isQuick(`${name}, one safe of 2 MB`, fileOfSafes(encryptedSafe(algorithm, 2 * 1024 * 1024)), password),
        ).toBe(true)
        expect(await isQuick(`${name}, one key`, fileOf(shroudedKey(algorithm, SIZE)), password)).toBe(true)
      }
    },
  )

  it.each([3e4, 2e5, 3e6])('%i iterations everywhere', async (iterations) => {
    for (const algorithm of [pbes2(iterations), pbes1(3, iterations), pbes1(6, iterations)]) {
      const key = encode(
        0x30,
        DATA,
        encode(0xa0, encode(0x04, encode(0x30, repeated(shroudedKey(algorithm, 16), 2000)))),
      )
      expect(await isQuick(`${iterations}`, fileOfSafes(key, encryptedSafe(algorithm, 160)))).toBe(true)
      expect(await isQuick(`${iterations}`, fileOfSafes(encryptedSafe(algorithm, 160), key), 'x')).toBe(true)
    }
  })

  it('zeros, text and nothing are damaged', async () => {
    for (const bytes of [new Uint8Array(), new Uint8Array(SIZE), new Uint8Array(SIZE).fill(0x30), ascii('text')]) {
      expect(failureOf(await readPkcs12(bytes, undefined))).toEqual({ kind: 'container-damaged' })
    }
  })
})

interface SharedFile {
  readonly file: string
  readonly password?: string
  readonly expect: { readonly outcome: string; readonly certs?: readonly { readonly sha256: string }[] }
}

function sharedFiles(): readonly SharedFile[] {
  const index = JSON.parse(readFileSync(joinPath(SHARED, 'index.json'), 'utf8')) as { readonly files: SharedFile[] }
  return index.files.filter(({ file }) => file.endsWith('.p12'))
}

describe.skipIf(isMissing(sharedData))('the labelled files', () => {
  it.each(sharedData.missing === null ? sharedFiles() : [])('$file', async ({ file, password, expect: label }) => {
    const result = await readPkcs12(new Uint8Array(readFileSync(joinPath(SHARED, file))), password)
    const found = result.ok ? fingerprints(result.value) : []
    expect(found.toSorted(byText)).toEqual((label.certs ?? []).map(({ sha256 }) => sha256).toSorted(byText))
    expect(!result.ok && result.failure.kind === 'wrong-password').toBe(file.includes('wrong-password'))
  })
})
