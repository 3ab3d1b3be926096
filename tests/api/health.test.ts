import { EventEmitter, once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { createApp } from '../../api/_lib/app.ts'
import { requireConfiguration } from '../../api/_lib/configuration.ts'
import { VERSION } from '../../api/_lib/version.ts'
import packageJson from '../../package.json' with { type: 'json' }

const HEALTH = 'http://localhost:4173/api/health'

function appWith(environment: Readonly<Record<string, string>>, options: Parameters<typeof createApp>[0] = {}) {
  return createApp({ configuration: requireConfiguration(environment), ...options })
}

describe('/api/health', () => {
  it('tells status, version, limiter and endpoints under way, and nothing else', async () => {
    const response = await appWith({}).request(HEALTH)
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toEqual({
      status: 'ok',
      version: packageJson.version,
      limiter: 'memory',
      chainsUnderWay: 0,
    })
  })

  it('has the version of the package', () => {
    expect(VERSION).toBe(packageJson.version)
  })

  it('counts the live chains under way', async () => {
    const lookUp = new EventEmitter()
    const resolve = async () => (await once(lookUp, 'answer')) as { readonly address: string }[]
    const app = appWith({}, { resolve })
    const chain = app.request('http://localhost:4173/api/chain?host=slow.example')
    await expect
      .poll(async () => (await app.request(HEALTH)).json(), { interval: 5 })
      .toMatchObject({ chainsUnderWay: 1 })
    lookUp.emit('answer', { address: '127.0.0.1' })
    expect((await chain).status).toBe(403)
    expect(await (await app.request(HEALTH)).json()).toMatchObject({ chainsUnderWay: 0 })
  })

  it('is not limited', async () => {
    const app = appWith({ PINSMITH_RATE: '1', PINSMITH_BURST: '0' })
    for (let time = 0; time < 100; time += 1) expect((await app.request(HEALTH)).status).toBe(200)
  })

  it('says that nothing is limited', async () => {
    expect(await (await appWith({ PINSMITH_RATE: 'off' }).request(HEALTH)).json()).toMatchObject({ limiter: 'off' })
  })

  it('names neither the Redis nor the names of the server', async () => {
    const rateLimiter = {
      admit: () => Promise.resolve(null),
      state: () => 'redis down, memory instead' as const,
      redis: null,
      close: () => {},
    }
    const environment = { REDIS_URL: 'redis://:secret@127.0.0.1:1', PINSMITH_HOSTS: 'pins.internal.example' }
    const text = await (await appWith(environment, { rateLimiter }).request(HEALTH)).text()
    expect(text).toContain('redis down, memory instead')
    for (const hidden of ['secret', '127.0.0.1', 'internal']) expect(text).not.toContain(hidden)
  })
})
