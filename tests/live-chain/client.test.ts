import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../api/_lib/app.ts'
import { requireConfiguration } from '../../api/_lib/configuration.ts'
import { createLiveChainClient } from '../../src/live-chain/client.ts'
import type { LiveChain } from '../../src/live-chain/client.ts'
import { LIVE_CHAIN_PROBLEMS } from '../../src/live-chain/contract.ts'
import { issueChain } from '../api/support/certificates.ts'
import { serveTls } from '../api/support/servers.ts'

const STILL_WANTED = new AbortController().signal

const HANDSHAKE = {
  offers: ['any', 'ecdsa'],
  chain: 0,
  tlsVersion: 'TLSv1.3',
  alpn: 'h2',
  clientCertificateRequested: false,
  milliseconds: 12,
}
const ADDRESS = {
  address: '192.0.2.1',
  handshakes: [HANDSHAKE],
  declined: [{ offer: 'rsa', alert: 'handshake failure' }],
  failures: [],
}
const REPLY = { host: 'a.test', port: 443, addresses: [ADDRESS], chains: [{ certificates: ['AQID', 'BAU='] }] }

/** A client whose endpoint gives this one answer. */
function clientFor(body: unknown, init: ResponseInit = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return createLiveChainClient({ fetch: () => Promise.resolve(new Response(text, init)) })
}
const failureOf = async (body: unknown, init: ResponseInit = {}) => {
  const outcome = await clientFor(body, init)('a.test', 443, STILL_WANTED)
  return outcome.ok ? null : outcome.failure
}

describe('a reply', () => {
  it('becomes DER bytes', async () => {
    expect(await clientFor(REPLY)('a.test', 443, STILL_WANTED)).toEqual({
      ok: true,
      value: {
        host: 'a.test',
        port: 443,
        chains: [[Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5)]],
        addresses: [ADDRESS],
      },
    })
  })

  it('may tell its age, and that there are more addresses', async () => {
    const facts = { ageSeconds: 90, addressesLeftOut: 3 }
    const outcome = await clientFor({ ...REPLY, ...facts })('a.test', 443, STILL_WANTED)
    expect(outcome).toMatchObject({ ok: true, value: facts })
  })

  it('may hold a chain for each key type, and no word of why one is missing', async () => {
    const two = {
      ...REPLY,
      chains: [...REPLY.chains, { certificates: ['BwgJ'] }],
      addresses: [
        { ...ADDRESS, handshakes: [HANDSHAKE, { ...HANDSHAKE, offers: ['rsa'], chain: 1 }], declined: [] },
        { ...ADDRESS, address: '2001:db8::1', declined: [{ offer: 'rsa' }] },
      ],
    }
    const outcome = await clientFor(two)('a.test', 443, STILL_WANTED)
    expect(outcome).toMatchObject({ ok: true, value: { addresses: two.addresses } })
    expect(outcome.ok && outcome.value.chains).toHaveLength(2)
  })

  it('loses what the contract does not know', async () => {
    const noisy = {
      ...REPLY,
      extra: 1,
      addresses: [{ ...ADDRESS, extra: 1, handshakes: [{ ...HANDSHAKE, extra: 1 }] }],
    }
    expect(JSON.stringify(await clientFor(noisy)('a.test', 443, STILL_WANTED))).not.toContain('extra')
  })

  it('may hold the failure of one address', async () => {
    const failing = {
      address: '192.0.2.2',
      handshakes: [],
      declined: [],
      failures: [{ kind: 'handshake-failed', alert: 'no', offer: 'any' }],
    }
    const outcome = await clientFor({ ...REPLY, addresses: [failing, ADDRESS] })('a.test', 443, STILL_WANTED)
    expect(outcome).toMatchObject({ ok: true, value: { addresses: [failing, ADDRESS] } })
  })

  const withHandshake = (part: object) => ({
    ...REPLY,
    addresses: [{ ...ADDRESS, handshakes: [{ ...HANDSHAKE, ...part }] }],
  })
  const withAddress = (part: object) => ({ ...REPLY, addresses: [{ ...ADDRESS, ...part }] })
  const failure = { kind: 'timed-out', offer: 'rsa' }
  it.each<readonly [string, unknown]>([
    ['no JSON', '{'],
    ['null', null],
    ['a list', []],
    ['no host', { ...REPLY, host: 1 }],
    ['a port that is no number', { ...REPLY, port: '443' }],
    ['no chain', { ...REPLY, chains: [] }],
    ['chains that are no list', { ...REPLY, chains: {} }],
    ['an empty chain', { ...REPLY, chains: [{ certificates: [] }] }],
    ['a certificate that is not base64', { ...REPLY, chains: [{ certificates: ['A*ID'] }] }],
    ['a certificate that is empty', { ...REPLY, chains: [{ certificates: [''] }] }],
    ['a certificate that is no text', { ...REPLY, chains: [{ certificates: [1] }] }],
    ['no addresses', { ...REPLY, addresses: undefined }],
    ['an address that is no text', { ...REPLY, addresses: [{ ...ADDRESS, address: null }] }],
    ['another host', { ...REPLY, host: 'b.test' }],
    ['another port', { ...REPLY, port: 8443 }],
    ['more addresses than are asked', { ...REPLY, addresses: Array.from({ length: 9 }, () => ADDRESS) }],
    ['a chain that no handshake showed', { ...REPLY, chains: [...REPLY.chains, ...REPLY.chains] }],
    ['too many certificates', { ...REPLY, chains: [{ certificates: Array(33).fill('AQID') }] }],
    ['an age that is no number', { ...REPLY, ageSeconds: '1' }],
    ['a negative number of other addresses', { ...REPLY, addressesLeftOut: -1 }],
    ['an address in words', withAddress({ address: '<b>here</b>' })],
    ['no list of what was declined', withAddress({ declined: undefined })],
    ['any offer declined', withAddress({ declined: [{ offer: 'any' }] })],
    ['an alert that is no text', withAddress({ declined: [{ offer: 'rsa', alert: 40 }] })],
    ['an alert of many words', withAddress({ declined: [{ offer: 'rsa', alert: 'x'.repeat(256) }] })],
    ['an alert over two lines', withAddress({ declined: [{ offer: 'rsa', alert: 'a\nb' }] })],
    ['an offer with two outcomes', withAddress({ failures: [failure] })],
    ['a failure without its offer', withAddress({ declined: [], failures: [{ kind: 'timed-out' }] })],
    ['a failure of an unknown kind', withAddress({ declined: [], failures: [{ ...failure, kind: 'toString' }] })],
    ['a failure of the issuers', withAddress({ declined: [], failures: [{ ...failure, kind: 'bad-url' }] })],
    ['a handshake that answers nothing', withHandshake({ offers: [] })],
    ['a handshake that answers the same twice', withHandshake({ offers: ['any', 'any'] })],
    ['a handshake of an unknown TLS version', withHandshake({ tlsVersion: 'SSLv3' })],
    ['a handshake with an ALPN that cannot be shown', withHandshake({ alpn: '\u202E' })],
    ['a handshake with a chain that is not there', withHandshake({ chain: 1 })],
    ['a handshake with a negative chain', withHandshake({ chain: -1 })],
    ['a handshake of an unknown key type', withHandshake({ offers: ['dsa'] })],
    ['a handshake without a TLS version', withHandshake({ tlsVersion: undefined })],
    ['a handshake whose ALPN is no text', withHandshake({ alpn: 2 })],
    ['a handshake without the note on client certificates', withHandshake({ clientCertificateRequested: 'no' })],
    ['a handshake without its time', withHandshake({ milliseconds: 0.5 })],
  ])('with %s is a bad reply', async (_what, body) => {
    expect(await failureOf(body)).toEqual({ kind: 'bad-reply' })
  })
})

const isSound = ({ host, port, chains, addresses }: LiveChain) => {
  const shown = new Set(addresses.flatMap(({ handshakes }) => handshakes.map(({ chain }) => chains[chain])))
  return host === 'a.test' && port === 443 && chains.length > 0 && chains.every((chain) => shown.has(chain))
}

describe('a hostile reply', () => {
  /** The reply with one of its parts replaced, wherever it is. */
  const tampered = (value: unknown, path: number, part: unknown): unknown => {
    if (typeof value !== 'object' || value === null || path % 7 === 0) return part
    const keys = Object.keys(value)
    const key = keys[path % Math.max(keys.length, 1)] ?? 'x'
    const changed = tampered((value as Record<string, unknown>)[key], Math.floor(path / 2), part)
    return Array.isArray(value)
      ? value.map((item: unknown, index) => (String(index) === key ? changed : item))
      : { ...value, [key]: changed }
  }

  it('is a bad reply or within the contract, whatever was put in its place', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(100_000), fc.jsonValue(), async (path, part) => {
        const outcome = await clientFor(tampered(REPLY, path, part))('a.test', 443, STILL_WANTED)
        expect(outcome.ok ? isSound(outcome.value) : outcome.failure.kind === 'bad-reply').toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a problem', () => {
  it.each(Object.entries(LIVE_CHAIN_PROBLEMS))('of the kind %s keeps it', async (kind, { status, title }) => {
    const problem = { type: `urn:pinsmith:live-chain:${kind}`, title, status, kind }
    expect(await failureOf(problem, { status })).toEqual({ kind })
  })

  it('keeps its facts', async () => {
    const facts = { kind: 'busy', alert: 'handshake failure', retryAfterSeconds: 2, allowedPorts: [443] }
    expect(await failureOf({ ...facts, title: 'x', status: 503 }, { status: 503 })).toEqual(facts)
  })

  it.each<readonly [string, unknown, ResponseInit, string]>([
    ['404 without a kind', { type: 'about:blank', status: 404 }, { status: 404 }, 'endpoint-missing'],
    ['404 in HTML', '<h1>Not found</h1>', { status: 404 }, 'endpoint-missing'],
    ['405', '', { status: 405 }, 'endpoint-missing'],
    [
      'the page in place of an answer',
      '<!doctype html>',
      { headers: { 'content-type': 'text/html' } },
      'endpoint-missing',
    ],
    ['403 without a kind', { type: 'about:blank', status: 403 }, { status: 403 }, 'caller-refused'],
    ['421', { type: 'about:blank', status: 421 }, { status: 421 }, 'caller-refused'],
    ['500', 'oops', { status: 500 }, 'bad-reply'],
    ['an unknown kind', { kind: 'tired' }, { status: 503 }, 'bad-reply'],
    ['facts of a wrong type', { kind: 'busy', retryAfterSeconds: 'soon' }, { status: 503 }, 'bad-reply'],
  ])('%s', async (_what, body, init, kind) => {
    expect(await failureOf(body, init)).toEqual({ kind })
  })
})

describe('a body', () => {
  it('without end is not read to its end', async () => {
    let wasCancelled = false
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(0x20)),
      cancel: () => {
        wasCancelled = true
      },
    })
    const fetchLiveChain = createLiveChainClient({ fetch: () => Promise.resolve(new Response(body)) })
    expect(await fetchLiveChain('a.test', 443, STILL_WANTED)).toMatchObject({ failure: { kind: 'bad-reply' } })
    expect(wasCancelled).toBe(true)
  })

  it('that breaks off is no answer', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new TypeError('network error')) })
    const fetchLiveChain = createLiveChainClient({ fetch: () => Promise.resolve(new Response(body)) })
    expect(await fetchLiveChain('a.test', 443, STILL_WANTED)).toMatchObject({
      failure: { kind: 'endpoint-unreachable' },
    })
  })

  it('may be missing', async () => {
    const fetchLiveChain = createLiveChainClient({ fetch: () => Promise.resolve(new Response(null)) })
    expect(await fetchLiveChain('a.test', 443, STILL_WANTED)).toMatchObject({ failure: { kind: 'bad-reply' } })
  })
})

const fetchUntilAborted = (_url: string, { signal }: RequestInit) =>
  new Promise<Response>((_resolve, reject) => {
    const stop = () => reject(new DOMException('stopped', 'AbortError'))
    if (signal?.aborted === true) stop()
    signal?.addEventListener('abort', stop)
  })

describe('no answer', () => {
  it('means that the endpoint is unreachable', async () => {
    const fetchLiveChain = createLiveChainClient({ fetch: () => Promise.reject(new TypeError('Failed to fetch')) })
    expect(await fetchLiveChain('a.test', 443, STILL_WANTED)).toMatchObject({
      failure: { kind: 'endpoint-unreachable' },
    })
  })

  it('is waited for until the deadline', async () => {
    const fetchLiveChain = createLiveChainClient({ fetch: fetchUntilAborted, deadlineMilliseconds: 20 })
    expect(await fetchLiveChain('a.test', 443, STILL_WANTED)).toMatchObject({
      failure: { kind: 'endpoint-unreachable' },
    })
  })

  it('is cancelled by the caller, even before the start', async () => {
    const fetchLiveChain = createLiveChainClient({ fetch: fetchUntilAborted })
    const caller = new AbortController()
    const asked = fetchLiveChain('a.test', 443, caller.signal)
    caller.abort()
    expect(await asked).toEqual({ ok: false, failure: { kind: 'cancelled' } })
    expect(await fetchLiveChain('a.test', 443, caller.signal)).toEqual({ ok: false, failure: { kind: 'cancelled' } })
  })
})

const clientOf = (port: number, allowPrivate: boolean, url = 'http://localhost:4173') => {
  const configuration = { ...requireConfiguration({}), allowPrivate, dialPorts: [port] }
  const app = createApp({ configuration, resolve: () => Promise.resolve([{ address: '127.0.0.1' }]) })
  return createLiveChainClient({ fetch: async (...request) => app.request(...request), baseUrl: url })
}

describe('against the real endpoint', () => {
  let chain: Awaited<ReturnType<typeof issueChain>>
  beforeAll(async () => {
    chain = await issueChain()
  })

  it('fetches the chain as the server sent it', async () => {
    const { port } = await serveTls([chain.leaf, chain.intermediate])
    const outcome = await clientOf(port, true)('localhost', port, STILL_WANTED)
    const ders = [chain.leaf, chain.intermediate].map(({ base64 }) => new Uint8Array(Buffer.from(base64, 'base64')))
    expect(outcome).toMatchObject({ ok: true, value: { host: 'localhost', port, chains: [ders] } })
  })

  it('learns why there is none', async () => {
    const { port } = await serveTls([chain.leaf])
    const failure = async (...question: readonly [string, number]) => {
      const outcome = await clientOf(port, false)(...question, STILL_WANTED)
      return outcome.ok ? null : outcome.failure
    }
    expect(await failure('localhost', port)).toEqual({ kind: 'private-address' })
    expect(await failure('localhost', 22)).toEqual({ kind: 'port-not-allowed', allowedPorts: [port] })
    expect(await failure('a b', port)).toEqual({ kind: 'bad-host' })
  })

  it('learns that the endpoint does not answer this page', async () => {
    const outcome = await clientOf(443, false, 'http://evil.example')('localhost', 443, STILL_WANTED)
    expect(outcome).toEqual({ ok: false, failure: { kind: 'caller-refused' } })
  })
})
