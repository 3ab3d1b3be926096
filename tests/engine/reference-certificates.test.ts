import { describe, expect, it } from 'vitest'
import { describe as describeCertificate } from '../../src/engine/describe.ts'
import { inspect } from '../../src/engine/inspect.ts'
import type { EngineFailure } from '../../src/engine/inspection.ts'
import { failureOf, valueOf } from '../support/outcome.ts'
import { sharedData } from '../support/shared-data.ts'
import { isMissing } from '../support/tools.ts'
import { FIXTURES, labelledFiles, SHARED, type LabelledCertificate, type LabelledFile } from './labelled-files.ts'

/** The notations of an X.509 certificate that this version reads; the others are named and refused. */
const READ_FORMATS = new Set(['pem', 'der', 'base64-der', 'yaml'])

const REFUSED_FORMATS: Readonly<Record<string, EngineFailure>> = {
  'pkcs7-pem': { kind: 'format-not-supported', format: 'pkcs7' },
  'pkcs7-der': { kind: 'format-not-supported', format: 'pkcs7' },
  pkcs12: { kind: 'format-not-supported', format: 'pkcs12' },
  jks: { kind: 'format-not-supported', format: 'java-keystore' },
  'csr-der': { kind: 'format-not-supported', format: 'certificate-request' },
}

const FAILURES: Readonly<Record<string, EngineFailure>> = {
  'csr/ec-explicit-curve.csr': { kind: 'format-not-supported', format: 'certificate-request' },
  'csr/rsa-sha256.pem': { kind: 'format-not-supported', format: 'certificate-request' },
  'synthetic/csr.pem': { kind: 'format-not-supported', format: 'certificate-request' },
  'synthetic/public-key.pem': { kind: 'format-not-supported', format: 'public-key' },
  'synthetic/encrypted-key.pem': { kind: 'private-key-given', encrypted: true },
  'synthetic/empty.pem': { kind: 'empty-input' },
  'synthetic/spaces.txt': { kind: 'empty-input' },
  'synthetic/zeros.der': { kind: 'not-a-certificate', looksLike: 'unknown' },
  'synthetic/html-error-page.crt': { kind: 'not-a-certificate', looksLike: 'html' },
  'synthetic/no-end.pem': damaged('no-end-line'),
  'synthetic/empty-block.pem': damaged('empty-block'),
  'synthetic/placeholder.pem': damaged('not-base64'),
  'synthetic/truncated.der': damaged('truncated'),
  'synthetic/truncated.pem': damaged('truncated'),
  'synthetic/length-2g.der': damaged('truncated'),
}

function damaged(reason: 'no-end-line' | 'empty-block' | 'not-base64' | 'truncated'): EngineFailure {
  return { kind: 'damaged-block', damaged: [{ position: 1, reason }] }
}

function expectedFailure({ file, format, certificates }: LabelledFile): EngineFailure | null {
  if (READ_FORMATS.has(format) && certificates.length > 0) return null
  return FAILURES[file.replace('--', '/')] ?? REFUSED_FORMATS[format] ?? null
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  rsaEncryption: 'RSA',
  rsassaPss: 'RSA-PSS',
  'id-ecPublicKey': 'EC',
  dsaEncryption: 'DSA',
  X25519: 'X25519',
}

/** RFC 5280 §4.1.2.2 forbids them; OpenSSL prints a sign where we print the octets. */
const NEGATIVE_SERIAL_NUMBERS: Readonly<Record<string, string>> = { '-04316693ED': 'FBCE996C13' }

/** The index shortens long lists of names and ends them with their number. */
const LEFT_OUT = /^\.\.\. (\d+) names$/

const namesOf = ({ san = [] }: LabelledCertificate) => san.filter((name) => !LEFT_OUT.test(name))

/** What OpenSSL found, in our words. */
function expectedDetails(expected: LabelledCertificate) {
  const { key, san = [] } = expected
  return {
    sha256: expected.sha256,
    pin: expected.pin,
    subject: expected.subject,
    issuer: expected.issuer,
    serialNumber: NEGATIVE_SERIAL_NUMBERS[expected.serial] ?? expected.serial,
    notBefore: Date.parse(expected.notBefore),
    notAfter: Date.parse(expected.notAfter),
    dnsNames: namesOf(expected),
    dnsNameCount: Number(LEFT_OUT.exec(san.at(-1) ?? '')?.[1] ?? san.length),
    isSelfIssued: expected.subject === expected.issuer,
    publicKey: { algorithm: KEY_NAMES[key.alg], bits: key.bits ?? null, curve: key.curve ?? null },
  }
}

async function foundDetails(der: Uint8Array, expected: LabelledCertificate | undefined) {
  const { certificate } = valueOf(await describeCertificate(der))
  return {
    sha256: certificate.sha256,
    pin: certificate.pin,
    subject: certificate.subject.text,
    issuer: certificate.issuer.text,
    serialNumber: certificate.serialNumber.toUpperCase(),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    dnsNames: certificate.dnsNames.slice(0, expected && namesOf(expected).length),
    dnsNameCount: certificate.dnsNames.length,
    isSelfIssued: certificate.isSelfIssued,
    publicKey: certificate.publicKey,
  }
}

function testFiles(files: readonly LabelledFile[]): void {
  const refused = files.filter((labelled) => expectedFailure(labelled))
  it.for(refused)('refuses $file: $what', async (labelled) => {
    expect(failureOf(await inspect(labelled.bytes))).toEqual(expectedFailure(labelled))
  })

  const read = files.filter((labelled) => !expectedFailure(labelled))
  it.for(read)('reads $file: $what', async ({ bytes, certificates }) => {
    const found = valueOf(await inspect(bytes)).certificates
    expect(found.map(({ sha256, pin }) => ({ sha256, pin }))).toEqual(
      certificates.map(({ sha256, pin }) => ({ sha256, pin })),
    )
  })

  const sound = read.filter(({ outcome }) => outcome === 'ok')
  it.for(sound)('finds nothing damaged in $file', async ({ bytes }) => {
    expect(valueOf(await inspect(bytes)).damaged).toEqual([])
  })

  it.for(sound)('describes the certificates of $file as OpenSSL does', async ({ bytes, certificates }) => {
    const found = valueOf(await inspect(bytes)).certificates
    const details = await Promise.all(found.map(({ der }, index) => foundDetails(der, certificates[index])))
    expect(details).toEqual(certificates.map(expectedDetails))
  })
}

describe('the fixtures', () => {
  testFiles(labelledFiles(FIXTURES))
})

const isAbsent = isMissing(sharedData)
describe.skipIf(isAbsent)('the reference certificates', () => {
  testFiles(isAbsent ? [] : labelledFiles(SHARED))
})

describe.skipIf(isAbsent)('the reference certificates, one by one', () => {
  it('says which blocks it left out', async () => {
    const file = labelledFiles(SHARED).find(({ file: name }) => name === 'synthetic/chain-with-key.pem')
    const inspected = await inspect(file?.bytes ?? new Uint8Array())
    expect(inspected).toMatchObject({ ok: true, value: { ignored: [{ position: 3, format: 'private-key' }] } })
  })

  it('takes no nonsense for a date', async () => {
    const file = labelledFiles(SHARED).find(({ file: name }) => name === 'malformed/bad-asn1-time.pem')
    const [certificate] = valueOf(await inspect(file?.bytes ?? new Uint8Array())).certificates
    expect(await describeCertificate(certificate?.der ?? new Uint8Array())).toEqual({
      ok: false,
      failure: 'not-decodable',
    })
  })
})
