import 'reflect-metadata'
import { Extension } from '@peculiar/x509'
import { describe, expect, it } from 'vitest'
import type { Certificate } from '../../src/core/certificate/certificate.ts'
import type { CertificateExtensions } from '../../src/core/certificate/certificate-extensions.ts'
import { encodePem } from '../../src/core/pins/encoding.ts'
import { describe as describeCertificate } from '../../src/engine/describe.ts'
import { inspect } from '../../src/engine/inspect.ts'
import { NO_EXTENSIONS } from '../support/cases.ts'
import { issueCertificate } from '../support/issue-chain.ts'
import { valueOf } from '../support/outcome.ts'
import { sharedData } from '../support/shared-data.ts'
import { isMissing, openssl, opensslCertificate, opensslX509 } from '../support/tools.ts'
import { ascii, encode, join } from './encode-der.ts'
import { FIXTURES, labelledFiles, SHARED, type LabelledFile } from './labelled-files.ts'

const accepted = ({ accepted: output, problem }: ReturnType<typeof opensslX509>) => {
  if (output === undefined) throw new Error(problem)
  return output
}

/** Chains share their CAs, and every call of OpenSSL starts a process. */
const readings = new Map<string, string>()

function readingOf(pem: string): string {
  const reading = readings.get(pem) ?? accepted(opensslX509(pem, '-text', '-fingerprint', '-sha1'))
  readings.set(pem, reading)
  return reading
}

/** The lines that OpenSSL prints below each extension's name. */
function printedExtensions(pem: string): ReadonlyMap<string, readonly string[]> {
  const printed = new Map<string, string[]>()
  const [, extensions = ''] = readingOf(pem).split('X509v3 extensions:\n')
  let lines: string[] = []
  for (const line of extensions.split('\n')) {
    const [, name] = /^ {12}(\S.*?): (?:critical)?$/.exec(line) ?? []
    if (name === undefined) lines.push(line.trim())
    else printed.set(name, (lines = []))
    if (/^ {4}\S/.test(line)) break
  }
  return printed
}

const plainHex = (text: string | undefined) => text?.replaceAll(':', '').toLowerCase() ?? null
const matches = (lines: readonly string[], pattern: RegExp) => lines.flatMap((line) => pattern.exec(line)?.[1] ?? [])

/** OpenSSL's own reading in our words. */
function expectedExtensions(pem: string) {
  const printed = printedExtensions(pem)
  const of = (name: string) => printed.get(name) ?? []
  const listed = (name: string) => (printed.has(name) ? (of(name)[0] ?? '').split(', ') : null)
  const [pathLength] = matches(of('X509v3 Basic Constraints'), /CA:TRUE, pathlen:(\d+)/)
  const [keyIdentifier] = matches(of('X509v3 Authority Key Identifier'), /^(?:keyid:)?([\dA-F]{2}(?::[\dA-F]{2})+)$/)
  return {
    keyUsage: listed('X509v3 Key Usage'),
    extendedKeyUsage: listed('X509v3 Extended Key Usage'),
    pathLength: pathLength === undefined ? null : Number(pathLength),
    subjectKeyIdentifier: plainHex(of('X509v3 Subject Key Identifier')[0]),
    authorityKeyIdentifier: plainHex(keyIdentifier),
    issuerUrls: matches(of('Authority Information Access'), /^CA Issuers - URI:(.*)$/),
    policies: matches(of('X509v3 Certificate Policies'), /^Policy: (.*)$/),
    mustStaple: of('TLS Feature').includes('status_request'),
    logIds: logIdsOf(of('CT Precertificate SCTs')),
    logTimes: matches(of('CT Precertificate SCTs'), /^Timestamp\s+: (.* GMT)$/).map((time) => Date.parse(time)),
  }
}

/** A log id takes two lines: `Log ID    : 96:97:…:` and the rest. */
function logIdsOf(lines: readonly string[]): readonly (string | null)[] {
  return lines.flatMap((line, index) => {
    const [, start] = /^Log ID\s+: (.*)$/.exec(line) ?? []
    return start === undefined ? [] : [plainHex(start + (lines[index + 1] ?? ''))]
  })
}

const PRINTED_POLICIES: Readonly<Record<string, string>> = { '2.5.29.32.0': 'X509v3 Any Policy' }

function foundExtensions({ extensions }: Certificate) {
  const { otherNames: _, unreadable: __, signedCertificateTimestamps, policies, ...others } = extensions
  return {
    ...others,
    policies: policies.map(({ identifier }) => PRINTED_POLICIES[identifier] ?? identifier),
    logIds: signedCertificateTimestamps.map(({ logId }) => logId),
    logTimes: signedCertificateTimestamps.map(({ timestamp }) => timestamp),
  }
}

async function compareWithOpenssl({ bytes }: LabelledFile): Promise<void> {
  for (const { der } of valueOf(await inspect(bytes)).certificates) {
    const certificate = valueOf(await describeCertificate(der))
    const pem = encodePem(der)
    expect(foundExtensions(certificate)).toEqual(expectedExtensions(pem))
    const [, sha1] = /^sha1 Fingerprint=(.*)$/im.exec(readingOf(pem)) ?? []
    expect(certificate.sha1).toBe(plainHex(sha1))
  }
}

const READ_FORMATS = new Set(['pem', 'der', 'base64-der'])
const sound = (folder: string) =>
  labelledFiles(folder).filter(
    ({ format, outcome, certificates }) => READ_FORMATS.has(format) && outcome === 'ok' && certificates.length > 0,
  )

const ALL_OF_THEM = [
  'keyUsage=critical,digitalSignature,nonRepudiation,keyAgreement,cRLSign,decipherOnly',
  'extendedKeyUsage=serverAuth,OCSPSigning,anyExtendedKeyUsage,1.2.3.4',
  'tlsfeature=status_request',
  'certificatePolicies=2.23.140.1.1,2.23.140.1.2.1,2.23.140.1.2.2,2.23.140.1.2.3,1.2.3',
  'authorityInfoAccess=OCSP;URI:http://o.example,caIssuers;URI:http://a.example/a?b&c',
  'subjectAltName=DNS:a.example,email:a@b.example,URI:urn:x,RID:1.2.3',
  'basicConstraints=critical,CA:TRUE,pathlen:3',
]

describe.skipIf(isMissing(openssl))('extensions and fingerprints are read as OpenSSL reads them', () => {
  it.for(sound(FIXTURES))('in $file: $what', compareWithOpenssl)

  it('in a certificate that has them all', async () => {
    const pem = accepted(opensslCertificate('ed25519', ...ALL_OF_THEM.flatMap((extension) => ['-addext', extension])))
    const certificate = valueOf(await describeCertificate(derOf(pem)))
    expect(foundExtensions(certificate)).toEqual(expectedExtensions(pem))
    expect(certificate.extensions).toMatchObject({
      extendedKeyUsage: ['TLS Web Server Authentication', 'OCSP Signing', 'Any Extended Key Usage', '1.2.3.4'],
      pathLength: 3,
      mustStaple: true,
      issuerUrls: ['http://a.example/a?b&c'],
      otherNames: ['email:a@b.example', 'URI:urn:x', 'Registered ID:1.2.3'],
      unreadable: [],
    })
    expect(certificate.extensions.policies.map(({ validation }) => validation)).toEqual([
      'extended-validation',
      'domain-validated',
      'organization-validated',
      'individual-validated',
      null,
    ])
  })
})

const isAbsent = isMissing(openssl, sharedData)
describe.skipIf(isAbsent)('extensions of the reference certificates are read as OpenSSL reads them', () => {
  it.for(isAbsent ? [] : sound(SHARED))('in $file: $what', compareWithOpenssl)
})

function derOf(pem: string): Uint8Array {
  return new Uint8Array(Buffer.from(pem.replaceAll(/-----[^-]+-----/g, ''), 'base64'))
}

/** What is read of a certificate with one extension, of any value. */
async function read(type: string, ...value: readonly Uint8Array[]): Promise<Partial<CertificateExtensions>> {
  const extensions = [new Extension(type, false, new Uint8Array(join(...value)))]
  const { der } = await issueCertificate({ subject: 'extended', keyIdentifiers: false, isCa: null, extensions })
  const found = valueOf(await describeCertificate(der)).extensions
  const changed = Object.entries(found).filter(
    ([name, item]) => JSON.stringify(item) !== JSON.stringify(NO_EXTENSIONS[name as keyof CertificateExtensions]),
  )
  return Object.fromEntries(changed)
}

const oid = (...octets: readonly number[]) => encode(0x06, Uint8Array.of(...octets))
const caIssuers = oid(0x2b, 6, 1, 5, 5, 7, 0x30, 2)

describe('an extension', () => {
  it.for([
    ['2.5.29.14', 'subject key identifier'],
    ['2.5.29.15', 'key usage'],
    ['2.5.29.32', 'certificate policies'],
    ['2.5.29.35', 'authority key identifier'],
    ['2.5.29.37', 'extended key usage'],
    ['1.3.6.1.5.5.7.1.1', 'authority information access'],
    ['1.3.6.1.5.5.7.1.24', 'TLS feature'],
    ['1.3.6.1.4.1.11129.2.4.2', 'signed certificate timestamps'],
  ] as const)('%s that holds anything is named as unreadable and costs nothing else', async ([type, name]) => {
    const values = [
      [],
      [0],
      [0x05, 0],
      [0x30, 0x05, 1],
      [0x30, 0x80, 0, 0],
      [0x30, 0x02, 0x30, 0x7f],
      [0x30, 0x02, 0x01, 0],
      [0x03, 0],
      [0x04, 0, 0],
      [0x04, 0x03, 0, 9, 9],
    ]
    const results = await Promise.all(values.map((value) => read(type, Uint8Array.from(value))))
    for (const result of results) {
      expect(Object.keys(result).filter((key) => key !== 'unreadable').length).toBeLessThan(2)
      expect([undefined, [name]]).toContainEqual(result.unreadable)
    }
    expect(results.filter(({ unreadable }) => unreadable).length).toBeGreaterThan(6)
  })

  it('may stand twice: the first one counts', async () => {
    const extensions = [1, 2].map((octet) => new Extension('2.5.29.14', false, Uint8Array.of(4, 1, octet)))
    const { der } = await issueCertificate({ subject: 'twice', keyIdentifiers: false, extensions })
    expect(valueOf(await describeCertificate(der)).extensions.subjectKeyIdentifier).toBe('01')
  })
})

describe('key usage', () => {
  it('without a bit is not the same as none', async () => {
    expect(await read('2.5.29.15', Uint8Array.of(3, 1, 0))).toEqual({ keyUsage: [] })
  })

  it('may have more bits than have names', async () => {
    const { keyUsage } = await read('2.5.29.15', Uint8Array.of(3, 5, 0, 0xff, 0xff, 0xff, 0xff))
    expect(keyUsage).toHaveLength(9)
  })
})

describe('basic constraints', () => {
  it.for([
    ['without cA', [], null],
    ['of zero', [1, 1, 0xff, 2, 1, 0], 0],
    ['below zero', [1, 1, 0xff, 2, 1, 0xff], null],
    ['of no reasonable size', [1, 1, 0xff, 2, 9, 0x7f, 0, 0, 0, 0, 0, 0, 0, 0], null],
  ] as const)('may have a path length %s', async ([, content, pathLength]) => {
    const extension = encode(0x30, Uint8Array.from(content.length > 0 ? content : [2, 1, 1]))
    expect(await read('2.5.29.19', extension)).toEqual(pathLength === null ? {} : { pathLength })
  })
})

describe('issuer URLs', () => {
  it('keep hostile text as text, in UTF-8 or in no encoding', async () => {
    const texts = ['javascript:alert(1)', '"><script>', 'http://b\u00fc.example\n\u202e', '']
    const descriptions = texts.map((text) => encode(0x30, caIssuers, encode(0x86, new TextEncoder().encode(text))))
    const latin = encode(0x30, caIssuers, encode(0x86, ascii('http://\xfc')))
    expect(await read('1.3.6.1.5.5.7.1.1', encode(0x30, ...descriptions, latin))).toEqual({
      issuerUrls: [...texts, 'http://\u00fc'],
    })
  })

  it('are those of the issuer alone, and no names of another kind', async () => {
    const ocsp = encode(0x30, oid(0x2b, 6, 1, 5, 5, 7, 0x30, 1), encode(0x86, ascii('http://o.example')))
    const directory = encode(0x30, caIssuers, encode(0xa4, encode(0x30)))
    expect(await read('1.3.6.1.5.5.7.1.1', encode(0x30, ocsp, directory))).toEqual({})
  })
})

describe('policies', () => {
  it('are read whatever their qualifiers hold', async () => {
    const policy = encode(0x30, oid(0x67, 0x81, 0x0c, 1, 2, 1), encode(0x30, Uint8Array.of(1, 0x7f)))
    expect(await read('2.5.29.32', encode(0x30, policy))).toEqual({
      policies: [{ identifier: '2.23.140.1.2.1', validation: 'domain-validated' }],
    })
  })

  it('may be thousands', async () => {
    const policies = Array.from({ length: 12_000 }, () => encode(0x30, oid(0x2a, 3)))
    expect((await read('2.5.29.32', encode(0x30, ...policies))).policies).toHaveLength(12_000)
  })
})

const features = (...numbers: readonly number[]) =>
  encode(0x30, ...numbers.map((number) => encode(0x02, Uint8Array.of(number))))

describe('the TLS feature', () => {
  it('is a must-staple only for status_request', async () => {
    expect(await read('1.3.6.1.5.5.7.1.24', features(17))).toEqual({})
    expect(await read('1.3.6.1.5.5.7.1.24', features(17, 5))).toEqual({ mustStaple: true })
  })
})

describe('the authority key identifier', () => {
  it('may name a certificate instead of a key', async () => {
    const issuer = encode(0xa1, encode(0xa4, encode(0x30)))
    expect(await read('2.5.29.35', encode(0x30, issuer, encode(0x82, Uint8Array.of(1))))).toEqual({})
  })
})
