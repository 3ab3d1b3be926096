import { expect, it } from 'vitest'
import { keyAgeLimit, LIFETIME_LIMITS, lifetimeInDays, lifetimeLimitAt } from '../../../src/core/risks/policy.ts'
import { certificate } from '../../support/cases.ts'

it.each([
  ['2020-08-31T23:59:59Z', undefined],
  ['2020-09-01T00:00:00Z', 398],
  ['2026-03-14T23:59:59Z', 398],
  ['2026-03-15T00:00:00Z', 200],
  ['2027-03-14T23:59:59Z', 200],
  ['2027-03-15T00:00:00Z', 100],
  ['2029-03-14T23:59:59Z', 100],
  ['2029-03-15T00:00:00Z', 47],
])('what is issued at %s may be valid for %s days', (issued, days) => {
  expect(lifetimeLimitAt(Date.parse(issued))?.days).toBe(days)
})

it('counts both ends of a lifetime, and any part of a day as a whole one', () => {
  const held = certificate({ name: 'a.example' })
  const from = Date.parse('2026-09-01T00:00:00Z')
  const lasting = (until: string) => lifetimeInDays({ ...held, notBefore: from, notAfter: Date.parse(until) })
  expect(lasting('2026-09-10T23:59:59Z')).toBe(10)
  expect(lasting('2026-09-11T00:00:00Z')).toBe(11)
})

it('names limits with their sources', () => {
  for (const { source } of LIFETIME_LIMITS) expect(new URL(source).protocol).toBe('https:')
})

it.each([
  ['2005-12-31', null],
  ['2006-01-01', '2026-04-15'],
  ['2007-12-31', '2026-04-15'],
  ['2008-01-01', '2027-04-15'],
  ['2010-01-01', '2028-04-15'],
  ['2012-01-01', '2029-04-15'],
  ['2014-04-14', '2029-04-15'],
  ['2014-04-15', '2029-04-15'],
  ['2016-06-22', '2031-06-22'],
])('a key made on %s is dropped on %s', (made, removed) => {
  expect(keyAgeLimit(made)).toBe(removed)
})
