import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/certificate-lifetime.ts'
import { NOWHERE, pinning, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'
import { AUTUMN_2026, publicChain, ROOTS, SPRING_2027, SPRING_2029 } from '../public-chains.ts'

const HOST = 'api.example.com'
const BASELINE =
  'https://github.com/cabforum/servercert/blob/main/docs/BR.md#632-certificate-operational-periods-and-key-pair-usage-periods'

function lasting(
  from: string,
  until: string,
  now: number,
  choices = pinning(),
  root: Parameters<typeof publicChain>[1] = ROOTS.gtsR4,
) {
  return contextOf([row({ host: HOST, chains: [publicChain(HOST, root, { leaf: { from, until } })], choices })], {
    now,
  })
}

describe('a leaf of a public CA that is valid for too long', () => {
  it('is a warning with its length, its day of issue and the limit of that day', () => {
    // 2026-09-01 to 2027-03-20, both included.
    expect(findingOf(rule, lasting('2026-09-01', '2027-03-20', AUTUMN_2026))).toMatchObject({
      severity: 'warning',
      tab: 'results',
      title: 'The leaf api.example.com is valid for 201 days, longer than a public CA may issue',
      why: expect.stringMatching(
        /issued on 1 September 2026, and from 15 March 2026 public CAs issue certificates for servers for 200 days at most\./,
      ) as unknown,
      rowIds: ['row of api.example.com'],
      source: BASELINE,
    })
  })

  it.each([
    ['2025-12-01', '2027-01-02', AUTUMN_2026, '2027-01-03', 398],
    ['2026-09-01', '2027-03-19', AUTUMN_2026, '2027-03-20', 200],
    ['2027-03-15', '2027-06-22', SPRING_2027, '2027-06-23', 100],
    ['2029-03-15', '2029-04-30', SPRING_2029, '2029-05-01', 47],
  ])('is measured by the day of its issue: %s', (from, lastDay, now, dayTooMany, days) => {
    expect(findingsOf(rule, lasting(from, lastDay, now))).toEqual([])
    const [finding, ...others] = findingsOf(rule, lasting(from, dayTooMany, now))
    expect(others).toEqual([])
    expect(finding).toMatchObject({ title: expect.stringContaining(`valid for ${days + 1} days`) as unknown })
  })

  it('is a blocker beyond Apple’s own limit, where Apple lists the root', () => {
    const { severity, why } = findingOf(rule, lasting('2026-09-01', '2028-01-01', AUTUMN_2026))
    expect(severity).toBe('blocker')
    expect(why).toContain('iOS refuses what is valid for longer than 398 days')
    const root = { ...ROOTS.gtsR4, stores: { ...ROOTS.gtsR4.stores, apple: null } }
    expect(findingOf(rule, lasting('2026-09-01', '2028-01-01', AUTUMN_2026, pinning(), root)).severity).toBe('warning')
  })

  it('is not told once it has ended', () => {
    expect(findingsOf(rule, lasting('2026-03-20', '2026-11-01', AUTUMN_2026))).toEqual([])
  })
})

describe('a pinned leaf whose successor may not be as long', () => {
  it('is a note with the limit of the day on which it ends', () => {
    expect(findingOf(rule, lasting('2026-09-15', '2027-03-31', AUTUMN_2026, pinning('leaf')))).toMatchObject({
      severity: 'note',
      title: 'The next certificate of api.example.com may be valid for 100 days at most',
      why: expect.stringMatching(
        /^The pinned leaf api\.example\.com is valid for 198 days and ends on 31 March 2027; from 15 March 2027 .* 100 days at most\..*only when the key is kept/,
      ) as unknown,
      source: BASELINE,
    })
  })

  it('is quiet when the CA issues for as short already, when the leaf ends before the step, and when it is not pinned', () => {
    expect(findingsOf(rule, lasting('2027-01-01', '2027-03-31', AUTUMN_2026, pinning('leaf')))).toEqual([])
    expect(findingsOf(rule, lasting('2026-09-01', '2027-03-14', AUTUMN_2026, pinning('leaf')))).toEqual([])
    expect(findingsOf(rule, lasting('2026-09-15', '2027-03-31', AUTUMN_2026, pinning('root')))).toEqual([])
  })

  it('meets the next step in 2029', () => {
    expect(findingOf(rule, lasting('2029-01-01', '2029-03-31', SPRING_2029, pinning('leaf'))).title).toBe(
      'The next certificate of api.example.com may be valid for 47 days at most',
    )
  })
})

it('does not apply to private CAs, to chains without a root and without certificates', () => {
  const inNoStore = { ...ROOTS.gtsR4, stores: NOWHERE }
  expect(findingsOf(rule, lasting('2026-09-01', '2036-01-01', AUTUMN_2026, pinning('leaf'), inNoStore))).toBe(
    'does not apply',
  )
  expect(findingsOf(rule, contextOf('private-root'))).toBe('does not apply')
  expect(findingsOf(rule, contextOf('self-signed-server'))).toBe('does not apply')
  expect(findingsOf(rule, contextOf('nothing-pinned'))).toBe('does not apply')
})
