import { describe, expect, it } from 'vitest'
import { androidSentence, iosSentence } from '../../src/app/results/enforcement-text.ts'
import type { OutputSettings } from '../../src/core/formats/registry.ts'
import { planPins, type PlanRow } from '../../src/core/pins/plan-pins.ts'
import { CASE_NOW, exampleChain, otherChain, pinning, planCase, row } from '../support/cases.ts'

function sentences(rows: readonly PlanRow[], host: string, settings: OutputSettings = {}) {
  const plan = planPins(rows)
  const policy = plan.policies.find((candidate) => candidate.host === host)
  if (!policy) throw new Error(`${host} is not in the plan`)
  return [androidSentence(policy, plan, settings, CASE_NOW), iosSentence(policy, plan, settings)]
}

const { rows: leafAndRoot } = planCase('leaf-and-root')

const until = (date: string) => ({
  'android-network-security-config': { expiration: { kind: 'date', date } as const },
})

describe('what a platform enforces, in a sentence', () => {
  it('tells one key in the leaf list', () => {
    expect(sentences(planCase('leaf-alone').rows, 'api.example.com')).toEqual([
      'connects to this host when the pinned key is in the chain.',
      'connects to this host when the leaf has the pinned leaf key.',
    ])
  })

  it('tells the list that iOS was given, and how far sub-domains reach', () => {
    expect(sentences(leafAndRoot, 'api.example.com')).toEqual([
      'connects to this host and every sub-domain when any of the 2 pinned keys is in the chain.',
      'connects to this host and sub-domains one label below when the pinned CA is in the chain.',
    ])
  })

  it('tells the hosts that Android leaves unpinned below this one, and iOS does not', () => {
    const unpinned = 'status.api.example.com *.old.api.example.com a.elsewhere.test'
    expect(sentences(leafAndRoot, 'api.example.com', { 'android-network-security-config': { unpinned } })).toEqual([
      'connects to this host and every sub-domain but status.api.example.com and old.api.example.com with its own, which it does not pin, when any of the 2 pinned keys is in the chain.',
      sentences(leafAndRoot, 'api.example.com')[1],
    ])
  })

  it('joins both lists of iOS with an and', () => {
    const both = { 'ios-pinned-domains': { lists: 'both' } }
    expect(sentences(leafAndRoot, 'api.example.com', both)[1]).toBe(
      'connects to this host and sub-domains one label below when the leaf has the pinned leaf key and the pinned CA is in the chain.',
    )
  })

  it('merges the lists of a parent on iOS', () => {
    const rows = [
      row({ host: 'example.com', includeSubdomains: true, chains: [exampleChain('example.com')] }),
      row({ host: 'api.example.com', chains: [otherChain('api.example.com')] }),
    ]
    expect(sentences(rows, 'api.example.com')[1]).toBe(
      'connects to this host when the leaf has one of the 2 pinned leaf keys.',
    )
    const ca = [{ ...rows[0], choices: pinning('intermediate', 'root') } as PlanRow]
    expect(sentences(ca, 'example.com')[1]).toContain('one of the 2 pinned CAs is in the chain')
  })

  it('tells that iOS pins nothing when nobody said what the typed pins are', () => {
    expect(sentences(planCase('typed-pins').rows, 'unknown.example.org')).toEqual([
      'connects to this host when the pinned key is in the chain.',
      'pins nothing for this host: nobody said whether the typed pins are of a leaf or a CA.',
    ])
  })

  it('tells the day on which Android stops, and nothing of a day that is not written', () => {
    expect(sentences(leafAndRoot, 'api.example.com', until('2027-06-01'))[0]).toContain(
      'is in the chain, and checks no pins from 2027-06-01 on.',
    )
    expect(sentences(leafAndRoot, 'api.example.com', until('2026-01-01'))[0]).not.toContain('2026')
  })
})
