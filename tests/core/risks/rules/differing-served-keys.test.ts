import { describe, expect, it } from 'vitest'
import type { Chain } from '../../../../src/core/chain/chain.ts'
import type { KeyOffer } from '../../../../src/core/chain/served-list.ts'
import rule from '../../../../src/core/risks/rules/differing-served-keys.ts'
import {
  alsoPinning,
  certificate,
  chain,
  exampleChain,
  otherChain,
  pinning,
  pinOfKey,
  row,
  servedList,
} from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const HOST = 'api.example.com'
const ONE = exampleChain(HOST)
const OTHER = otherChain(HOST, { key: 'another key' })

/** What a server sends of a chain. */
function sent({ links }: Chain, ...places: readonly (readonly [address: string, ...offers: KeyOffer[]])[]) {
  return servedList(
    links.map(({ certificate: held }) => held).filter(({ isSelfIssued }) => !isSelfIssued),
    places.map(([address, ...offers]) => ({ address, offers })),
  )
}

const THREE = [
  ['192.0.2.1', 'any'],
  ['192.0.2.2', 'any'],
  ['192.0.2.3', 'any'],
] as const
const TWO = [
  ['192.0.2.4', 'any'],
  ['192.0.2.5', 'any'],
] as const

const leafOf = ({ links }: Chain) => links.slice(0, 1).map(({ certificate: held }) => held.sha256)
const withoutLeafOf = (refused: Chain) => ({
  ...pinning('leaf'),
  exceptions: new Map(leafOf(refused).map((sha256) => [sha256, false])),
})

describe('different keys', () => {
  const servedLists = [sent(ONE, ...THREE), sent(OTHER, ...TWO)]

  it('are a note when each is pinned', () => {
    expect(findingOf(rule, contextOf([row({ host: HOST, chains: [ONE, OTHER], servedLists })]))).toMatchObject({
      severity: 'note',
      title: 'api.example.com presents 2 different keys',
      why: expect.stringContaining('the key itself or a CA above it is pinned') as unknown,
    })
  })

  it('are a note when a CA above each is pinned', () => {
    const rows = [row({ host: HOST, chains: [ONE, OTHER], servedLists, choices: pinning('root') })]
    expect(findingOf(rule, contextOf(rows)).severity).toBe('note')
  })

  it('are a note while nothing is pinned', () => {
    const rows = [row({ host: HOST, chains: [ONE, OTHER], servedLists, choices: pinning() })]
    expect(findingOf(rule, contextOf(rows))).toMatchObject({
      severity: 'note',
      why: expect.stringContaining('Nothing is pinned for api.example.com yet') as unknown,
    })
  })

  it('are a blocker when phones meet one that is not pinned', () => {
    const rows = [row({ host: HOST, chains: [ONE, OTHER], servedLists, choices: withoutLeafOf(OTHER) })]
    expect(findingOf(rule, contextOf(rows))).toMatchObject({
      severity: 'blocker',
      title: '2 of 5 addresses of api.example.com present a key that is not pinned',
      rowIds: ['row of api.example.com'],
    })
  })

  it('are a warning when only clients of one type of key meet the one that is not pinned', () => {
    const byType = [sent(ONE, ['192.0.2.1', 'any', 'ecdsa']), sent(OTHER, ['192.0.2.1', 'rsa'])]
    const rows = [row({ host: HOST, chains: [ONE, OTHER], servedLists: byType, choices: withoutLeafOf(OTHER) })]
    expect(findingOf(rule, contextOf(rows))).toMatchObject({
      severity: 'warning',
      title: 'The RSA key of api.example.com is not pinned',
    })
  })

  describe('where one leaf and the root are pinned', () => {
    const choices = { ...withoutLeafOf(OTHER), roles: pinning('leaf', 'root').roles }
    const both = [ONE, exampleChain(HOST, { key: 'another key' })] as const
    const rows = [
      row({
        host: HOST,
        chains: both,
        servedLists: [sent(both[0], ...THREE), sent(both[1], ...TWO)],
        choices: { ...choices, exceptions: new Map(leafOf(both[1]).map((sha256) => [sha256, false])) },
      }),
    ]
    const withLists = (lists: string) => contextOf(rows, { settings: { 'ios-pinned-domains': { lists } } })

    it.each(['leaf', 'both'])('are a blocker when iOS asks for the list: %s', (lists) => {
      expect(findingOf(rule, withLists(lists))).toMatchObject({
        severity: 'blocker',
        title: '2 of 5 addresses of api.example.com present a key that iOS refuses',
        why: expect.stringMatching(/reaches those addresses with iOS is cut off today: .* choose the list/) as unknown,
      })
    })

    it('are a note when iOS asks for the CA list alone', () => {
      expect(findingOf(rule, withLists('ca')).severity).toBe('note')
    })
  })

  it('are told of each platform where they differ', () => {
    const third = otherChain(HOST, { key: 'third key' })
    const context = contextOf(
      [
        row({
          host: HOST,
          chains: [ONE, exampleChain(HOST, { key: 'another key' }), third],
          servedLists: [
            sent(ONE, ['192.0.2.1', 'any']),
            sent(exampleChain(HOST, { key: 'another key' }), ['192.0.2.2', 'any']),
            sent(third, ['192.0.2.3', 'any']),
          ],
          choices: {
            ...pinning(),
            exceptions: new Map(
              [ONE.links[0], ONE.links[2]].flatMap((held) => (held ? [[held.certificate.sha256, true]] : [])),
            ),
          },
        }),
      ],
      { settings: { 'ios-pinned-domains': { lists: 'leaf' } } },
    )
    expect(rule.find(context).map(({ severity, title }) => `${severity}: ${title}`)).toEqual([
      'blocker: 1 of 3 addresses of api.example.com presents a key that Android refuses',
      'blocker: 2 of 3 addresses of api.example.com present a key that iOS refuses',
    ])
  })

  it('count as pinned when a row of the parent pins them', () => {
    const rows = [
      row({ host: HOST, chains: [ONE, OTHER], servedLists, choices: withoutLeafOf(OTHER) }),
      row({ host: 'example.com', includeSubdomains: true, chains: [OTHER], choices: pinning('leaf') }),
    ]
    expect(findingOf(rule, contextOf(rows)).severity).toBe('note')
  })

  it('may be covered by a pinned CA that nobody knows', () => {
    const leaf = certificate({ name: HOST, key: 'private key', issuer: 'Private CA', dnsNames: [HOST] })
    const unfinished = chain([leaf], { kind: 'issuer-missing', issuer: leaf.issuer })
    const lists = [sent(ONE, ...THREE), sent(unfinished, ...TWO)]
    const severityWith = (choices: ReturnType<typeof pinning>) =>
      findingOf(rule, contextOf([row({ host: HOST, chains: [ONE, unfinished], servedLists: lists, choices })])).severity
    const typed = [{ pin: pinOfKey('typed'), role: 'ca' as const }]
    const withRoot = { ...withoutLeafOf(unfinished), roles: pinning('leaf', 'root').roles }
    expect(severityWith(alsoPinning(withRoot, [], typed))).toBe('note')
    // In the CA list of iOS it stands alone, and the chain that is known to its end has it not.
    expect(severityWith(alsoPinning(withoutLeafOf(unfinished), [], typed))).toBe('blocker')
    expect(severityWith(withoutLeafOf(unfinished))).toBe('blocker')
  })

  it('are not found where certificates differ and the key is one', () => {
    const renewed = exampleChain(HOST, { from: '2026-10-01' })
    const lists = [sent(ONE, ...THREE), sent(renewed, ...TWO)]
    expect(findingsOf(rule, contextOf([row({ host: HOST, chains: [ONE, renewed], servedLists: lists })]))).toEqual([])
  })

  it('do not apply where one list was presented, or none', () => {
    expect(findingsOf(rule, contextOf([row({ host: HOST, chains: [ONE], servedLists: [sent(ONE, ...THREE)] })]))).toBe(
      'does not apply',
    )
    expect(findingsOf(rule, contextOf('leaf-alone'))).toBe('does not apply')
  })
})
