import { networkInterfaces } from 'node:os'
import { describe, expect, it, vi } from 'vitest'
import { createAddressFinder, parseTarget } from '../../api/_lib/guard.ts'
import type { PrivateNetworks } from '../../api/_lib/address-rules.ts'
import { chainRequest, loopbackEndpoint, problemOf, recordingConnect, resolveTo } from './support/ask.ts'
import { serveTcp } from './support/servers.ts'

const STILL_WANTED = new AbortController().signal

/** What the guard makes of a DNS answer. */
async function find(addresses: readonly string[], host = 'a.test', allowed: Partial<PrivateNetworks> = {}) {
  const networks = { allowPrivate: false, privateSuffixes: [], privateRanges: [], ...allowed }
  const findAddresses = createAddressFinder({ resolve: resolveTo(...addresses), networks, mostAtOnce: 1 })
  const found = await findAddresses(host, STILL_WANTED)
  return found.ok ? found.value : found.failure.kind
}

/** Host spellings; whatever passes the parser resolves to the canary on loopback. */
const SPELLINGS: readonly string[] = [
  '127.0.0.1',
  '127.0.0.1.',
  '127.1',
  '127.0.1',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0x7F.1',
  '0177.0.0.1',
  '017700000001',
  '0',
  '0.0.0.0',
  '1.2.3.4',
  '①②⑦.0.0.1',
  '１２７.０.０.１',
  '127。0。0。1',
  '127．0．0．1',
  '%31%32%37.0.0.1',
  '127.0.0.1%00.example.com',
  '1.2.3.256',
  'example.0x7f',
  '::1',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[fe80::1%25lo]',
  '[fd00:ec2::254]',
  'user@localhost',
  'user:password@localhost',
  'example.com@localhost',
  'example.com:443@localhost',
  'example.com#@localhost',
  'localhost#.example.com',
  'localhost?.example.com',
  'localhost/.example.com',
  'localhost\\.example.com',
  'localhost:443',
  'localhost:22',
  'https://localhost',
  '//localhost',
  'localhost/',
  ' localhost',
  'localhost ',
  'local\thost',
  'local\nhost',
  'localhost\r\nX-Header: 1',
  'localhost\u0000',
  'localhost\u3000',
  'localhost＠example.com',
  'localhost／example.com',
  'localhost：443',
  'localhost％00',
  'a..localhost',
  '.localhost',
  'localhost..',
  '-a.localhost',
  'a-.localhost',
  '_.localhost',
  '*.localhost',
  `${'a'.repeat(64)}.localhost`,
  `${'a.'.repeat(127)}localhost`,
  '.',
  '',
  // These are host names; the look-up leads them to loopback.
  'localhost',
  'LOCALHOST',
  'localhost.',
  'ｌｏｃａｌｈｏｓｔ',
  'loc\u00ADalhost',
  '127.0.0.1.nip.example',
  'localtest.example',
]

/** DNS answers that lead somewhere special; mixed ones do so beside a public address. */
const ANSWERS: readonly (readonly string[])[] = [
  ['127.0.0.1'],
  ['127.255.255.254'],
  ['0.0.0.0'],
  ['0.1.2.3'],
  ['10.0.0.1'],
  ['100.64.0.1'],
  ['169.254.169.254'],
  ['172.16.0.1'],
  ['172.31.255.255'],
  ['192.0.0.1'],
  ['192.0.2.1'],
  ['192.88.99.1'],
  ['192.168.0.1'],
  ['198.18.0.1'],
  ['198.51.100.1'],
  ['203.0.113.1'],
  ['224.0.0.1'],
  ['240.0.0.1'],
  ['255.255.255.255'],
  ['::'],
  ['::1'],
  ['0:0:0:0:0:0:0:1'],
  ['::127.0.0.1'],
  ['::7f00:1'],
  ['::ffff:127.0.0.1'],
  ['::ffff:7f00:1'],
  ['::ffff:a9fe:a9fe'],
  ['::ffff:10.0.0.1'],
  ['::ffff:0:127.0.0.1'],
  ['64:ff9b::127.0.0.1'],
  ['64:ff9b::a00:1'],
  ['64:ff9b::a9fe:a9fe'],
  ['64:ff9b:1::1'],
  ['100::1'],
  ['2001::1'],
  ['2001:0:7f00:1::'],
  ['2001:2::1'],
  ['2001:10::1'],
  ['2001:20::1'],
  ['2001:db8::1'],
  ['2002:7f00:1::'],
  ['2002:a00:1::1'],
  ['2002:808:808::1'],
  ['3fff::1'],
  ['4000::1'],
  ['5f00::1'],
  ['fc00::1'],
  ['fd00:ec2::254'],
  ['fe80::1'],
  ['fe80::1%lo'],
  ['fec0::1'],
  ['ff02::1'],
  ['8.8.8.8', '127.0.0.1'],
  ['127.0.0.1', '8.8.8.8'],
  ['2606:4700::1111', '::1'],
  ['8.8.8.8', '1.1.1.1', '9.9.9.9', '8.8.4.4', '127.0.0.1'],
  ['8.8.8.8', 'not an address'],
  ['0177.0.0.1'],
  ['2130706433'],
  ['168.63.129.16'],
  ['2606:4700::5efe:127.0.0.1'],
  ['2606:4700::200:5efe:7f00:1'],
  ['::ffff:0.0.0.0'],
  ['64:ff9b::0.0.0.0'],
  ['2001:1::1'],
  ['2001:30::1'],
  ['192.31.196.1'],
  ['192.52.193.1'],
  ['1.1.1.1', '::ffff:169.254.169.254'],
  ['1.1.1.1', '64:ff9b::192.168.1.1'],
  ['2606:4700::1111', 'fe80::1%lo'],
]

const HAS_IPV6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'))

/** Listens at 127.0.0.1 and, where the machine has it, at the same port of ::1. */
async function listenOnLoopback() {
  const four = await serveTcp(() => {})
  const six = HAS_IPV6 ? await serveTcp(() => {}, { address: '::1', port: four.port }) : null
  return { port: four.port, accepted: () => four.accepted() + (six?.accepted() ?? 0) }
}

const PORTS: readonly string[] = [
  '22',
  '0',
  '-1',
  '65536',
  '443.0',
  '4.43e2',
  '0x1bb',
  ' 443',
  '443 ',
  '',
  '0443',
  '４４３',
]

describe('nothing connects to a private address', () => {
  it.each(SPELLINGS)('by the host %j', async (host) => {
    const canary = await listenOnLoopback()
    const { connect, attempts } = recordingConnect()
    const endpoint = loopbackEndpoint(canary.port, { connect }, { allowPrivate: false })
    const problem = await problemOf(await endpoint(chainRequest({ host, port: canary.port })))
    expect(['bad-host', 'private-address']).toContain(problem.kind)
    expect([400, 403]).toContain(problem.status)
    expect(attempts).toEqual([])
    expect(canary.accepted()).toBe(0)
  })

  it.each(ANSWERS.map((answer) => [answer.join(', '), answer] as const))(
    'by the DNS answer %s',
    async (_text, answer) => {
      const canary = await listenOnLoopback()
      const { connect, attempts } = recordingConnect()
      const resolve = resolveTo(...answer)
      const endpoint = loopbackEndpoint(canary.port, { resolve, connect }, { allowPrivate: false })
      const problem = await problemOf(await endpoint(chainRequest({ host: 'a.test', port: canary.port })))
      expect(problem).toMatchObject({ kind: 'private-address', status: 403 })
      expect(attempts).toEqual([])
      expect(canary.accepted()).toBe(0)
    },
  )

  it.each(PORTS)('by the port %j', async (port) => {
    const canary = await listenOnLoopback()
    const { connect, attempts } = recordingConnect()
    const problem = await problemOf(await loopbackEndpoint(443, { connect })(chainRequest({ host: 'localhost', port })))
    expect(problem).toMatchObject({ kind: 'port-not-allowed', status: 403, allowedPorts: [443] })
    expect(attempts).toEqual([])
    expect(canary.accepted()).toBe(0)
  })

  it('and the canary does notice a connection that is allowed', async () => {
    const canary = await serveTcp((socket) => socket.end())
    const { connect, attempts } = recordingConnect()
    await loopbackEndpoint(canary.port, { connect })(chainRequest({ host: 'localhost', port: canary.port }))
    expect(attempts).toEqual([`127.0.0.1 ${canary.port}`])
    expect(canary.accepted()).toBe(1)
  })
})

describe('a name that changes its answer', () => {
  it('is looked up once, and dialled at the address that was checked', async () => {
    const first = await serveTcp((socket) => socket.end(), { address: '127.0.0.2' })
    const second = await serveTcp((socket) => socket.end(), { address: '127.0.0.3', port: first.port })
    const resolve = vi
      .fn<(host: string) => Promise<{ address: string }[]>>()
      .mockResolvedValueOnce([{ address: '127.0.0.2' }])
      .mockResolvedValue([{ address: '127.0.0.3' }])
    await loopbackEndpoint(first.port, { resolve })(chainRequest({ host: 'Rebind.test', port: first.port }))
    expect(resolve.mock.calls).toEqual([['rebind.test']])
    expect(first.accepted()).toBe(1)
    expect(second.accepted()).toBe(0)
  })
})

describe('addresses', () => {
  it.each([
    ['8.8.8.8', '8.8.8.8'],
    ['::ffff:8.8.8.8', '8.8.8.8'],
    ['2606:4700::1111', '2606:4700::1111'],
    ['64:ff9b::8.8.8.8', '64:ff9b::808:808'],
  ])('takes the public %s', async (address, checked) => {
    expect(await find([address])).toEqual({ addresses: [checked], leftOut: 0 })
  })

  it('are dialled once each and eight at most, in the order of the resolver', async () => {
    const many = Array.from({ length: 12 }, (_none, index) => `8.8.8.${index}`)
    expect(await find(['8.8.8.0', '::ffff:8.8.8.0', ...many])).toEqual({ addresses: many.slice(0, 8), leftOut: 4 })
  })

  it('are chosen from both families when there are many', async () => {
    const sixes = Array.from({ length: 8 }, (_none, index) => `2606:4700::${index + 1}`)
    const fours = Array.from({ length: 8 }, (_none, index) => `8.8.8.${index}`)
    expect(await find([...sixes, ...fours])).toEqual({
      addresses: [...sixes.slice(0, 4), ...fours.slice(0, 4)],
      leftOut: 8,
    })
    expect(await find([...sixes, '8.8.8.8'])).toEqual({ addresses: [...sixes.slice(0, 7), '8.8.8.8'], leftOut: 1 })
    expect(await find(['2606:4700::1', ...fours])).toEqual({
      addresses: ['2606:4700::1', ...fours.slice(0, 7)],
      leftOut: 1,
    })
  })
})

describe('private addresses, when the operator allows them,', () => {
  const PRIVATE = ['127.0.0.1', '::1', '10.0.0.1', '172.16.0.1', '192.168.0.1', '100.64.0.1', 'fd00::1']
  it.each([...PRIVATE, '64:ff9b::10.0.0.1'])('are dialled: %s', async (address) => {
    expect(await find([address], 'a.test', { allowPrivate: true })).toMatchObject({ leftOut: 0 })
  })

  it.each(
    [
      ['0.0.0.0', '0.1.2.3', '::', '224.0.0.1', 'ff02::1', '255.255.255.255', '240.0.0.1', '169.254.1.1', 'fe80::1'],
      ['2002:a00:1::1', '2001:0:7f00:1::', '::127.0.0.1', '64:ff9b:1::a00:1', '2606:4700::5efe:10.0.0.1'],
      ['169.254.169.254', 'fd00:ec2::254', 'fd20:ce::254', '100.100.100.200', '168.63.129.16'],
    ].flat(),
  )('are no others: %s', async (address) => {
    expect(await find([address], 'a.test', { allowPrivate: true })).toBe('private-address')
  })

  it.each(['169.254.169.254', 'fd00:ec2::254', '0.0.0.0', '224.0.0.1', '255.255.255.255'])(
    'never are those that no certificate comes from, whatever the ranges: %s',
    async (address) => {
      const allowed = { allowPrivate: true, privateRanges: ['0.0.0.0/0', '::/0'] }
      expect(await find([address], 'a.test', allowed)).toBe('private-address')
    },
  )

  it.each([
    ['corp.example', '10.0.0.1', true],
    ['a.b.corp.example', '10.0.0.1', true],
    ['notcorp.example', '10.0.0.1', false],
    ['corp.example.evil.test', '10.0.0.1', false],
    ['a.test', '8.8.8.8', true],
  ])('may be those of some names alone: %s at %s', async (host, address, isDialled) => {
    const found = await find([address], host, { allowPrivate: true, privateSuffixes: ['corp.example'] })
    expect(found !== 'private-address').toBe(isDialled)
  })

  it.each([
    ['10.1.2.3', true],
    ['::ffff:10.1.2.3', true],
    ['64:ff9b::10.1.2.3', true],
    ['10.2.0.1', false],
    ['127.0.0.1', false],
    ['fd00:1::5', true],
    ['fd00:2::5', false],
    ['169.254.7.7', true],
    ['8.8.8.8', true],
  ])('may be those of some ranges alone: %s', async (address, isDialled) => {
    const privateRanges = ['10.1.0.0/16', 'fd00:1::/32', '169.254.7.0/24']
    const found = await find([address], 'a.test', { allowPrivate: true, privateRanges })
    expect(found !== 'private-address').toBe(isDialled)
  })

  it('may lie beside public ones', async () => {
    expect(await find(['8.8.8.8', '10.0.0.1'], 'a.test', { allowPrivate: true })).toMatchObject({ leftOut: 0 })
  })
})

const parse = (query: string) => parseTarget(new URLSearchParams(query), [443, 8443])

describe('the query', () => {
  it.each([
    ['host=example.com', { host: 'example.com', port: 443 }],
    ['host=Example.COM.&port=8443', { host: 'example.com', port: 8443 }],
    ['host=b%C3%BCcher.example', { host: 'xn--bcher-kva.example', port: 443 }],
    ['host=a_b.example.com', { host: 'a_b.example.com', port: 443 }],
    ['host=localhost', { host: 'localhost', port: 443 }],
    ['host=xn--p1ai', { host: 'xn--p1ai', port: 443 }],
  ])('%s names a target', (query, target) => {
    expect(parse(query)).toEqual({ ok: true, value: target })
  })

  it.each(['', 'port=443', 'host=', 'host=a.test&host=b.test'])('%j names no host', (query) => {
    expect(parse(query)).toEqual({ ok: false, failure: { kind: 'bad-host' } })
  })

  it('has one port at most', () => {
    expect(parse('host=a.test&port=443&port=8443')).toEqual({
      ok: false,
      failure: { kind: 'port-not-allowed', allowedPorts: [443, 8443] },
    })
  })

  it('must name a host even where private addresses are allowed, since there would be no name for SNI', async () => {
    const problem = await problemOf(await loopbackEndpoint(443)(chainRequest({ host: '127.0.0.1' })))
    expect(problem).toMatchObject({ kind: 'bad-host', status: 400 })
  })
})
