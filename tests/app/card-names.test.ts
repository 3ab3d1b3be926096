import { expect, it } from 'vitest'
import { cardNames } from '../../src/app/results/card-names.ts'
import { createAppStore } from '../../src/app/store.ts'
import { failed } from '../../src/core/result.ts'
import { createInProcessEngine } from '../support/in-process-engine.ts'

/** What the cards of rows with these hosts are called. */
function namesOf(...hosts: readonly string[]): readonly string[] {
  const store = createAppStore({
    engine: createInProcessEngine(),
    fetchLiveChain: () => Promise.resolve(failed({ kind: 'endpoint-missing' })),
    fetchIssuer: () => Promise.resolve(failed({ kind: 'endpoint-missing' })),
    lookUpSuffix: (host) => Promise.resolve({ registrableDomain: host, isPublicSuffix: false }),
    now: () => 0,
  })
  store.getState().addHosts(hosts)
  return [...cardNames(store.getState().rows).values()]
}

it('a card is called as its host, whatever the port', () => {
  expect(namesOf('a.example:8443', 'b.example')).toEqual(['a.example', 'b.example'])
})

it('cards of one host with different ports are told apart by them', () => {
  expect(namesOf('a.example', 'b.example', 'a.example:8443')).toEqual(['a.example:443', 'b.example', 'a.example:8443'])
})

it('cards of the same host and port, or of the same refused text, are told apart by their place', () => {
  expect(namesOf('a.example', 'A.example', 'a.example:8443', 'a b', 'a b')).toEqual([
    'a.example:443 (domain 1)',
    'a.example:443 (domain 2)',
    'a.example:8443',
    'a b (domain 4)',
    'a b (domain 5)',
  ])
})
