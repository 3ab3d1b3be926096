import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/useless-pins.ts'
import type { SpkiPin } from '../../../../src/core/pins/spki-pin.ts'
import { alsoPinning, backupKey, exampleChain, pinning, pinOfKey, privateChain, row } from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'
import { publicChain, ROOTS } from '../public-chains.ts'

const HOST = 'api.example.com'
const DST_X3 = 'Vjs8r4z+80wjNcr1YKepWQboSIRi63WsWXhIMN+eWys=' as SpkiPin
const PLACEHOLDER = `${'A'.repeat(43)}=` as SpkiPin
const NAMES = new Map([
  [DST_X3, 'DST Root CA X3'],
  [ROOTS.globalSignR1.held.pin, 'GlobalSign Root CA'],
])
const ED25519 = backupKey('CN=ed', { publicKey: { algorithm: 'Ed25519', bits: null, curve: null } })

const typed = (pins: readonly SpkiPin[], role: 'leaf' | 'ca' = 'ca') => pins.map((pin) => ({ pin, role }))
const withRoots = (pins: readonly SpkiPin[], chosen = pinning(), keys = [] as (typeof ED25519)[]) =>
  row({
    host: HOST,
    chains: [exampleChain(HOST)],
    keys,
    bundledRoots: new Map([...NAMES].filter(([pin]) => pins.includes(pin))),
    choices: alsoPinning(chosen, keys, typed(pins)),
  })

describe('a host is cut off', () => {
  it('when all its pins are of roots that are over', () => {
    const finding = findingOf(rule, contextOf([withRoots([DST_X3])]))
    expect(finding).toMatchObject({
      severity: 'blocker',
      tab: 'results',
      title: 'No pin of api.example.com can match on Android and iOS',
    })
    expect(finding.why).toContain('DST Root CA X3 is over. The root ended on 30 September 2021')
  })

  it('on the platform alone that has dropped the root', () => {
    const finding = findingOf(rule, contextOf([withRoots([ROOTS.globalSignR1.held.pin])]))
    expect(finding.title).toBe('No pin of api.example.com can match on Android')
    expect(finding.why).toContain('the app on Android could not connect')
  })

  it('on iOS, when the only list that it checks has nothing else', () => {
    const finding = findingOf(rule, contextOf([withRoots([DST_X3], pinning('leaf'))]))
    expect(finding.title).toBe('No pin of api.example.com can match on iOS')
  })

  it('when a key that no CA certifies and a placeholder are all that there is', () => {
    const rows = [
      row({ host: HOST, keys: [ED25519], choices: alsoPinning(pinning(), [ED25519], typed([PLACEHOLDER], 'leaf')) }),
    ]
    const { why } = findingOf(rule, contextOf(rows))
    expect(why).toContain('No public CA will certify the key of CN=ed.')
    expect(why).toContain(`No key has the pin ${PLACEHOLDER}.`)
  })
})

describe('nothing is found', () => {
  it.each([
    ['a root that issues is pinned as well', [withRoots([DST_X3, ROOTS.gtsR4.held.pin])]],
    ['the root of the chain is pinned as well', [withRoots([DST_X3], pinning('root'))]],
    [
      'the root is the one that a chain of the host has',
      [row({ host: HOST, chains: [publicChain(HOST, ROOTS.globalSignR1)], choices: pinning('root') })],
    ],
    ['the key is for a CA of one’s own', [{ ...withRoots([], pinning(), [ED25519]), chains: [privateChain(HOST)] }]],
    ['a pin is of a key that nobody knows', [withRoots([pinOfKey('somebody')])]],
    ['all pins are placeholders, which another rule tells', [withRoots([PLACEHOLDER])]],
  ])('where %s', (_what, rows) => {
    expect(findingsOf(rule, contextOf(rows))).toEqual([])
  })

  it('without pins', () => {
    expect(findingsOf(rule, contextOf([row({ host: HOST })]))).toBe('does not apply')
  })
})
