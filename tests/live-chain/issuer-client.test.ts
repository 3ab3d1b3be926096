import { describe, expect, it } from 'vitest'
import { createApp } from '../../api/_lib/app.ts'
import { requireConfiguration } from '../../api/_lib/configuration.ts'
import { createIssuerClient } from '../../src/live-chain/issuer-client.ts'
import { ISSUER_PROBLEMS } from '../../src/live-chain/contract.ts'
import { issueChain } from '../api/support/certificates.ts'
import { serveHttp } from '../api/support/servers.ts'

const STILL_WANTED = new AbortController().signal
const URL_OF_ISSUER = 'http://ca.test/issuer.crt'

/** What a client makes of an endpoint that gives this one answer. */
async function outcomeOf(body: unknown, init: ResponseInit = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const fetchIssuer = createIssuerClient({ fetch: () => Promise.resolve(new Response(text, init)) })
  return fetchIssuer(URL_OF_ISSUER, STILL_WANTED)
}
const failureOf = async (body: unknown, init: ResponseInit = {}) => {
  const outcome = await outcomeOf(body, init)
  return outcome.ok ? null : outcome.failure
}

describe('a file', () => {
  it('becomes DER bytes, and nothing else', async () => {
    const reply = { certificates: ['AQID', 'BAU='], ageSeconds: 5, extra: 1 }
    expect(await outcomeOf(reply)).toEqual({
      ok: true,
      value: { certificates: [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5)], ageSeconds: 5 },
    })
  })

  it.each<readonly [string, unknown]>([
    ['no JSON', '{'],
    ['null', null],
    ['no certificate', { certificates: [] }],
    ['certificates that are no list', { certificates: 'AQID' }],
    ['a certificate that is not base64', { certificates: ['A*ID'] }],
    ['too many certificates', { certificates: Array(33).fill('AQID') }],
    ['an age that is no number', { certificates: ['AQID'], ageSeconds: '5' }],
  ])('with %s is a bad reply', async (_what, body) => {
    expect(await failureOf(body)).toEqual({ kind: 'bad-reply' })
  })
})

describe('a problem', () => {
  it.each(Object.entries(ISSUER_PROBLEMS))('of the kind %s keeps it', async (kind, { status, title }) => {
    expect(await failureOf({ type: `urn:pinsmith:issuer:${kind}`, title, status, kind }, { status })).toEqual({ kind })
  })

  it('keeps its facts', async () => {
    const facts = { kind: 'busy', retryAfterSeconds: 2, allowedPorts: [80] }
    expect(await failureOf({ ...facts, title: 'x' }, { status: 503 })).toEqual(facts)
  })

  it.each<readonly [string, unknown, ResponseInit, string]>([
    ['404 without a kind', {}, { status: 404 }, 'endpoint-missing'],
    ['the page', '<!doctype html>', { headers: { 'content-type': 'text/html' } }, 'endpoint-missing'],
    ['403 without a kind', {}, { status: 403 }, 'caller-refused'],
    ['a kind of the other endpoint', { kind: 'not-tls' }, { status: 502 }, 'bad-reply'],
    ['facts of a wrong type', { kind: 'busy', allowedPorts: [-1] }, { status: 503 }, 'bad-reply'],
  ])('%s', async (_what, body, init, kind) => {
    expect(await failureOf(body, init)).toEqual({ kind })
  })
})

it('is cancelled by the caller', async () => {
  const caller = new AbortController()
  const fetchIssuer = createIssuerClient({
    fetch: (_url, { signal }) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new Error('stopped')))),
  })
  const asked = fetchIssuer(URL_OF_ISSUER, caller.signal)
  caller.abort()
  expect(await asked).toEqual({ ok: false, failure: { kind: 'cancelled' } })
})

it('gets an issuer from the real endpoint, and learns why there is none', async () => {
  const { intermediate } = await issueChain()
  const { port } = await serveHttp((_request, response) => response.end(Buffer.from(intermediate.base64, 'base64')))
  const configuration = { ...requireConfiguration({}), allowPrivate: true, issuerPorts: [port] }
  const app = createApp({ configuration, resolve: () => Promise.resolve([{ address: '127.0.0.1' }]) })
  const fetchIssuer = createIssuerClient({
    fetch: async (...request) => app.request(...request),
    baseUrl: 'http://localhost:4173',
  })
  expect(await fetchIssuer(`http://ca.test:${port}/issuer?a=1&b=2`, STILL_WANTED)).toEqual({
    ok: true,
    value: { certificates: [new Uint8Array(Buffer.from(intermediate.base64, 'base64'))] },
  })
  expect(await fetchIssuer('ldap://ca.test/', STILL_WANTED)).toEqual({ ok: false, failure: { kind: 'bad-url' } })
  expect(await fetchIssuer('http://ca.test:81/', STILL_WANTED)).toEqual({
    ok: false,
    failure: { kind: 'port-not-allowed', allowedPorts: [port] },
  })
})
