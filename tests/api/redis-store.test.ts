import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../api/_lib/app.ts'
import type { Configuration } from '../../api/_lib/configuration.ts'
import { requireConfiguration } from '../../api/_lib/configuration.ts'
import { createRateLimiter } from '../../api/_lib/rate-limiter.ts'
import { connectToRedis } from '../../api/_lib/redis.ts'
import type { Redis, RedisClient } from '../../api/_lib/redis.ts'
import { createRedisStore } from '../../api/_lib/redis-store.ts'
import { ok } from '../../api/_lib/result.ts'
import {
  chainRequest,
  issuerReplyOf,
  issuerRequest,
  loopbackEndpoint,
  loopbackIssuerEndpoint,
  problemOf,
  replyOf,
  resolveTo,
} from './support/ask.ts'
import { issueChain } from './support/certificates.ts'
import type { Issued } from './support/certificates.ts'
import { eventually, hasRedis, startRedis } from './support/redis.ts'
import { serveHttp, serveTcp, serveTls } from './support/servers.ts'

let leaf: Issued
let intermediate: Issued
beforeAll(async () => {
  ;({ leaf, intermediate } = await issueChain())
})

const connections: Redis[] = []
let server: Awaited<ReturnType<typeof startRedis>>

/** A connection as each instance has its own. */
async function connected(): Promise<Redis> {
  const redis = connectToRedis(server.url)
  connections.push(redis)
  await eventually(() => redis.connected() !== null, true)
  return redis
}

async function chainInstance(port: number, configuration: Partial<Configuration> = {}) {
  return loopbackEndpoint(port, { redis: await connected() }, configuration)
}
/** The one key that there is, and a client to look at it. */
async function onlyKey(): Promise<{ readonly client: RedisClient; readonly key: string }> {
  const client = await (await connected()).client
  if (client === null) throw new Error('closed')
  await expect.poll(() => client.keys('*'), { interval: 10 }).toHaveLength(1)
  const [key = ''] = await client.keys('*')
  return { client, key }
}
const ask = async (endpoint: (request: Request) => Promise<Response>, port: number, host = 'a.test') =>
  replyOf(await endpoint(chainRequest({ host, port })))

describe.skipIf(!hasRedis)('instances with one Redis', () => {
  beforeEach(async () => {
    server = await startRedis()
  })
  afterEach(async () => {
    for (const connection of connections.splice(0)) connection.close()
    await server.stop()
  })

  it('dial a host once, and show the same', async () => {
    const { port, accepted } = await serveTls([leaf, intermediate])
    const shown = await ask(await chainInstance(port), port)
    const dialled = accepted()
    const { key, client } = await onlyKey()
    expect(key).toMatch(/^pinsmith:chain:[\w-]{16}:a\.test:\d+$/)
    expect(await client.pTTL(key)).toBeGreaterThan(110_000)
    expect(await client.pTTL(key)).toBeLessThanOrEqual(120_000)

    await client.pExpire(key, 80_500)
    const other = await chainInstance(port)
    const { ageSeconds = 0, ...kept } = await ask(other, port)
    expect(kept).toEqual(shown)
    expect(ageSeconds).toBeGreaterThanOrEqual(39)
    await client.del(key)
    expect((await ask(other, port)).ageSeconds).toBeGreaterThanOrEqual(ageSeconds)
    expect(accepted()).toBe(dialled)
  })

  it('share a failure for five seconds', async () => {
    const { port, accepted } = await serveTcp((socket) => socket.end('220 mail ESMTP\r\n'))
    const first = await chainInstance(port)
    expect(await problemOf(await first(chainRequest({ host: 'a.test', port })))).toMatchObject({ kind: 'not-tls' })
    const dialled = accepted()
    const { key, client } = await onlyKey()
    expect(await client.pTTL(key)).toBeLessThanOrEqual(5000)
    const second = await chainInstance(port)
    expect(await problemOf(await second(chainRequest({ host: 'a.test', port })))).toMatchObject({ kind: 'not-tls' })
    expect(accepted()).toBe(dialled)
  })

  it('share the file of an issuer', async () => {
    const { port, accepted } = await serveHttp((_, response) =>
      response.end(Buffer.from(intermediate.base64, 'base64')),
    )
    const request = () => issuerRequest(`http://ca.test:${port}/i.cer`)
    const first = loopbackIssuerEndpoint(port, { redis: await connected() })
    await issuerReplyOf(await first(request()))
    const { client, key } = await onlyKey()
    expect(key).toMatch(/^pinsmith:issuer:[\w-]{16}:http:\/\/ca\.test:\d+\/i\.cer$/)
    expect(await client.pTTL(key)).toBeGreaterThan(590_000)
    const second = loopbackIssuerEndpoint(port, { redis: await connected() })
    expect((await issuerReplyOf(await second(request()))).certificates).toEqual([intermediate.base64])
    expect(accepted()).toBe(1)
  })

  it('show nothing that their own settings would not let them fetch', async () => {
    const { port, accepted } = await serveTls([leaf, intermediate])
    await ask(await chainInstance(port), port)
    const dialled = accepted()
    await onlyKey()
    const strict = await chainInstance(port, { allowPrivate: false })
    expect((await strict(chainRequest({ host: 'a.test', port }))).status).toBe(403)
    await ask(await chainInstance(port, { privateRanges: ['127.0.0.0/8'] }), port)
    expect(accepted()).toBe(2 * dialled)
  })

  type Reply = Awaited<ReturnType<typeof ask>>
  const spoilt: readonly (readonly [string, (reply: Reply) => string])[] = [
    ['is no JSON', () => '{"ok":true,'],
    ['is other JSON', () => '[]'],
    ['is of another host', (reply) => JSON.stringify(ok({ ...reply, host: 'b.test' }))],
    ['is of another port', (reply) => JSON.stringify(ok({ ...reply, port: 443 }))],
    ['has a property more', (reply) => JSON.stringify(ok({ ...reply, verified: true }))],
    ['lacks one', (reply) => JSON.stringify(ok({ ...reply, addresses: undefined }))],
    [
      'has a chain that nobody was shown',
      (reply) => JSON.stringify(ok({ ...reply, chains: [...reply.chains, ...reply.chains] })),
    ],
    ['holds what is no base64', (reply) => JSON.stringify(ok({ ...reply, chains: [{ certificates: ['<b>'] }] }))],
    ['is longer than what instances leave there', (reply) => `${JSON.stringify(ok(reply))}${' '.repeat(64 * 1024)}`],
  ]
  it.each(spoilt)('fetch themselves when the value %s', async (_what, spoil) => {
    const { port, accepted } = await serveTls([leaf, intermediate])
    const shown = await ask(await chainInstance(port), port)
    const dialled = accepted()
    const { client, key } = await onlyKey()
    await client.set(key, spoil(shown), { expiration: 'KEEPTTL' })
    expect(await ask(await chainInstance(port), port)).toMatchObject({ host: 'a.test', chains: shown.chains })
    expect(accepted()).toBe(2 * dialled)
  })

  it.each<readonly [string, (client: RedisClient, key: string) => Promise<unknown>]>([
    ['never ends', (client, key) => client.persist(key)],
    ['ends later than any outcome', (client, key) => client.pExpire(key, 121_000)],
    ['is of another type', async (client, key) => [await client.del(key), await client.lPush(key, 'item')]],
  ])('fetch themselves when the value %s', async (_what, spoil) => {
    const { port, accepted } = await serveTls([leaf, intermediate])
    await ask(await chainInstance(port), port)
    const dialled = accepted()
    const { client, key } = await onlyKey()
    await spoil(client, key)
    await ask(await chainInstance(port), port)
    expect(accepted()).toBe(2 * dialled)
  })

  it('answer while Redis hangs, and while it is away', async () => {
    const { port } = await serveTls([leaf, intermediate])
    const [hanging, away] = [await chainInstance(port), await chainInstance(port)]
    server.freeze()
    expect(await ask(hanging, port)).toMatchObject({ host: 'a.test' })
    expect(await ask(hanging, port, 'b.test')).toMatchObject({ host: 'b.test' })
    await server.stop()
    expect(await ask(away, port)).toMatchObject({ host: 'a.test' })
  })

  it('leave nothing there that is larger than 64 KiB', async () => {
    const redis = await connected()
    const store = createRedisStore({
      redis,
      name: 'test',
      configuration: requireConfiguration({}),
      isOutcome: (value): value is string => typeof value === 'string',
    })
    store.write('large', 'x'.repeat(64 * 1024), 1000)
    store.write('small', 'x'.repeat(64 * 1024 - 2), 10_000)
    const { key } = await onlyKey()
    expect(key).toMatch(/:small$/)
    expect((await store.read('small'))?.outcome).toHaveLength(64 * 1024 - 2)
    expect(await store.read('large')).toBeNull()
  })

  it('share what they fetched over the connection that they count over, and without a limit too', async () => {
    const { port, accepted } = await serveTls([leaf, intermediate])
    const instance = async (rate: string) => {
      const configuration = requireConfiguration({
        REDIS_URL: server.url,
        PINSMITH_RATE: rate,
        PINSMITH_ALLOW_PRIVATE: '1',
        PINSMITH_PORTS: String(port),
      })
      const rateLimiter = createRateLimiter(configuration)
      if (rateLimiter.redis !== null) connections.push(rateLimiter.redis)
      await eventually(() => rateLimiter.redis?.connected() === null, false)
      return createApp({ configuration, rateLimiter, resolve: resolveTo('127.0.0.1') })
    }
    const path = `http://localhost:4173/api/chain?host=a.test&port=${port}`
    expect((await (await instance('60')).request(path)).status).toBe(200)
    const dialled = accepted()
    const observer = await (await connected()).client
    await expect.poll(() => observer?.keys('pinsmith:chain:*'), { interval: 10 }).toHaveLength(1)
    expect((await (await instance('off')).request(path)).status).toBe(200)
    expect(accepted()).toBe(dialled)
    // Two instances, and the one that looks on.
    expect(await observer?.sendCommand<string>(['CLIENT', 'LIST', 'TYPE', 'normal'])).toMatch(/^(?:id=.*\n){3}$/)
    for (const key of (await observer?.keys('*')) ?? []) {
      expect(key).toMatch(/^pinsmith:/)
      expect(await observer?.pTTL(key)).toBeGreaterThan(0)
    }
  })
})
