import { describe, expect, it } from 'vitest'
import {
  assumptions,
  cadenceProblem,
  costLine,
  lateText,
  nextPinAloneText,
  nextPinText,
  planSummary,
  releaseText,
  restsOnText,
} from '../../../src/app/results/timeline/rotation-text.ts'
import type { PlanRow } from '../../../src/core/pins/plan-pins.ts'
import { dayCount } from '../../../src/core/cadence/cadence.ts'
import type { Rotation, RotationPlan } from '../../../src/core/rotation/rotation-plan.ts'
import { alsoPinning, backupKey, exampleChain, HOSTILE_TEXT, pinning, pinOfKey, row } from '../../support/cases.ts'
import { publicChain, ROOTS } from '../../core/risks/public-chains.ts'
import { cadence, firstCadence, planOf } from '../../core/rotation/plans.ts'

const HOST = 'api.example.com'
const until = (day: string, name = HOST) => row({ host: HOST, chains: [exampleChain(HOST, { name, until: day })] })

function only({ rotations: [first, ...others] }: RotationPlan): Rotation {
  if (!first || others.length > 0) throw new Error('not one rotation')
  return first
}

describe('a change of keys in words', () => {
  it('says on what the pins rest, as one harmless line', () => {
    expect(restsOnText(only(planOf([until('2027-09-15')])))).toBe(
      'Rests on the leaf api.example.com, whose last whole day is',
    )
    expect(restsOnText(only(planOf([until('2027-09-15', HOSTILE_TEXT)])))).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })

  it('names the platform where it is one alone', () => {
    const settings = { 'ios-pinned-domains': { lists: 'both' } }
    const rows = [row({ host: HOST, chains: [exampleChain(HOST)], choices: pinning('leaf', 'root') })]
    expect(restsOnText(only(planOf(rows, settings)))).toContain('Rests on iOS on the leaf')
  })

  it('warns when it is too late, and only then', () => {
    expect(lateText(only(planOf([until('2027-06-03')])), '2026-11-21')).toBeNull()
    expect(lateText(only(planOf([until('2027-06-02')])), '2026-11-21')).toContain('ends 1 day too early')
    expect(lateText(only(planOf([until('2026-11-20')])), '2026-11-21')).toContain(
      'The certificate ended after 2026-11-20',
    )
  })

  it('leaves open that a backup may have shipped long ago', () => {
    const spare = backupKey('spare')
    const choices = alsoPinning(pinning('leaf'), [spare])
    const chains = [exampleChain(HOST, { until: '2027-06-02' })]
    const text = (withBackup: boolean) =>
      lateText(
        only(planOf([row({ host: HOST, chains, ...(withBackup ? { keys: [spare], choices } : {}) })])),
        '2026-11-21',
      )
    expect(text(true)).toContain('If the next pin is in all released versions already, the server can change today.')
    expect(text(false)).not.toContain('the server can change today')
  })

  it('says whether there is a next pin', () => {
    expect(nextPinText(only(planOf([until('2027-09-15')])))).toBe('none yet: make a key, and pin it as backup')
  })

  it('asks for a second CA where pins rest on one, since a list of CAs takes no key of one’s own', () => {
    const spare = backupKey('spare')
    const choices = alsoPinning(pinning('leaf', 'root'), [spare])
    const rotation = only(planOf([row({ host: HOST, chains: [exampleChain(HOST)], keys: [spare], choices })]))
    expect(rotation.role).toBe('root')
    expect(nextPinText(rotation)).toBe('none yet: pin the root of a second CA')
  })
})

const LATE =
  'cannot be complete in time: nearly all phones have a pin of the next release only on 2027-06-03. Until then versions that pin the old key and not the next are cut off by a new one; let the app update sooner, or put the change off. If no released version has pins yet, say so above: then there is more time.'

describe('the plan in words', () => {
  it.each([
    [[until('2027-09-15')], 'The change of keys can be complete in time.'],
    [[until('2027-01-15')], `The change of keys ${LATE}`],
    [
      [until('2027-01-15'), row({ host: 'b.example', chains: [exampleChain('b.example', { until: '2027-09-15' })] })],
      `1 of 2 changes of keys ${LATE}`,
    ],
    [[], 'No change of keys can be planned yet.'],
  ])('%#: %s', (rows, sentence) => {
    expect(planSummary(planOf(rows))).toBe(sentence)
  })

  it('says where nothing is due, and where nothing is known', () => {
    const onRoot = row({ host: HOST, chains: [exampleChain(HOST)], choices: pinning('root') })
    const typed = { ...pinning(), typedPins: [{ pin: pinOfKey('typed'), role: 'leaf' as const }] }
    const summary = planSummary(planOf([onRoot, row({ host: 'b.example', choices: typed })]))
    expect(summary).toContain('api.example.com pins a CA or a root of the chain: a new leaf key costs no release there')
    expect(summary).toContain('For b.example no pin is known to be of a certificate in service')
  })
})

it('the cost of renewals stands with its issuer and day', () => {
  const rows = [row({ host: HOST, chains: [publicChain(HOST, ROOTS.isrgX1)] })]
  expect(planOf(rows).costs.map((cost) => costLine(cost, '2026-11-21'))).toEqual([
    { issued: 'Let’s Encrypt, now', days: '90', renewals: '4.1', releases: '4.1', keysAhead: '3' },
    { issued: 'Let’s Encrypt, from 2027-02-10', days: '64', renewals: '5.7', releases: '5.7', keysAhead: '4' },
    { issued: 'Let’s Encrypt, from 2028-02-16', days: '45', renewals: '8.1', releases: '8.1', keysAhead: '5' },
  ])
})

it('the assumptions name the days that are set, and what is released', () => {
  const [released, days] = assumptions(planOf([], cadence(1, 30)))
  expect(released).toBe('Released versions have these pins, without the next one.')
  expect(days).toContain('within 1 day, and 30 days after the release')
  expect(assumptions(planOf([], firstCadence(1, 30)))[0]).toMatch(/^No released version has pins:/)
})

describe('a first plan in words', () => {
  const first = firstCadence(14, 180)
  const plan = (...rows: readonly PlanRow[]) => planOf(rows, first)

  it.each([
    [[until('2027-09-15')], ''],
    [[until('2027-01-15')], ' The change of keys leaves no time for a later release.'],
    [
      [until('2027-01-15'), row({ host: 'b.example', chains: [exampleChain('b.example', { until: '2027-09-15' })] })],
      ' 1 of 2 changes of keys leaves no time for a later release.',
    ],
  ])('%#: says that nobody is cut off, what it takes, and where that is urgent', (rows, sentence) => {
    expect(planSummary(planOf(rows, first))).toBe(
      `No released version has pins, so no phone can be cut off today. With the next pin in the first release, the server can change on any day; when a later release brings it, only once nearly all phones have that one.${sentence}`,
    )
  })

  it('never is too late, and says which release is meant', () => {
    for (const day of ['2026-11-01', '2026-12-04', '2027-01-15', '2027-09-15'])
      expect(lateText(only(plan(until(day))), '2026-11-21')).toBeNull()
    expect(['2026-12-04', '2027-01-15', '2027-09-15'].map((day) => releaseText(only(plan(until(day)))))).toEqual([
      ' (the first release)',
      ' (the first release)',
      '',
    ])
    expect(releaseText(only(planOf([until('2027-01-15')])))).toBe(' (the next release)')
  })

  it('says where the old pin ends before the first release, and there alone', () => {
    expect(nextPinAloneText(only(plan(until('2026-12-04'))))).toContain('leave this one out')
    expect(nextPinAloneText(only(plan(until('2026-12-05'))))).toBeNull()
    expect(nextPinAloneText(only(planOf([until('2026-12-04')])))).toBeNull()
  })

  it('keeps a backup in the first release', () => {
    const spare = backupKey('spare')
    const choices = alsoPinning(pinning('leaf'), [spare])
    const rows = [row({ host: HOST, chains: [exampleChain(HOST)], keys: [spare], choices })]
    expect(nextPinText(only(planOf(rows, first)))).toBe('in this plan: keep it in the first release')
    expect(nextPinText(only(planOf(rows)))).toBe('in this plan: put it into a release')
  })
})

describe('a root that is given up, in words', () => {
  const leaf = { from: '2026-09-01', until: '2026-12-31' }
  const rotation = (root: keyof typeof ROOTS) =>
    only(planOf([row({ host: HOST, chains: [publicChain(HOST, ROOTS[root], { leaf })], choices: pinning('root') })]))

  it('has who does so, and when', () => {
    expect(restsOnText(rotation('digiCertG2'))).toBe(
      'Rests on the root DigiCert Global Root G2; it will be phased out by Mozilla from about 15 April 2029, so the plan counts on it until',
    )
    expect(restsOnText(rotation('entrustG2'))).toMatch(
      /^Rests on the root Entrust Root Certification Authority - G2; it has been distrusted by .* since .*: the plan counts on it until the leaf in service ends, on$/,
    )
  })

  it('is not renewed by the user, so the chain has to stay', () => {
    const late = lateText(rotation('entrustG2'), '2026-11-21')
    expect(late).toContain('What the plan counts on ends 154 days too early')
    expect(late).toContain('Keep the server on a chain through it')
    expect(late).not.toContain('Renew for the same key')
  })
})

it.each([
  ['', 'No number of days is entered.'],
  ['12abc', 'This is no whole number in digits alone.'],
  ['1e3', 'This is no whole number in digits alone.'],
  ['12.5', 'This is no whole number in digits alone.'],
  ['-5', 'This is no whole number in digits alone.'],
  ['0', 'Too few days.'],
  ['9999999999999999999', 'Too many days.'],
])('what is wrong with “%s” as days between releases, and what to do', (text, what) => {
  expect(dayCount('releaseEvery', text)).toBeNull()
  expect(cadenceProblem('releaseEvery', text, 14)).toBe(
    `${what} Enter whole days from 1 to 365. The plan still uses 14.`,
  )
})
