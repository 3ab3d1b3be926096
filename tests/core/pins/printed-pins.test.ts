import { describe, expect, it } from 'vitest'
import { isText } from '../../../src/core/formats/format.ts'
import { renderAll } from '../../../src/core/formats/registry.ts'
import { planPins } from '../../../src/core/pins/plan-pins.ts'
import { dividedAtPins, printedPins } from '../../../src/core/pins/printed-pins.ts'
import { CASE_STAMP, PLAN_CASES, pinOfKey, planCase } from '../../support/cases.ts'

describe.each(PLAN_CASES)('the pins in every output: $name', ({ rows, settings = {} }) => {
  const plan = planPins(rows)
  const meanings = printedPins(plan)
  const texts = renderAll(plan, settings, CASE_STAMP).flatMap(({ snippets }) => snippets.filter(isText))

  it('are found, and the text stays as it is', () => {
    for (const { content } of texts) {
      const runs = dividedAtPins(content)
      expect(runs.map(({ text }) => text).join('')).toBe(content)
      const found = runs.filter(({ text, isPin }) => isPin && meanings.has(text)).length
      const standing = [...meanings.keys()].reduce((count, pin) => count + content.split(pin).length - 1, 0)
      expect(found).toBe(standing)
    }
  })

  it('stand for the hosts that they are pinned for', () => {
    for (const { host, pins } of plan.policies) {
      for (const pin of pins) {
        expect(meanings.get(pin.pin)?.hosts).toContain(host)
        expect(meanings.get(pin.pin)?.pins.map(({ role }) => role)).toContain(pin.role)
      }
    }
  })
})

it('a pin of a DNS record is found by its digits', () => {
  const plan = planPins(planCase('leaf-alone').rows)
  const [[pin = ''] = []] = printedPins(plan)
  const digits = Buffer.from(pin, 'base64').toString('hex')
  expect(printedPins(plan).get(digits)).toEqual(printedPins(plan).get(pin))
})

it.each([
  ['behind the prefix of OkHttp', `sha256/${pinOfKey('K1')}`],
  ['behind the prefix of curl', `sha256//${pinOfKey('K1')};sha256//${pinOfKey('K2')}`],
  ['in quotes', `"${pinOfKey('K1')}",`],
])('a pin is told apart %s', (_where, text) => {
  const pins = dividedAtPins(text).filter(({ isPin }) => isPin)
  expect(pins.map((run) => run.text)).toEqual([pinOfKey('K1'), pinOfKey('K2')].filter((pin) => text.includes(pin)))
})

it.each([
  ['longer base64', `A${pinOfKey('K1')}`],
  ['longer digits', 'a'.repeat(65)],
  ['nothing', ''],
])('%s is no pin', (_what, text) => {
  expect(dividedAtPins(text).some(({ isPin }) => isPin)).toBe(false)
})
