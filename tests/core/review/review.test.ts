import { describe, expect, it } from 'vitest'
import type { ProjectSettings } from '../../../src/core/settings/project-settings.ts'
import { planPins, type PlanRow } from '../../../src/core/pins/plan-pins.ts'
import { LONGEST_ANSWER, reviewOf } from '../../../src/core/review/review.ts'
import { expirationText } from '../../../src/core/review/review-text.ts'
import { assess } from '../../../src/core/risks/assess.ts'
import { verdictOnSet } from '../../../src/core/risks/verdict.ts'
import { CASE_NOW, CASE_STAMP, exampleChain, planCase, PLAN_CASES, row } from '../../support/cases.ts'

const assessed = (rows: readonly PlanRow[], settings: ProjectSettings = {}) =>
  assess({ plan: planPins(rows), rows, settings, now: CASE_NOW }).findings

const reviewed = (rows: readonly PlanRow[], settings: ProjectSettings = {}) =>
  reviewOf(planPins(rows), rows, assessed(rows, settings), settings, CASE_STAMP)

it.each(PLAN_CASES)('holds every blocker and warning, and no note: $name', ({ rows, settings = {} }) => {
  const { hosts, general, leftOut, verdict } = reviewed(rows, settings)
  const plan = planPins(rows)
  const findings = assessed(rows, settings)
  const ofHosts = new Set(plan.policies.flatMap(({ rowIds }) => rowIds))
  const wanted = (severity: string) =>
    findings
      .filter((one) => one.severity === severity)
      .filter(({ rowIds }) => rowIds.length === 0 || rowIds.some((rowId) => ofHosts.has(rowId)))
      .map(({ title }) => title)
  const all = [general, ...hosts]
  expect(new Set(all.flatMap(({ blockers }) => blockers))).toEqual(new Set(wanted('blocker')))
  expect(new Set(all.flatMap(({ warnings }) => warnings))).toEqual(new Set(wanted('warning')))
  expect(leftOut).toEqual(plan.leftOut)
  expect(verdict).toBe(verdictOnSet(findings, plan).kind)
})

it('a host is judged by all of its rows and by no other’s', () => {
  const ended = exampleChain('old.example.com', { until: '2026-11-20' })
  const [good, bad] = reviewed([
    ...planCase('backup-request-and-leaf').rows,
    row({ host: 'old.example.com', chains: [ended] }),
  ]).hosts
  expect([good?.host, good?.blockers]).toEqual(['api.example.com', []])
  expect([bad?.host, bad?.verdict]).toEqual(['old.example.com', 'not-yet'])
  expect(bad?.blockers.length).toBeGreaterThan(0)
})

describe('the outputs', () => {
  const { rows } = planCase('leaf-alone')

  it('are the platforms’ own where nobody said what the app connects with', () => {
    expect(reviewed(rows).outputs).toEqual(['Network Security Config', 'Info.plist: NSPinnedDomains'])
  })

  it('are the first for each thing that the app connects with', () => {
    expect(reviewed(rows, { stacks: { okhttp: true, native: false } }).outputs).toEqual(['Network Security Config'])
    expect(reviewed(rows, { stacks: { alamofire: true } }).outputs).toEqual(['Info.plist: NSPinnedDomains'])
  })
})

it.each([
  ['none; the pins never end by themselves', { kind: 'none' }],
  ['2027-02-01; from then on Android checks no pins', { kind: 'date', date: '2027-02-01' }],
  ['none is written, since the chosen day has begun', { kind: 'date', date: '2026-11-20' }],
  ['none is written, since what was chosen is no day', { kind: 'date', date: 'soon' }],
  ['2027-03-31; from then on Android checks no pins', { kind: 'computed' }],
] as const)('the expiration is told: %s', (text, expiration) => {
  const [host] = reviewed(planCase('leaf-alone').rows, { 'android-network-security-config': { expiration } }).hosts
  expect(host && expirationText(host)).toBe(text)
})

it('people are as the project has them; what is no text or too long counts for nothing', () => {
  const { rows } = planCase('leaf-alone')
  expect(reviewed(rows).people).toEqual({ owner: '', backupKeyHolder: '' })
  const odd = reviewed(rows, { review: { owner: true, backupKeyHolder: 'x'.repeat(5_000) } }).people
  expect(odd).toEqual({ owner: '', backupKeyHolder: 'x'.repeat(LONGEST_ANSWER) })
})
