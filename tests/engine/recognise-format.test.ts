import 'reflect-metadata'
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { X509CrlGenerator } from '@peculiar/x509'
import { describe, expect, it } from 'vitest'
import { inspect } from '../../src/engine/inspect.ts'
import { failureOf } from '../support/outcome.ts'
import { issueCertificate } from '../support/issue-chain.ts'
import { ascii, encode, encodeIndefinite, join } from './encode-der.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const restricted = { modulusLength: 2048, hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256', saltLength: 32 }
const pss = generateKeyPairSync('rsa-pss', restricted as never).privateKey as unknown as KeyObject
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const ed25519 = generateKeyPairSync('ed25519').privateKey
const ed448 = generateKeyPairSync('ed448').privateKey
const dsa = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 }).privateKey

async function failure(input: string | Uint8Array): Promise<unknown> {
  return failureOf(await inspect(typeof input === 'string' ? new TextEncoder().encode(input) : input))
}

/** The pin of a key's public half, from Node. */
function pinOfKey(key: KeyObject): string {
  const keyInfo = createPublicKey(key).export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(keyInfo).digest('base64')
}

const pem = (label: string, der: Uint8Array) =>
  `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`

const given = (key: KeyObject | null) => ({
  kind: 'private-key-given',
  encrypted: false,
  pin: key && pinOfKey(key),
})
const encrypted = { kind: 'private-key-given', encrypted: true, pin: null }

describe('a private key is recognised, and its public half pinned', () => {
  const keys: readonly [string, KeyObject, 'pkcs8' | 'pkcs1' | 'sec1'][] = [
    ['RSA, PKCS#8', rsa, 'pkcs8'],
    ['RSA-PSS, PKCS#8', pss, 'pkcs8'],
    ['EC, PKCS#8', ec, 'pkcs8'],
    ['Ed25519, PKCS#8', ed25519, 'pkcs8'],
    ['RSA, PKCS#1', rsa, 'pkcs1'],
    ['EC, SEC 1', ec, 'sec1'],
  ]

  it.for(keys)('as PEM: %s', async ([, key, type]) => {
    expect(await failure(key.export({ type, format: 'pem' } as never).toString())).toEqual(given(key))
  })

  it.for(keys)('as DER: %s', async ([, key, type]) => {
    const der = new Uint8Array(key.export({ type, format: 'der' } as never) as unknown as Buffer)
    const before = der.slice()
    expect(await failure(der)).toEqual(given(key))
    expect(der).toEqual(before)
    expect(await failure(pem('CERTIFICATE', der))).toEqual(given(key))
    expect(await failure(Buffer.from(der).toString('base64'))).toEqual(given(key))
  })

  it.for([
    ['P-256', 'prime256v1'],
    ['P-384', 'secp384r1'],
    ['P-521', 'secp521r1'],
  ] as const)('when a key on %s does not hold it', async ([, namedCurve]) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve })
    const octets = Buffer.from(String(privateKey.export({ format: 'jwk' }).d), 'base64url')
    const curve = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
    const algorithm = curve.subarray(curve[1] === 0x81 ? 3 : 2)
    const parameters = algorithm.subarray(11, (algorithm[1] ?? 0) + 2)
    const sec1 = encode(0x30, Uint8Array.of(2, 1, 1), encode(0x04, octets), encode(0xa0, parameters))
    expect(await failure(pem('EC PRIVATE KEY', sec1))).toEqual(given(privateKey))
  })

  it('or without a pin, where the public half cannot be had', async () => {
    expect(await failure(dsa.export({ type: 'pkcs8', format: 'pem' }).toString())).toEqual(given(null))
    expect(await failure(ed448.export({ type: 'pkcs8', format: 'pem' }).toString())).toEqual(given(null))
  })

  it('as a JSON Web Key', async () => {
    for (const key of [rsa, ec, ed25519]) {
      expect(await failure(JSON.stringify(key.export({ format: 'jwk' })))).toEqual(given(key))
    }
  })

  it('when it is encrypted, too', async () => {
    const encryption = { cipher: 'aes-256-cbc', passphrase: 'secret' }
    expect(await failure(rsa.export({ type: 'pkcs8', format: 'pem', ...encryption }).toString())).toEqual(encrypted)
    expect(await failure(rsa.export({ type: 'pkcs1', format: 'pem', ...encryption }).toString())).toEqual(encrypted)
    expect(await failure(new Uint8Array(rsa.export({ type: 'pkcs8', format: 'der', ...encryption })))).toEqual(
      encrypted,
    )
  })

  it("in OpenSSH's own format", async () => {
    expect(await failure(openSshPrivateKey('none', ed25519))).toEqual(given(ed25519))
    expect(await failure(openSshPrivateKey('aes256-ctr', ed25519))).toEqual(encrypted)
  })

  it('when its block is damaged', async () => {
    expect(await failure('-----BEGIN PRIVATE KEY-----\n???\n-----END PRIVATE KEY-----\n')).toEqual(given(null))
    expect(await failure('-----BEGIN PRIVATE KEY-----\nMII')).toEqual(given(null))
  })

  it('beside the curve that OpenSSL prints before it', async () => {
    const parameters = pem('EC PARAMETERS', Uint8Array.of(0x06, 0x03, 0x2b, 0x81, 0x04))
    const key = ec.export({ type: 'sec1', format: 'pem' }).toString()
    expect(await failure(parameters + key)).toEqual(given(ec))
  })

  it('never among the keys', async () => {
    const { pem: certificate } = await issueCertificate({ subject: 'beside' })
    const publicKey = createPublicKey(rsa).export({ type: 'spki', format: 'pem' }).toString()
    const text = ec.export({ type: 'pkcs8', format: 'pem' }).toString() + certificate + publicKey
    expect(await inspect(new TextEncoder().encode(text))).toMatchObject({
      ok: true,
      value: {
        certificates: [{ position: 2 }],
        keys: [{ position: 3, pin: pinOfKey(rsa) }],
        ignored: [{ position: 1, kind: 'private-key', pin: pinOfKey(ec) }],
      },
    })
  })
})

/** RFC 4251 §5. */
function string(content: Uint8Array): Uint8Array {
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, content.length)
  return join(length, content)
}

/** OpenSSH's PROTOCOL.key, with nothing in the private part. */
function openSshPrivateKey(cipher: string, key: KeyObject): string {
  const octets = Buffer.from(String(createPublicKey(key).export({ format: 'jwk' }).x), 'base64url')
  const blob = join(string(ascii('ssh-ed25519')), string(octets))
  const parts = [string(ascii(cipher)), string(ascii('none')), string(ascii('')), Uint8Array.of(0, 0, 0, 1)]
  return pem('OPENSSH PRIVATE KEY', join(ascii('openssh-key-v1\0'), ...parts, string(blob), string(ascii(''))))
}

describe('other structures are named', () => {
  it('revocation lists', async () => {
    const { keys } = await issueCertificate({ subject: 'issuer', isCa: true })
    const list = await X509CrlGenerator.create({
      issuer: 'CN=issuer',
      signingKey: keys.privateKey,
      signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
      thisUpdate: new Date('2026-01-01'),
    })
    const named = { kind: 'not-a-certificate', looksLike: 'crl' }
    expect(await failure(list.toString('pem'))).toEqual(named)
    expect(await failure(new Uint8Array(list.rawData))).toEqual(named)
  })

  it('PKCS#12 and keystores that hold nothing', async () => {
    const data = Uint8Array.of(0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01)
    const pkcs12 = encodeIndefinite(0x30, Uint8Array.of(0x02, 0x01, 0x03), encodeIndefinite(0x30, data))
    expect(await failure(pkcs12)).toEqual({ kind: 'container-damaged' })
  })

  it('web pages', async () => {
    const html = { kind: 'not-a-certificate', looksLike: 'html' }
    expect(await failure('\ufeff\n<!DOCTYPE html>\n<title>Sign in</title>')).toEqual(html)
    expect(await failure('<HTML><BODY>403</BODY></HTML>')).toEqual(html)
  })

  it('nothing that only begins like them', async () => {
    for (const start of [
      encode(0x30, encode(0x02)),
      encode(0x30, encode(0x30)),
      encode(0x30, encode(0x06, ascii('*'))),
    ]) {
      expect(await failure(start)).toEqual({ kind: 'not-a-certificate', looksLike: 'unknown' })
    }
  })
})
