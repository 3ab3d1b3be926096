import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FORMATS } from '../../../src/core/formats/registry.ts'
import { isText } from '../../../src/core/formats/format.ts'
import { planPins, type PinPlan } from '../../../src/core/pins/plan-pins.ts'
import { wrongPins } from '../../../src/core/pins/wrong-pins.ts'
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
