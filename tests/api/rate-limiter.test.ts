import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp } from '../../api/_lib/app.ts'
import { requireConfiguration } from '../../api/_lib/configuration.ts'
import { createRateLimiter } from '../../api/_lib/rate-limiter.ts'
import type { RateLimiter } from '../../api/_lib/rate-limiter.ts'
import { eventually, hasRedis, startRedis } from './support/redis.ts'

const limiters: RateLimiter[] = []
const redises: Awaited<ReturnType<typeof startRedis>>[] = []

afterEach(async () => {
  for (const limiter of limiters.splice(0)) limiter.close()
  await Promise.all(redises.splice(0).map(({ stop }) => stop()))
})

function limiterOf(environment: Readonly<Record<string, string>> = {}): RateLimiter {
  const limiter = createRateLimiter(requireConfiguration(environment))
  limiters.push(limiter)
  return limiter
}

async function redis(port?: number) {
  const started = await startRedis(port)
  redises.push(started)
  return started
}

/** How many of so many requests at once may go on. */
async function admitted(limiter: RateLimiter, requests: number, client = '203.0.113.7'): Promise<number> {
  const outcomes = await Promise.all(Array.from({ length: requests }, () => limiter.admit(client)))
  return outcomes.filter((outcome) => outcome === null).length
}

describe('a limit in memory', () => {
  beforeEach(() => vi.useFakeTimers({ now: 1_700_000_000_000 }))
  afterEach(() => vi.useRealTimers())

  it('lets one client ask once a second, and 20 times more each minute', async () => {
    const limiter = limiterOf()
    expect(limiter.state()).toBe('memory')
    expect(await admitted(limiter, 30)).toBe(21)
    await vi.advanceTimersByTimeAsync(1000)
    expect(await admitted(limiter, 30)).toBe(1)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await admitted(limiter, 30)).toBe(21)
  })

  it('never stops a client that keeps to the rate', async () => {
    const limiter = limiterOf({ PINSMITH_BURST: '0' })
    for (let second = 0; second < 200; second += 1) {
      expect(await limiter.admit('203.0.113.7')).toBeNull()
      await vi.advanceTimersByTimeAsync(1000)
    }
  })

  it('says when to try again, and is right', async () => {
    const limiter = limiterOf({ PINSMITH_RATE: '6', PINSMITH_BURST: '0' })
    expect(await limiter.admit('203.0.113.7')).toBeNull()
    await vi.advanceTimersByTimeAsync(3500)
    const refusal = await limiter.admit('203.0.113.7')
    expect(refusal).toEqual({ kind: 'rate-limited', retryAfterSeconds: 7 })
    await vi.advanceTimersByTimeAsync(7000)
    expect(await limiter.admit('203.0.113.7')).toBeNull()
  })

  it.each([
    ['60', 1],
    ['90', 3],
    ['120', 2],
    ['7', 7],
    ['6000', 100],
  ])('of %s a minute is dealt out evenly, %d at a time', async (rate, together) => {
    expect(await admitted(limiterOf({ PINSMITH_RATE: rate, PINSMITH_BURST: '0' }), 200)).toBe(together)
  })

  it('is one for each client', async () => {
    const limiter = limiterOf({ PINSMITH_BURST: '0' })
    expect(await admitted(limiter, 5, '203.0.113.7')).toBe(1)
    expect(await admitted(limiter, 5, '2001:db8::/64')).toBe(1)
  })

  it('forgets clients', async () => {
    const before = vi.getTimerCount()
    await admitted(limiterOf(), 100)
    expect(vi.getTimerCount()).toBeGreaterThan(before)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(vi.getTimerCount()).toBe(before)
  })
})

it('counts nothing when it is off', async () => {
  const limiter = limiterOf({ PINSMITH_RATE: 'off', REDIS_URL: 'redis://127.0.0.1:1' })
  expect(limiter.state()).toBe('off')
  expect(await admitted(limiter, 1000)).toBe(1000)
})

const shared = (url: string) => ({ REDIS_URL: url, PINSMITH_RATE: '1', PINSMITH_BURST: '4' })

describe.skipIf(!hasRedis)('a limit in Redis', () => {
  it('is one for all instances', async () => {
    const { url } = await redis()
    const instances = [limiterOf(shared(url)), limiterOf(shared(url))]
    for (const instance of instances) await eventually(instance.state, 'redis')
    const counts = await Promise.all(instances.map((instance) => admitted(instance, 10)))
    expect(counts.reduce((sum, count) => sum + count)).toBe(5)
    expect(await instances[1]?.admit('203.0.113.7')).toMatchObject({ kind: 'rate-limited' })
  })

  it('is kept in memory while Redis is away, and in Redis again when it is back', async () => {
    const { url, port, stop } = await redis()
    const limiter = limiterOf(shared(url))
    await eventually(limiter.state, 'redis')
    expect(await admitted(limiter, 10)).toBe(5)
    await stop()
    await eventually(limiter.state, 'redis down, memory instead')
    expect(await admitted(limiter, 10, '203.0.113.8')).toBe(5)
    await redis(port)
    await eventually(limiter.state, 'redis')
    expect(await admitted(limiter, 10, '203.0.113.8')).toBe(5)
  })

  it('is kept in memory when Redis does not answer, at the cost of a moment', async () => {
    const { url, freeze } = await redis()
    const limiter = limiterOf(shared(url))
    await eventually(limiter.state, 'redis')
    freeze()
    const started = performance.now()
    expect(await admitted(limiter, 10)).toBe(5)
    expect(performance.now() - started).toBeLessThan(2000)
    await eventually(limiter.state, 'redis down, memory instead')
  })
})

it('works from the first request on when there is no Redis at its address', async () => {
  const limiter = limiterOf({ REDIS_URL: 'redis://127.0.0.1:1', PINSMITH_BURST: '0' })
  expect(await admitted(limiter, 10)).toBe(1)
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(limiter.state()).toBe('redis down, memory instead')
  expect(await admitted(limiter, 10, '203.0.113.8')).toBe(1)
})

const HERE = 'http://localhost:4173'
const PRIVATE = 403

const limitedApp = (environment: Readonly<Record<string, string>>, peer = '203.0.113.7') =>
  createApp({
    configuration: requireConfiguration({ PINSMITH_RATE: '1', PINSMITH_BURST: '1', ...environment }),
    resolve: () => Promise.resolve([{ address: '127.0.0.1' }]),
    peerOf: () => peer,
  })

const ask = async (from: ReturnType<typeof limitedApp>, headers: Readonly<Record<string, string>> = {}) =>
  (await from.request(`${HERE}/api/chain?host=localhost`, { headers })).status

describe('the app', () => {
  it('answers too many requests with a problem document that says when to try again', async () => {
    const limited = limitedApp({})
    expect([await ask(limited), await ask(limited), await ask(limited)]).toEqual([PRIVATE, PRIVATE, 429])
    const response = await limited.request(`${HERE}/api/chain?host=localhost`)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(response.headers.get('cache-control')).toBe('no-store')
    const seconds = Number(response.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(await response.json()).toEqual({
      type: 'urn:pinsmith:live-chain:rate-limited',
      title: 'Too many requests',
      status: 429,
      kind: 'rate-limited',
      retryAfterSeconds: seconds,
    })
  })

  it('counts both endpoints together, and each refuses in its own words', async () => {
    const limited = limitedApp({})
    expect([await ask(limited), await ask(limited)]).toEqual([PRIVATE, PRIVATE])
    const response = await limited.request(`${HERE}/api/issuer?url=http%3A%2F%2Fca.test%2Fi.cer`)
    expect(response.status).toBe(429)
    expect(await response.json()).toMatchObject({ type: 'urn:pinsmith:issuer:rate-limited', kind: 'rate-limited' })
  })

  it('counts requests that name no host too, but none that another site started', async () => {
    const limited = limitedApp({})
    for (let time = 0; time < 5; time += 1) expect(await ask(limited, { 'sec-fetch-site': 'cross-site' })).toBe(403)
    await limited.request(`${HERE}/api/chain`)
    await limited.request(`${HERE}/api/chain`)
    expect(await ask(limited)).toBe(429)
  })

  it('believes X-Forwarded-For only behind a proxy', async () => {
    const open = limitedApp({})
    const statuses = []
    for (const last of [1, 2, 3]) statuses.push(await ask(open, { 'x-forwarded-for': `198.51.100.${last}` }))
    expect(statuses).toEqual([PRIVATE, PRIVATE, 429])

    const behindProxy = limitedApp({ PINSMITH_TRUST_PROXY: '1' }, '10.0.0.9')
    for (const last of [1, 2, 3]) expect(await ask(behindProxy, { 'x-forwarded-for': `198.51.100.${last}` })).toBe(403)
    expect(await ask(behindProxy, { 'x-forwarded-for': '192.0.2.1, 198.51.100.1' })).toBe(PRIVATE)
    expect(await ask(behindProxy, { 'x-forwarded-for': '192.0.2.2, 198.51.100.1' })).toBe(429)
  })
})
