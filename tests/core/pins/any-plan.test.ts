/** What holds for the pins of every plan, whatever the rows. */
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { PinRole } from '../../../src/core/pins/pin-choices.ts'
import { planPins, type PlanRow } from '../../../src/core/pins/plan-pins.ts'
import { alsoPinning, pinning, pinOfKey, row } from '../../support/cases.ts'
import { drafts, rowsOf } from '../formats/any-rows.ts'

/** Hosts above and below one another that say different things of the same few keys. */
const nested: fc.Arbitrary<PlanRow[]> = fc
  .array(
    fc.record({
      host: fc.constantFrom('com', 'example.com', 'api.example.com', 'eu.api.example.com'),
      includeSubdomains: fc.boolean(),
      typed: fc.uniqueArray(
        fc.record({ key: fc.constantFrom('K1', 'K2'), role: fc.constantFrom<PinRole>('leaf', 'ca', 'unknown') }),
        { selector: ({ key }) => key },
      ),
    }),
    { minLength: 2, maxLength: 5 },
  )
  .map((all) =>
    all.map(({ host, includeSubdomains, typed }, index) => {
      const pins = typed.map(({ key, role }) => ({ pin: pinOfKey(key), role }))
      return row({ rowId: `row ${index}`, host, includeSubdomains, choices: alsoPinning(pinning(), [], pins) })
    }),
  )

const anyRows = fc.oneof(
  nested,
  drafts.map((all) => rowsOf(all)),
)

it('a host has each pin once for each role, and none of unknown role whose role is known there', () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      for (const { host, pins } of planPins(rows).policies) {
        const entries = pins.map(({ pin, role }) => `${host} ${pin} ${role}`)
        expect(entries).toEqual([...new Set(entries)])
        const known = new Set(pins.filter(({ role }) => role !== 'unknown').map(({ pin }) => pin))
        expect(pins.filter(({ pin, role }) => role === 'unknown' && known.has(pin))).toEqual([])
      }
    }),
    { numRuns: 500 },
  )
})

it('a host under another has all keys of it, each of the roles that are known there', () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      const { policies } = planPins(rows)
      for (const parent of policies.filter(({ includeSubdomains }) => includeSubdomains)) {
        for (const child of policies.filter(({ host }) => host.endsWith(`.${parent.host}`))) {
          const entries = new Set(child.pins.map(({ pin, role }) => `${pin} ${role}`))
          const keys = new Set(child.pins.map(({ pin }) => pin))
          const lost = parent.pins.filter(({ pin, role }) =>
            role === 'unknown' ? !keys.has(pin) : !entries.has(`${pin} ${role}`),
          )
          expect(lost).toEqual([])
        }
      }
    }),
    { numRuns: 300 },
  )
})
