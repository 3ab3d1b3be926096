import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/android-refuses-own-chain.ts'
import { alsoPinning, backupKey, chain, EXAMPLE_CA, exampleChain, pinning, row } from '../../../support/cases.ts'
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
