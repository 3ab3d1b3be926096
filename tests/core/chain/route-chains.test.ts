import { describe, expect, it } from 'vitest'
import type { Certificate } from '../../../src/core/certificate/certificate.ts'
import type { Chain, RowChains } from '../../../src/core/chain/chain.ts'
import { routeChains, type RouteTarget, type Routes } from '../../../src/core/chain/route-chains.ts'
import { certificate, chain, EXAMPLE_CA, EXAMPLE_ROOT, HOSTILE_TEXT, link } from '../../support/cases.ts'
import { NO_PATHS } from '../../../src/core/chain/trust-path.ts'

const CA_NAME = EXAMPLE_CA.subject.commonName ?? ''

const leafOf = (name: string, ...dnsNames: readonly string[]) =>
  certificate({ name, issuer: CA_NAME, dnsNames: dnsNames.length > 0 ? dnsNames : [name] })

/** A chain that lacks the issuer of its last certificate. */
const incomplete = (...certificates: readonly Certificate[]): Chain =>
  chain(certificates, { kind: 'issuer-missing', issuer: certificates.at(-1)?.issuer ?? EXAMPLE_CA.issuer })

const given = (...chains: readonly Chain[]): RowChains => ({ chains, superfluous: [] })
const authorities = (...superfluous: readonly Certificate[]): RowChains => ({ chains: [], superfluous })

const target = (host: string | null, parts: Partial<RouteTarget> = {}): RouteTarget => ({
  rowId: `row of ${host}`,
  host,
  includeSubdomains: false,
  chains: [],
  ...parts,
})

const names = (certificates: readonly Certificate[]) => certificates.map(({ subject }) => subject.commonName)
const rowsOf = ({ rows }: Routes) => rows.map(({ rowId, certificates }) => [rowId, ...names(certificates)])
const newRowsOf = ({ newRows }: Routes) =>
  newRows.map(({ host, includeSubdomains, others, certificates }) => ({
    row: includeSubdomains ? `*.${host}` : host,
    others: others.map((other) => (other.includeSubdomains ? `*.${other.host}` : other.host)),
    certificates: names(certificates),
  }))
const unroutedOf = ({ unrouted }: Routes) =>
  unrouted.map(({ certificate: { subject }, reason }) => [subject.commonName, reason])

describe('a server certificate', () => {
  it('goes to the row of its host, with the CAs of its chain', () => {
    const routes = routeChains(given(chain([leafOf('a.test'), EXAMPLE_CA, EXAMPLE_ROOT])), [
      target('b.test'),
      target('a.test'),
    ])
    expect(rowsOf(routes)).toEqual([['row of a.test', 'a.test', CA_NAME, 'Example Root R1']])
    expect(routes).toMatchObject({ newRows: [], unrouted: [] })
  })

  it('brings no root that was added from the bundled store', () => {
    const { links } = chain([leafOf('a.test'), EXAMPLE_CA])
    const completed: Chain = {
      links: [...links, link('root', EXAMPLE_ROOT, { origin: 'bundled-store' })],
      end: { kind: 'public-root' },
      search: NO_PATHS,
    }
    expect(rowsOf(routeChains(given(completed), [target('a.test')]))).toEqual([['row of a.test', 'a.test', CA_NAME]])
  })

  it('goes to every row whose host it covers', () => {
    const routes = routeChains(given(incomplete(leafOf('a', 'a.test', '*.b.test'))), [
      target('a.test'),
      target('x.b.test'),
      target('y.b.test'),
      target('b.test'),
      target('z.y.b.test'),
      target(null),
    ])
    expect(rowsOf(routes)).toEqual([
      ['row of a.test', 'a'],
      ['row of x.b.test', 'a'],
      ['row of y.b.test', 'a'],
    ])
    expect(routes.newRows).toEqual([])
  })

  it('for a name below a row with sub-domains goes to that row, and not without sub-domains', () => {
    const dropped = given(incomplete(leafOf('x.a.test')))
    expect(rowsOf(routeChains(dropped, [target('a.test', { includeSubdomains: true })]))).toEqual([
      ['row of a.test', 'x.a.test'],
    ])
    expect(newRowsOf(routeChains(dropped, [target('a.test')]))).toMatchObject([{ row: 'x.a.test' }])
    expect(newRowsOf(routeChains(dropped, [target('ba.test', { includeSubdomains: true })]))).toHaveLength(1)
  })

  it('for a name that has a closer row goes to the closer row alone', () => {
    const parent = target('a.test', { includeSubdomains: true })
    const dropped = given(incomplete(leafOf('y.x.a.test')))
    expect(rowsOf(routeChains(dropped, [parent, target('y.x.a.test')]))).toEqual([['row of y.x.a.test', 'y.x.a.test']])
    expect(rowsOf(routeChains(dropped, [parent, target('x.a.test', { includeSubdomains: true })]))).toEqual([
      ['row of x.a.test', 'y.x.a.test'],
    ])
    expect(rowsOf(routeChains(dropped, [parent, target('x.a.test')]))).toEqual([['row of a.test', 'y.x.a.test']])
  })

  it('for all names below a row goes to that row as well as to the rows of single names', () => {
    const routes = routeChains(given(incomplete(leafOf('wildcard', '*.a.test'))), [
      target('a.test', { includeSubdomains: true }),
      target('x.a.test'),
    ])
    expect(rowsOf(routes)).toEqual([
      ['row of a.test', 'wildcard'],
      ['row of x.a.test', 'wildcard'],
    ])
  })

  it('of two for one host goes to the row beside the other', () => {
    const one = leafOf('rsa', 'a.test')
    const other = leafOf('ecdsa', 'a.test')
    const dropped = given(chain([one, EXAMPLE_CA]), chain([other, EXAMPLE_CA]))
    expect(rowsOf(routeChains(dropped, [target('a.test')]))).toEqual([['row of a.test', 'rsa', CA_NAME, 'ecdsa']])
  })
})

describe('where no row is', () => {
  it('one is made for the first name, and the other names are offered', () => {
    const routes = routeChains(given(chain([leafOf('a', 'a.test', 'b.test', '*.c.test'), EXAMPLE_CA])), [])
    expect(newRowsOf(routes)).toEqual([{ row: 'a.test', others: ['b.test', '*.c.test'], certificates: ['a', CA_NAME] }])
    expect(routes).toMatchObject({ rows: [], unrouted: [] })
  })

  it.each([
    [['*.a.test'], '*.a.test', []],
    [['a.test', '*.a.test'], '*.a.test', []],
    [['*.a.test', 'a.test', 'www.a.test'], '*.a.test', ['www.a.test']],
    [['a.test', 'b.test', '*.b.test', 'b.test'], 'a.test', ['*.b.test']],
    [['localhost'], 'localhost', []],
    [['3.test'], '3.test', []],
  ])('%j makes the row %s and offers %j', (dnsNames, row, others) => {
    const routes = routeChains(given(incomplete(leafOf('a', ...dnsNames))), [])
    expect(newRowsOf(routes)).toEqual([{ row, others, certificates: ['a'] }])
  })

  it('two certificates of one first name share the row, and two of different names do not', () => {
    const wide = leafOf('wide', '*.a.test', 'b.test')
    const again = leafOf('again', 'a.test', 'c.test')
    const narrow = leafOf('narrow', 'x.a.test')
    expect(newRowsOf(routeChains(given(incomplete(again), incomplete(narrow), incomplete(wide)), []))).toEqual([
      { row: '*.a.test', others: ['c.test', 'b.test'], certificates: ['again', 'wide'] },
      { row: 'x.a.test', others: [], certificates: ['narrow'] },
    ])
  })

  it.each([
    [[]],
    [['', '*', '*.', 'a..test', '.a.test', 'a.test.']],
    [['a b.test', 'https://a.test', '<b>', HOSTILE_TEXT]],
    [['192.0.2.1', '1', '*.2']],
    [['*.*.a.test', 'a*.a.test', `${'a.'.repeat(130)}test`]],
  ])('none is made for names that are no host: %j', (dnsNames) => {
    const nameless = certificate({ name: 'a.test', dnsNames, ipAddresses: ['192.0.2.1'] })
    const routes = routeChains(given(incomplete(nameless)), [target('b.test')])
    expect(routes).toMatchObject({ rows: [], newRows: [] })
    expect(unroutedOf(routes)).toEqual([['a.test', 'names-no-host']])
  })
})

const waiting = (...certificates: readonly Certificate[]) => target('a.test', { chains: [incomplete(...certificates)] })

describe('a CA certificate', () => {
  it('goes to the rows whose chain lacks it', () => {
    const routes = routeChains(authorities(EXAMPLE_CA), [
      waiting(leafOf('a.test')),
      target('b.test', { chains: [chain([leafOf('b.test'), EXAMPLE_CA, EXAMPLE_ROOT])] }),
      target(null, { chains: [incomplete(leafOf('c.test'))] }),
    ])
    expect(rowsOf(routes)).toEqual([
      ['row of a.test', CA_NAME],
      ['row of null', CA_NAME],
    ])
    expect(routes.unrouted).toEqual([])
  })

  it('brings the CAs above it, in a chain of their own or not', () => {
    const expected = [['row of a.test', CA_NAME, 'Example Root R1']]
    const row = waiting(leafOf('a.test'))
    expect(rowsOf(routeChains(given(chain([EXAMPLE_CA, EXAMPLE_ROOT])), [row]))).toEqual(expected)
    expect(rowsOf(routeChains(authorities(EXAMPLE_ROOT, EXAMPLE_CA), [row]))).toEqual(expected)
  })

  it('completes a row beside the server certificate of another', () => {
    const routes = routeChains(given(chain([leafOf('b.test'), EXAMPLE_CA])), [waiting(leafOf('a.test'))])
    expect(rowsOf(routes)).toEqual([['row of a.test', CA_NAME]])
    expect(newRowsOf(routes)).toEqual([{ row: 'b.test', others: [], certificates: ['b.test', CA_NAME] }])
  })

  it('that completes nothing is said, once', () => {
    const stranger = certificate({ name: 'Stranger', isCa: true })
    const routes = routeChains({ chains: [chain([stranger])], superfluous: [stranger] }, [waiting(leafOf('a.test'))])
    expect(routes).toMatchObject({ rows: [], newRows: [] })
    expect(unroutedOf(routes)).toEqual([['Stranger', 'completes-nothing']])
  })

  it('of a server certificate that goes nowhere completes nothing either', () => {
    const routes = routeChains(given(chain([certificate({ name: 'nameless', issuer: CA_NAME }), EXAMPLE_CA])), [])
    expect(unroutedOf(routes)).toEqual([
      ['nameless', 'names-no-host'],
      [CA_NAME, 'completes-nothing'],
    ])
  })

  it('that was signed in a circle ends the search', () => {
    const one = certificate({ name: 'One', issuer: 'Two', isCa: true })
    const two = certificate({ name: 'Two', issuer: 'One', isCa: true })
    const routes = routeChains(authorities(one, two), [waiting(certificate({ name: 'a.test', issuer: 'One' }))])
    expect(rowsOf(routes)).toEqual([['row of a.test', 'One', 'Two']])
  })
})

it('nothing given goes nowhere', () => {
  expect(routeChains(given(), [target('a.test')])).toEqual({ rows: [], newRows: [], unrouted: [] })
})
