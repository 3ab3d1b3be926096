import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChainRole } from '../../../src/core/chain/chain.ts'
import { isoDay } from '../../../src/core/instant.ts'
import type { PinChoices } from '../../../src/core/pins/pin-choices.ts'
import type { PlanRow } from '../../../src/core/pins/plan-pins.ts'
import type { SpkiPin } from '../../../src/core/pins/spki-pin.ts'
import type { RenewalCost } from '../../../src/core/rotation/renewal-costs.ts'
import {
  alsoPinning,
  backupKey,
  CASE_NOW,
  certificate,
  chain,
  exampleChain,
  otherChain,
  pinning,
  pinOfKey,
  privateChain,
  row,
} from '../../support/cases.ts'
import { runs } from '../../support/runs.ts'
import { AUTUMN_2026, publicChain, ROOTS, SPRING_2027, SPRING_2029 } from '../risks/public-chains.ts'
import { cadence, datesOf, firstCadence, planOf } from './plans.ts'

const HOST = 'api.example.com'
const until = (day: string) => row({ host: HOST, chains: [exampleChain(HOST, { until: day })] })

describe('the plan for one key', () => {
  it('counts back from the last day of the certificate, and forward from the next release', () => {
    const { nextRelease, rotations } = planOf([until('2027-09-15')])
    expect(isoDay(nextRelease)).toBe('2026-12-05')
    // 180 days before 2027-09-15, 180 days after 2026-12-05.
    expect(rotations.map(datesOf)).toEqual([['2027-03-19', '2027-06-03', '2027-09-15', '2027-09-15']])
    expect(rotations[0]).toMatchObject({ hosts: [HOST], role: 'leaf', missingDays: 0, hasNextPin: false })
  })

  it('starts with the next release when it is too late', () => {
    const { rotations } = planOf([until('2027-03-31')])
    expect(rotations.map(datesOf)).toEqual([['2026-12-05', '2027-06-03', '2027-06-03', '2027-06-03']])
    // From 2027-03-31 to 2027-06-03.
    expect(rotations[0]?.missingDays).toBe(64)
  })

  it('is in time up to the very day', () => {
    expect(planOf([until('2027-06-03')]).rotations[0]?.missingDays).toBe(0)
    expect(planOf([until('2027-06-02')]).rotations[0]?.missingDays).toBe(1)
  })

  it('does not count a day on which the certificate ends before midnight', () => {
    const held = { ...certificate({ name: HOST, issuer: 'a CA' }), notAfter: Date.parse('2027-09-15T08:30:00Z') }
    const { rotations } = planOf([row({ host: HOST, chains: [chain([held])] })])
    expect(rotations.map(({ lastDay }) => isoDay(lastDay))).toEqual(['2027-09-14'])
  })

  it('goes by the cadence that is set, and by the initial one where that is no number of days', () => {
    expect(planOf([until('2027-09-15')], cadence(30, 0)).rotations.map(datesOf)).toEqual([
      ['2027-09-15', '2026-12-21', '2027-09-15', '2027-09-15'],
    ])
    const odd = { rotation: { releaseEvery: '0', adoption: '-5' } }
    expect(planOf([], odd).cadence).toEqual({ releaseEvery: 14, adoption: 180 })
    expect(planOf([], { rotation: { releaseEvery: true, adoption: '1e3' } }).cadence).toEqual(planOf([]).cadence)
  })
})

/** Dates by the calendar of the platform, not by milliseconds. */
function later(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

const anyDay = fc.integer({ min: -400, max: 1600 }).map((days) => later('2026-11-21', days))

it('ships before it switches before it removes, and warns exactly when the certificate ends before', () => {
  fc.assert(
    fc.property(
      fc.record({
        ends: anyDay,
        today: anyDay,
        time: fc.integer({ min: 0, max: 86_399_999 }),
        releaseEvery: fc.integer({ min: 1, max: 365 }),
        adoption: fc.integer({ min: 0, max: 1095 }),
      }),
      ({ ends, today, time, releaseEvery, adoption }) => {
        const now = Date.parse(`${today}T00:00:00Z`) + time
        const [rotation, ...others] = planOf([until(ends)], cadence(releaseEvery, adoption), now).rotations
        expect(others).toEqual([])
        const [ship = '', from = '', by = '', remove = ''] = rotation ? datesOf(rotation) : []
        const complete = later(today, releaseEvery + adoption)
        expect([ship <= by, from <= by, by <= remove]).toEqual([true, true, true])
        // Who ships on the last safe day is through on the last day.
        expect(later(ship, adoption)).toBe(by)
        expect(from).toBe(complete)
        expect((rotation?.missingDays ?? 0) > 0).toBe(complete > ends)
        expect(by).toBe(complete > ends ? complete : ends)
      },
    ),
    runs(100),
  )
})

const released = (value: string) => ({ rotation: { released: value } })

function firstPlan(day: string) {
  const [rotation, ...others] = planOf([until(day)], firstCadence(14, 180)).rotations
  if (!rotation || others.length > 0) throw new Error('not one rotation')
  return { start: rotation.start, dates: datesOf(rotation), missingDays: rotation.missingDays }
}

describe('a first plan', () => {
  it('is one that the user calls so, and no other', () => {
    expect(planOf([until('2027-03-31')], released('no')).isFirst).toBe(true)
    for (const settings of [{}, released('yes'), released('nobody knows'), { rotation: { released: false } }])
      expect(planOf([until('2027-03-31')], settings)).toMatchObject({
        isFirst: false,
        rotations: [{ start: 'released' }],
      })
  })

  it('can change the key on any day, with the next pin in the first release', () => {
    expect(firstPlan('2027-03-31')).toEqual({
      start: 'first-release',
      dates: ['2026-12-05', '2026-11-21', '2027-03-31', '2027-03-31'],
      missingDays: 0,
    })
  })

  it('leaves time for a later release where there is some', () => {
    expect(firstPlan('2027-09-15')).toEqual({
      start: 'free',
      dates: ['2027-03-19', '2026-11-21', '2027-09-15', '2027-09-15'],
      missingDays: 0,
    })
    expect(firstPlan('2027-06-03').start).toBe('free')
    expect(firstPlan('2027-06-02').start).toBe('first-release')
  })

  it('needs no pin that ends before the first release', () => {
    expect(firstPlan('2026-12-05').start).toBe('first-release')
    expect(firstPlan('2026-12-04').start).toBe('next-pin-alone')
    // The certificate has ended: the server changes today.
    expect(firstPlan('2026-11-01')).toEqual({
      start: 'next-pin-alone',
      dates: ['2026-12-05', '2026-11-21', '2026-11-21', '2026-11-21'],
      missingDays: 0,
    })
  })
})

/** Until when the changes of a plan count on their certificates. */
const lastDays = (rows: readonly PlanRow[], now = CASE_NOW) =>
  planOf(rows, {}, now).rotations.map(({ lastDay }) => isoDay(lastDay))

describe('a root or CA that is given up before its certificate ends', () => {
  const leaf = { from: '2026-09-01', until: '2027-09-15' }
  const rootPinned = (root: keyof typeof ROOTS, ...roles: readonly ChainRole[]) =>
    row({ host: HOST, chains: [publicChain(HOST, ROOTS[root], { leaf })], choices: pinning(...roles, 'root') })

  it('counts until the day before, with the notice', () => {
    expect(lastDays([rootPinned('digiCertG2')])).toEqual(['2029-04-14'])
    expect(planOf([rootPinned('digiCertG2')]).rotations).toMatchObject([
      { role: 'root', earlier: { kind: 'root-notice', isInEffect: false, notice: { effective: '2029-04-15' } } },
    ])
    // Farther ahead than the timeline tells: 15 years after the first day of its certificate.
    expect(lastDays([rootPinned('gtsR4')])).toEqual(['2031-06-21'])
  })

  it('counts until the leaf in service ends where the day has come', () => {
    expect(lastDays([rootPinned('entrustG2')])).toEqual(['2027-09-15'])
    expect(planOf([rootPinned('entrustG2', 'leaf')]).rotations).toMatchObject([
      { role: 'root', platforms: ['android', 'ios'], earlier: { kind: 'root-notice', isInEffect: true } },
    ])
    // The day after the phase-out, a root that was planned until then is one of those.
    expect(lastDays([rootPinned('digiCertG2')], Date.parse('2029-04-15T00:00:00Z'))).toEqual(['2027-09-15'])
  })

  it('is a CA that issues from others as well', () => {
    const subject = { text: "CN=E7,O=Let's Encrypt,C=US", commonName: 'E7', organization: "Let's Encrypt" }
    const issuer = { ...certificate({ name: 'E7', issuer: 'ISRG Root X1', isCa: true, until: '2029-03-12' }), subject }
    const held = certificate({ name: HOST, issuer: 'E7', until: '2027-09-15' })
    const rows = [row({ host: HOST, chains: [chain([held, issuer])], choices: pinning('intermediate') })]
    expect(lastDays(rows)).toEqual(['2027-09-15'])
    expect(planOf(rows).rotations[0]?.earlier).toMatchObject({ kind: 'issuer-retired', retired: { since: '2026-05' } })
    expect(lastDays(rows, Date.parse('2026-04-30T00:00:00Z'))).toEqual(['2029-03-12'])
  })

  it('is an intermediate of a public CA, which may be another one with the next certificate', () => {
    const ofPublicCa = row({
      host: HOST,
      chains: [publicChain(HOST, ROOTS.gtsR4, { leaf })],
      choices: pinning('intermediate'),
    })
    expect(lastDays([ofPublicCa])).toEqual(['2027-09-15'])
    expect(planOf([ofPublicCa]).rotations).toMatchObject([
      { role: 'intermediate', earlier: { kind: 'intermediate-may-change' } },
    ])
    // A root above it carries the connection, and a private CA keeps what its owner keeps.
    expect(lastDays([{ ...ofPublicCa, choices: pinning('intermediate', 'root') }])).toEqual(['2031-06-21'])
    const ofPrivateCa = row({ host: HOST, chains: [exampleChain(HOST)], choices: pinning('intermediate') })
    expect(planOf([ofPrivateCa]).rotations).toMatchObject([{ role: 'intermediate', earlier: null }])
  })

  it('is no longer counted on for its cross-certificates', () => {
    const cross = { ...ROOTS.digiCertG2.held, notAfter: Date.parse('2031-01-01T00:00:00Z'), isSelfIssued: false }
    const shown = publicChain(HOST, ROOTS.digiCertG2, { leaf })
    const [path] = shown.search.paths
    const crossed = path && {
      ...path,
      links: [...path.links.slice(0, 2), { certificate: cross, origin: 'given' as const }],
    }
    const paths = crossed ? [crossed, ...shown.search.paths] : []
    const withCross = { ...shown, search: { ...shown.search, paths } }
    expect(lastDays([row({ host: HOST, chains: [withCross], choices: pinning('root') })])).toEqual(['2029-04-14'])
  })

  it('keeps its own end where that is first', () => {
    expect(
      planOf([row({ host: HOST, chains: [exampleChain(HOST)], choices: pinning('root') })]).rotations,
    ).toMatchObject([{ role: 'root', earlier: null }])
  })
})

const first = (rows: readonly PlanRow[]) => planOf(rows).rotations[0]

describe('what the pins of a host rest on', () => {
  const chains = [exampleChain(HOST, { until: '2027-09-15' })]

  it('a root that is pinned outlasts the leaf on Android; on iOS the CA list alone counts', () => {
    const plan = planOf([row({ host: HOST, chains, choices: pinning('leaf', 'root') })])
    expect(plan.rotations.map(({ role, lastDay }) => [role, isoDay(lastDay)])).toEqual([['root', '2035-06-04']])
    expect(plan.onCas).toEqual([HOST])
  })

  it('with both lists of iOS the leaf’s key decides there', () => {
    const settings = { 'ios-pinned-domains': { lists: 'both' } }
    const plan = planOf([row({ host: HOST, chains, choices: pinning('leaf', 'root') })], settings)
    expect(plan.rotations.map(({ role, platforms }) => [role, platforms])).toEqual([['leaf', ['ios']]])
    expect(plan.onCas).toEqual([])
  })

  it('a renewal with the same key takes the place of the certificate before', () => {
    const renewed = exampleChain(HOST, { key: HOST, from: '2026-11-01', until: '2027-12-31' })
    const rotation = first([row({ host: HOST, chains: [...chains, renewed] })])
    expect(rotation && isoDay(rotation.lastDay)).toBe('2027-12-31')
  })

  it('a key in reserve is a next pin, and so is the chain of another CA that is not in service', () => {
    const keys = [backupKey('CN=a')]
    const withKey = row({ host: HOST, chains, keys, choices: alsoPinning(pinning('leaf'), keys) })
    expect(first([withKey])?.hasNextPin).toBe(true)
    const second = otherChain(HOST, { key: 'second', until: '2028-09-15' })
    expect(first([row({ host: HOST, chains: [...chains, second] })])?.hasNextPin).toBe(true)
  })

  it('a second chain that is in service as well is no next pin', () => {
    const second = otherChain(HOST, { key: 'second', until: '2028-09-15' })
    const both = [...chains, second]
    const served = both.flatMap(({ links: [leaf] }) => (leaf ? [leaf.certificate] : []))
    expect(first([row({ host: HOST, chains: both, served })])?.hasNextPin).toBe(false)
  })

  it('a key in reserve that iOS leaves out is no next pin there', () => {
    const keys = [backupKey('CN=a')]
    const choices = alsoPinning(pinning('root'), keys)
    const rotation = first([row({ host: HOST, chains, keys, choices })])
    expect([rotation?.platforms, rotation?.hasNextPin]).toEqual([['android', 'ios'], false])
  })

  it('of typed pins alone nobody knows when they end', () => {
    const typed = { ...pinning(), typedPins: [{ pin: pinOfKey('typed'), role: 'leaf' as const }] }
    expect(planOf([row({ host: HOST, choices: typed })])).toMatchObject({ rotations: [], unknown: [HOST], costs: [] })
  })

  it('a leaf that has ended counts only where there is no other', () => {
    const ended = exampleChain(HOST, { key: 'old', until: '2026-10-31' })
    expect(first([row({ host: HOST, chains: [ended, ...chains] })])?.missingDays).toBe(0)
    expect(first([row({ host: HOST, chains: [ended] })])?.missingDays).toBeGreaterThan(200)
  })

  it('hosts with one certificate are one rotation; what ends first stands first', () => {
    const shared = exampleChain('shared.example', { until: '2027-10-31' })
    const plan = planOf([
      row({ host: 'a.example', chains: [shared] }),
      row({ host: 'c.example', chains: [exampleChain('c.example', { until: '2027-08-31' })] }),
      row({ host: 'b.example', chains: [shared] }),
    ])
    expect(plan.rotations.map(({ hosts }) => hosts)).toEqual([['c.example'], ['a.example', 'b.example']])
  })
})

const oneDecimal = (count: number) => Math.round(count * 10) / 10

const figures = ({ issuer, from, days, renewals, releases }: RenewalCost) =>
  `${issuer} ${from} ${days}: ${oneDecimal(renewals)} renewals, ${oneDecimal(releases)} releases`

describe('what renewals cost', () => {
  const leaf = { from: '2026-09-01', until: '2029-12-01' }
  const publicRow = (host: string, ...roles: readonly ChainRole[]) =>
    row({ host, chains: [publicChain(host, ROOTS.digiCertG2, { leaf })], choices: pinning(...roles) })
  const letsEncryptRow = (host: string) => row({ host, chains: [publicChain(host, ROOTS.isrgX1, { leaf })] })

  it.each([
    [
      AUTUMN_2026,
      ['public 2026-03-15 200: 1.8', 'public 2027-03-15 100: 3.7', 'public 2029-03-15 47: 7.8'],
      ['lets-encrypt 2016-04-12 90: 4.1', 'lets-encrypt 2027-02-10 64: 5.7', 'lets-encrypt 2028-02-16 45: 8.1'],
    ],
    [
      SPRING_2027,
      ['public 2027-03-15 100: 3.7', 'public 2029-03-15 47: 7.8'],
      ['lets-encrypt 2027-02-10 64: 5.7', 'lets-encrypt 2028-02-16 45: 8.1'],
    ],
    [SPRING_2029, ['public 2029-03-15 47: 7.8'], ['lets-encrypt 2028-02-16 45: 8.1']],
  ])('under the lifetimes of the day and those to come: %#', (now, ofPublic, ofLetsEncrypt) => {
    const { costs } = planOf([publicRow(HOST, 'leaf'), letsEncryptRow('le.example')], {}, now)
    expect(costs.map((cost) => figures(cost).split(' renewals')[0])).toEqual([...ofPublic, ...ofLetsEncrypt])
  })

  it('each renewal with a new key costs a release, and no more than there are', () => {
    const hosts = Array.from({ length: 9 }, (_, index) => publicRow(`h${index}.example`, 'leaf'))
    expect(planOf(hosts.slice(0, 1), {}, SPRING_2029).costs.map(figures)).toEqual([
      'public 2029-03-15 47: 7.8 renewals, 7.8 releases',
    ])
    const [all] = planOf(hosts, {}, SPRING_2029).costs
    expect(all).toMatchObject({ keys: 9, hosts: 9, isEveryRelease: true, keysAhead: 5 })
    expect(all?.releases).toBeCloseTo(365 / 14)
    expect(planOf(hosts.slice(0, 1), cadence(90, 30), SPRING_2029).costs[0]).toMatchObject({
      isEveryRelease: true,
      keysAhead: 3,
    })
  })

  it('hosts that share a key are renewed together', () => {
    const shared = publicChain('shared.example', ROOTS.digiCertG2, { leaf })
    const rows = ['a.example', 'b.example'].map((host) => row({ host, chains: [shared] }))
    expect(planOf(rows).costs[0]).toMatchObject({ keys: 1, hosts: 2 })
  })

  it('with a CA or a root pinned a new leaf key costs none', () => {
    expect(planOf([publicRow(HOST, 'root')])).toMatchObject({ costs: [], onCas: [HOST] })
    expect(planOf([publicRow(HOST, 'leaf', 'intermediate')])).toMatchObject({ costs: [], onCas: [HOST] })
  })

  it('a private CA issues for as long as it likes: what it has issued counts', () => {
    const own = [privateChain(HOST, undefined, { from: '2026-01-01', until: '2026-12-31' })]
    expect(planOf([row({ host: HOST, chains: own })]).costs.map(figures)).toEqual([
      'private null 365: 1 renewals, 1 releases',
    ])
  })
})

it('knows no day but the one that it is given', () => {
  const rows = [until('2027-09-15')]
  const tomorrow = planOf(rows, {}, CASE_NOW + 86_400_000)
  expect(isoDay(tomorrow.nextRelease)).toBe('2026-12-06')
  expect(tomorrow.rotations.map(datesOf)).toEqual([['2027-03-19', '2027-06-04', '2027-09-15', '2027-09-15']])
})

const hasNext = (order: Partial<Parameters<typeof row>[0]>) =>
  planOf([row({ host: HOST, chains: [exampleChain(HOST)], ...order })]).rotations.map(({ hasNextPin }) => hasNextPin)

function hasNextBeside(pin: string, role: 'leaf' | 'ca' = 'leaf') {
  const roles = pinning(role === 'ca' ? 'root' : 'leaf')
  return hasNext({ choices: alsoPinning(roles, [], [{ pin: pin as SpkiPin, role }]) })
}

describe('the next pin', () => {
  const ed25519 = backupKey('CN=ed', { publicKey: { algorithm: 'Ed25519', bits: null, curve: null } })

  it('is one of a key that somebody may have', () => {
    expect(hasNextBeside(pinOfKey('next'))).toEqual([true])
    expect(hasNextBeside(`${'A'.repeat(43)}=`)).toEqual([false])
  })

  it('may be a parent’s key in reserve, and not the key of its server', () => {
    const [keys, day] = [[backupKey('CN=reserve')], { until: '2027-01-31' }]
    const below = (choices: PinChoices) =>
      planOf([
        row({ host: HOST, chains: [exampleChain(HOST, day)] }),
        row({ host: 'example.com', includeSubdomains: true, chains: [exampleChain('example.com')], keys, choices }),
      ]).rotations.find(({ hosts }) => hosts.some((host) => host === HOST))?.hasNextPin
    expect(below(alsoPinning(pinning('leaf'), keys))).toBe(true)
    expect(below(pinning('leaf'))).toBe(false)
  })

  it('is one of a CA that issues', () => {
    expect(hasNextBeside(pinOfKey('next CA'), 'ca')).toEqual([true])
    expect(hasNextBeside('Vjs8r4z+80wjNcr1YKepWQboSIRi63WsWXhIMN+eWys=', 'ca')).toEqual([false])
    // Gone from new Android phones, and iOS has it: the change has to do on both.
    expect(hasNextBeside('K87oWBWM9UZfyddvDfoxL+8lpNyoUB2ptGtn0fv6G2Q=', 'ca')).toEqual([false])
  })

  it('is one of a key that a certificate can be had for', () => {
    const choices = alsoPinning(pinning('leaf'), [ed25519])
    expect(hasNext({ keys: [ed25519], choices })).toEqual([false])
    expect(hasNext({ keys: [ed25519], choices, chains: [privateChain(HOST)] })).toEqual([true])
  })
})
