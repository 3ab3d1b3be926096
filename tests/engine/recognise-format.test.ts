import 'reflect-metadata'
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { Pkcs10CertificateRequestGenerator, X509Certificate, X509Certificates, X509CrlGenerator } from '@peculiar/x509'
import { describe, expect, it } from 'vitest'
import { inspect } from '../../src/engine/inspect.ts'
import { failureOf } from '../support/outcome.ts'
import { issueCertificate } from '../support/issue-chain.ts'
import { ascii, encode, encodeIndefinite, join } from './encode-der.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const ed25519 = generateKeyPairSync('ed25519').privateKey
const dsa = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 }).privateKey

async function failure(input: string | Uint8Array): Promise<unknown> {
  return failureOf(await inspect(typeof input === 'string' ? new TextEncoder().encode(input) : input))
}

const unsupported = (format: string) => ({ kind: 'format-not-supported', format })
const pem = (label: string, der: Uint8Array) =>
  `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`

const openSsh = (cipher: string) =>
  pem('OPENSSH PRIVATE KEY', join(ascii('openssh-key-v1\0\0\0\0'), Uint8Array.of(cipher.length), ascii(cipher)))

describe('a private key is recognised', () => {
  const keys: readonly [string, KeyObject, 'pkcs8' | 'pkcs1' | 'sec1'][] = [
    ['RSA, PKCS#8', rsa, 'pkcs8'],
    ['EC, PKCS#8', ec, 'pkcs8'],
    ['Ed25519, PKCS#8', ed25519, 'pkcs8'],
    ['DSA, PKCS#8', dsa, 'pkcs8'],
    ['RSA, PKCS#1', rsa, 'pkcs1'],
    ['EC, SEC 1', ec, 'sec1'],
  ]
  const given = { kind: 'private-key-given', encrypted: false }

  it.for(keys)('as PEM: %s', async ([, key, type]) => {
    expect(await failure(key.export({ type, format: 'pem' } as never).toString())).toEqual(given)
  })

  it.for(keys)('as DER: %s', async ([, key, type]) => {
    const der = new Uint8Array(key.export({ type, format: 'der' } as never) as unknown as Buffer)
    expect(await failure(der)).toEqual(given)
    expect(await failure(pem('CERTIFICATE', der))).toEqual(given)
    expect(await failure(Buffer.from(der).toString('base64'))).toEqual(given)
  })

  it('when it is encrypted, too', async () => {
    const encryption = { cipher: 'aes-256-cbc', passphrase: 'secret' }
    const encrypted = { kind: 'private-key-given', encrypted: true }
    expect(await failure(rsa.export({ type: 'pkcs8', format: 'pem', ...encryption }).toString())).toEqual(encrypted)
    expect(await failure(rsa.export({ type: 'pkcs1', format: 'pem', ...encryption }).toString())).toEqual(encrypted)
    expect(await failure(new Uint8Array(rsa.export({ type: 'pkcs8', format: 'der', ...encryption })))).toEqual(
      encrypted,
    )
  })

  it("in OpenSSH's own format", async () => {
    expect(await failure(openSsh('none'))).toEqual(given)
    expect(await failure(openSsh('aes256-ctr'))).toEqual({ ...given, encrypted: true })
  })

  it('when its block is damaged', async () => {
    expect(await failure('-----BEGIN PRIVATE KEY-----\n???\n-----END PRIVATE KEY-----\n')).toEqual(given)
    expect(await failure('-----BEGIN PRIVATE KEY-----\nMII')).toEqual(given)
  })

  it('beside the curve that OpenSSL prints before it', async () => {
    const parameters = pem('EC PARAMETERS', Uint8Array.of(0x06, 0x03, 0x2b, 0x81, 0x04))
    const key = ec.export({ type: 'sec1', format: 'pem' }).toString()
    expect(await failure(parameters + key)).toEqual(given)
  })
})

describe('a public key is recognised', () => {
  it.for([
    ['RSA', rsa],
    ['EC', ec],
    ['Ed25519', ed25519],
  ] as const)('as PEM and DER: %s', async ([, key]) => {
    const publicKey = createPublicKey(createPrivateKey(key.export({ type: 'pkcs8', format: 'pem' })))
    expect(await failure(publicKey.export({ type: 'spki', format: 'pem' }).toString())).toEqual(
      unsupported('public-key'),
    )
    const der = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
    expect(await failure(der)).toEqual(unsupported('public-key'))
  })

  it("in PKCS#1's form", async () => {
    const publicKey = createPublicKey(createPrivateKey(rsa.export({ type: 'pkcs8', format: 'pem' })))
    expect(await failure(publicKey.export({ type: 'pkcs1', format: 'pem' }).toString())).toEqual(
      unsupported('public-key'),
    )
    const der = new Uint8Array(publicKey.export({ type: 'pkcs1', format: 'der' }))
    expect(await failure(der)).toEqual(unsupported('public-key'))
  })
})

describe('other structures are named', () => {
  it('certification requests', async () => {
    const { keys } = await issueCertificate({ subject: 'request' })
    const request = await Pkcs10CertificateRequestGenerator.create({
      name: 'CN=request',
      keys,
      signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    })
    expect(await failure(request.toString('pem'))).toEqual(unsupported('certificate-request'))
    expect(await failure(new Uint8Array(request.rawData))).toEqual(unsupported('certificate-request'))
  })

  it('revocation lists', async () => {
    const { keys } = await issueCertificate({ subject: 'issuer', isCa: true })
    const list = await X509CrlGenerator.create({
      issuer: 'CN=issuer',
      signingKey: keys.privateKey,
      signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
      thisUpdate: new Date('2026-01-01'),
    })
    expect(await failure(list.toString('pem'))).toEqual(unsupported('crl'))
    expect(await failure(new Uint8Array(list.rawData))).toEqual(unsupported('crl'))
  })

  it('PKCS#7, whatever its label, and in BER', async () => {
    const { pem: member } = await issueCertificate({ subject: 'member' })
    const pkcs7 = new Uint8Array(new X509Certificates([new X509Certificate(member)]).export('raw'))
    expect(await failure(pkcs7)).toEqual(unsupported('pkcs7'))
    expect(await failure(pem('PKCS7', pkcs7))).toEqual(unsupported('pkcs7'))
    expect(await failure(pem('CERTIFICATE', pkcs7))).toEqual(unsupported('pkcs7'))
    const signedData = Uint8Array.of(0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02)
    expect(await failure(encodeIndefinite(0x30, signedData, encodeIndefinite(0xa0)))).toEqual(unsupported('pkcs7'))
  })

  it('PKCS#12 in BER', async () => {
    const data = Uint8Array.of(0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01)
    const pkcs12 = encodeIndefinite(0x30, Uint8Array.of(0x02, 0x01, 0x03), encodeIndefinite(0x30, data))
    expect(await failure(pkcs12)).toEqual(unsupported('pkcs12'))
  })

  it('Java keystores and archives', async () => {
    expect(await failure(Uint8Array.of(0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2))).toEqual(unsupported('java-keystore'))
    expect(await failure(Uint8Array.of(0xce, 0xce, 0xce, 0xce, 0, 0, 0, 2))).toEqual(unsupported('java-keystore'))
    expect(await failure(ascii('PK\x03\x04\x14\0'))).toEqual(unsupported('zip'))
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
