import { describe, expect, it, vi } from 'vitest'
import { createAppStore } from '../../src/app/store.ts'
import { failed, ok, type Result } from '../../src/core/result.ts'
import type { LiveChain, LiveChainClientFailure } from '../../src/live-chain/client.ts'
import { createInProcessEngine } from '../support/in-process-engine.ts'
import { issueChain } from '../support/issue-chain.ts'

const PAUSE_SECONDS = 0.03

/** An endpoint that answers so many times and then asks for a pause, as often as it is asked too early. */
async function limitedEndpoint(atOnce: number) {
  const { leaf } = await issueChain('paced.example')
  let left = atOnce
  let refillsAt = 0
  const asked = { answered: 0, turnedAway: 0 }
  const fetchLiveChain = (host: string, port: number): Promise<Result<LiveChain, LiveChainClientFailure>> => {
    if (left === 0 && performance.now() >= refillsAt) left = 1
    if (left === 0) {
      asked.turnedAway += 1
      return Promise.resolve(failed({ kind: 'rate-limited', retryAfterSeconds: PAUSE_SECONDS }))
    }
    left -= 1
    refillsAt = performance.now() + PAUSE_SECONDS * 1000
    asked.answered += 1
    return Promise.resolve(ok({ host, port, chains: [[leaf.der.slice()]], addresses: [] }))
  }
  return { fetchLiveChain, asked }
}

function setUp(fetchLiveChain: Awaited<ReturnType<typeof limitedEndpoint>>['fetchLiveChain']) {
  const store = createAppStore({
    engine: createInProcessEngine(),
    fetchLiveChain,
    fetchIssuer: () => Promise.resolve(failed({ kind: 'endpoint-missing' })),
    lookUpSuffix: (host) => Promise.resolve({ registrableDomain: host, isPublicSuffix: false }),
    now: () => performance.now(),
  })
  return { store, app: () => store.getState() }
}

const hosts = (count: number) => Array.from({ length: count }, (_, index) => `h${index}.paced.example`)

describe('an endpoint that limits how often it is asked', () => {
  it('is asked again after its pause, until every row has its chain', async () => {
    const { fetchLiveChain, asked } = await limitedEndpoint(5)
    const { store, app } = setUp(fetchLiveChain)
    const pauses: boolean[] = []
    store.subscribe(({ generation }) => generation && pauses.push(generation.isPaused))
    app().addHosts(hosts(12))
    expect(await app().generate()).toBe(true)
    expect(app().rows.map(({ sources }) => sources.map(({ state }) => state.status))).toEqual(
      Array.from({ length: 12 }, () => ['read']),
    )
    expect(asked.answered).toBe(12)
    expect(asked.turnedAway).toBeGreaterThan(0)
    // It is left alone while it wants to be: no more than one try for each of the four at a time.
    expect(asked.turnedAway).toBeLessThanOrEqual(4 * 8)
    expect(pauses).toContain(true)
  })

  it('is asked again after a minute, however long it says', async () => {
    vi.useFakeTimers()
    let asked = 0
    const fetchLiveChain = () => {
      asked += 1
      return Promise.resolve(failed({ kind: 'rate-limited', retryAfterSeconds: Number.MAX_SAFE_INTEGER } as const))
    }
    const { app } = setUp(fetchLiveChain)
    app().addHosts(hosts(1))
    const generating = app().generate()
    await vi.advanceTimersByTimeAsync(59_000)
    expect(asked).toBe(1)
    await vi.advanceTimersByTimeAsync(2000)
    expect(asked).toBe(2)
    app().cancelGenerate()
    expect(await generating).toBe(false)
    vi.useRealTimers()
  })

  it('is left alone at once when that is cancelled', async () => {
    const { fetchLiveChain, asked } = await limitedEndpoint(0)
    const { app } = setUp(fetchLiveChain)
    app().addHosts(hosts(3))
    const generating = app().generate()
    await expect.poll(() => asked.turnedAway).toBeGreaterThan(0)
    app().cancelGenerate()
    expect(await generating).toBe(false)
    const before = asked.turnedAway
    await new Promise((resolve) => setTimeout(resolve, PAUSE_SECONDS * 3000))
    expect(asked.turnedAway).toBe(before)
  })
})
