import { describe, expect, it } from 'vitest'
import type { ExpirationChoice } from '../../../../src/core/formats/format.ts'
import rule from '../../../../src/core/risks/rules/android-expiration-not-written.ts'
import { exampleChain, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const choosing = (expiration: ExpirationChoice) => ({ 'android-network-security-config': { expiration } })
const onDate = (date: string) => contextOf('leaf-alone', { settings: choosing({ kind: 'date', date }) })

describe('an expiration that is not written', () => {
  it('is a warning with date and host when the day is past', () => {
    expect(findingOf(rule, onDate('2026-11-20'))).toMatchObject({
      severity: 'warning',
      tab: 'android',
      title: 'The expiration 2026-11-20 has begun somewhere',
      why: expect.stringContaining('api.example.com') as unknown,
      rowIds: ['row of api.example.com'],
    })
  })

  it('is found for the day that has just begun in the far east', () => {
    const settings = choosing({ kind: 'date', date: '2026-12-01' })
    const begun = Date.parse('2026-12-01T00:00:00+14:00')
    expect(findingsOf(rule, contextOf('leaf-alone', { settings, now: begun - 1 }))).toEqual([])
    expect(findingOf(rule, contextOf('leaf-alone', { settings, now: begun })).title).toContain('2026-12-01')
  })

  it('says which text is no day', () => {
    const { severity, title, why } = findingOf(rule, onDate('2027-02-30'))
    expect([severity, title]).toEqual(['warning', 'The expiration is not a date'])
    expect(why).toContain('“2027-02-30” is no day that a calendar has')
    expect(why).toContain('api.example.com')
  })

  it('says that no day is chosen', () => {
    expect(findingOf(rule, onDate('')).why).toMatch(/^No day is chosen\. Android refuses the whole file/)
  })

  it('is found for the hosts alone whose computed day is past', () => {
    const rows = [
      row({ host: 'old.example', chains: [exampleChain('old.example', { until: '2026-10-31' })] }),
      row({ host: 'new.example', chains: [exampleChain('new.example')] }),
    ]
    expect(findingOf(rule, contextOf(rows, { settings: choosing({ kind: 'computed' }) }))).toMatchObject({
      title: 'The expiration 2026-10-31 has begun somewhere',
      rowIds: ['row of old.example'],
    })
  })
})

it('stays quiet when the day is written', () => {
  expect(findingsOf(rule, onDate('2027-01-01'))).toEqual([])
  expect(findingsOf(rule, contextOf('expiration-computed'))).toEqual([])
})

it('does not apply when no expiration is asked for, or nothing is pinned', () => {
  expect(findingsOf(rule, contextOf('leaf-alone'))).toBe('does not apply')
  expect(findingsOf(rule, contextOf('leaf-alone', { settings: choosing({ kind: 'none' }) }))).toBe('does not apply')
  const settings = choosing({ kind: 'date', date: '2026-11-20' })
  expect(findingsOf(rule, contextOf('nothing-pinned', { settings }))).toBe('does not apply')
})

it('is a warning when no pinned key has a certificate that could end', () => {
  const context = contextOf('hostile-request', { settings: choosing({ kind: 'computed' }) })
  expect(findingOf(rule, context)).toMatchObject({
    severity: 'warning',
    title: 'The expiration cannot be computed',
    why: expect.stringContaining('No certificate is known for the pinned keys of api.example.com') as unknown,
  })
  expect(findingsOf(rule, contextOf('backup-request-and-leaf', { settings: choosing({ kind: 'computed' }) }))).toEqual(
    [],
  )
})
