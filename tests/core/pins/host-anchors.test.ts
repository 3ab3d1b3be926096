import { describe, expect, it } from 'vitest'
import type { Chain } from '../../../src/core/chain/chain.ts'
import type { PathLink, TrustPath } from '../../../src/core/chain/trust-path.ts'
import { anchorsOf } from '../../../src/core/pins/host-anchors.ts'
import { planPins, type PlanRow } from '../../../src/core/pins/plan-pins.ts'
import {
  alsoPinning,
  certificate,
  EVERYWHERE,
  EXAMPLE_CA,
  EXAMPLE_ROOT,
  exampleChain,
  interceptedChain,
  link,
  NOWHERE,
  pinning,
  pinOfKey,
  privateChain,
  row,
} from '../../support/cases.ts'

const HOST = 'intranet.example.com'

const rootOf = ({ links }: Chain) => links.at(-1)!.certificate
const PRIVATE = privateChain(HOST)

/** Names of the own anchors, and whether the store is wanted. */
function anchors(...chains: readonly Chain[]) {
  const found = anchorsOf([row({ host: HOST, chains })])
  return found && [found.own.map(({ certificate: { subject } }) => subject.commonName), found.needsStore]
}

function path(order: Partial<TrustPath> & { readonly origin?: PathLink['origin'] } = {}): TrustPath {
  const { origin = 'given', ...rest } = order
  const links = PRIVATE.links.map((one) => ({ certificate: one.certificate, origin }))
  return { links, stores: EVERYWHERE, faults: [], ...rest }
}

function withPath(found: TrustPath): Chain {
  return { ...PRIVATE, search: { paths: [found], isCut: false } }
}

/** A chain to a root of the bundled store, which these stores list. */
function listedBy(stores: typeof EVERYWHERE): Chain {
  const { links, ...rest } = exampleChain(HOST)
  return { ...rest, links: [...links.slice(0, 2), link('root', EXAMPLE_ROOT, { stores })] }
}

/** Per host of a plan: how many anchors of its own, and whether the store is wanted. */
function ownOf(...rows: readonly PlanRow[]) {
  return planPins(rows).policies.map(({ host, anchors: { own, needsStore } }) => [host, own.length, needsStore])
}

describe('the anchors of a host', () => {
  it('are its own root alone where no store has it', () => {
    expect(anchors(PRIVATE)).toEqual([['Example Private Root'], false])
  })

  it('are the phone’s for a public root', () => {
    expect(anchors(exampleChain(HOST))).toEqual([[], true])
  })

  it('are both where the host has chains of both kinds, and where one of them is not finished', () => {
    expect(anchors(PRIVATE, exampleChain(HOST))).toEqual([['Example Private Root'], true])
    const unfinished: Chain = { ...exampleChain(HOST), end: { kind: 'issuer-missing', issuer: EXAMPLE_CA.issuer } }
    expect(anchors(PRIVATE, unfinished)).toEqual([['Example Private Root'], true])
  })

  it('are the server certificate itself where it signed itself', () => {
    const alone: Chain = { ...PRIVATE, links: PRIVATE.links.slice(0, 1), end: { kind: 'self-signed-leaf' } }
    expect(anchorsOf([row({ host: HOST, chains: [alone] })])?.own.map(({ kind }) => kind)).toEqual(['leaf'])
  })

  it('have a given root that no store ever listed, and none that one lists or has dropped', () => {
    const dropped = { ...NOWHERE, android: { first: 24, last: 36, partial: [] }, apple: { first: 0, last: 9 } }
    expect(anchors(listedBy(NOWHERE))).toEqual([['Example Root R1'], false])
    expect(anchors(listedBy(dropped))).toEqual([[], true])
    for (const store of ['android', 'apple', 'mozilla', 'chrome'] as const) {
      expect(anchors(listedBy({ ...NOWHERE, [store]: EVERYWHERE[store] }))).toEqual([[], true])
    }
  })

  it('are the phone’s where what the server sends also leads to a root of its store', () => {
    expect(anchors(withPath(path()))).toEqual([[], true])
    const faults = [{ kind: 'may-not-sign', certificate: EXAMPLE_CA }] as const
    for (const found of [path({ stores: null }), path({ faults }), path({ origin: 'bundled-cross-sign' })]) {
      expect(anchors(withPath(found))).toEqual([['Example Private Root'], false])
    }
  })

  it('are not known while the root stores are not, but for a server certificate that signed itself', () => {
    const alone: Chain = { ...PRIVATE, links: PRIVATE.links.slice(0, 1), end: { kind: 'self-signed-leaf' } }
    const kinds = [PRIVATE, alone].map((chain) =>
      anchorsOf([row({ host: HOST, chains: [chain], rootStoreDate: null })])?.own.map(({ kind }) => kind),
    )
    expect(kinds).toEqual([[], ['leaf']])
  })

  it('are never those of a product that stands in between', () => {
    expect(anchorsOf([row({ host: HOST, chains: [interceptedChain(HOST)] })])).toEqual({
      own: [],
      needsStore: false,
      interceptors: ['mitmproxy'],
    })
    expect(anchors(PRIVATE, interceptedChain(HOST))).toEqual([['Example Private Root'], false])
  })

  it('have each root once, however many chains end there', () => {
    expect(anchors(PRIVATE, privateChain(HOST, undefined, { key: 'reserve key' }))).toEqual([
      ['Example Private Root'],
      false,
    ])
  })

  it('are not known without a chain', () => {
    expect(anchorsOf([row({ host: HOST })])).toBeNull()
  })
})

describe('the anchors for pins in reserve', () => {
  const second = certificate({ name: 'Second Root', isCa: true })
  const keeping = (...kept: readonly (typeof second)[]) =>
    anchorsOf([
      row({
        host: HOST,
        chains: [PRIVATE],
        reserve: kept,
        choices: { ...pinning('root'), exceptions: new Map(kept.map(({ sha256 }) => [sha256, true])) },
      }),
    ])

  it('have a second root that is pinned, since the pin is no backup in an app that does not trust it', () => {
    expect(keeping(second)?.own.map(({ certificate: { subject } }) => subject.commonName)).toEqual([
      'Example Private Root',
      'Second Root',
    ])
    const unpinned = anchorsOf([row({ host: HOST, chains: [PRIVATE], reserve: [second] })])
    expect(unpinned?.own).toHaveLength(1)
  })

  it('have the store for an intermediate of a root that is not here', () => {
    expect(keeping(EXAMPLE_CA)?.needsStore).toBe(true)
    const sibling = certificate({ name: 'Sibling', issuer: rootOf(PRIVATE).subject.commonName ?? '', isCa: true })
    expect(keeping(sibling)?.needsStore).toBe(false)
  })

  it('have the store for a typed pin of a bundled root', () => {
    const typed = [{ pin: pinOfKey('public root'), role: 'unknown' }] as const
    const order = { host: HOST, chains: [PRIVATE], choices: alsoPinning(pinning('root'), [], typed) }
    expect(anchorsOf([row(order)])?.needsStore).toBe(false)
    const bundledRoots = new Map([[pinOfKey('public root'), 'Public Root']])
    expect(anchorsOf([row({ ...order, bundledRoots })])?.needsStore).toBe(true)
  })
})

describe('the anchors of a plan', () => {
  const parent = row({ host: HOST, includeSubdomains: true, chains: [PRIVATE], choices: pinning('root') })
  const typed = alsoPinning(pinning(), [], [{ pin: pinOfKey('typed'), role: 'leaf' }])

  it('pass to a sub-domain without a chain, with the store', () => {
    expect(ownOf(parent, row({ host: `new.${HOST}`, choices: typed }))).toEqual([
      [HOST, 1, false],
      [`new.${HOST}`, 1, true],
    ])
  })

  it('do not pass to a sub-domain whose own chain is known, nor to a host beside', () => {
    const wiki = row({ host: `wiki.${HOST}`, chains: [exampleChain(`wiki.${HOST}`)] })
    expect(ownOf(parent, wiki, row({ host: 'api.example.com', choices: typed }))).toEqual([
      [HOST, 1, false],
      [`wiki.${HOST}`, 0, true],
      ['api.example.com', 0, false],
    ])
  })
})
