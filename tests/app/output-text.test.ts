import { expect, it } from 'vitest'
import { abilitiesText } from '../../src/app/shared/output-text.ts'
import { FORMATS, type FormatId } from '../../src/core/formats/registry.ts'

const sentence = (id: FormatId) => {
  const format = FORMATS.find((one) => one.id === id)
  return format ? abilitiesText(format.abilities) : undefined
}

it.each([
  [
    'android-network-security-config',
    'Connects to a host, and to its sub-domains of every depth where they are included, when any one of the pinned keys is in the chain, and checks no pins from the day that you set, if any.',
  ],
  [
    'ios-pinned-domains',
    'Connects to a host, and to its sub-domains one label below where they are included, when each list that is there matches: the leaf’s key the leaf list, a CA’s key the CA list; the pins never end by themselves.',
  ],
  [
    'ios-alamofire',
    'Connects to exactly the hosts that are named when any one of the pinned keys is in the chain; the pins never end by themselves.',
  ],
  [
    'cordova',
    'Connects to any host, named here or not, when the chain is the pinned certificate’s own or was issued by it; no other CA is trusted; the pins never end by themselves.',
  ],
  [
    'unity',
    'Connects to a host, and to its sub-domains of every depth where they are included, when the leaf has one of the pinned leaf keys, whatever the CA, and checks nothing else of the chain; the pins never end by themselves.',
  ],
] as const)('the sentence of %s', (id, text) => {
  expect(sentence(id)).toBe(text)
})

it('every output that enforces something has a sentence, and no other', () => {
  for (const { id, abilities } of FORMATS) expect([id, sentence(id) !== null]).toEqual([id, abilities.lists !== 'none'])
})
