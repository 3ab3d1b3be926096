import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/chain-not-trusted-on-devices.ts'
import type { PathSearch } from '../../../../src/core/chain/trust-path.ts'
import type { StoreMembership } from '../../../../src/core/chain/chain.ts'
import { certificate, EVERYWHERE, NOWHERE, row } from '../../../support/cases.ts'
import { chainOf, E7, ISRG_LEAF, ISRG_NOT_SENT, ISRG_SENT, ISRG_X1, path, search } from '../../../support/paths.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const of = (...found: readonly PathSearch[]) => contextOf([row({ host: 'a.example', chains: found.map(chainOf) })])
const rooted = (stores: StoreMembership | null, order = {}) =>
  search(path([ISRG_LEAF, E7], { held: certificate({ name: 'Some Root', isCa: true, ...order }), stores }))

describe('devices that do not trust the chain', () => {
  it('are a note when they are Android 7 alone', () => {
    expect(findingOf(rule, of(ISRG_SENT))).toMatchObject({
      severity: 'note',
      tab: 'results',
      title: 'Android 7.0 does not trust the chain of a.example',
      why: 'The connection is refused there before any pin is looked at: the root store lacks ISRG Root X2 and ISRG Root X1. If you support these versions, ask the CA for a chain to a root that they have.',
      rowIds: ['row of a.example'],
    })
  })

  it('are a warning when they are newer', () => {
    const finding = findingOf(rule, of(rooted({ ...EVERYWHERE, android: { first: 24, last: 36, partial: [] } })))
    expect(finding).toMatchObject({ severity: 'warning', title: 'Android 17 does not trust the chain of a.example' })
  })

  it('are a warning that names what the server should send', () => {
    const finding = findingOf(rule, of(ISRG_NOT_SENT))
    expect(finding.severity).toBe('warning')
    expect(finding.title).toBe('Android 7.0–13 does not trust the chain of a.example')
    expect(finding.why).toMatch(
      /ISRG Root X2, issued by ISRG Root X1, is not among the certificates that were given\. Have the server send/,
    )
  })

  it('are a blocker when they are a whole platform', () => {
    const finding = findingOf(rule, of(rooted(NOWHERE)))
    expect(finding).toMatchObject({
      severity: 'blocker',
      title: 'Android 7.0–17 and iOS 14–26 do not trust the chain of a.example',
    })
    expect(findingOf(rule, of(rooted({ ...EVERYWHERE, apple: null }))).severity).toBe('blocker')
  })

  it('are told with an expired root where that is asked', () => {
    const { why, title } = findingOf(rule, of(rooted(EVERYWHERE, { until: '2026-10-01' })))
    expect(title).toContain('iOS 14–26')
    expect(why).toContain(': Some Root expired on 2026-10-01.')
  })

  it('are not told that a root has expired when a cross-certificate of its name has', () => {
    const cross = { name: 'ISRG Root X1', issuer: 'Old Root', isCa: true }
    const old = { held: certificate({ name: 'Old Root', isCa: true }), stores: EVERYWHERE }
    const through = (days: { readonly from?: string; readonly until?: string }) =>
      findingOf(rule, of(search(path([ISRG_LEAF, E7, certificate({ ...cross, ...days })], old)))).why
    expect(through({ until: '2026-10-01' })).toContain('ISRG Root X1, issued by Old Root, expired on 2026-10-01')
    expect(through({ from: '2027-01-01' })).toContain('ISRG Root X1, issued by Old Root, is valid only from 2027-01-01')
  })

  it('are told of each chain that a server presents', () => {
    const two = of(rooted(EVERYWHERE), ISRG_SENT)
    expect(findingOf(rule, two).title).toContain('Android 7.0')
  })
})

describe('it stays quiet', () => {
  it('when all devices trust the chain, or nobody can say', () => {
    expect(findingsOf(rule, of(rooted(EVERYWHERE)))).toEqual([])
    expect(findingsOf(rule, of({ ...rooted(NOWHERE), isCut: true }))).toEqual([])
  })
})

describe('it does not apply', () => {
  it('to private roots, to chains without known paths, and to leaves that are not valid today', () => {
    expect(findingsOf(rule, of(rooted(null)))).toBe('does not apply')
    expect(findingsOf(rule, contextOf('leaf-alone'))).toBe('does not apply')
    const context = of(ISRG_SENT)
    expect(findingsOf(rule, { ...context, now: ISRG_LEAF.notAfter + 1 })).toBe('does not apply')
    expect(findingsOf(rule, { ...context, now: ISRG_LEAF.notBefore - 1 })).toBe('does not apply')
  })

  it('to rows without a host', () => {
    expect(findingsOf(rule, contextOf([row({ host: null, chains: [chainOf(ISRG_SENT)] })]))).toBe('does not apply')
  })

  it('to what no server presents, where it is known', () => {
    const rows = [
      row({
        host: 'a.example',
        chains: [chainOf(rooted(EVERYWHERE)), chainOf(search(path([certificate({ name: 'b' })], ISRG_X1)))],
        served: [ISRG_LEAF],
      }),
    ]
    expect(findingsOf(rule, contextOf(rows))).toEqual([])
  })
})
