import { describe, expect, it } from 'vitest'
import { earliestExpiration, expirationOf, proposedExpiration } from '../../../src/core/formats/expiration.ts'
import { planPins, type HostPolicy, type PlanRow } from '../../../src/core/pins/plan-pins.ts'
import { CASE_NOW, exampleChain, pinning, planCase, row } from '../../support/cases.ts'

const HOUR = 3_600_000
const COMPUTED = { kind: 'computed' } as const

function policyOf(rows: readonly PlanRow[], host?: string): HostPolicy {
  const found = planPins(rows).policies.find((policy) => host === undefined || policy.host === host)
  if (!found) throw new Error('no policy')
  return found
}

const policy = policyOf(planCase('leaf-alone').rows)
const onDate = (date: string, now: number) => expirationOf(policy, { kind: 'date', date }, now)

describe('a date', () => {
  const startUtc = Date.UTC(2027, 1, 1)

  it('is written with the first and the last midnight on earth that opens it', () => {
    expect(onDate('2027-02-01', CASE_NOW)).toEqual({
      kind: 'written',
      date: '2027-02-01',
      // Kiribati, UTC+14: the day before, 10:00 UTC. Baker Island, UTC-12: noon.
      from: Date.parse('2027-01-31T10:00:00Z'),
      until: Date.parse('2027-02-01T12:00:00Z'),
    })
    expect([Date.parse('2027-02-01T00:00:00+14:00'), Date.parse('2027-02-01T00:00:00-12:00')]).toEqual([
      startUtc - 14 * HOUR,
      startUtc + 12 * HOUR,
    ])
  })

  it('is past from the moment that Kiribati enters it', () => {
    const first = Date.parse('2027-02-01T00:00:00+14:00')
    expect(onDate('2027-02-01', first - 1).kind).toBe('written')
    expect(onDate('2027-02-01', first)).toEqual({ kind: 'not-written', date: '2027-02-01', reason: 'past' })
    expect(onDate('2027-02-01', startUtc)).toMatchObject({ reason: 'past' })
  })

  it('is past today and before', () => {
    expect(onDate('2026-11-21', CASE_NOW)).toMatchObject({ kind: 'not-written', reason: 'past' })
    expect(onDate('1999-12-31', CASE_NOW)).toMatchObject({ kind: 'not-written', reason: 'past' })
  })

  it('of tomorrow is past too, when tomorrow has begun somewhere', () => {
    expect(onDate('2026-11-22', Date.parse('2026-11-21T09:59:59Z')).kind).toBe('written')
    expect(onDate('2026-11-22', Date.parse('2026-11-21T10:00:00Z'))).toMatchObject({ reason: 'past' })
  })

  it.each([
    ['2026-11-21T00:00:00Z', '2026-11-22'],
    ['2026-11-21T09:59:59.999Z', '2026-11-22'],
    ['2026-11-21T10:00:00Z', '2026-11-23'],
    ['2026-12-31T23:59:59Z', '2027-01-02'],
    ['2028-02-28T10:00:00Z', '2028-03-01'],
  ])('that is offered at %s begins with the first that is not past', (instant, first) => {
    const now = Date.parse(instant)
    const eve = new Date(Date.parse(first) - 24 * HOUR).toISOString().slice(0, 10)
    expect(earliestExpiration(now)).toBe(first)
    expect(onDate(first, now).kind).toBe('written')
    expect(onDate(eve, now)).toMatchObject({ reason: 'past' })
  })

  it('that nobody has set yet is a year away', () => {
    expect(proposedExpiration(Date.parse('2026-11-21T23:00:00Z'))).toBe('2027-11-21')
  })

  it.each(['', '2027-02-30', '2027-2-1', '27-02-01', '2027-02-01T00:00', 'soon', '"><x'])(
    'that is none is not written: %j',
    (date) => {
      expect(onDate(date, CASE_NOW)).toEqual({ kind: 'not-written', date, reason: 'not-a-day' })
    },
  )
})

describe('no expiration', () => {
  it('is none', () => {
    expect(expirationOf(policy, { kind: 'none' }, CASE_NOW)).toEqual({ kind: 'none' })
  })
})

const computedFor = (rows: readonly PlanRow[], host?: string, now = CASE_NOW) => {
  const outcome = expirationOf(policyOf(rows, host), COMPUTED, now)
  return outcome.kind === 'none' ? null : outcome.date
}

describe('a computed expiration', () => {
  it('is the day on which the only certificate ends', () => {
    expect(computedFor(planCase('leaf-alone').rows)).toBe('2027-03-31')
  })

  it('begins before the certificate ends, everywhere but far in the east of that day', () => {
    const outcome = expirationOf(policy, COMPUTED, CASE_NOW)
    if (outcome.kind !== 'written') throw new Error('not written')
    expect(outcome.from).toBeLessThan(Date.parse('2027-03-31T23:59:59Z'))
  })

  it('is that of the key that ends first', () => {
    expect(computedFor(planCase('leaf-and-root').rows)).toBe('2027-03-31')
    expect(computedFor(planCase('intermediate-and-root').rows)).toBe('2029-03-12')
  })

  it('takes a key to last as long as the longest of its certificates', () => {
    expect(computedFor(planCase('renewed-with-the-same-key').rows)).toBe('2027-09-30')
    expect(computedFor([...planCase('renewed-with-the-same-key').rows].toReversed())).toBe('2027-09-30')
  })

  it('counts inherited pins, for they are enforced too', () => {
    const rows = [
      row({ host: 'example.com', includeSubdomains: true, chains: [exampleChain('example.com')] }),
      row({
        host: 'api.example.com',
        chains: [exampleChain('api.example.com')],
        choices: pinning('root'),
      }),
    ]
    expect(computedFor(rows, 'api.example.com')).toBe('2027-03-31')
  })

  it('is not written once that day has begun somewhere', () => {
    const now = Date.parse('2027-03-31T00:00:00+14:00')
    expect(expirationOf(policy, COMPUTED, now - 1).kind).toBe('written')
    expect(expirationOf(policy, COMPUTED, now)).toEqual({ kind: 'not-written', date: '2027-03-31', reason: 'past' })
  })

  it('is not written for a certificate that has expired', () => {
    const expired = [
      row({
        host: 'a.example',
        chains: [exampleChain('a.example', { from: '2025-01-01', until: '2025-12-31' })],
      }),
    ]
    expect(expirationOf(policyOf(expired), COMPUTED, CASE_NOW)).toEqual({
      kind: 'not-written',
      date: '2025-12-31',
      reason: 'past',
    })
  })

  it('leaves keys without a certificate out of account, for they have no end', () => {
    expect(computedFor(planCase('backup-request-and-leaf').rows)).toBe('2027-03-31')
  })

  it('is not written when no key has a certificate', () => {
    expect(expirationOf(policyOf(planCase('hostile-request').rows), COMPUTED, CASE_NOW)).toEqual({
      kind: 'not-written',
      date: null,
      reason: 'no-end',
    })
  })

  it('of a certificate without an end is the last day there is', () => {
    const endless = [row({ host: 'a.example', chains: [exampleChain('a.example', { until: '9999-12-31' })] })]
    expect(computedFor(endless)).toBe('9999-12-31')
  })
})
