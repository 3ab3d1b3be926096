/** What holds for every finding and every verdict, whatever the rows, the settings and the day. */
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ExpirationChoice } from '../../../src/core/formats/format.ts'
import { MILLISECONDS_PER_DAY } from '../../../src/core/instant.ts'
import { assess } from '../../../src/core/risks/assess.ts'
import { RISK_RULES } from '../../../src/core/risks/registry.ts'
import { verdictOnRow, verdictOnSet, type VerdictKind } from '../../../src/core/risks/verdict.ts'
import { CASE_NOW } from '../../support/cases.ts'
import { runs } from '../../support/runs.ts'
import { drafts, rowsOf, until } from '../formats/any-rows.ts'
import { contextOf } from './context.ts'

const expiration: fc.Arbitrary<ExpirationChoice> = fc.oneof(
  fc.constant({ kind: 'none' } as const),
  fc.constant({ kind: 'computed' } as const),
  fc.record({ kind: fc.constant('date' as const), date: fc.oneof(until, fc.constantFrom('2027-02-30', '', 'x')) }),
)
const order = fc.record({
  rows: drafts,
  lists: fc.constantFrom('ca', 'leaf', 'both', 'nonsense'),
  trust: fc.constantFrom('ship', 'installed', 'as-is'),
  expiration,
  days: fc.integer({ min: -400, max: 4000 }),
})

type Order = typeof order extends fc.Arbitrary<infer Made> ? Made : never

function contextFor({ rows, lists, trust, days, expiration: chosen }: Order) {
  return contextOf(rowsOf(rows), {
    settings: {
      'ios-pinned-domains': { lists },
      'android-network-security-config': { trust, expiration: chosen },
    },
    now: CASE_NOW + days * MILLISECONDS_PER_DAY,
  })
}

const WORST_FIRST: readonly VerdictKind[] = ['against', 'not-yet', 'known-risks', 'ready']

it('a finding is a line of bounded length without a gap, with an id of its own and rows that exist', () => {
  fc.assert(
    fc.property(order, (one) => {
      const context = contextFor(one)
      const { findings } = assess(context)
      expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length)
      const known = new Set(context.rows.map(({ rowId }) => rowId))
      for (const { title, why, rowIds } of findings) {
        expect(rowIds.filter((rowId) => !known.has(rowId))).toEqual([])
        expect(title.length).toBeLessThan(600)
        expect(why.length).toBeLessThan(1700)
        for (const text of [title, why]) {
          expect(text).not.toMatch(
            /undefined|\bnull\b|NaN|\[object|Invalid Date|[\p{Cc}\p{Cs}\u2028-\u202e\u2060-\u206f]/u,
          )
        }
      }
    }),
    runs(150),
  )
})

it('every rule has looked, or had nothing to look at', () => {
  fc.assert(
    fc.property(order, (one) => {
      const { findings, fine, notApplicable } = assess(contextFor(one))
      const found = new Set(findings.map(({ ruleId }) => ruleId))
      expect([...found, ...fine, ...notApplicable].toSorted()).toEqual(RISK_RULES.map(({ id }) => id).toSorted())
    }),
    runs(100),
  )
})

it('a verdict is as bad as the worst that it rests on', () => {
  fc.assert(
    fc.property(order, (one) => {
      const context = contextFor(one)
      const { findings } = assess(context)
      const set = verdictOnSet(findings, context.plan)
      // Of a row that pins nothing, only that it does counts.
      const pinned = new Set(context.plan.policies.flatMap(({ rowIds }) => rowIds))
      const counted = findings.filter(
        ({ ruleId, rowIds }) =>
          ruleId === 'row-without-pins' || rowIds.length === 0 || rowIds.some((rowId) => pinned.has(rowId)),
      )
      const severities = new Set(counted.map(({ severity }) => severity))
      const kinds = [
        'against',
        severities.has('blocker') ? 'not-yet' : severities.has('warning') ? 'known-risks' : 'ready',
      ]
      expect(context.plan.policies.length === 0 ? ['against', 'nothing-pinned'] : kinds).toContain(set.kind)
      const ofRows = context.rows.map(({ rowId }) => verdictOnRow(rowId, findings, context.plan).kind)
      // No row is worse than all of them together.
      const worse = new Set(WORST_FIRST.slice(0, Math.max(0, WORST_FIRST.indexOf(set.kind))))
      expect(ofRows.filter((kind) => worse.has(kind))).toEqual([])
    }),
    runs(100),
  )
})
