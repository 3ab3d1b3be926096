import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inspect, MAX_INPUT_BYTES } from '../../src/engine/inspect.ts'
import { createInProcessEngine } from '../support/in-process-engine.ts'
import { TEST_NOW } from '../support/issue-chain.ts'
import { zipSync } from 'fflate'
import { ascii, encode, encodeCertificate, encodeIndefinite, join, utf8Name } from './encode-der.ts'
import { fixture } from './labelled-files.ts'
import { pemOf, pkcs12Of, pkcs7Of } from './mutation-seeds.ts'

const SEEDS = [
  'ca--letsencrypt-ye1.der',
  'chains--cloudflare.com-2026-05-12-dd599564.pem',
  'odd--dsa-ca.pem',
  'odd--rsa-pss.pem',
  'odd--all-supported-names.pem',
  'odd--ec-explicit-curve-ca.pem',
  'pkcs7--isrg.pem',
].map(fixture)

/** Certificates as DER, so that changes hit the structure and not the base64. */
async function derSeeds(): Promise<readonly Uint8Array[]> {
  const inspected = await Promise.all(SEEDS.map((seed) => inspect(seed)))
  return inspected.flatMap((result) => (result.ok ? result.value.certificates.map(({ der }) => der) : []))
}

const change = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: fc.nat(), value: fc.integer({ min: 1, max: 255 }) }),
  fc.record({ kind: fc.constant('truncate' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('splice' as const), at: fc.nat(), bytes: fc.uint8Array({ maxLength: 40 }) }),
  fc.record({ kind: fc.constant('repeat' as const), at: fc.nat(), length: fc.integer({ min: 1, max: 200 }) }),
)
type Change = typeof change extends fc.Arbitrary<infer Value> ? Value : never

function apply(bytes: Uint8Array, changes: readonly Change[]): Uint8Array {
  let changed = bytes.slice()
  for (const step of changes) {
    const at = step.at % Math.max(changed.length, 1)
    const [before, after] = [changed.subarray(0, at), changed.subarray(at)]
    switch (step.kind) {
      case 'flip':
        changed[at] = (changed[at] ?? 0) ^ step.value
        break
      case 'truncate':
        changed = before.slice()
        break
      case 'splice':
        changed = new Uint8Array(Buffer.concat([before, step.bytes, after]))
        break
      case 'repeat':
        changed = new Uint8Array(Buffer.concat([before, after.subarray(0, step.length), after]))
        break
    }
  }
  return changed
}

const engine = createInProcessEngine()

/** Everything that the page does with an input; true when it came to an end as it should. */
async function isAnswered(bytes: Uint8Array): Promise<boolean> {
  const inspected = await inspect(bytes)
  const ders = inspected.ok ? inspected.value.certificates.map(({ der }) => der) : []
  const report = await engine.buildChains(ders, TEST_NOW)
  return report.ok && (inspected.ok || typeof inspected.failure.kind === 'string')
}

const changes = fc.array(change, { minLength: 1, maxLength: 4 })

describe('any input gives a result', () => {
  it('when a file is damaged', async () => {
    const property = fc.asyncProperty(fc.constantFrom(...SEEDS), changes, (seed, steps) =>
      isAnswered(apply(seed, steps)),
    )
    await expect(fc.assert(property, { numRuns: 300 })).resolves.toBeUndefined()
  })

  it('when a certificate is damaged', async () => {
    const seeds = await derSeeds()
    const property = fc.asyncProperty(fc.constantFrom(...seeds), changes, (seed, steps) =>
      isAnswered(apply(seed, steps)),
    )
    await expect(fc.assert(property, { numRuns: 500 })).resolves.toBeUndefined()
  })

  it('when it is nothing at all', async () => {
    const property = fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), isAnswered)
    await expect(fc.assert(property, { numRuns: 300 })).resolves.toBeUndefined()
  })
})

const repeated = (text: string) =>
  ascii(text.repeat(Math.ceil(MAX_INPUT_BYTES / text.length)).slice(0, MAX_INPUT_BYTES))

describe('16 MiB take less than three seconds', () => {
  it.for([
    ['begin lines', '-----BEGIN CERTIFICATE-----\n'],
    ['end lines', '-----END CERTIFICATE-----\n'],
    ['empty blocks', '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n'],
    ['dashes', '-'],
    ['half a marker', '-----BEGIN '],
    ['half a marker with a label', '-----BEGIN CERTIFICATE'],
    ['blocks of another kind', '-----BEGIN X-----\nAAAA\n-----END X-----\n'],
    ['headers', '-----BEGIN A-----\nA: B\n\n:\n'],
    ['colons in one block', `-----BEGIN CERTIFICATE-----\n${':\n'.repeat(100)}`],
    ['zeros', '\0'],
    ['white space', ' \n'],
    ['base64', 'MIIB'],
    ['nested sequences', '\x30\x84\x00\xff\xff\xf0'],
    ['nested indefinite sequences', '\x30\x80'],
    ['indefinite sequences side by side', '\x30\x80\x00\x00'],
    ['small sequences', '\x30\x82\x00\x00'],
    ['markup', '<a>'],
  ] as const)('%s', async ([, text]) => {
    const input = repeated(text)
    const before = process.cpuUsage()
    const inspected = await inspect(input)
    expect(secondsOfWork(before)).toBeLessThan(3)
    expect(inspected.ok).toBe(false)
  })

  it('one block that never ends', async () => {
    const input = repeated('MIIB\n:\r\n')
    input.set(ascii('-----BEGIN CERTIFICATE-----\n'))
    input.set(ascii('\n-----END CERTIFICATE-----\n'), input.length - 30)
    const before = process.cpuUsage()
    expect(await inspect(input)).toMatchObject({ ok: false })
    expect(secondsOfWork(before)).toBeLessThan(3)
  })
})

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))

/** As many whole pieces as fit, with room for what goes around them. */
function many(piece: Uint8Array, length = MAX_INPUT_BYTES - 4096): Uint8Array {
  const bytes = new Uint8Array(Math.floor(length / piece.length) * piece.length)
  bytes.set(piece)
  for (let filled = piece.length; filled < bytes.length; filled *= 2) bytes.copyWithin(filled, 0, filled)
  return bytes
}

const EMPTY = hex('3000')
const NULL = hex('0500')
const EC_ALGORITHM = encode(0x30, hex('06072a8648ce3d0201'), hex('06082a8648ce3d030107'))
const RSA_ALGORITHM = encode(0x30, hex('06092a864886f70d010101'), NULL)
const BITS = hex('03020000')
const EC_KEY = encode(0x30, EC_ALGORITHM, BITS)
const ATTRIBUTE = encode(0x30, hex('0603550403'), hex('0c0161'))
const DATA = hex('06092a864886f70d010701')

function request(subject: Uint8Array, key = EC_KEY): Uint8Array {
  return encode(0x30, encode(0x30, hex('020100'), subject, key, encode(0xa0)), RSA_ALGORITHM, hex('0303000102'))
}

function signedData(rest: Uint8Array): Uint8Array {
  const inner = encode(0x30, hex('020101'), encode(0x31), encode(0x30, DATA), rest)
  return encode(0x30, hex('06092a864886f70d010702'), encode(0xa0, inner))
}

function pkcs12(safe: Uint8Array): Uint8Array {
  return encode(0x30, hex('020103'), encode(0x30, DATA, encode(0xa0, encode(0x04, encode(0x30, safe)))))
}

/** Deciphered with triple DES under a key of so many iterations (RFC 7292 appendix C). */
function encryptedPart(iterations: string): Uint8Array {
  const parameters = encode(0x30, encode(0x04, hex('0102030405060708')), encode(0x02, hex(iterations)))
  const algorithm = encode(0x30, hex('060a2a864886f70d010c0103'), parameters)
  const content = encode(0x30, DATA, algorithm, encode(0x80, new Uint8Array(8)))
  return encode(0x30, hex('06092a864886f70d010706'), encode(0xa0, encode(0x30, hex('020100'), content)))
}

/** A key that does not hold its public half, which then has to be computed. */
const P521_WITHOUT_PUBLIC = encode(
  0x30,
  hex('020100'),
  encode(0x30, hex('06072a8648ce3d0201'), hex('06052b81040023')),
  encode(0x04, encode(0x30, hex('020101'), encode(0x04, new Uint8Array(66).fill(1, 2)))),
)

function zip(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  return zipSync(files, { level: 1 })
}

describe('a forged file of up to 16 MiB takes less than three seconds and bounded memory', () => {
  const MOST_MEMORY = 1024 * 1024 * 1024

  it.for<readonly [string, () => Uint8Array]>([
    ['PKCS#7 of empty certificates', () => pkcs7Of([many(EMPTY)])],
    ['PKCS#7 of what are no certificates', () => pkcs7Of([many(NULL)])],
    ['PKCS#7 of empty revocation lists', () => signedData(many(hex('a100')))],
    ['PKCS#7 of lists of certificates', () => signedData(many(hex('a0023000')))],
    ['PKCS#7 in BER of empty certificates', () => pkcs7Of([many(hex('30800000'))], encodeIndefinite)],
    ['PKCS#7 in BER, deep', () => join(hex('3080'), hex('06092a864886f70d010702'), many(hex('a080')))],
    ['empty PKCS#7 in PEM', () => many(ascii(pemOf('PKCS7', pkcs7Of([]))))],
    ['PKCS#7 in PEM of empty certificates', () => ascii(pemOf('PKCS7', pkcs7Of([many(EMPTY, 12_000_000)])))],
    ['PKCS#7 in a zip', () => zip({ 'a.p7b': pkcs7Of([many(EMPTY, 31_000_000)]) })],
    ['request with a million names', () => request(encode(0x30, many(encode(0x31, ATTRIBUTE))))],
    ['request with a million attributes in one name', () => request(encode(0x30, encode(0x31, many(ATTRIBUTE))))],
    ['request with a long name', () => request(utf8Name('\u0001'.repeat(MAX_INPUT_BYTES - 4096)))],
    [
      'request with a key of millions of parts',
      () => request(utf8Name('a'), encode(0x30, EC_ALGORITHM, BITS, many(NULL))),
    ],
    ['requests in PEM', () => many(ascii(pemOf('CERTIFICATE REQUEST', request(utf8Name('a')))))],
    ['key of millions of parts', () => encode(0x30, EC_ALGORITHM, BITS, many(NULL))],
    ['key with a huge identifier', () => encode(0x30, encode(0x30, encode(0x06, many(hex('81')))), BITS)],
    ['key with a huge modulus', () => encode(0x30, encode(0x02, many(hex('7f'))), hex('020103'))],
    ['key with a modulus of zeros', () => encode(0x30, encode(0x02, many(hex('00'))), hex('020103'))],
    ['keys whose public halves have to be computed', () => many(ascii(pemOf('PRIVATE KEY', P521_WITHOUT_PUBLIC)))],
    [
      'certificate with a million names',
      () => encodeCertificate({ subject: encode(0x30, many(encode(0x31, ATTRIBUTE))) }),
    ],
    ['certificate with a huge serial number', () => encodeCertificate({ serialNumber: encode(0x02, many(hex('7f'))) })],
    ['PKCS#12 with 2^31 iterations', () => pkcs12(encryptedPart('7fffffff'))],
    ['PKCS#12 of encrypted parts', () => pkcs12(many(encryptedPart('01')))],
    ['PKCS#12 of some hundred encrypted parts', () => pkcs12(many(encryptedPart('01'), 60_000))],
    ['PKCS#12 of empty parts', () => pkcs12(many(EMPTY))],
    ['PKCS#12 of certificates', () => pkcs12Of(Array.from({ length: 30_000 }, () => encodeCertificate()))],
    ['JKS of empty certificates', () => join(hex('feedfeed00000001ffffffff'), many(hex(`00000002${'00'.repeat(14)}`)))],
    ['JKS of empty keys', () => join(hex('feedfeed00000002ffffffff'), many(hex(`00000001${'00'.repeat(18)}`)))],
    ['JSON of 16 MiB', () => ascii(`{"keys":[${'{"kty":"RSA","n":"AQ","e":"AQ"},'.repeat(500_000)}{}]}`)],
    ['JSON of a million keys', () => ascii(`{"keys":[${'{"kty":"a"},'.repeat(80_000)}{}]}`)],
    ['nested JSON', () => ascii(`{"keys":[${'['.repeat(500_000)}${']'.repeat(500_000)}]}`)],
    ['JSON that is never closed', () => many(ascii('['))],
    ['OpenSSH lines', () => many(ascii(`ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${'A'.repeat(43)} c\n`))],
    ['OpenSSH lines without a key', () => many(ascii('ssh-rsa AAAAA\n'))],
    ['one OpenSSH line', () => ascii(`ssh-rsa ${'A'.repeat(MAX_INPUT_BYTES - 8)}`)],
    ['OpenSSH line of blanks', () => ascii(`ssh-rsa ${' '.repeat(MAX_INPUT_BYTES - 8)}`)],
    ['base64 of PEM', () => many(ascii('LS0tLS1CRUdJTi'))],
    ['base64 of PEM, in pieces', () => many(ascii('LS0tLS1CRUdJTiA\n'))],
    ['base64 of begin lines', () => many(ascii('LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t\n'))],
    ['percent signs', () => join(ascii('-----BEGIN%20'), many(ascii('%2D')))],
    ['begin lines with percent signs', () => many(ascii('-----BEGIN%20A-----%0A'))],
    ['UTF-16', () => join(hex('fffe'), many(ascii('-\0')))],
    ['block of blanks', () => join(ascii('-----BEGIN X-----\n<br'), many(ascii(' ')), ascii('\n-----END X-----\n'))],
    ['zip of zeros', () => zip({ a: new Uint8Array(100_000_000) })],
    [
      'zip of a thousand files',
      () => zip(Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`${index}`, many(EMPTY, 32_000)]))),
    ],
    ['zip of text', () => zip({ a: many(ascii('-----BEGIN%20A-----%0A'), 31_000_000) })],
  ])('%s', async ([, make]) => {
    const input = make()
    const before = process.cpuUsage()
    const inspected = await inspect(input, { password: 'a password' })
    expect(secondsOfWork(before)).toBeLessThan(3)
    expect(inspected.ok || typeof inspected.failure.kind === 'string').toBe(true)
    expect(process.memoryUsage().rss).toBeLessThan(MOST_MEMORY)
  })
})

/** Of this process, so that what else the machine does has no say. */
function secondsOfWork(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000_000
}
