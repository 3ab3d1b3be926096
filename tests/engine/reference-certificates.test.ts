import { describe, expect, it } from 'vitest'
import { describe as describeCertificate } from '../../src/engine/describe.ts'
import { inspect } from '../../src/engine/inspect.ts'
import type { SpkiPin } from '../../src/core/pins/spki-pin.ts'
import type { EngineFailure } from '../../src/engine/inspection.ts'
import { failureOf, valueOf } from '../support/outcome.ts'
import { sharedData } from '../support/shared-data.ts'
import { isMissing } from '../support/tools.ts'
import { FIXTURES, labelledFiles, SHARED, type LabelledCertificate, type LabelledFile } from './labelled-files.ts'

/** What files that give nothing are refused with; every file that must be refused is here. */
const FAILURES: Readonly<Record<string, EngineFailure>> = {
  'pkcs12/key-only.p12': {
    kind: 'private-key-given',
    encrypted: false,
    pin: '7UR5LoVwDsezA5dihMoBbtq11KouLIbNCDmsytXRpms=' as SpkiPin,
  },
  'malformed/bad1.p12': { kind: 'container-damaged' },
  'synthetic/wrong-password.p12': { kind: 'wrong-password' },
  'synthetic/encrypted-key.pem': { kind: 'private-key-given', encrypted: true, pin: null },
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

const KEY_NAMES: Readonly<Record<string, string>> = {
  rsaEncryption: 'RSA',
  rsassaPss: 'RSA-PSS',
  'id-ecPublicKey': 'EC',
  dsaEncryption: 'DSA',
  X25519: 'X25519',
}

/** RFC 5280 §4.1.2.2 forbids them; OpenSSL prints a sign where we print the octets. */
const NEGATIVE_SERIAL_NUMBERS: Readonly<Record<string, string>> = {
  '-04316693ED': 'FBCE996C13',
  '-2A4A43E3BA75AA77BA400AE34B200CE4': 'D5B5BC1C458A558845BFF51CB4DFF31C',
}

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
  const certificate = valueOf(await describeCertificate(der))
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

const inspectFile = ({ bytes, password }: LabelledFile) => inspect(bytes, password === null ? {} : { password })

const inOrder = <T extends { readonly sha256: string }>({ isOrdered }: LabelledFile, certificates: readonly T[]) =>
  isOrdered ? certificates : certificates.toSorted((one, other) => (one.sha256 < other.sha256 ? -1 : 1))

function testFiles(files: readonly LabelledFile[]): void {
  const refused = files.filter(({ outcome }) => outcome === 'error')
  it.for(refused)('refuses $file: $what', async (labelled) => {
    expect(failureOf(await inspectFile(labelled))).toEqual(FAILURES[labelled.file.replace('--', '/')])
  })

  const sound = files.filter(({ outcome }) => outcome === 'ok')
  it.for(sound)('reads $file: $what', async (labelled) => {
    const found = valueOf(await inspectFile(labelled))
    const certificates = found.certificates.map(({ sha256, pin }) => ({ sha256, pin }))
    expect(inOrder(labelled, certificates)).toEqual(
      inOrder(labelled, labelled.certificates).map(({ sha256, pin }) => ({ sha256, pin })),
    )
    expect(found.keys.map(({ pin }) => pin)).toEqual(labelled.keyPins)
    expect(found.damaged).toEqual([])
  })

  // Of a keystore the index lists no details.
  const detailed = sound.filter(({ format }) => format !== 'jks')
  it.for(detailed)('describes the certificates of $file as OpenSSL does', async (labelled) => {
    const expected = inOrder(labelled, labelled.certificates)
    const found = inOrder(labelled, valueOf(await inspectFile(labelled)).certificates)
    const details = await Promise.all(found.map(({ der }, index) => foundDetails(der, expected[index])))
    expect(details).toEqual(expected.map(expectedDetails))
  })

  const lenient = files.filter(({ outcome }) => outcome === 'lenient')
  it.for(lenient)('reads $file, or says why not: $what', async (labelled) => {
    const inspected = await inspectFile(labelled)
    const pins = inspected.ok ? inspected.value.certificates.map(({ pin }) => pin) : null
    expect([null, labelled.certificates.map(({ pin }) => pin)]).toContainEqual(pins)
  })

  const locked = sound.filter(({ password }) => password !== null && password !== '')
  it.for(locked)('asks for the password of $file, or needs none', async ({ file, bytes }) => {
    const isOpen = file.endsWith('.jks')
    const asked = await inspect(bytes)
    const wrong = await inspect(bytes, { password: 'certainly not this one' })
    expect(asked.ok ? null : asked.failure.kind).toBe(isOpen ? null : 'password-needed')
    expect(wrong.ok ? null : wrong.failure.kind).toBe(isOpen ? null : 'wrong-password')
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
    expect(inspected).toMatchObject({ ok: true, value: { ignored: [{ position: 3, kind: 'private-key' }] } })
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
