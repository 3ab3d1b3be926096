import { describe, expect, it } from 'vitest'
import type { Certificate } from '../../../../src/core/certificate/certificate.ts'
import type { Chain } from '../../../../src/core/chain/chain.ts'
import rule from '../../../../src/core/risks/rules/root-pin-misses-devices.ts'
import { assess } from '../../../../src/core/risks/assess.ts'
import { alsoPinning, certificate, EVERYWHERE, NOWHERE, pinning, row } from '../../../support/cases.ts'
import {
  chainOf,
  E7,
  ISRG_LEAF,
  ISRG_NOT_SENT,
  ISRG_SENT,
  ISRG_X1,
  ISRG_X2,
  path,
  search,
} from '../../../support/paths.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const typing = (chains: readonly Chain[], ...certificates: readonly Certificate[]) =>
  row({
    host: 'a.example',
    chains,
    choices: alsoPinning(
      pinning(),
      [],
      certificates.map(({ pin }) => ({ pin, role: 'ca' })),
    ),
  })
const pinned = (...parameters: Parameters<typeof typing>) => contextOf([typing(...parameters)])

describe('pins that match on some devices alone', () => {
  it('are a blocker where devices end at another root, which is named', () => {
    const finding = findingOf(rule, pinned([chainOf(ISRG_SENT)], ISRG_X1.held))
    expect(finding).toMatchObject({
      severity: 'blocker',
      tab: 'results',
      title: 'Android 14+ would refuse a.example today',
      rowIds: ['row of a.example'],
    })
    expect(finding.why).toBe(
      'Android 14+ trusts the chain of a.example, but not by a path that has a pinned key. These devices may end at ISRG Root X2. With these pins Android 7.1–13 and iOS 14–26 connect. Pin every root that a path may end at, or a CA below them that all paths share.',
    )
  })

  it('are a warning where several roots are possible', () => {
    const twin = { held: certificate({ name: 'Twin', key: 'twin', isCa: true }), stores: EVERYWHERE }
    const chain = chainOf(search(path([ISRG_LEAF, E7], ISRG_X2), path([ISRG_LEAF, E7], twin)))
    const finding = findingOf(rule, pinned([chain], twin.held))
    expect(finding).toMatchObject({ severity: 'warning', title: 'Android 14+ may refuse a.example' })
    expect(finding.why).toMatch(/^On Android 14\+ more than one path.*may end at ISRG Root X2 and Twin\./)
  })

  it('are a warning where iOS would have to fetch a certificate', () => {
    const rows = [typing([chainOf(ISRG_NOT_SENT)], ISRG_X1.held)]
    expect(findingOf(rule, contextOf(rows)).title).toBe('iOS 16+ may refuse a.example')
  })

  it('tells both where some are refused and some are unsure', () => {
    const partial = {
      held: certificate({ name: 'Partial', isCa: true }),
      stores: { ...NOWHERE, android: { first: 35, last: 36, partial: [36] } },
    }
    const wide = {
      held: certificate({ name: 'Wide', isCa: true }),
      stores: { ...NOWHERE, android: { first: 24, last: 37, partial: [] } },
    }
    const cross = certificate({ name: 'Partial', issuer: 'Wide', isCa: true, key: 'not pinned' })
    const chain = chainOf(search(path([ISRG_LEAF, E7], partial), path([ISRG_LEAF, E7, cross], wide)))
    const finding = findingOf(rule, pinned([chain], wide.held))
    expect(finding.title).toBe('Android 15 would refuse a.example today')
    expect(finding.why).toContain('On Android 16 nobody can say which path is taken.')
  })

  it('are held against each chain that a server presents', () => {
    const leaf = certificate({ name: 'a.example', issuer: 'R13', key: 'rsa' })
    const r13 = certificate({ name: 'R13', issuer: 'ISRG Root X1', isCa: true })
    const rsa = chainOf(search(path([leaf, r13], ISRG_X1)))
    const both = typing([rsa, chainOf(ISRG_SENT)], ISRG_X1.held)
    expect(findingOf(rule, contextOf([both])).title).toBe('Android 14+ would refuse a.example today')
    expect(findingsOf(rule, contextOf([{ ...both, served: new Set([leaf.sha256]) }]))).toEqual([])
  })
})

describe('it stays quiet', () => {
  it('when every device that trusts the chain ends up with a pinned key', () => {
    expect(findingsOf(rule, pinned([chainOf(ISRG_SENT)], ISRG_X1.held, ISRG_X2.held))).toEqual([])
    expect(findingsOf(rule, pinned([chainOf(ISRG_SENT)], E7))).toEqual([])
  })

  it('when the trust in the chain is all that is in doubt', () => {
    const faults = [{ kind: 'signature-not-checked', certificate: E7 }] as const
    const chain = chainOf(search(path([ISRG_LEAF, E7], ISRG_X1, { faults })))
    expect(findingsOf(rule, pinned([chain], ISRG_X1.held))).toEqual([])
  })

  it('when a whole platform is refused, since other rules tell that', () => {
    const context = pinned([chainOf(ISRG_SENT)], certificate({ name: 'other' }))
    expect(findingsOf(rule, context)).toEqual([])
    const blockers = assess(context).findings.filter(({ severity }) => severity === 'blocker')
    expect(blockers.map(({ ruleId }) => ruleId)).toEqual(['android-refuses-own-chain', 'ios-refuses-own-chain'])
  })
})

describe('it does not apply', () => {
  it('when no paths are known, or no device trusts the chain', () => {
    expect(findingsOf(rule, contextOf('leaf-and-root'))).toBe('does not apply')
    const nowhere = chainOf(search(path([ISRG_LEAF, E7], { ...ISRG_X1, stores: NOWHERE })))
    const own = chainOf(search(path([ISRG_LEAF, E7], { ...ISRG_X1, stores: null })))
    expect(findingsOf(rule, pinned([nowhere, own], ISRG_X1.held))).toBe('does not apply')
  })

  it('when nothing is pinned', () => {
    expect(findingsOf(rule, pinned([chainOf(ISRG_SENT)]))).toBe('does not apply')
  })
})
