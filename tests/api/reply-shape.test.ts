import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isChainOutcome, isIssuerOutcome } from '../../api/_lib/reply-shape.ts'
import { failed, ok } from '../../api/_lib/result.ts'
import { createLiveChainClient } from '../../src/live-chain/client.ts'
import { LIVE_CHAIN_PROBLEMS } from '../../src/live-chain/contract.ts'
import type { IssuerReply, LiveChainReply } from '../../src/live-chain/contract.ts'
import { createIssuerClient } from '../../src/live-chain/issuer-client.ts'

const DER = Buffer.from('3003020101', 'hex').toString('base64')
const OTHER_DER = Buffer.from('3003020102', 'hex').toString('base64')

const REPLY: LiveChainReply = {
  host: 'a.test',
  port: 443,
  addresses: [
    {
      address: '2001:db8::1',
      handshakes: [
        {
          offers: ['any', 'ecdsa'],
          chain: 0,
          tlsVersion: 'TLSv1.3',
          alpn: 'h2',
          clientCertificateRequested: false,
          milliseconds: 12,
        },
        {
          offers: ['rsa'],
          chain: 1,
          tlsVersion: 'TLSv1',
          alpn: null,
          clientCertificateRequested: true,
          milliseconds: 0,
        },
      ],
      declined: [],
      failures: [],
    },
    {
      address: '192.0.2.1',
      handshakes: [],
      declined: [{ offer: 'rsa', alert: 'handshake failure' }, { offer: 'ecdsa' }],
      failures: [{ offer: 'any', kind: 'busy', retryAfterSeconds: 2 }],
    },
  ],
  addressesLeftOut: 3,
  chains: [{ certificates: [DER, OTHER_DER] }, { certificates: [DER] }],
}
const ISSUER_REPLY: IssuerReply = { certificates: [DER, OTHER_DER] }

/** Every part of a value, each as its path. */
function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([name, part]) => pathsOf(part, [...path, name]))]
}

function replaced(value: unknown, [name, ...rest]: readonly string[], by: unknown): unknown {
  if (name === undefined) return by
  if (Array.isArray(value))
    return value.map((part: unknown, index) => (String(index) === name ? replaced(part, rest, by) : part))
  const parts = value as Readonly<Record<string, unknown>>
  return { ...parts, [name]: replaced(parts[name], rest, by) }
}

const parts = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    'any',
    'rsa',
    'ecdsa',
    DER,
    'TLSv1.2',
    'h2',
    0,
    1,
    -1,
    1.5,
    [],
    {},
    null,
    true,
    [DER],
    ['any'],
  ),
)

const answering = (body: unknown) => ({ fetch: () => Promise.resolve(Response.json(body)) })
const STILL_WANTED = new AbortController().signal
const fetchChain = (body: unknown) => createLiveChainClient(answering(body))('a.test', 443, STILL_WANTED)
const fetchIssuer = (body: unknown) => createIssuerClient(answering(body))('http://ca.test/i.cer', STILL_WANTED)

describe('what fetching chains can have come to', () => {
  it('is a reply or a failure of the contract', () => {
    expect(isChainOutcome(ok(REPLY), 'a.test:443')).toBe(true)
    for (const kind of Object.keys(LIVE_CHAIN_PROBLEMS)) {
      expect(isChainOutcome(failed({ kind }), 'a.test:443')).toBe(true)
    }
    expect(isChainOutcome(failed({ kind: 'handshake-failed', alert: 'handshake failure' }), 'a.test:443')).toBe(true)
  })

  it.each<readonly [string, unknown]>([
    ['nothing', null],
    ['neither', { ok: true }],
    ['both', { ...ok(REPLY), failure: { kind: 'busy' } }],
    ['a failure with a property more', failed({ kind: 'refused', address: '10.0.0.1' })],
    ['an inherited name as kind', failed({ kind: 'toString' })],
    ['a reply with an age, which is told by when it ends', ok({ ...REPLY, ageSeconds: 1 })],
    ['a chain that no handshake showed', ok({ ...REPLY, chains: [...REPLY.chains, { certificates: [DER] }] })],
    ['an offer with two outcomes', replaced(ok(REPLY), ['value', 'addresses', '0', 'declined'], [{ offer: 'rsa' }])],
    ['no address', ok({ ...REPLY, addresses: [] })],
    ['33 certificates', replaced(ok(REPLY), ['value', 'chains', '0', 'certificates'], Array(33).fill(DER))],
  ])('is not %s', (_what, value) => {
    expect(isChainOutcome(value, 'a.test:443')).toBe(false)
  })

  it('is taken by the page, whichever part of it is another', async () => {
    let accepted = 0
    const property = fc.asyncProperty(fc.constantFrom(...pathsOf(REPLY)), parts, async (path, part) => {
      const reply = replaced(REPLY, path, part)
      if (!isChainOutcome(ok(reply), 'a.test:443')) return
      accepted += 1
      expect(await fetchChain(reply)).toMatchObject({ ok: true })
    })
    await fc.assert(property, { numRuns: 5000 })
    expect(accepted).toBeGreaterThan(100)
  })
})

describe('what fetching the file of an issuer can have come to', () => {
  it('is a reply or a failure of the contract', () => {
    expect(isIssuerOutcome(ok(ISSUER_REPLY))).toBe(true)
    expect(isIssuerOutcome(failed({ kind: 'not-a-certificate-file' }))).toBe(true)
    expect(isIssuerOutcome(failed({ kind: 'not-tls' }))).toBe(false)
    expect(isIssuerOutcome(ok({ certificates: [] }))).toBe(false)
    expect(isIssuerOutcome(ok(REPLY))).toBe(false)
  })

  it('is taken by the page, whichever part of it is another', async () => {
    let accepted = 0
    const property = fc.asyncProperty(fc.constantFrom(...pathsOf(ISSUER_REPLY)), parts, async (path, part) => {
      const reply = replaced(ISSUER_REPLY, path, part)
      if (!isIssuerOutcome(ok(reply))) return
      accepted += 1
      expect(await fetchIssuer(reply)).toMatchObject({ ok: true })
    })
    await fc.assert(property, { numRuns: 2000 })
    expect(accepted).toBeGreaterThan(20)
  })
})
