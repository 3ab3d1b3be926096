import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { FORMATS } from '../../../src/core/formats/registry.ts'
import { isText } from '../../../src/core/formats/format.ts'
import { planPins } from '../../../src/core/pins/plan-pins.ts'
import { wrongPins } from '../../../src/core/pins/wrong-pins.ts'
import { CASE_STAMP, PLAN_CASES } from '../../support/cases.ts'
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

it.each(PLAN_CASES)('$name: no output of wrong pins holds a right one, and each text says so first', ({ rows }) => {
  const plan = planPins(rows)
  const right = plan.policies.flatMap(({ pins }) => pins.map(({ pin }) => pin))
  for (const format of FORMATS) {
    for (const snippet of format.render(wrongPins(plan), {}, NEGATIVE_TEST).filter(isText)) {
      for (const pin of right) expect([format.id, snippet.content.includes(pin)]).toEqual([format.id, false])
    }
    const [first] = format.render(wrongPins(plan), {}, NEGATIVE_TEST).filter(isText)
    if (first) expect(first.content).toContain('WRONG PINS for a test, never ship them')
  }
})
