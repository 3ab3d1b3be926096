import { createHash, X509Certificate } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FORMATS } from '../../../src/core/formats/registry.ts'
import { isText } from '../../../src/core/formats/format.ts'
import { planPins, type PinPlan } from '../../../src/core/pins/plan-pins.ts'
import { WRONG_CERTIFICATE, WRONG_CERTIFICATE_BASE64 } from '../../../src/core/pins/wrong-certificate.ts'
import { wrongCertificates, wrongPins } from '../../../src/core/pins/wrong-pins.ts'
import { describe as describeCertificate } from '../../../src/engine/describe.ts'
import { alsoPinning, CASE_STAMP, exampleChain, pinning, PLAN_CASES, row } from '../../support/cases.ts'
import { drafts, rowsOf } from '../formats/any-rows.ts'

const NEGATIVE_TEST = { ...CASE_STAMP, purpose: 'negative-test' } as const

it('keeps hosts, roles and the number of pins, and no pin', () => {
  fc.assert(
    fc.property(drafts, (all) => {
      const plan = planPins(rowsOf(all))
      const wrong = wrongPins(plan)
      const right = new Set(plan.policies.flatMap(({ pins }) => pins.map(({ pin }) => pin)))
      expect(wrong.policies.map(({ host, includeSubdomains, anchors }) => [host, includeSubdomains, anchors])).toEqual(
        plan.policies.map(({ host, includeSubdomains, anchors }) => [host, includeSubdomains, anchors]),
      )
      for (const [at, policy] of wrong.policies.entries()) {
        const before = plan.policies[at]?.pins ?? []
        expect(policy.pins.map(({ role }) => role)).toEqual(before.map(({ role }) => role))
        expect(new Set(policy.pins.map(({ pin }) => pin)).size).toBe(new Set(before.map(({ pin }) => pin)).size)
        for (const { pin } of policy.pins) {
          expect(Buffer.from(pin, 'base64')).toHaveLength(32)
          expect(right).not.toContain(pin)
        }
      }
    }),
  )
})

const pinsOf = ({ policies }: PinPlan) => policies.flatMap(({ pins }) => pins.map(({ pin }) => pin))

it('hold no right pin where wrong ones were typed in beside them', () => {
  const host = 'api.example.com'
  const chains = [exampleChain(host)]
  const [right] = pinsOf(planPins([row({ host, chains })]))
  const typed = pinsOf(wrongPins(planPins([row({ host, chains })]))).map((pin) => ({ pin, role: 'leaf' }) as const)
  const both = planPins([row({ host, chains, choices: alsoPinning(pinning('leaf'), [], typed) })])
  expect(pinsOf(both)).toEqual([right, typed[0]?.pin])
  expect(pinsOf(wrongPins(both))).not.toContain(right)
})

describe.each(PLAN_CASES)('the outputs of wrong pins: $name', ({ rows }) => {
  const plan = planPins(rows)
  const texts = FORMATS.map((format) => ({
    id: format.id,
    contents: format.render(wrongPins(plan), {}, NEGATIVE_TEST).filter(isText),
  })).filter(({ contents }) => contents.length > 0)

  it('hold no right pin', () => {
    const right = plan.policies.flatMap(({ pins }) => pins.map(({ pin }) => pin))
    const held = texts.flatMap(({ id, contents }) =>
      right.filter((pin) => contents.some(({ content }) => content.includes(pin))).map((pin) => [id, pin]),
    )
    expect(held).toEqual([])
  })

  it('say in their first text what they are', () => {
    const unmarked = texts.filter(({ contents }) => !contents[0]?.content.includes('WRONG PINS for a test, never ship'))
    expect(unmarked.map(({ id }) => id)).toEqual([])
  })
})

const OF_CERTIFICATES = FORMATS.filter((format) => 'needs' in format.abilities)

describe('the certificate that is wrong on purpose', () => {
  const der = Buffer.from(WRONG_CERTIFICATE_BASE64, 'base64')

  it('is what is said about it, to Node and to the engine', async () => {
    const read = new X509Certificate(der)
    const key = read.publicKey.export({ type: 'spki', format: 'der' })
    expect(createHash('sha256').update(key).digest('base64')).toBe(WRONG_CERTIFICATE.pin)
    expect(read.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(WRONG_CERTIFICATE.sha256)
    expect([read.ca, read.subject, read.verify(read.publicKey)]).toEqual([
      true,
      'CN=WRONG ON PURPOSE\\, never ship this',
      true,
    ])
    expect(await describeCertificate(new Uint8Array(der))).toEqual({ ok: true, value: WRONG_CERTIFICATE })
  })

  it('is in no case, and is taken by every output of certificates', () => {
    expect(OF_CERTIFICATES.map(({ id }) => id)).toEqual(['flutter', 'capacitor', 'cordova', 'certificates'])
  })

  it.each(PLAN_CASES)('stands alone in the place of all others: $name', ({ rows }) => {
    const plan = planPins(rows)
    for (const format of OF_CERTIFICATES) {
      const right = format.render(plan, {}, CASE_STAMP)
      const wrong = format.render(wrongCertificates(plan), {}, NEGATIVE_TEST)
      const files = wrong.flatMap((one) => (one.kind === 'certificate' ? [one] : []))
      expect([format.id, files.length]).toEqual([format.id, right.length > 0 ? 1 : 0])
      for (const { certificate, fileName, title } of files) {
        expect([certificate, title]).toEqual([
          WRONG_CERTIFICATE.sha256,
          'Certificate WRONG ON PURPOSE, never ship this',
        ])
        expect(fileName).toMatch(/^wrong_on_purpose_never_ship_this_/)
      }
      const named = wrong
        .filter(isText)
        .map(({ content }) => content)
        .join('')
      const others = right.flatMap((one) => (one.kind === 'certificate' ? [one.fileName] : []))
      expect(others.filter((name) => named.includes(name))).toEqual([])
    }
  })

  it('keeps the hosts that the right ones are for', () => {
    const plan = planPins(PLAN_CASES.find(({ name }) => name === 'many-hosts')?.rows ?? [])
    expect(wrongCertificates(plan).policies.map(({ host, includeSubdomains }) => [host, includeSubdomains])).toEqual(
      plan.policies.map(({ host, includeSubdomains }) => [host, includeSubdomains]),
    )
  })
})
