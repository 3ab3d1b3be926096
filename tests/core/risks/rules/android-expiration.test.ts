import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/android-expiration.ts'
import type { ExpirationChoice } from '../../../../src/core/formats/format.ts'
import type { RiskContext } from '../../../../src/core/risks/risk-rule.ts'
import { alsoPinning, backupKey, exampleChain, pinning, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const KEY = backupKey('CN=reserve')
const rowOf = (host: string, choices = alsoPinning(pinning('leaf'), [KEY])) =>
  row({ host, chains: [exampleChain(host)], keys: [KEY], choices })
const settingsOf = (expiration: ExpirationChoice) => ({ 'android-network-security-config': { expiration } })
const until = (date: string, rows = [rowOf('api.example.com')]) =>
  contextOf(rows, { settings: settingsOf({ kind: 'date', date }) })

const computed = (rows = [rowOf('api.example.com')]) => contextOf(rows, { settings: settingsOf({ kind: 'computed' }) })
const fixesOf = (context: RiskContext) =>
  findingOf(rule, context).fixes.map(({ label, change }) => [label, change.kind === 'set-option' && change.value])

describe('the day on which Android stops', () => {
  it('is a note that says what happens then', () => {
    const finding = findingOf(rule, until('2027-06-01'))
    expect(finding).toMatchObject({
      severity: 'note',
      tab: 'android',
      title: 'Android stops checking the pins on 1 June 2027',
      rowIds: ['row of api.example.com'],
    })
    expect(finding.why).toContain('in their own time zone')
    expect(finding.why).toContain('any CA that the phone trusts will do')
  })

  it('is a warning less than ten days ahead, as it is to lint', () => {
    expect(findingOf(rule, until('2026-11-30'))).toMatchObject({
      severity: 'warning',
      title: 'The pins end in 9 days, on 30 November 2026',
    })
    expect(findingOf(rule, until('2026-12-01')).severity).toBe('note')
  })

  it.each([
    ['2026-11-20T23:59:59Z', 'in 3 days'],
    ['2026-11-21T00:00:00Z', 'in 2 days'],
    ['2026-11-21T23:59:59Z', 'in 2 days'],
    ['2026-11-22T00:00:00Z', 'tomorrow'],
    ['2026-11-22T09:59:59Z', 'tomorrow'],
  ])('is as far ahead as the day that it names, at whatever hour: %s', (now, words) => {
    const context = { ...until('2026-11-23'), now: Date.parse(now) }
    expect(findingOf(rule, context).title).toBe(`The pins end ${words}, on 23 November 2026`)
  })

  it('is a warning more than a year ahead', () => {
    expect(findingOf(rule, until('2050-01-01'))).toMatchObject({
      severity: 'warning',
      title: 'The pins end on 1 January 2050, more than a year from now',
    })
    expect(findingOf(rule, until('2027-11-21')).severity).toBe('note')
  })

  it('is a warning after the end of every pinned certificate', () => {
    const leaf = rowOf('api.example.com', pinning('leaf'))
    expect(findingOf(rule, until('2027-06-01', [leaf]))).toMatchObject({
      severity: 'warning',
      title: 'The pins end on 1 June 2027, after all pinned certificates',
      why: expect.stringContaining('The last pinned certificate of api.example.com ends on 31 March 2027.') as unknown,
    })
    // The root outlives it.
    expect(findingOf(rule, until('2027-06-01', [rowOf('api.example.com', pinning('leaf', 'root'))])).severity).toBe(
      'note',
    )
    expect(findingOf(rule, until('2027-04-01', [leaf])).severity).toBe('note')
  })

  it('is no way out of that to end them with the certificate, since its key may go on', () => {
    const outliving = findingOf(rule, until('2027-06-01', [rowOf('api.example.com', pinning('leaf'))]))
    expect(outliving.why).toContain('pin a backup key')
    expect(outliving.fixes).toEqual([])
  })

  describe('when it is the day on which the certificate of a leaf ends', () => {
    it('is a warning that says so, and that the backup is lost with it', () => {
      const finding = findingOf(rule, computed())
      expect(finding).toMatchObject({
        severity: 'warning',
        title: 'The pins end on 31 March 2027, with the certificate of the leaf',
      })
      expect(finding.why).toContain('another pinned key lasts longer')
      expect(finding.why).toContain('they are locked out once the server has no pinned key any more')
    })

    it('is one whoever chose it', () => {
      expect(findingOf(rule, until('2027-03-31')).title).toBe(findingOf(rule, computed()).title)
      expect(findingOf(rule, until('2027-03-30')).severity).toBe('note')
    })

    it('has ways out that do not depend on the certificate', () => {
      const none = ['Choose no expiration', { kind: 'none' }]
      expect(fixesOf(computed())).toEqual([
        ['End them in a year, on 21 November 2027', { kind: 'date', date: '2027-11-21' }],
        none,
      ])
      expect(fixesOf(computed([rowOf('api.example.com', pinning('leaf'))]))).toEqual([none])
      expect(findingOf(rule, until('2027-11-21')).severity).toBe('note')
    })

    it('is none where it is the end of a CA', () => {
      expect(findingOf(rule, computed([rowOf('api.example.com', pinning('intermediate'))])).title).toBe(
        'The pins end on 12 March 2029, more than a year from now',
      )
    })
  })

  it('is told once for hosts with which the same is the matter', () => {
    const findings = findingsOf(
      rule,
      until('2027-06-01', [rowOf('a.example'), rowOf('b.example'), rowOf('c.example', pinning('leaf'))]),
    )
    expect(findings).toMatchObject([
      { severity: 'note', rowIds: ['row of a.example', 'row of b.example'] },
      { severity: 'warning', rowIds: ['row of c.example'] },
    ])
  })
})

it('does not apply without a day, or with one that is not written', () => {
  expect(findingsOf(rule, contextOf('leaf-alone'))).toBe('does not apply')
  expect(findingsOf(rule, until('2026-11-20'))).toBe('does not apply')
  expect(findingsOf(rule, until('2027-02-30'))).toBe('does not apply')
})
