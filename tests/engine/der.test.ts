import { createHash, X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { certificateParts } from '../../src/engine/certificate-parts.ts'
import { cutCertificate, readElement } from '../../src/engine/der.ts'
import { inspect } from '../../src/engine/inspect.ts'
import { valueOf } from '../support/outcome.ts'
import {
  ascii,
  encode,
  encodeCertificate,
  encodeIndefinite,
  encodeLong,
  join,
  P256_KEY,
  utf8Name,
} from './encode-der.ts'
import { fixture } from './labelled-files.ts'

const LEAF = fixture('ca--letsencrypt-ye1.der')

const partsOf = (certificate: Uint8Array) => valueOf(cutCertificate(certificate))
const long: typeof encode = (tag, ...contents) => encodeLong(tag, 4, ...contents)

/** The pin of these very bytes, from Node's own hash. */
function pinOfBytes(subjectPublicKeyInfo: Uint8Array): string {
  return createHash('sha256').update(subjectPublicKeyInfo).digest('base64')
}

async function pinsOf(input: Uint8Array): Promise<readonly string[]> {
  return valueOf(await inspect(input)).certificates.map(({ pin }) => pin)
}

describe('the parts of a certificate', () => {
  it('are the bytes that Node finds', () => {
    const parts = partsOf(LEAF)
    const spki = new X509Certificate(LEAF).publicKey.export({ type: 'spki', format: 'der' })
    expect(Buffer.from(parts.subjectPublicKeyInfo)).toEqual(spki)
    expect(Buffer.from(parts.certificate)).toEqual(Buffer.from(LEAF))
  })

  it('are the bytes they were written as', () => {
    const parts = partsOf(encodeCertificate({ subject: utf8Name('S'), issuer: utf8Name('I'), key: P256_KEY }))
    expect(parts.subject).toEqual(utf8Name('S'))
    expect(parts.issuer).toEqual(utf8Name('I'))
    expect(parts.subjectPublicKeyInfo).toEqual(P256_KEY)
  })

  it('are views, not copies', () => {
    expect(partsOf(LEAF).subjectPublicKeyInfo.buffer).toBe(LEAF.buffer)
  })

  it('leave bytes after the certificate alone', () => {
    const certificate = encodeCertificate()
    const parts = partsOf(join(certificate, ascii('trailing')))
    expect(parts.certificate).toEqual(certificate)
  })
})

describe('what the walker refuses', () => {
  it('a certificate cut off anywhere', () => {
    for (let length = 1; length < LEAF.length; length += 1) {
      expect(cutCertificate(LEAF.subarray(0, length))).toEqual({ ok: false, failure: 'truncated' })
    }
  })

  it('no bytes at all', () => {
    expect(cutCertificate(new Uint8Array())).toEqual({ ok: false, failure: 'malformed' })
  })

  it('an element that leaves the one around it', () => {
    const inner = Uint8Array.of(0x02, 0x05, 1)
    expect(cutCertificate(encode(0x30, encode(0x30, inner), encode(0x30)))).toEqual({ ok: false, failure: 'malformed' })
  })

  it('a length of more than four octets', () => {
    expect(readElement(Uint8Array.of(0x30, 0x85, 0, 0, 0, 0, 1, 0), 0)).toEqual({ ok: false, failure: 'malformed' })
  })

  it('a length whose own octets are missing', () => {
    expect(readElement(Uint8Array.of(0x30, 0x84, 0xff), 0)).toEqual({ ok: false, failure: 'truncated' })
  })

  it('a length of 4 GiB', () => {
    expect(readElement(Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff), 0)).toEqual({
      ok: false,
      failure: 'truncated',
    })
  })

  it('tags of several octets', () => {
    expect(readElement(Uint8Array.of(0x3f, 0x81, 0x01, 0x00), 0)).toEqual({ ok: false, failure: 'malformed' })
  })

  it('more values than a certificate has', () => {
    const { tbsCertificate, signatureAlgorithm, signatureValue } = partsOf(LEAF)
    const four = encode(0x30, tbsCertificate, signatureAlgorithm, signatureValue, encode(0x05))
    expect(cutCertificate(four)).toEqual({ ok: false, failure: 'malformed' })
  })
})

describe('the pin is over the original bytes', () => {
  it('when lengths are longer than necessary', async () => {
    const key = encodeLong(0x30, 4, P256_KEY.subarray(2))
    expect(await pinsOf(encodeCertificate({ key, sequence: long }))).toEqual([pinOfBytes(key)])
  })

  it('when the certificate has indefinite lengths', async () => {
    const certificate = encodeCertificate({ sequence: encodeIndefinite })
    expect(await pinsOf(certificate)).toEqual([pinOfBytes(P256_KEY)])
  })

  it('when the key itself has an indefinite length', async () => {
    const key = encodeIndefinite(0x30, P256_KEY.subarray(2))
    expect(await pinsOf(encodeCertificate({ key }))).toEqual([pinOfBytes(key)])
  })

  it('when a part of the key has an indefinite length', async () => {
    const algorithm = encodeIndefinite(0x30, P256_KEY.subarray(4, 23))
    const key = encode(0x30, algorithm, P256_KEY.subarray(23))
    expect(await pinsOf(encodeCertificate({ key }))).toEqual([pinOfBytes(key)])
  })

  it('when the bits of the key are in pieces', async () => {
    const pieces = encode(
      0x23,
      encode(0x03, P256_KEY.subarray(25, 50)),
      encode(0x03, ascii('\0'), P256_KEY.subarray(50)),
    )
    const key = encode(0x30, P256_KEY.subarray(2, 23), pieces)
    expect(await pinsOf(encodeCertificate({ key }))).toEqual([pinOfBytes(key)])
  })

  it('when unused bits are not zero', async () => {
    const key = P256_KEY.slice()
    key[25] = 0x07
    expect(await pinsOf(encodeCertificate({ key }))).toEqual([pinOfBytes(key)])
  })

  it('for several BER certificates in a row', async () => {
    const one = encodeCertificate({ sequence: encodeIndefinite })
    const other = encodeCertificate({ key: encodeIndefinite(0x30, P256_KEY.subarray(2)) })
    expect(await pinsOf(join(one, other, one))).toHaveLength(3)
  })
})

describe('BER that is no certificate', () => {
  it('is refused', async () => {
    const sets = encodeIndefinite(0x30, encodeIndefinite(0x30), encode(0x30), encode(0x03))
    expect(certificateParts(sets)).toEqual({ ok: false, failure: 'not-a-certificate' })
  })

  it('is refused when it never ends', async () => {
    expect(certificateParts(ascii('\x30\x80'.repeat(5000)))).toEqual({ ok: false, failure: 'not-a-certificate' })
  })

  it('is not looked at again and again', async () => {
    const inspected = await inspect(ascii('\x30\x80\x30\x80'.repeat(1_000_000)))
    expect(inspected).toMatchObject({ ok: false })
  })
})
