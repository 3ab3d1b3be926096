import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inspect, MAX_INPUT_BYTES } from '../../src/engine/inspect.ts'
import { createInProcessEngine } from '../support/in-process-engine.ts'
import { TEST_NOW } from '../support/issue-chain.ts'
import { ascii } from './encode-der.ts'
import { fixture } from './labelled-files.ts'

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
    const started = performance.now()
    const inspected = await inspect(input)
    expect(performance.now() - started).toBeLessThan(3000)
    expect(inspected.ok).toBe(false)
  })

  it('one block that never ends', async () => {
    const input = repeated('MIIB\n:\r\n')
    input.set(ascii('-----BEGIN CERTIFICATE-----\n'))
    input.set(ascii('\n-----END CERTIFICATE-----\n'), input.length - 30)
    const started = performance.now()
    expect(await inspect(input)).toMatchObject({ ok: false })
    expect(performance.now() - started).toBeLessThan(3000)
  })
})
