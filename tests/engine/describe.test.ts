import 'reflect-metadata'
import { Extension } from '@peculiar/x509'
import { describe, expect, it } from 'vitest'
import type { Certificate } from '../../src/core/certificate/certificate.ts'
import { describe as describeCertificate } from '../../src/engine/describe.ts'
import { valueOf } from '../support/outcome.ts'
import { NO_EXTENSIONS } from '../support/cases.ts'
import { issueCertificate, type CertificateOrder } from '../support/issue-chain.ts'
import { ascii, encode, encodeCertificate, encodeIndefinite, join, P256_KEY, utf8Name } from './encode-der.ts'

async function details(der: Uint8Array): Promise<Certificate> {
  return valueOf(await describeCertificate(der))
}

async function describeOrder(order: Partial<CertificateOrder>) {
  const { der } = await issueCertificate({ subject: 'describe.example', ...order })
  return details(der)
}

const commonName = (tag: number, content: Uint8Array) =>
  encode(0x30, encode(0x31, encode(0x30, Uint8Array.of(6, 3, 0x55, 4, 3), encode(tag, content))))

const pair = (oid: number, text: string) => encode(0x30, Uint8Array.of(6, 3, 0x55, 4, oid), encode(0x0c, ascii(text)))

const describeKey = async (...algorithm: readonly Uint8Array[]) => {
  const key = encode(0x30, encode(0x30, ...algorithm), encode(0x03, Uint8Array.of(0, 1)))
  return (await details(encodeCertificate({ key }))).publicKey
}

const notAfter = async (text: string) => {
  const described = await describeCertificate(encodeCertificate({ notAfter: text }))
  return described.ok ? new Date(described.value.notAfter).toISOString() : described.failure
}

function sanExtension(...names: readonly Uint8Array[]): Uint8Array {
  return encode(0x30, Uint8Array.of(6, 3, 0x55, 0x1d, 0x11), encode(0x04, encode(0x30, ...names)))
}

const HOSTILE = `--></script><script>alert(1)</script>]]>"'\\,+;=#\n\r\t\0 \u202e\u{1f512}`

describe('names', () => {
  it('keep hostile text as text', async () => {
    const { subject } = await describeOrder({
      subject: [
        { type: 'O', text: HOSTILE },
        { type: 'CN', text: HOSTILE },
      ],
    })
    expect(subject.commonName).toBe(HOSTILE)
    expect(subject.organization).toBe(HOSTILE)
  })

  it('are one line in the notation of RFC 4514, last attribute first', async () => {
    const { subject } = await describeOrder({
      subject: [
        { type: 'C', text: 'DE' },
        { type: 'O', text: ' #a, "b" + c;<d>\\ \n' },
        { type: 'CN', text: '#x ' },
      ],
    })
    expect(subject.text).toBe('CN=\\#x\\ ,O=\\ #a\\, \\"b\\" \\+ c\\;\\<d\\>\\\\ \\0A,C=DE')
  })

  it('print attributes without a short name in hexadecimal', async () => {
    const { subject } = await describeOrder({ subject: [{ type: '1.2.3.4', text: 'x' }] })
    expect(subject).toEqual({ text: '1.2.3.4=#0c0178', commonName: null, organization: null })
  })

  it('may be empty', async () => {
    const certificate = await details(encodeCertificate({ subject: encode(0x30) }))
    expect(certificate.subject).toEqual({ text: '', commonName: null, organization: null })
  })

  it('are read in every string type', async () => {
    const texts: readonly [number, Uint8Array, string | null][] = [
      [0x0c, new TextEncoder().encode('\ufeffé'), '\ufeffé'],
      [0x13, ascii('Printable'), 'Printable'],
      [0x14, ascii('T\xe9l\x80'), 'T\xe9l\x80'],
      [0x16, ascii('a@b'), 'a@b'],
      [0x1e, Uint8Array.of(0x26, 0x3a), '\u263a'],
      [0x1c, Uint8Array.of(0, 1, 0xf5, 0x12), '\u{1f512}'],
      [0x1c, Uint8Array.of(0xff, 0xff, 0xff, 0xff), '\ufffd'],
      [0x03, Uint8Array.of(0, 1), null],
    ]
    for (const [tag, content, text] of texts) {
      const certificate = await details(encodeCertificate({ subject: commonName(tag, content) }))
      expect(certificate.subject.commonName).toBe(text)
    }
  })

  it('with several values in one part print all of them', async () => {
    const subject = encode(0x30, encode(0x31, pair(3, 'a'), pair(10, 'b')))
    expect((await details(encodeCertificate({ subject }))).subject.text).toBe('O=b+CN=a')
  })

  it('are the same when their bytes are', async () => {
    const name = utf8Name('same')
    expect((await details(encodeCertificate({ subject: name, issuer: name }))).isSelfIssued).toBe(true)
    expect((await details(encodeCertificate())).isSelfIssued).toBe(false)
  })
})

describe('subject alternative names', () => {
  it('are lower-cased, and addresses are text', async () => {
    const { dnsNames, ipAddresses } = await describeOrder({
      dnsNames: ['WWW.Example.COM', '*.example.com', 'xn--bcher-kva.example'],
      ipAddresses: ['192.0.2.1', '2001:db8::1'],
    })
    expect(dnsNames).toEqual(['www.example.com', '*.example.com', 'xn--bcher-kva.example'])
    expect(ipAddresses).toEqual(['192.0.2.1', '2001:db8::1'])
  })

  it('may be more than a library reads', async () => {
    const dnsNames = Array.from({ length: 12_000 }, (_, index) => `name-${index}.example`)
    const certificate = encodeCertificate({
      extensions: [sanExtension(...dnsNames.map((name) => encode(0x82, ascii(name))))],
    })
    expect((await details(certificate)).dnsNames).toEqual(dnsNames)
  })

  it('may be in UTF-8 or in no encoding', async () => {
    const names = [
      encode(0x82, new TextEncoder().encode('B\u00fccher.example')),
      encode(0x82, ascii('b\xfccher.example')),
    ]
    const certificate = await details(encodeCertificate({ extensions: [sanExtension(...names)] }))
    expect(certificate.dnsNames).toEqual(['b\u00fccher.example', 'b\u00fccher.example'])
  })

  it('may be addresses of any length, and kinds that name no host', async () => {
    const names = [
      encode(0x87, Uint8Array.of(192, 0, 2, 1)),
      encode(0x87, new Uint8Array(16)),
      encode(0x87, Uint8Array.of(1, 2, 3)),
      encode(0x81, ascii('mail@example')),
      encode(0xa0, encode(0x06)),
      encode(0xa0, encode(0x06, Uint8Array.of(0x2a, 0x03)), encode(0xa0, encode(0x0c, ascii('x')))),
      encode(0xa4, utf8Name('directory')),
      encode(0x86, ascii('https://user@host.example/')),
      encode(0x88, Uint8Array.of(0x2a, 0x03)),
      encode(0xa5),
    ]
    const certificate = await details(encodeCertificate({ extensions: [sanExtension(...names)] }))
    expect(certificate).toMatchObject({ dnsNames: [], ipAddresses: ['192.0.2.1', '::', '010203'] })
    expect(certificate.extensions.otherNames).toEqual([
      'email:mail@example',
      'othername:',
      'othername:1.2.3',
      'DirName:CN=directory',
      'URI:https://user@host.example/',
      'Registered ID:1.2.3',
      '[5]',
    ])
  })

  it('may be hostile', async () => {
    expect((await describeOrder({ dnsNames: ['-->"\n<x>.example'] })).dnsNames).toEqual(['-->"\n<x>.example'])
  })

  it('that cannot be read make the certificate undecodable', async () => {
    const broken = new Extension('2.5.29.17', false, Uint8Array.of(0x30, 0x05, 0x01))
    const { der } = await issueCertificate({ subject: 'broken', extensions: [broken] })
    expect(await describeCertificate(der)).toEqual({ ok: false, failure: 'not-decodable' })
  })
})

describe('extensions', () => {
  it('say whether it is a CA', async () => {
    expect((await describeOrder({ isCa: true })).isCa).toBe(true)
    expect((await describeOrder({ isCa: false })).isCa).toBe(false)
    expect((await describeOrder({ isCa: null })).isCa).toBe(false)
  })

  it('may hold anything where they do not matter', async () => {
    const extensions = [
      '1.3.6.1.5.5.7.1.1',
      '2.5.29.31',
      '2.5.29.32',
      '2.5.29.14',
      '2.5.29.35',
      '2.5.29.15',
      '1.2.3',
    ].map((type) => new Extension(type, true, Uint8Array.of(0x30, 0x7f, 0x01)))
    const { der } = await issueCertificate({
      subject: 'odd',
      dnsNames: ['odd.example'],
      keyIdentifiers: false,
      extensions,
    })
    const certificate = await details(der)
    expect(certificate.dnsNames).toEqual(['odd.example'])
    expect(certificate.extensions).toEqual({
      ...NO_EXTENSIONS,
      unreadable: [
        'key usage',
        'subject key identifier',
        'authority key identifier',
        'authority information access',
        'certificate policies',
      ],
    })
  })

  it('identify the keys', async () => {
    const issuer = await issueCertificate({ subject: 'identified CA', isCa: true })
    const { der } = await issueCertificate({ subject: 'identified', issuer })
    const { authorityKeyIdentifier } = (await details(der)).extensions
    expect(authorityKeyIdentifier).toMatch(/^[\da-f]{40}$/)
    expect(authorityKeyIdentifier).toBe((await details(issuer.der)).extensions.subjectKeyIdentifier)
  })
})

describe('keys and algorithms', () => {
  it.for([
    ['P-256', { algorithm: 'EC', bits: 256, curve: 'P-256' }, 'SHA-256 with ECDSA'],
    ['P-384', { algorithm: 'EC', bits: 384, curve: 'P-384' }, 'SHA-384 with ECDSA'],
    ['P-521', { algorithm: 'EC', bits: 521, curve: 'P-521' }, 'SHA-512 with ECDSA'],
    ['RSA', { algorithm: 'RSA', bits: 2048, curve: null }, 'SHA-256 with RSA'],
    ['RSA-PSS', { algorithm: 'RSA', bits: 2048, curve: null }, 'SHA-256 with RSA-PSS'],
    ['Ed25519', { algorithm: 'Ed25519', bits: null, curve: null }, 'Ed25519'],
  ] as const)('%s', async ([key, publicKey, signatureAlgorithm]) => {
    expect(await describeOrder({ key })).toMatchObject({ publicKey, signatureAlgorithm })
  })

  it('an unknown algorithm and an unknown curve are their identifiers', async () => {
    expect(await describeKey(encode(0x06, Uint8Array.of(0x2a, 0x03)))).toEqual({
      algorithm: '1.2.3',
      bits: null,
      curve: null,
    })
    const ecPublicKey = encode(0x06, Uint8Array.of(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01))
    const unknownCurve = encode(0x06, Uint8Array.of(0x2b, 0x81, 0x04, 0x00, 0x63))
    expect(await describeKey(ecPublicKey, unknownCurve)).toEqual({
      algorithm: 'EC',
      bits: null,
      curve: '1.3.132.0.99',
    })
  })

  it.for([
    [0x11, 'ML-DSA-44', 1312],
    [0x12, 'ML-DSA-65', 1952],
    [0x13, 'ML-DSA-87', 2592],
  ] as const)('%i is %s', async ([arc, name, octets]) => {
    const algorithm = encode(0x30, encode(0x06, Buffer.from('6086480165030403', 'hex'), Uint8Array.of(arc)))
    const key = encode(0x30, algorithm, encode(0x03, new Uint8Array(octets + 1)))
    const certificate = await details(encodeCertificate({ key, signatureAlgorithm: algorithm }))
    expect(certificate.publicKey).toEqual({ algorithm: name, bits: null, curve: null })
    expect(certificate).toMatchObject({ signatureAlgorithm: name, keyEncoding: [] })
  })

  it('an unknown signature algorithm is its identifier', async () => {
    const signatureAlgorithm = encode(0x30, encode(0x06, Uint8Array.of(0x2a, 0x03)))
    expect((await details(encodeCertificate({ signatureAlgorithm }))).signatureAlgorithm).toBe('1.2.3')
  })

  it('an RSA key has the bits of its modulus, not of its octets', async () => {
    const rsaEncryption = encode(0x30, encode(0x06, Buffer.from('2a864886f70d010101', 'hex')), encode(0x05))
    const modulus = encode(0x02, Uint8Array.of(0, 0, 0x03, 0xff))
    const key = encode(0x30, rsaEncryption, encode(0x03, Uint8Array.of(0), encode(0x30, modulus, encode(0x02))))
    expect((await details(encodeCertificate({ key }))).publicKey.bits).toBe(10)
  })
})

describe('dates', () => {
  it('of two digits lie between 1950 and 2049', async () => {
    expect(await notAfter('491231235959Z')).toBe('2049-12-31T23:59:59.000Z')
    expect(await notAfter('500101000000Z')).toBe('1950-01-01T00:00:00.000Z')
  })

  it('without seconds or with an offset are read as they are meant', async () => {
    expect(await notAfter('2701010000Z')).toBe('2027-01-01T00:00:00.000Z')
    expect(await notAfter('270101000000+0100')).toBe('2026-12-31T23:00:00.000Z')
  })

  it('that no calendar has are not decodable', async () => {
    for (const text of ['270230000000Z', '271301000000Z', '270101250000Z', 'Bad time value', '', '20270101000000Z']) {
      expect(await notAfter(text)).toBe('not-decodable')
    }
  })
})

describe('what is no DER certificate', () => {
  it('is described when it is BER', async () => {
    const certificate = await details(encodeCertificate({ sequence: encodeIndefinite, subject: utf8Name('BER') }))
    expect(certificate.subject.text).toBe('CN=BER')
    expect(certificate.publicKey).toEqual({ algorithm: 'EC', bits: 256, curve: 'P-256' })
    expect(new Date(certificate.notAfter).toISOString()).toBe('2027-01-01T00:00:00.000Z')
  })

  it('is described when its extensions are BER', async () => {
    const name = encode(0x82, ascii('ber.example'))
    const extension = [Uint8Array.of(6, 3, 0x55, 0x1d, 0x11), encode(0x04, encode(0x30, name))]
    const certificate = await details(encodeCertificate({ extensions: [encodeIndefinite(0x30, ...extension)] }))
    expect(certificate.dnsNames).toEqual(['ber.example'])
  })

  it('is described when its key is BER', async () => {
    const key = encodeIndefinite(0x30, P256_KEY.subarray(2))
    const certificate = await details(encodeCertificate({ key }))
    expect(certificate.publicKey).toEqual({ algorithm: 'EC', bits: 256, curve: 'P-256' })
  })

  it('is refused before the library sees it', async () => {
    expect(await describeCertificate(new Uint8Array())).toMatchObject({ ok: false })
    expect(await describeCertificate(ascii('-----BEGIN CERTIFICATE-----'))).toMatchObject({ ok: false })
    const huge = encodeCertificate({ subject: encode(0x30, new Uint8Array(2 * 1024 * 1024)) })
    expect(await describeCertificate(huge)).toEqual({ ok: false, failure: 'not-decodable' })
  })

  it('is described without what follows', async () => {
    const der = encodeCertificate()
    expect(await details(join(der, ascii('trailing')))).toEqual(await details(der))
  })

  it('is plain data', async () => {
    const described = await details(encodeCertificate())
    expect(structuredClone(described)).toEqual(described)
  })
})
