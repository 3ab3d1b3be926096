import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/root-data-old.ts'
import { exampleChain, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const rowWith = (rootStoreDate: string | null, host = 'api.example.com') =>
  row({ host, chains: [exampleChain(host)], rootStoreDate })

const at = (day: string) => ({ now: Date.parse(day) })

describe('data of the root stores', () => {
  it('that are a year old are a warning about the plan as a whole', () => {
    expect(findingOf(rule, contextOf([rowWith('2026-11-21')], at('2027-11-21T00:00:00Z')))).toMatchObject({
      severity: 'warning',
      tab: 'results',
      title: 'Pinsmith’s copy of the root stores is from 2026-11-21',
      why: expect.stringContaining('gained and lost roots since 2026-11-21, more than a year ago') as unknown,
      rowIds: [],
    })
  })

  it('are told once, by the oldest date', () => {
    const rows = [rowWith('2026-11-21'), rowWith(null, 'b.example.com'), rowWith('2025-03-01', 'c.example.com')]
    expect(findingOf(rule, contextOf(rows, at('2028-01-01'))).title).toContain('2025-03-01')
  })

  it('are fine until the year is over', () => {
    expect(findingsOf(rule, contextOf([rowWith('2026-11-21')], at('2027-11-20T23:59:59Z')))).toEqual([])
  })

  it('are fine when the clock is behind them', () => {
    expect(findingsOf(rule, contextOf([rowWith('2026-11-21')], at('2020-01-01')))).toEqual([])
  })
})

it('does not apply where no root store was loaded', () => {
  expect(findingsOf(rule, contextOf([rowWith(null)], at('2030-01-01')))).toBe('does not apply')
  expect(findingsOf(rule, contextOf([]))).toBe('does not apply')
})
