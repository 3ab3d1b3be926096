import { describe, expect, it } from 'vitest'
import { abilitiesText, expirationText } from '../../src/app/shared/output-text.ts'
import type { ExpirationChoice } from '../../src/core/formats/format.ts'
import { FORMATS, type FormatId } from '../../src/core/formats/registry.ts'
import { planPins } from '../../src/core/pins/plan-pins.ts'
import { CASE_NOW, planCase } from '../support/cases.ts'

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

const told = (id: FormatId, choice: ExpirationChoice) => {
  const format = FORMATS.find((one) => one.id === id)
  return format ? expirationText(planPins(planCase('leaf-alone').rows), choice, format, CASE_NOW) : undefined
}

describe('what is told of an expiration', () => {
  const android = 'android-network-security-config'

  it('is that pins without one stay', () => {
    expect(told(android, { kind: 'none' })).toMatch(/^The pins are enforced for as long as the app is installed\./)
  })

  it('is the day on which Android stops to check', () => {
    expect(told(android, { kind: 'date', date: '2027-02-01' })).toMatch(
      /^From 00:00 of 2027-02-01 in the device’s own time zone, Android stops checking these pins, without a message\./,
    )
  })

  it('is that iPhones with another calendar never check', () => {
    expect(told('ios-trustkit', { kind: 'date', date: '2027-02-01' })).toMatch(
      /the app stops checking these pins, .* An iPhone with the Buddhist calendar takes the day for long past/,
    )
  })

  it.each(['2026-11-21', '2027-02-30', ''])('is that none is written, for %j', (date) => {
    expect(told(android, { kind: 'date', date })).toMatch(/^No expiration is written/)
  })
})
