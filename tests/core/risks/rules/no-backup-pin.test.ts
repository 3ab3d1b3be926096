import { describe, expect, it } from 'vitest'
import rule from '../../../../src/core/risks/rules/no-backup-pin.ts'
import type { SpkiPin } from '../../../../src/core/pins/spki-pin.ts'
import {
  alsoPinning,
  backupKey,
  certificate,
  chain,
  EXAMPLE_CA,
  EXAMPLE_ROOT,
  exampleChain,
  otherChain,
  pinning,
  row,
} from '../../../support/cases.ts'
import { contextOf, findingOf, findingsOf } from '../context.ts'

describe('no backup', () => {
  it('is a warning for a single pin', () => {
    expect(findingOf(rule, contextOf('leaf-alone'))).toMatchObject({
      severity: 'warning',
      tab: 'results',
      title: 'No backup pin for api.example.com',
      why: expect.stringMatching(/^The only pin of api\.example\.com comes from one chain/) as unknown,
      rowIds: ['row of api.example.com'],
    })
  })

  it.each([
    ['a placeholder', 'leaf', `${'A'.repeat(43)}=`],
    ['a root that has ended', 'ca', 'Vjs8r4z+80wjNcr1YKepWQboSIRi63WsWXhIMN+eWys='],
    ['a root that nobody issues from', 'ca', 'du6FkDdMcVQ3u8prumAo6t3i3G27uMP2EOhR8R0at/U='],
  ] as const)('is a warning for a single pin beside %s', (_what, role, pin) => {
    const choices = alsoPinning(pinning('leaf'), [], [{ pin: pin as SpkiPin, role }])
    const rows = [row({ host: 'api.example.com', chains: [exampleChain('api.example.com')], choices })]
    expect(findingOf(rule, contextOf(rows)).why).toMatch(
      /^The only pin of api\.example\.com comes from one chain.* One more can be in no chain that comes, so it is no backup\./,
    )
  })

  it.each([
    ['RSA with 1024 bits', { algorithm: 'RSA', bits: 1024, curve: null }],
    ['Ed25519', { algorithm: 'Ed25519', bits: null, curve: null }],
  ])('is a warning when the backup is a key on %s, which no public CA certifies', (_what, publicKey) => {
    const key = backupKey('CN=odd', { publicKey })
    const rows = [
      row({
        host: 'api.example.com',
        chains: [exampleChain('api.example.com')],
        keys: [key],
        choices: alsoPinning(pinning('leaf'), [key]),
      }),
    ]
    expect(findingOf(rule, contextOf(rows)).severity).toBe('warning')
  })

  it('is a warning for several pins of one chain', () => {
    expect(findingOf(rule, contextOf('leaf-and-root')).why).toMatch(
      /^All 2 pins of api\.example\.com come from one chain/,
    )
  })

  it('is there when a renewed certificate has the same key', () => {
    expect(findingOf(rule, contextOf('renewed-with-the-same-key')).why).toMatch(/^The only pin/)
  })

  it('is there when a second chain shares every pinned CA', () => {
    const rows = [
      row({
        host: 'api.example.com',
        chains: [exampleChain('api.example.com'), exampleChain('api.example.com', { key: 'reserve key' })],
        choices: pinning('intermediate', 'root'),
      }),
    ]
    expect(findingOf(rule, contextOf(rows)).why).toMatch(/^All 2 pins/)
  })

  it('is there when the same chain stands in two rows of one host', () => {
    const twice = ['1', '2'].map((rowId) =>
      row({
        rowId,
        host: 'api.example.com',
        chains: [exampleChain('api.example.com')],
        choices: pinning('leaf', 'root'),
      }),
    )
    expect(findingOf(rule, contextOf(twice))).toMatchObject({ rowIds: ['1', '2'] })
  })

  it('is there when every chain is one that servers present today', () => {
    const chains = [exampleChain('api.example.com'), otherChain('api.example.com', { key: 'other key' })]
    const leaves = chains.flatMap(({ links }) => links.slice(0, 1).map(({ certificate: leaf }) => leaf))
    const served = row({ host: 'api.example.com', chains, served: leaves })
    expect(findingOf(rule, contextOf([served])).why).toMatch(/^All 2 pins .* or from chains that are all in service/)
    expect(findingsOf(rule, contextOf([row({ host: 'api.example.com', chains, served: leaves.slice(0, 1) })]))).toEqual(
      [],
    )
  })

  it('is there when a CA that only the server presented is pinned beside its chain', () => {
    const { links } = otherChain('api.example.com')
    const choices = { ...pinning('intermediate'), exceptions: new Map([[EXAMPLE_ROOT.sha256, true]]) }
    const chains = [otherChain('api.example.com')]
    const served = [...links.map(({ certificate: held }) => held), EXAMPLE_ROOT]
    const order = { host: 'api.example.com', chains, reserve: [EXAMPLE_ROOT], choices }
    expect(findingsOf(rule, contextOf([row({ ...order, served })]))).toHaveLength(1)
    expect(findingsOf(rule, contextOf([row({ ...order, served: served.slice(0, 3) })]))).toEqual([])
  })

  it('is not there when a key in reserve has the CA of a served chain', () => {
    const chains = [exampleChain('api.example.com'), exampleChain('api.example.com', { key: 'reserve key' })]
    const served = (chains[0]?.links ?? []).map(({ certificate: held }) => held)
    expect(findingsOf(rule, contextOf([row({ host: 'api.example.com', chains, served })]))).toEqual([])
  })

  it('is there when the only other pin is the one of a parent', () => {
    const rows = [
      row({ host: 'example.com', includeSubdomains: true, chains: [otherChain('example.com')] }),
      row({ host: 'api.example.com', chains: [exampleChain('api.example.com')] }),
    ]
    expect(findingsOf(rule, contextOf(rows))).toMatchObject([
      { title: 'No backup pin for example.com' },
      { title: 'No backup pin for api.example.com', why: expect.stringMatching(/^The only pin/) as unknown },
    ])
  })

  it('is there when the root of a parent stands above its own chain', () => {
    const rows = [
      row({
        host: 'example.com',
        includeSubdomains: true,
        chains: [exampleChain('example.com')],
        choices: pinning('root'),
      }),
      row({ host: 'api.example.com', chains: [exampleChain('api.example.com')] }),
    ]
    expect(findingsOf(rule, contextOf(rows))).toMatchObject([
      { title: 'No backup pin for example.com' },
      { title: 'No backup pin for api.example.com', why: expect.stringMatching(/^The only pin/) as unknown },
    ])
  })

  it('is told for each host by itself', () => {
    const findings = findingsOf(rule, contextOf('many-hosts'))
    expect(findings === 'does not apply' ? [] : findings.map(({ title }) => title)).toEqual(
      ['api', 'auth', 'img', 'static']
        .map((label) => `No backup pin for ${label}.example.com`)
        .concat('No backup pin for partner.example.org'),
    )
  })
})

const below = (
  parent: Parameters<typeof row>[0],
  child = row({ host: 'api.example.com', chains: [exampleChain('api.example.com')] }),
) => [row({ includeSubdomains: true, ...parent }), child]

describe('it stays quiet', () => {
  const key = backupKey('CN=reserve')

  it('when a parent brings a key in reserve, which is printed for the host too', () => {
    const choices = alsoPinning(pinning('leaf'), [key])
    const rows = below({ host: 'example.com', chains: [exampleChain('example.com')], keys: [key], choices })
    expect(findingsOf(rule, contextOf(rows))).toEqual([])
  })

  it('when the parent brings the root of another CA', () => {
    const second = otherChain('example.com')
    const rows = below({ host: 'example.com', chains: [exampleChain('example.com'), second], choices: pinning('root') })
    expect(findingsOf(rule, contextOf(rows))).toEqual([])
  })

  it('when the parent’s root carries the chain, and the host has a key in reserve', () => {
    const child = row({
      host: 'api.example.com',
      chains: [exampleChain('api.example.com')],
      keys: [key],
      choices: alsoPinning(pinning(), [key]),
    })
    const rows = below({ host: 'example.com', chains: [exampleChain('example.com')], choices: pinning('root') }, child)
    expect(findingOf(rule, contextOf(rows)).title).toBe('No backup pin for example.com')
  })

  it('when a second leaf has a key of its own', () => {
    expect(findingsOf(rule, contextOf('backup-leaf'))).toEqual([])
  })

  it('when a CA that is in no chain is pinned', () => {
    const order = { host: 'api.example.com', chains: [otherChain('api.example.com')], reserve: [EXAMPLE_ROOT] }
    const choices = { ...pinning('leaf'), exceptions: new Map([[EXAMPLE_ROOT.sha256, true]]) }
    expect(findingsOf(rule, contextOf([row({ ...order, choices })]))).toEqual([])
    expect(findingsOf(rule, contextOf([row({ ...order, choices: pinning('leaf', 'root') })]))).toHaveLength(1)
  })

  it('when a second CA is pinned', () => {
    const rows = [
      row({
        host: 'api.example.com',
        chains: [exampleChain('api.example.com'), otherChain('api.example.com')],
        choices: pinning('root'),
      }),
    ]
    expect(findingsOf(rule, contextOf(rows))).toEqual([])
  })

  it('when each chain lacks a pin that another has, although they share one', () => {
    const chains = ['one', 'other'].map((name) => chain([certificate({ name }), EXAMPLE_CA, EXAMPLE_ROOT]))
    const rows = [row({ host: 'api.example.com', chains, choices: pinning('leaf', 'root') })]
    expect(findingsOf(rule, contextOf(rows))).toEqual([])
  })
})

it('does not apply when nothing is pinned', () => {
  expect(findingsOf(rule, contextOf('nothing-pinned'))).toBe('does not apply')
})

describe('a key without a certificate', () => {
  it('is a backup for the chain in service', () => {
    expect(findingsOf(rule, contextOf('backup-request-and-leaf'))).toEqual([])
  })

  it('that is alone has none', () => {
    const key = backupKey('CN=a.example')
    const rows = [row({ host: 'a.example', keys: [key], choices: alsoPinning(pinning(), [key]) })]
    expect(findingOf(rule, contextOf(rows)).why).toContain('No certificate is known for the only pin of a.example.')
  })
})
