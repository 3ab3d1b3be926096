import { describe, expect, it } from 'vitest'
import type { Certificate } from '../../../../src/core/certificate/certificate.ts'
import type { PathSearch } from '../../../../src/core/chain/trust-path.ts'
import rule from '../../../../src/core/risks/rules/android-refuses-own-chain.ts'
import {
  alsoPinning,
  backupKey,
  chain,
  EXAMPLE_CA,
  exampleChain,
  NOWHERE,
  pinning,
  row,
} from '../../../support/cases.ts'
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

const key = backupKey('CN=a.example')
const backupAlone = (chains = [exampleChain('a.example')]) => [
  row({ host: 'a.example', chains, keys: [key], choices: alsoPinning(pinning(), [key]) }),
]

it('is a blocker when only a key in reserve is pinned', () => {
  expect(findingOf(rule, contextOf(backupAlone()))).toMatchObject({
    severity: 'blocker',
    tab: 'android',
    title: 'Android would refuse a.example today',
    why: expect.stringContaining('No chain of a.example has one of the pinned keys') as unknown,
    rowIds: ['row of a.example'],
  })
})

const typing = (found: PathSearch, { pin }: Certificate) => [
  row({
    host: 'a.example',
    chains: [chainOf(found)],
    choices: alsoPinning(pinning(), [], [{ pin, role: 'unknown' }]),
  }),
]

describe('where the paths of the chain are known', () => {
  it('is quiet about a root that is not in the chain shown, as long as some version ends there', () => {
    expect(findingsOf(rule, contextOf(typing(ISRG_SENT, ISRG_X1.held)))).toEqual([])
  })

  it('is a blocker when no version takes the path to the pinned root, though it is known', () => {
    expect(findingOf(rule, contextOf(typing(ISRG_NOT_SENT, ISRG_X1.held)))).toMatchObject({
      severity: 'blocker',
      why: expect.stringContaining('The pinned keys are on another path') as unknown,
    })
  })

  it('is a blocker as before when no path has a pinned key', () => {
    expect(findingOf(rule, contextOf(typing(ISRG_SENT, EXAMPLE_CA))).why).toContain('No chain of a.example has one')
  })

  it('leaves a chain that no version trusts to the rule about that, and private roots to the chain', () => {
    const nowhere = search(path([ISRG_LEAF, E7], { ...ISRG_X2, stores: NOWHERE }))
    const own = search(path([ISRG_LEAF, E7], { ...ISRG_X2, stores: null }))
    for (const found of [nowhere, own]) {
      expect(findingsOf(rule, contextOf(typing(found, ISRG_X2.held)))).toEqual([])
      expect(findingOf(rule, contextOf(typing(found, ISRG_X1.held))).severity).toBe('blocker')
    }
  })

  it('knows a chain whose own links end without a root by its paths', () => {
    const unfinished = { ...chainOf(ISRG_SENT), end: { kind: 'issuer-missing', issuer: ISRG_LEAF.issuer } as const }
    const rows = [row({ host: 'a.example', chains: [unfinished], keys: [key], choices: alsoPinning(pinning(), [key]) })]
    expect(findingOf(rule, contextOf(rows)).severity).toBe('blocker')
  })
})

describe('it stays quiet', () => {
  it.each(['leaf-alone', 'backup-request-and-leaf', 'parent-and-child'])('for %s', (name) => {
    expect(findingsOf(rule, contextOf(name))).toEqual([])
  })
})

describe('it does not apply', () => {
  it('when no chain is known, or none to its end', () => {
    const [leaf] = exampleChain('a.example').links.map(({ certificate }) => certificate)
    if (!leaf) throw new Error('no leaf')
    const unfinished = chain([leaf], { kind: 'issuer-missing', issuer: EXAMPLE_CA.subject })
    expect(findingsOf(rule, contextOf(backupAlone([])))).toBe('does not apply')
    expect(findingsOf(rule, contextOf(backupAlone([unfinished])))).toBe('does not apply')
  })

  it('when nothing is pinned', () => {
    expect(findingsOf(rule, contextOf('nothing-pinned'))).toBe('does not apply')
  })
})
