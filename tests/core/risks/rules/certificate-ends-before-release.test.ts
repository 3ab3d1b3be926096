import { describe, expect, it } from 'vitest'
import type { Chain } from '../../../../src/core/chain/chain.ts'
import type { ProjectSettings } from '../../../../src/core/settings/project-settings.ts'
import { assess } from '../../../../src/core/risks/assess.ts'
import rule from '../../../../src/core/risks/rules/certificate-ends-before-release.ts'
import { verdictOnRow } from '../../../../src/core/risks/verdict.ts'
import { alsoPinning, backupKey, exampleChain, pinning, pinOfKey, row, type RowOrder } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const HOST = 'api.example.com'
/** The certificate of the table is good up to 2027-03-31, and today is 2026-11-21. */
const rowOf = (order: Partial<RowOrder> = {}) => row({ host: HOST, chains: [exampleChain(HOST)], ...order })
const cadence = (releaseEvery: number, adoption: number): ProjectSettings => ({
  rotation: { releaseEvery: String(releaseEvery), adoption: String(adoption) },
})
const asked = (order: Partial<RowOrder>, settings: ProjectSettings = {}) => contextOf([rowOf(order)], { settings })
const certificatesOf = (chains: readonly Chain[]) =>
  chains.flatMap(({ links }) => links.map((held) => held.certificate))

const ending = (date: string) =>
  ({ 'android-network-security-config': { expiration: { kind: 'date', date } } }) as const

describe('a leaf’s key alone', () => {
  it('is a warning when its certificate ends before another pin can reach phones, with the days', () => {
    // 14 days to the next release, 180 more until phones have it: the planner's initial figures.
    const context = asked({})
    const finding = findingOf(rule, context)
    expect(finding).toMatchObject({
      severity: 'warning',
      tab: 'results',
      title: 'The certificate of api.example.com ends before a release with another pin can reach phones',
      rowIds: ['row of api.example.com'],
    })
    expect(finding.why).toMatch(/^On Android and iOS nothing but the leaf’s key .* is good up to 31 March 2027\. /)
    expect(finding.why).toContain('another pin is out by 5 December 2026 and on those phones by 3 June 2027')
    const { findings } = assess(context)
    expect(verdictOnRow('row of api.example.com', findings, context.plan).deciding).toContainEqual(finding)
  })

  it('is none when the app is released and updated quickly enough, to the day', () => {
    // 21 November and 130 days: 31 March 2027.
    expect(findingsOf(rule, asked({}, cadence(30, 100)))).toEqual([])
    expect(findingOf(rule, asked({}, cadence(30, 101))).why).toContain('by 1 April 2027')
    expect(findingOf(rule, asked({}, cadence(1, 130))).why).toContain('a release every day and 130 days until')
  })

  it('lasts as long as the last certificate for it', () => {
    const renewed = exampleChain(HOST, { from: '2026-11-01', until: '2027-06-30' })
    expect(findingsOf(rule, asked({ chains: [exampleChain(HOST), renewed] }))).toEqual([])
  })

  it('is told of iOS where it enforces the leaf list alone', () => {
    const settings = { 'ios-pinned-domains': { lists: 'leaf' } }
    const finding = findingOf(rule, asked({ choices: pinning('leaf', 'root') }, settings))
    expect(finding.why).toMatch(/^On iOS nothing but/)
    expect(findingsOf(rule, asked({ choices: pinning('leaf', 'root') }))).toEqual([])
  })

  it('does not cut Android off where the pins end before', () => {
    expect(findingOf(rule, asked({}, ending('2027-03-01'))).why).toMatch(/^On iOS nothing but/)
    expect(findingOf(rule, asked({}, ending('2027-04-01'))).why).toMatch(/^On Android and iOS nothing but/)
  })

  it('is told of each of two keys that a server presents', () => {
    const chains = [exampleChain(HOST), exampleChain(HOST, { key: 'of the other type', until: '2027-02-28' })]
    expect(findingOf(rule, asked({ chains, served: certificatesOf(chains) })).why).toContain('28 February 2027')
  })
})

const BACKUP = backupKey('CN=api.example.com')

it.each<[string, Partial<RowOrder>]>([
  ['a backup key is pinned', { keys: [BACKUP], choices: alsoPinning(pinning('leaf'), [BACKUP]) }],
  ['a CA above the leaf is pinned', { choices: pinning('leaf', 'intermediate') }],
  ['a typed pin may follow', { choices: alsoPinning(pinning('leaf'), [], [{ pin: pinOfKey('next'), role: 'leaf' }]) }],
  ['another leaf is in reserve', { chains: [exampleChain(HOST), exampleChain(HOST, { key: 'next' })] }],
  ['the leaf is not pinned', { choices: pinning('root') }],
  ['the certificate outlasts the cycle', { chains: [exampleChain(HOST, { until: '2027-06-30' })] }],
])('nothing is told where %s', (_what, order) => {
  expect(findingsOf(rule, asked(order))).toEqual([])
})

it('does not apply without a pin, without a leaf, or once the leaf has ended', () => {
  expect(findingsOf(rule, contextOf('nothing-pinned'))).toBe('does not apply')
  expect(findingsOf(rule, asked({ choices: pinning() }))).toBe('does not apply')
  expect(findingsOf(rule, asked({ chains: [exampleChain(HOST, { until: '2026-10-01' })] }))).toBe('does not apply')
})
