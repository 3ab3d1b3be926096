import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/sample-pin.ts'
import type { SpkiPin } from '../../../../src/core/pins/spki-pin.ts'
import { alsoPinning, exampleChain, pinning, pinOfKey, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const HOST = 'api.example.com'
const CHAIN = exampleChain(HOST)
const PLACEHOLDER = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='
const NOTHING = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
const ANDROID_SAMPLE = '7HIpactkIAq2Y49orFOOQKurWxmmSFZhBCoQYcRhJ3Y='
const FINGERPRINT = Buffer.from(CHAIN.links[0]?.certificate.sha256 ?? '', 'hex').toString('base64')

const withTyped = (pins: readonly string[], chosen = pinning('leaf'), chains = [CHAIN]) =>
  contextOf([
    row({
      host: HOST,
      chains,
      choices: alsoPinning(
        chosen,
        [],
        pins.map((pin) => ({ pin: pin as SpkiPin, role: 'leaf' })),
      ),
    }),
  ])

describe('a pin that no key has', () => {
  it.each([
    [
      'a placeholder',
      PLACEHOLDER,
      'A pin of api.example.com is a placeholder',
      'a pattern that somebody was to replace',
    ],
    ['the hash of nothing', NOTHING, 'A pin of api.example.com is the hash of nothing', 'SHA-256 of no bytes at all'],
    [
      'an example',
      ANDROID_SAMPLE,
      'A pin of api.example.com is an example from a document',
      'printed in “Android: Network security configuration”',
    ],
    [
      'a fingerprint',
      FINGERPRINT,
      'A pin of api.example.com is the fingerprint of a certificate',
      'a hash over a whole certificate that is here',
    ],
  ])('is no backup when it is %s', (_what, pin, title, why) => {
    const finding = findingOf(rule, withTyped([pin]))
    expect(finding).toMatchObject({ severity: 'warning', tab: 'results', title })
    expect(finding.why).toContain(why)
    expect(finding.why).toContain(pin)
    expect(finding.why).toContain('looks like a backup for api.example.com and is none')
  })

  it('cuts users off where there is no other', () => {
    expect(findingOf(rule, withTyped([PLACEHOLDER], pinning()))).toMatchObject({
      severity: 'blocker',
      why: expect.stringContaining('could not connect to api.example.com at all') as unknown,
    })
  })

  it('is told once for each reason, and cuts off when all are such', () => {
    const findings = findingsOf(rule, withTyped([PLACEHOLDER, 'B'.repeat(43), NOTHING], pinning()))
    expect(findings).toMatchObject([
      { severity: 'blocker', title: '2 pins of api.example.com are placeholders' },
      { severity: 'blocker', title: 'A pin of api.example.com is the hash of nothing' },
    ])
  })
})

it.each([
  ['a key that nobody knows', pinOfKey('somebody')],
  ['a root that a document prints as an example', 'hxqRlPTu1bMS/0DITB1SSu0vd4u/8l8TjPgfaAp63Gc='],
  ['the key of the chain', pinOfKey(HOST)],
])('%s is a pin like any other', (_what, pin) => {
  expect(findingsOf(rule, withTyped([pin]))).toEqual([])
})

it('does not apply without typed pins', () => {
  expect(findingsOf(rule, contextOf('leaf-alone'))).toBe('does not apply')
})
