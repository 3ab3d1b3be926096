import { describe, expect, it } from 'vitest'
import {
  assumptions,
  costLine,
  lateText,
  nextPinText,
  planSummary,
  restsOnText,
} from '../../../src/app/results/timeline/rotation-text.ts'
import type { Rotation, RotationPlan } from '../../../src/core/rotation/rotation-plan.ts'
import { alsoPinning, backupKey, exampleChain, HOSTILE_TEXT, pinning, pinOfKey, row } from '../../support/cases.ts'
import { publicChain, ROOTS } from '../../core/risks/public-chains.ts'
import { planOf } from '../../core/rotation/plans.ts'

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
    // A version without pins, or with the next one, goes on.
    expect(lateText(only(planOf([until('2027-06-02')])), '2026-11-21')).toContain(
      'versions that pin the old one and not the next are cut off',
    )
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

describe('the plan in words', () => {
  it.each([
    [[until('2027-09-15')], 'The change of keys can be complete in time.'],
    [[until('2027-01-15')], 'The change of keys cannot be complete before the certificate ends.'],
    [
      [until('2027-01-15'), row({ host: 'b.example', chains: [exampleChain('b.example', { until: '2027-09-15' })] })],
      '1 of 2 changes of keys cannot be complete before the certificate ends.',
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
    { issued: 'Let’s Encrypt, now', days: '90', renewals: '4.1', releases: '4.1', keysAhead: '2' },
    { issued: 'Let’s Encrypt, from 2027-02-10', days: '64', renewals: '5.7', releases: '5.7', keysAhead: '3' },
    { issued: 'Let’s Encrypt, from 2028-02-16', days: '45', renewals: '8.1', releases: '8.1', keysAhead: '4' },
  ])
})

it('the assumptions name the days that are set', () => {
  const [first] = assumptions({ releaseEvery: 1, adoption: 30 })
  expect(first).toContain('within 1 day, and 30 days after the release')
})
