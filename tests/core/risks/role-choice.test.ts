import { describe, expect, it } from 'vitest'
import type { Chain, ChainRole } from '../../../src/core/chain/chain.ts'
import { planPins } from '../../../src/core/pins/plan-pins.ts'
import automatedIssuerLeaf from '../../../src/core/risks/rules/automated-issuer-leaf.ts'
import publicIntermediatePinned from '../../../src/core/risks/rules/public-intermediate-pinned.ts'
import rowWithoutPins from '../../../src/core/risks/rules/row-without-pins.ts'
import { shortfallFixes } from '../../../src/core/risks/shortfall-fixes.ts'
import { alsoPinning, exampleChain, pinning, pinOfKey, row } from '../../support/cases.ts'
import { contextOf, findingOf } from './context.ts'
import { publicChain, ROOTS } from './public-chains.ts'

const HOST = 'api.example.com'

const only = (chain: Chain, ...roles: readonly ChainRole[]): Chain => ({
  ...chain,
  links: chain.links.filter(({ role }) => roles.includes(role)),
})

const labels = (rule: Parameters<typeof findingOf>[0], chains: readonly Chain[], ...roles: readonly ChainRole[]) =>
  findingOf(rule, contextOf([row({ host: HOST, chains, choices: pinning(...roles) })])).fixes.map(({ label }) => label)

describe('a root that takes the place of another pin', () => {
  const whole = publicChain(HOST, ROOTS.isrgX1)

  it('is offered where every chain has one', () => {
    expect(labels(automatedIssuerLeaf, [whole], 'leaf')).toEqual(['Pin the root instead of the leaf'])
    expect(labels(publicIntermediatePinned, [whole], 'intermediate')).toEqual([
      'Pin the root instead of the intermediate',
    ])
  })

  it('is not offered where there is none, since nothing would be pinned then', () => {
    expect(labels(automatedIssuerLeaf, [only(whole, 'leaf')], 'leaf')).toEqual([])
    expect(labels(automatedIssuerLeaf, [whole, only(whole, 'leaf')], 'leaf')).toEqual([])
    expect(labels(publicIntermediatePinned, [only(whole, 'leaf', 'intermediate')], 'intermediate')).toEqual([])
  })
})

describe('a role that is pinned as well', () => {
  it('is one that the row has', () => {
    const chain = exampleChain(HOST)
    expect(labels(rowWithoutPins, [chain])).toEqual(['Pin the leaf', 'Pin the root'])
    expect(labels(rowWithoutPins, [only(chain, 'leaf')])).toEqual(['Pin the leaf'])
    expect(labels(rowWithoutPins, [only(chain, 'intermediate')])).toEqual([])
  })

  it('is no leaf where pins were typed alone', () => {
    const typed = alsoPinning(pinning('leaf'), [], [{ pin: pinOfKey('a CA'), role: 'ca' }])
    const rows = [
      row({ host: 'typed.example.com', choices: typed }),
      row({ host: HOST, chains: [exampleChain(HOST)], choices: pinning('root') }),
    ]
    const plan = planPins(rows)
    const rowIdsFor = (...hosts: readonly string[]) =>
      shortfallFixes(
        { kind: 'no-leaf-pin', hosts: plan.policies.map(({ host }) => host).filter((host) => hosts.includes(host)) },
        plan,
        rows,
      ).map(({ change }) => ('rowIds' in change ? change.rowIds : []))
    expect(rowIdsFor('typed.example.com', HOST)).toEqual([[`row of ${HOST}`]])
    expect(rowIdsFor('typed.example.com')).toEqual([])
  })
})
