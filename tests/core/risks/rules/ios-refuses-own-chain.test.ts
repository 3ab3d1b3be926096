import { describe, expect, it } from 'vitest'
import type { SpkiPin } from '../../../../src/core/pins/spki-pin.ts'
import rule from '../../../../src/core/risks/rules/ios-refuses-own-chain.ts'
import {
  alsoPinning,
  certificate,
  chain,
  exampleChain,
  otherChain,
  pinning,
  pinOfKey,
  row,
} from '../../../support/cases.ts'
import { chainOf, ISRG_SENT, ISRG_X1 } from '../../../support/paths.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

const choosing = (lists: string) => ({ settings: { 'ios-pinned-domains': { lists } } })

describe('iOS would refuse the chain that is there', () => {
  const parentWithCa = row({
    host: 'example.com',
    includeSubdomains: true,
    chains: [exampleChain('example.com')],
    choices: pinning('root'),
  })

  it('when a parent fills the CA list of a host that pins its leaf under another CA', () => {
    const rows = [parentWithCa, row({ host: 'api.example.com', chains: [otherChain('api.example.com')] })]
    expect(findingOf(rule, contextOf(rows))).toMatchObject({
      severity: 'blocker',
      tab: 'ios',
      title: 'iOS would refuse api.example.com today',
      why: expect.stringMatching(
        /a key of the CA list.*Sub-domains of example\.com fill that list too.*switch off sub-domains for example\.com/,
      ) as unknown,
      rowIds: ['row of api.example.com'],
    })
  })

  it('when a parent fills the leaf list of a host that pins its CA', () => {
    expect(findingOf(rule, contextOf('leaf-of-parent-and-ca-of-child')).why).toContain('a key of the leaf list')
  })

  it('when only the CA of another chain is pinned beside the leaf', () => {
    const other = otherChain('api.example.com', { key: 'reserve key' })
    const otherRoot = other.links.at(-1)?.certificate.sha256
    if (!otherRoot) throw new Error('the chain has no root')
    const rows = [
      row({
        host: 'api.example.com',
        chains: [exampleChain('api.example.com'), { ...other, links: other.links.slice(1) }],
        choices: { ...pinning('leaf'), exceptions: new Map([[otherRoot, true]]) },
      }),
    ]
    expect(findingOf(rule, contextOf(rows)).why).toMatch(/a key of the CA list.*choose another list above/)
    expect(findingsOf(rule, contextOf(rows, choosing('leaf')))).toEqual([])
  })

  it('when a server signed its own certificate and the CA list is filled from above', () => {
    const selfSigned = chain([certificate({ name: 'api.example.com', dnsNames: ['api.example.com'] })], {
      kind: 'self-signed-leaf',
    })
    const rows = [parentWithCa, row({ host: 'api.example.com', chains: [selfSigned] })]
    expect(findingOf(rule, contextOf(rows)).rowIds).toEqual(['row of api.example.com'])
  })
})

it.each(['leaf-alone', 'leaf-and-root', 'backup-leaf', 'same-host-twice', 'self-signed-server'])(
  'stays quiet for %s',
  (name) => {
    expect(findingsOf(rule, contextOf(name))).toEqual([])
  },
)

it('stays quiet when iOS does not reach the host from above', () => {
  const rows = [
    row({ host: 'example.com', includeSubdomains: true, chains: [exampleChain('example.com')] }),
    row({ host: 'b.a.example.com', chains: [otherChain('b.a.example.com')] }),
  ]
  expect(findingsOf(rule, contextOf(rows))).toEqual([])
})

const typing = (pin: SpkiPin, role: 'leaf' | 'ca') => [
  row({ host: 'a.example', chains: [chainOf(ISRG_SENT)], choices: alsoPinning(pinning(), [], [{ pin, role }]) }),
]

describe('where the paths of the chain are known', () => {
  it('stays quiet about a root that another path ends at', () => {
    expect(findingsOf(rule, contextOf(typing(ISRG_X1.held.pin, 'ca')))).toEqual([])
  })

  it('is a blocker for a CA of no path, and for a leaf key among the CAs', () => {
    expect(findingOf(rule, contextOf(typing(pinOfKey('other'), 'ca'))).why).toContain('a key of the CA list')
    expect(findingOf(rule, contextOf(typing(pinOfKey('other'), 'leaf'))).why).toContain('a key of the leaf list')
  })
})

it('does not apply to a chain whose root nobody knows', () => {
  const incomplete = chain(
    [certificate({ name: 'api.example.com', issuer: 'Unknown CA', dnsNames: ['api.example.com'] })],
    { kind: 'issuer-missing', issuer: { text: 'CN=Unknown CA', commonName: 'Unknown CA', organization: null } },
  )
  expect(findingsOf(rule, contextOf([row({ host: 'api.example.com', chains: [incomplete] })]))).toBe('does not apply')
})

it('does not apply when nothing is pinned', () => {
  expect(findingsOf(rule, contextOf('nothing-pinned'))).toBe('does not apply')
})
