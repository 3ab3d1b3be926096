import { Socket, connect as connectSocket } from 'node:net'
import { createSecureContext } from 'node:tls'
import { setTimeout } from 'node:timers/promises'
import type { TlsOptions } from 'node:tls'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { LiveChainReply, Offer } from '../../src/live-chain/contract.ts'
import { issue, issueChain } from './support/certificates.ts'
import type { Issued } from './support/certificates.ts'
import { chainRequest, loopbackEndpoint, problemOf, replyOf, resolveTo } from './support/ask.ts'
import { connectTcp } from '../../api/_lib/connection.ts'
import type { Connect } from '../../api/_lib/connection.ts'
import type { Resolver } from '../../api/_lib/guard.ts'
import { serveTcp, serveTls, serveTlsOfSeveralKeys } from './support/servers.ts'

type Name =
  | 'root'
  | 'intermediate'
  | 'leaf'
  | 'stranger'
  | 'expired'
  | 'selfSigned'
  | 'otherLeaf'
  | 'wrongHost'
  | 'rsaLeaf'
  | 'rsaRoot'
  | 'leafOfRsaRoot'
  | 'rsaIntermediate'
  | 'ed25519Leaf'

let certificates: Record<Name, Issued>

beforeAll(async () => {
  const chain = await issueChain()
  const hosts = ['localhost']
  const rsaRoot = await issue({ subject: 'RSA root', keyKind: 'rsa' })
  const rsaIntermediate = await issue({ subject: 'RSA intermediate', issuer: rsaRoot, keyKind: 'rsa' })
  certificates = {
    rsaRoot,
    rsaIntermediate,
    rsaLeaf: await issue({ subject: 'RSA', issuer: rsaIntermediate, hosts, keyKind: 'rsa' }),
    leafOfRsaRoot: await issue({ subject: 'ECDSA of RSA', issuer: rsaRoot, hosts }),
    ed25519Leaf: await issue({ subject: 'Ed25519', hosts, keyKind: 'ed25519' }),
    wrongHost: await issue({ subject: 'Elsewhere', issuer: chain.intermediate, hosts: ['elsewhere.example'] }),
    ...chain,
    stranger: await issue({ subject: 'Stranger' }),
    expired: await issue({ subject: 'Expired', issuer: chain.intermediate, hosts, expired: true }),
    selfSigned: await issue({ subject: 'Self-signed', hosts }),
    otherLeaf: await issue({ subject: 'Other', issuer: chain.intermediate, hosts }),
  }
})

const pick = (names: readonly Name[]) => names.map((name) => certificates[name])
const base64 = (names: readonly Name[]) => pick(names).map((certificate) => certificate.base64)

describe('a chain is shown exactly as the server sent it', () => {
  const chains: readonly (readonly [string, readonly Name[]])[] = [
    ['a full chain', ['leaf', 'intermediate']],
    ['a leaf without its intermediate', ['leaf']],
    ['a wrong order', ['leaf', 'root', 'intermediate']],
    ['an unrelated extra', ['leaf', 'stranger', 'intermediate']],
    ['a root that need not be sent', ['leaf', 'intermediate', 'root']],
    ['a leaf that is sent twice', ['leaf', 'leaf', 'intermediate']],
    ['an expired leaf', ['expired', 'intermediate']],
    ['a self-signed certificate', ['selfSigned']],
    ['a certificate of another host', ['wrongHost', 'intermediate']],
  ]
  const versions: readonly TlsOptions[] = [{ maxVersion: 'TLSv1.2' }, { minVersion: 'TLSv1.3' }]
  const cases = chains.flatMap(([what, names]) => versions.map((version) => [what, version, names] as const))

  it.each(cases)('%s, %o', async (_what, version, names) => {
    const { port } = await serveTls(pick(names), version)
    const reply = await replyOf(await loopbackEndpoint(port)(chainRequest({ host: 'localhost', port })))
    expect(reply.chains).toEqual([{ certificates: base64(names) }])
    expect(reply.addresses).toEqual([
      {
        address: '127.0.0.1',
        failures: [],
        declined: [{ offer: 'rsa', alert: 'handshake failure' }],
        handshakes: [
          {
            offers: ['any', 'ecdsa'],
            chain: 0,
            tlsVersion: version.minVersion ?? version.maxVersion,
            alpn: null,
            clientCertificateRequested: false,
            milliseconds: expect.any(Number),
          },
        ],
      },
    ])
  })
})

describe('the handshake', () => {
  const clientCertificates: readonly (readonly [string, TlsOptions])[] = [
    ['demanded in TLS 1.2', { maxVersion: 'TLSv1.2', requestCert: true, rejectUnauthorized: true }],
    ['demanded in TLS 1.3', { minVersion: 'TLSv1.3', requestCert: true, rejectUnauthorized: true }],
    ['welcome in TLS 1.3', { minVersion: 'TLSv1.3', requestCert: true, rejectUnauthorized: false }],
    [
      'welcome in TLS 1.3 with another curve',
      { minVersion: 'TLSv1.3', requestCert: true, rejectUnauthorized: false, ecdhCurve: 'P-384' },
    ],
    [
      'welcome in TLS 1.3 with a shorter hash',
      { minVersion: 'TLSv1.3', requestCert: true, rejectUnauthorized: false, ciphers: 'TLS_AES_128_GCM_SHA256' },
    ],
  ]
  it.each(clientCertificates)('shows the chain of a server where a client certificate is %s', async (_how, options) => {
    const { port } = await serveTls(pick(['leaf', 'intermediate']), options)
    const reply = await replyOf(await loopbackEndpoint(port)(chainRequest({ host: 'localhost', port })))
    expect(reply.chains).toEqual([{ certificates: base64(['leaf', 'intermediate']) }])
    expect(reply.addresses[0]?.handshakes[0]).toMatchObject({
      tlsVersion: options.minVersion ?? options.maxVersion,
      clientCertificateRequested: true,
    })
  })

  const noClientCertificate: readonly TlsOptions[] = [
    { ciphers: 'TLS_AES_128_GCM_SHA256' },
    { ciphers: 'TLS_AES_256_GCM_SHA384' },
    { ciphers: 'TLS_CHACHA20_POLY1305_SHA256' },
    { ecdhCurve: 'P-384' },
    { ecdhCurve: 'P-384', ciphers: 'TLS_AES_128_GCM_SHA256' },
  ]
  it.each(noClientCertificate)('reports no request for a client certificate that was not made: %o', async (options) => {
    const { port } = await serveTls(pick(['leaf']), { minVersion: 'TLSv1.3', ...options })
    const reply = await replyOf(await loopbackEndpoint(port)(chainRequest({ host: 'localhost', port })))
    expect(reply.addresses[0]?.handshakes[0]?.clientCertificateRequested).toBe(false)
  })

  it('shows a server that speaks nothing newer than TLS 1.1', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' } as const
    const { port } = await serveTls(pick(['leaf', 'intermediate']), old)
    const reply = await replyOf(await loopbackEndpoint(port)(chainRequest({ host: 'localhost', port })))
    expect(reply.chains).toEqual([{ certificates: base64(['leaf', 'intermediate']) }])
    expect(reply.addresses[0]?.handshakes[0]?.tlsVersion).toBe('TLSv1.1')
  })

  it('reports the protocol agreed on by ALPN', async () => {
    const { port } = await serveTls(pick(['leaf']), { ALPNProtocols: ['h2'] })
    const reply = await replyOf(await loopbackEndpoint(port)(chainRequest({ host: 'localhost', port })))
    expect(reply.addresses[0]?.handshakes[0]?.alpn).toBe('h2')
  })

  it('names the cleaned host to the server, which picks its certificate by it', async () => {
    const asked: string[] = []
    const { port } = await serveTls(pick(['leaf']), {
      SNICallback: (name, answer) => {
        asked.push(name)
        const { pem, keyPem } = certificates.otherLeaf
        answer(null, name === 'other.example.test' ? createSecureContext({ cert: pem, key: keyPem }) : undefined)
      },
    })
    const endpoint = loopbackEndpoint(port)
    const other = await replyOf(await endpoint(chainRequest({ host: 'OTHER.example.test.', port })))
    const usual = await replyOf(await endpoint(chainRequest({ host: 'bücher.example.test', port })))
    expect(other.host).toBe('other.example.test')
    expect(other.chains).toEqual([{ certificates: base64(['otherLeaf']) }])
    expect(usual.chains).toEqual([{ certificates: base64(['leaf']) }])
    expect([...new Set(asked)]).toEqual(['other.example.test', 'xn--bcher-kva.example.test'])
  })

  it('waits for a server that sends its bytes slowly', async () => {
    const behind = await serveTls(pick(['leaf', 'intermediate']))
    const { port } = await serveTcp(drip(behind.port, 200, 5))
    const reply = await replyOf(await loopbackEndpoint(port)(chainRequest({ host: 'localhost', port })))
    expect(reply.chains).toEqual([{ certificates: base64(['leaf', 'intermediate']) }])
  })

  it('leaves no connection open', async () => {
    const server = await serveTls(pick(['leaf']))
    await replyOf(await loopbackEndpoint(server.port)(chainRequest({ host: 'localhost', port: server.port })))
    await vi.waitFor(() => expect(server.open()).toBe(0))
    expect(server.accepted()).toBe(2)
  })
})

const answerOf = (reply: LiveChainReply, offer: Offer) =>
  reply.addresses[0]?.handshakes.find(({ offers }) => offers.includes(offer))
const chainOf = (reply: LiveChainReply, offer: Offer) =>
  reply.chains[answerOf(reply, offer)?.chain ?? -1]?.certificates ?? null

const fetchFrom = async ({ port }: { readonly port: number }) =>
  replyOf(await loopbackEndpoint(port)(chainRequest({ host: 'localhost', port })))

describe('both key types', () => {
  const versions: readonly TlsOptions[] = [{ maxVersion: 'TLSv1.2' }, { minVersion: 'TLSv1.3' }, {}]

  it.each(versions)('are shown where the server has both, %o', async (version) => {
    const ecdsa = ['leaf', 'intermediate'] as const
    const rsa = ['rsaLeaf', 'rsaIntermediate'] as const
    const server = await serveTlsOfSeveralKeys([pick(ecdsa), pick(rsa)], version)
    const reply = await fetchFrom(server)
    expect([base64(ecdsa), base64(rsa)]).toContainEqual(chainOf(reply, 'any'))
    expect(chainOf(reply, 'ecdsa')).toEqual(base64(ecdsa))
    expect(chainOf(reply, 'rsa')).toEqual(base64(rsa))
    expect(reply.addresses[0]).toMatchObject({ declined: [], failures: [] })
    expect(reply.chains).toHaveLength(2)
    expect(server.accepted()).toBe(2)
  })

  it.each(versions)('include the one that an RSA-only server does not have, %o', async (version) => {
    const server = await serveTls(pick(['rsaLeaf', 'rsaIntermediate']), version)
    const reply = await fetchFrom(server)
    expect(reply.chains).toEqual([{ certificates: base64(['rsaLeaf', 'rsaIntermediate']) }])
    expect(reply.addresses[0]).toMatchObject({
      handshakes: [{ offers: ['any', 'rsa'], chain: 0 }],
      declined: [{ offer: 'ecdsa', alert: 'handshake failure' }],
      failures: [],
    })
    expect(server.accepted()).toBe(2)
  })

  it('find an ECDSA leaf that an RSA root has signed', async () => {
    const server = await serveTlsOfSeveralKeys([
      pick(['rsaLeaf', 'rsaIntermediate']),
      pick(['leafOfRsaRoot', 'rsaRoot']),
    ])
    const reply = await fetchFrom(server)
    expect(chainOf(reply, 'ecdsa')).toEqual(base64(['leafOfRsaRoot', 'rsaRoot']))
    expect(chainOf(reply, 'rsa')).toEqual(base64(['rsaLeaf', 'rsaIntermediate']))
  })

  it('stand beside what the server picks by itself when that is neither', async () => {
    const server = await serveTls(pick(['ed25519Leaf']))
    const reply = await fetchFrom(server)
    expect(reply.addresses[0]).toMatchObject({
      handshakes: [{ offers: ['any'], chain: 0 }],
      declined: [{ offer: 'ecdsa' }, { offer: 'rsa' }],
      failures: [],
    })
    expect(server.accepted()).toBe(3)
  })

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'are shown where a client certificate is demanded in %s',
    async (version) => {
      const options = { minVersion: version, maxVersion: version, requestCert: true, rejectUnauthorized: true }
      const reply = await fetchFrom(await serveTlsOfSeveralKeys([pick(['leaf']), pick(['rsaLeaf'])], options))
      expect(chainOf(reply, 'ecdsa')).toEqual(base64(['leaf']))
      expect(chainOf(reply, 'rsa')).toEqual(base64(['rsaLeaf']))
      expect(reply.addresses[0]?.handshakes.map((shown) => shown.clientCertificateRequested)).toEqual([true, true])
    },
  )

  it('are asked for until the deadline, and the chain that came before it counts', async () => {
    // In TLS 1.2 the list is there before the handshake ends; this server never ends it.
    const behind = await serveTls(pick(['leaf']), { maxVersion: 'TLSv1.2' })
    const { port } = await serveTcp(passOnFirstFlight(behind.port))
    const endpoint = loopbackEndpoint(port, { deadlineMilliseconds: 300 })
    const reply = await replyOf(await endpoint(chainRequest({ host: 'localhost', port })))
    expect(reply.chains).toEqual([{ certificates: base64(['leaf']) }])
    expect(reply.addresses[0]).toMatchObject({ declined: [], failures: [{ kind: 'timed-out', offer: 'rsa' }] })
  })

  it('leave open what a server that hangs up without a word means by it', async () => {
    const behind = await serveTls(pick(['leaf']))
    let connections = 0
    const { port } = await serveTcp((socket) => {
      connections += 1
      if (connections === 1) drip(behind.port, 2000, 1)(socket)
      else socket.destroy()
    })
    const reply = await fetchFrom({ port })
    expect(reply.addresses[0]).toMatchObject({ handshakes: [{ chain: 0 }], declined: [{ offer: 'rsa' }], failures: [] })
  })

  it.each([
    ['sends what is no TLS', 'not-tls', 'HTTP/1.1 400 No\r\n\r\n'],
    ['sends a message that cannot be read', 'handshake-failed', Buffer.from('16030300050200000100', 'hex')],
  ])('keep the answer of one when the server %s to the other: %s', async (_what, kind, answer) => {
    const behind = await serveTls(pick(['leaf']))
    let connections = 0
    const { port } = await serveTcp((socket) => {
      connections += 1
      if (connections === 1) drip(behind.port, 2000, 1)(socket)
      else socket.end(answer)
    })
    const reply = await fetchFrom({ port })
    expect(reply.addresses[0]).toMatchObject({
      handshakes: [{ chain: 0 }],
      declined: [],
      failures: [{ kind, offer: 'rsa' }],
    })
  })

  it('keep the answer of one when the other does not come in time', async () => {
    const behind = await serveTls(pick(['leaf']))
    let connections = 0
    const { port } = await serveTcp((socket) => {
      connections += 1
      if (connections === 1) drip(behind.port, 2000, 1)(socket)
    })
    const endpoint = loopbackEndpoint(port, { deadlineMilliseconds: 500 })
    const reply = await replyOf(await endpoint(chainRequest({ host: 'localhost', port })))
    expect(reply.chains).toEqual([{ certificates: base64(['leaf']) }])
    expect(reply.addresses[0]).toMatchObject({ declined: [], failures: [{ kind: 'timed-out', offer: 'rsa' }] })
  })
})

describe('several addresses', () => {
  it('shows a chain for each, and equal chains once', async () => {
    const one = pick(['leaf', 'intermediate'])
    const { port } = await serveTls(one, {}, { address: '127.0.0.2' })
    await serveTls(pick(['otherLeaf', 'intermediate']), {}, { address: '127.0.0.3', port })
    await serveTls(one, {}, { address: '127.0.0.4', port })
    const resolve = resolveTo('127.0.0.2', '127.0.0.3', '127.0.0.4')
    const reply = await replyOf(await loopbackEndpoint(port, { resolve })(chainRequest({ host: 'a.test', port })))
    expect(reply.chains).toEqual([
      { certificates: base64(['leaf', 'intermediate']) },
      { certificates: base64(['otherLeaf', 'intermediate']) },
    ])
    const shown = reply.addresses.map(({ address, handshakes }) => [address, handshakes[0]?.chain])
    expect(shown).toEqual([
      ['127.0.0.2', 0],
      ['127.0.0.3', 1],
      ['127.0.0.4', 0],
    ])
  })

  it('reports an address that fails beside those that answer', async () => {
    const { port } = await serveTls(pick(['leaf']), {}, { address: '127.0.0.3' })
    const resolve = resolveTo('127.0.0.2', '127.0.0.3')
    const reply = await replyOf(await loopbackEndpoint(port, { resolve })(chainRequest({ host: 'a.test', port })))
    expect(reply.chains).toEqual([{ certificates: base64(['leaf']) }])
    expect(reply.addresses).toMatchObject([
      { address: '127.0.0.2', handshakes: [], declined: [], failures: [{ kind: 'refused', offer: 'any' }] },
      { address: '127.0.0.3', handshakes: [{ chain: 0 }], failures: [] },
    ])
  })

  it('answers with the most telling failure when all fail', async () => {
    const { port } = await serveTcp((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), {
      address: '127.0.0.3',
    })
    const resolve = resolveTo('127.0.0.2', '127.0.0.3')
    const response = await loopbackEndpoint(port, { resolve })(chainRequest({ host: 'a.test', port }))
    expect(await problemOf(response)).toMatchObject({ kind: 'not-tls', status: 502 })
  })

  it('dials eight at most, and says how many there are beside', async () => {
    const { port } = await serveTls(pick(['leaf']))
    const resolve = resolveTo(...Array.from({ length: 10 }, (_none, index) => `127.0.0.${index + 1}`))
    const reply = await replyOf(await loopbackEndpoint(port, { resolve })(chainRequest({ host: 'a.test', port })))
    expect(reply.addresses).toHaveLength(8)
    expect(reply.addressesLeftOut).toBe(2)
  })
})

describe('a failed handshake', () => {
  const alert = Buffer.from('15030300020228', 'hex')
  // Every four zero bytes are a HelloRequest, which a TLS client skips (RFC 5246 §7.4.1.1).
  const helloRequests = Buffer.concat([Buffer.from('1603034000', 'hex'), Buffer.alloc(0x4000)])
  const servers = {
    'never answers': { kind: 'timed-out', status: 504, behave: () => {} },
    'speaks plain HTTP': { kind: 'not-tls', status: 502, behave: (socket) => socket.end('HTTP/1.1 400 No\r\n\r\n') },
    'greets in SMTP': { kind: 'not-tls', status: 502, behave: (socket) => socket.write('220 mail ESMTP ready\r\n') },
    'closes at once': { kind: 'handshake-failed', status: 502, behave: (socket) => socket.end() },
    'hangs up without a word': { kind: 'handshake-failed', status: 502, behave: (socket) => socket.resetAndDestroy() },
    'answers with an alert': {
      kind: 'handshake-failed',
      alert: 'handshake failure',
      status: 502,
      behave: (socket) => socket.once('data', () => socket.end(alert)),
    },
    'floods garbage': { kind: 'not-tls', status: 502, behave: (socket) => flood(socket, Buffer.alloc(65_536, '?')) },
    'floods messages without end': {
      kind: 'too-large',
      status: 502,
      behave: (socket) => flood(socket, helloRequests),
    },
  } satisfies Record<string, Case>
  interface Case {
    readonly kind: string
    readonly alert?: string
    readonly status: number
    readonly behave: Parameters<typeof serveTcp>[0]
  }

  it.each(Object.entries<Case>(servers))('when the server %s', async (_what, { behave, ...problem }) => {
    const server = await serveTcp(behave)
    const endpoint = loopbackEndpoint(server.port, { deadlineMilliseconds: 400 })
    const response = await endpoint(chainRequest({ host: 'localhost', port: server.port }))
    expect(response.status).toBe(problem.status)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await problemOf(response)).toMatchObject({ ...problem, type: `urn:pinsmith:live-chain:${problem.kind}` })
    await vi.waitFor(() => expect(server.open()).toBe(0))
  })

  it('when the bytes come too slowly for the deadline, although they never stop', async () => {
    const behind = await serveTls(pick(['leaf']))
    const { port } = await serveTcp(drip(behind.port, 1, 20))
    const endpoint = loopbackEndpoint(port, { deadlineMilliseconds: 300 })
    expect(await problemOf(await endpoint(chainRequest({ host: 'localhost', port })))).toMatchObject({
      kind: 'timed-out',
    })
  })

  it('when the server falls silent, long before the deadline', async () => {
    const { port } = await serveTcp((socket) => socket.write(Buffer.from('160303', 'hex')))
    const endpoint = loopbackEndpoint(port, { idleMilliseconds: 100 })
    const startedAt = performance.now()
    expect(await problemOf(await endpoint(chainRequest({ host: 'localhost', port })))).toMatchObject({
      kind: 'timed-out',
    })
    expect(performance.now() - startedAt).toBeLessThan(2000)
  })

  it('when nothing listens', async () => {
    const response = await loopbackEndpoint(1)(chainRequest({ host: 'localhost', port: 1 }))
    expect(await problemOf(response)).toMatchObject({ kind: 'refused', status: 502 })
  })

  it.each(['EHOSTUNREACH', 'ENETUNREACH', 'EACCES', 'EINVAL'])(
    'when there is no way to the address: %s',
    async (code) => {
      const connect = () => new Socket().destroy(Object.assign(new Error(code), { code }))
      const response = await loopbackEndpoint(1, { connect })(chainRequest({ host: 'localhost', port: 1 }))
      expect(await problemOf(response)).toMatchObject({ kind: 'unreachable', status: 502 })
    },
  )

  it('when the server sends more certificates than a chain can need', async () => {
    const { port } = await serveTls(pick(['leaf', ...Array.from({ length: 32 }, () => 'intermediate' as const)]))
    const response = await loopbackEndpoint(port)(chainRequest({ host: 'localhost', port }))
    expect(await problemOf(response)).toMatchObject({ kind: 'too-large' })
  })

  it('when the list is longer than TLS libraries accept', async () => {
    const { port } = await serveTls(pick(['leaf', ...Array.from({ length: 400 }, () => 'intermediate' as const)]))
    const response = await loopbackEndpoint(port)(chainRequest({ host: 'localhost', port }))
    expect(await problemOf(response)).toMatchObject({ kind: 'too-large' })
  })
})

const failWith = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }))

describe('the look-up', () => {
  it.each([
    ['ENOTFOUND', 'no-such-host', 404],
    ['ENODATA', 'no-such-host', 404],
    ['EAI_AGAIN', 'unreachable', 502],
  ])('turns %s into %s', async (code, kind, status) => {
    const response = await loopbackEndpoint(443, { resolve: failWith(code) })(chainRequest({ host: 'a.test' }))
    expect(await problemOf(response)).toMatchObject({ kind, status })
  })

  it('takes a name without addresses for one that does not exist', async () => {
    const response = await loopbackEndpoint(443, { resolve: resolveTo() })(chainRequest({ host: 'a.test' }))
    expect(await problemOf(response)).toMatchObject({ kind: 'no-such-host' })
  })

  it('counts towards the deadline', async () => {
    const endpoint = loopbackEndpoint(443, { resolve: () => new Promise(() => {}), deadlineMilliseconds: 50 })
    expect(await problemOf(await endpoint(chainRequest({ host: 'a.test' })))).toMatchObject({ kind: 'timed-out' })
  })
})

const slowlyToNothing = () => setTimeout(100, [])

describe('the bound on simultaneous work', () => {
  it('tells a caller above it to come back, and lets the next one in', async () => {
    const silent = await serveTcp(() => {})
    const endpoint = loopbackEndpoint(silent.port, { mostAtOnce: 1, deadlineMilliseconds: 200 })
    const request = (host: string) => chainRequest({ host, port: silent.port })
    const first = endpoint(request('a.test'))
    const second = await endpoint(request('b.test'))
    expect(second.status).toBe(503)
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await problemOf(second)).toMatchObject({ kind: 'busy', retryAfterSeconds: expect.any(Number) })
    expect((await first).status).toBe(504)
    expect((await endpoint(request('c.test'))).status).toBe(504)
  })

  it('counts a look-up that outlives its request', async () => {
    const endpoint = loopbackEndpoint(1, { resolve: slowlyToNothing, mostAtOnce: 1, deadlineMilliseconds: 20 })
    const ask = async (host: string) => (await endpoint(chainRequest({ host, port: 1 }))).status
    expect(await ask('a.test')).toBe(504)
    expect(await ask('b.test')).toBe(503)
    await setTimeout(100)
    expect(await ask('b.test')).toBe(504)
  })

  it('holds for the connections to one address, whatever the names that lead to it', async () => {
    const server = await serveTcp((socket) => {
      globalThis.setTimeout(() => socket.end('HTTP/1.1 400 No\r\n\r\n'), 20)
    })
    const sockets: Socket[] = []
    const openAtOnce: number[] = []
    const countingConnect: Connect = (to) => {
      const socket = connectTcp(to)
      sockets.push(socket)
      openAtOnce.push(sockets.filter(({ destroyed }) => !destroyed).length)
      return socket
    }
    const options = { connections: { perAddress: 2, inAll: 100 }, connect: countingConnect }
    const endpoint = loopbackEndpoint(server.port, options)
    const names = Array.from({ length: 10 }, (_none, index) => `${index}.example.test`)
    const answers = await Promise.all(names.map((host) => endpoint(chainRequest({ host, port: server.port }))))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([502]))
    expect(server.accepted()).toBe(10)
    expect(Math.max(...openAtOnce)).toBe(2)
  })

  it('frees the place of a caller who has gone away', async () => {
    const silent = await serveTcp(() => {})
    const caller = new AbortController()
    const asked = loopbackEndpoint(silent.port)(
      chainRequest({ host: 'localhost', port: silent.port }, { signal: caller.signal }),
    )
    await vi.waitFor(() => expect(silent.open()).toBe(1))
    caller.abort()
    await asked
    await vi.waitFor(() => expect(silent.open()).toBe(0))
  })
})

describe('a host that many ask about', () => {
  it('is dialled once for all who ask at the same time, and for those who ask soon after', async () => {
    const server = await serveTls(pick(['leaf']))
    const resolve = vi.fn<Resolver>(resolveTo('127.0.0.1'))
    const endpoint = loopbackEndpoint(server.port, { resolve })
    const ask = async (host: string) => replyOf(await endpoint(chainRequest({ host, port: server.port })))
    const [first, ...others] = await Promise.all(['localhost', 'LOCALHOST', 'localhost.'].map(ask))
    expect(others).toEqual([first, first])
    expect(await ask('localhost')).toEqual(first)
    expect(resolve).toHaveBeenCalledOnce()
    expect(server.accepted()).toBe(2)
  })

  it('is named in the log only when the operator wants it', async () => {
    const { port } = await serveTls(pick(['leaf']))
    const log = vi.fn<(line: string) => void>()
    const ask = (logHosts: boolean) =>
      loopbackEndpoint(port, { log }, { logHosts })(chainRequest({ host: 'Localhost', port }))
    await ask(false)
    expect(log).not.toHaveBeenCalled()
    await ask(true)
    expect(log.mock.calls).toEqual([[expect.stringMatching(new RegExp(`^chain localhost:${port} ok \\d+ ms$`))]])
  })
})

/** Passes on what the server behind says, a few bytes at a time. */
function drip(portBehind: number, bytes: number, everyMilliseconds: number): Parameters<typeof serveTcp>[0] {
  return (socket) => {
    const behind = connectSocket(portBehind, '127.0.0.1')
    let waiting = Buffer.alloc(0)
    behind.on('data', (chunk) => {
      waiting = Buffer.concat([waiting, chunk])
    })
    behind.on('error', () => {})
    socket.pipe(behind)
    const timer = setInterval(() => {
      socket.write(waiting.subarray(0, bytes))
      waiting = waiting.subarray(bytes)
    }, everyMilliseconds)
    socket.on('close', () => {
      clearInterval(timer)
      behind.destroy()
    })
  }
}

/** Passes on the first flight of the server behind, and nothing after it. */
function passOnFirstFlight(portBehind: number): Parameters<typeof serveTcp>[0] {
  return (socket) => {
    const behind = connectSocket(portBehind, '127.0.0.1')
    behind.on('error', () => {})
    behind.on('data', (chunk) => socket.write(chunk))
    socket.once('data', (hello) => behind.write(hello))
    socket.on('close', () => behind.destroy())
  }
}

/** Writes the same bytes for as long as the other side reads. */
function flood(socket: Parameters<Parameters<typeof serveTcp>[0]>[0], bytes: Buffer): void {
  const more = () => {
    while (!socket.destroyed && socket.write(bytes));
  }
  socket.on('drain', more)
  more()
}
