import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEngine, type EngineWorker } from '../../src/engine/client.ts'
import type { EngineFailure } from '../../src/engine/inspection.ts'
import type { EngineReply, EngineRequest } from '../../src/engine/protocol.ts'

const EMPTY: EngineFailure = { kind: 'empty-input' }
const bytes = (...values: readonly number[]) => Uint8Array.of(...values)

/** Takes requests and answers when the test says so; messages are cloned as a browser clones them. */
class FakeWorker extends EventTarget {
  readonly requests: EngineRequest[] = []
  terminated = false

  postMessage(request: EngineRequest, transfer: Transferable[]): void {
    this.requests.push(structuredClone(request, { transfer }))
  }

  terminate(): void {
    this.terminated = true
  }

  answer(failure: EngineFailure = EMPTY): void {
    const request = this.requests.at(-1)
    if (!request) throw new Error('Nothing was asked')
    const reply: EngineReply = { id: request.id, job: request.job, result: { ok: false, failure } }
    this.dispatchEvent(new MessageEvent('message', { data: reply }))
  }
}

const workers: FakeWorker[] = []

function createWorker(): EngineWorker {
  const created = new FakeWorker()
  workers.push(created)
  return created as unknown as EngineWorker
}

const setUp = (deadlineSeconds = 10) => createEngine({ createWorker, deadlineSeconds })

function worker(index = 0): FakeWorker {
  const found = workers[index]
  if (!found) throw new Error(`Worker ${index} was not created`)
  return found
}

beforeEach(() => {
  workers.length = 0
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('the worker', () => {
  it('is created with the first job, and once', async () => {
    const engine = setUp()
    expect(workers).toHaveLength(0)
    const first = engine.inspect(bytes(1))
    worker().answer()
    await first
    const second = engine.inspect(bytes(2))
    worker().answer()
    await second
    expect(workers).toHaveLength(1)
  })

  it('gets the bytes handed over', () => {
    const given = bytes(1, 2, 3)
    void setUp().inspect(given)
    expect(given).toHaveLength(0)
    expect(worker().requests).toMatchObject([{ job: 'inspect', bytes: bytes(1, 2, 3) }])
  })

  it('gets copies of the certificates that the row keeps', () => {
    const certificate = bytes(1, 2, 3)
    void setUp().buildChains([certificate], 42)
    expect(certificate).toEqual(bytes(1, 2, 3))
    expect(worker().requests).toMatchObject([{ job: 'build-chains', certificates: [bytes(1, 2, 3)], now: 42 }])
  })
})

describe('the queue', () => {
  it('gives the worker one job at a time, in order', async () => {
    const engine = setUp()
    const first = engine.inspect(bytes(1))
    const second = engine.buildChains([bytes(2)], 0)
    expect(worker().requests.map(({ job }) => job)).toEqual(['inspect'])
    worker().answer()
    expect(await first).toEqual({ ok: false, failure: EMPTY })
    expect(worker().requests.map(({ job }) => job)).toEqual(['inspect', 'build-chains'])
    worker().answer({ kind: 'engine-crashed' })
    expect(await second).toEqual({ ok: false, failure: { kind: 'engine-crashed' } })
  })

  it('ignores answers to other jobs', async () => {
    const engine = setUp()
    const settled = vi.fn<() => void>()
    const job = engine.inspect(bytes(1)).then(settled)
    const stray: EngineReply = { id: 99, job: 'inspect', result: { ok: false, failure: EMPTY } }
    worker().dispatchEvent(new MessageEvent('message', { data: stray }))
    await vi.advanceTimersByTimeAsync(0)
    expect(settled).not.toHaveBeenCalled()
    worker().answer()
    await job
    expect(settled).toHaveBeenCalledTimes(1)
  })
})

describe('cancelling', () => {
  const CANCELLED = { ok: false, failure: { kind: 'cancelled' } }

  it('before the job is given does nothing else', async () => {
    expect(await setUp().inspect(bytes(1), {}, AbortSignal.abort())).toEqual(CANCELLED)
    expect(workers).toHaveLength(0)
  })

  it('a job in the queue leaves the running one alone', async () => {
    const engine = setUp()
    const controller = new AbortController()
    const running = engine.inspect(bytes(1))
    const waiting = engine.inspect(bytes(2), {}, controller.signal)
    const last = engine.inspect(bytes(3))
    controller.abort()
    expect(await waiting).toEqual(CANCELLED)
    worker().answer()
    worker().answer()
    await Promise.all([running, last])
    expect(worker().requests).toMatchObject([{ bytes: bytes(1) }, { bytes: bytes(3) }])
    expect(worker().terminated).toBe(false)
  })

  it('the running job terminates the worker, and the next job gets another', async () => {
    const engine = setUp()
    const controller = new AbortController()
    const running = engine.inspect(bytes(1), {}, controller.signal)
    const next = engine.inspect(bytes(2))
    controller.abort()
    expect(await running).toEqual(CANCELLED)
    expect(worker(0).terminated).toBe(true)
    worker(1).answer()
    expect(await next).toEqual({ ok: false, failure: EMPTY })
    expect(worker(1).terminated).toBe(false)
  })

  it('a finished job does nothing', async () => {
    const engine = setUp()
    const controller = new AbortController()
    const first = engine.inspect(bytes(1), {}, controller.signal)
    worker().answer()
    await first
    const second = engine.inspect(bytes(2))
    controller.abort()
    worker().answer()
    expect(await second).toEqual({ ok: false, failure: EMPTY })
    expect(worker().terminated).toBe(false)
  })
})

describe('the deadline', () => {
  it('terminates the worker of a job that takes too long', async () => {
    const engine = setUp(3)
    const slow = engine.inspect(bytes(1))
    const next = engine.inspect(bytes(2))
    await vi.advanceTimersByTimeAsync(3000)
    expect(await slow).toEqual({ ok: false, failure: { kind: 'deadline', seconds: 3 } })
    expect(worker(0).terminated).toBe(true)
    worker(1).answer()
    expect(await next).toEqual({ ok: false, failure: EMPTY })
  })

  it('is ten seconds, from when the job runs', async () => {
    const engine = createEngine({ createWorker })
    const first = engine.inspect(bytes(1))
    const second = engine.inspect(bytes(2))
    await vi.advanceTimersByTimeAsync(9000)
    worker().answer()
    await first
    await vi.advanceTimersByTimeAsync(9000)
    worker().answer()
    expect(await second).toEqual({ ok: false, failure: EMPTY })
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('a crash', () => {
  const CRASHED = { ok: false, failure: { kind: 'engine-crashed' } }

  it.for(['error', 'messageerror'])('of kind %s fails the job, and the next gets another worker', async (kind) => {
    const engine = setUp()
    const first = engine.inspect(bytes(1))
    const next = engine.inspect(bytes(2))
    worker(0).dispatchEvent(new Event(kind))
    expect(await first).toEqual(CRASHED)
    expect(worker(0).terminated).toBe(true)
    worker(1).answer()
    expect(await next).toEqual({ ok: false, failure: EMPTY })
  })

  it('of a worker that is no longer used changes nothing', async () => {
    const engine = setUp(1)
    const slow = engine.inspect(bytes(1))
    await vi.advanceTimersByTimeAsync(1000)
    await slow
    const next = engine.inspect(bytes(2))
    worker(0).dispatchEvent(new Event('error'))
    worker(0).answer({ kind: 'engine-crashed' })
    worker(1).answer()
    expect(await next).toEqual({ ok: false, failure: EMPTY })
  })

  it('at the start is a failure, not an exception', async () => {
    const engine = createEngine({
      createWorker: () => {
        throw new Error('no workers here')
      },
    })
    expect(await engine.inspect(bytes(1))).toEqual(CRASHED)
    expect(await engine.buildChains([], 0)).toEqual(CRASHED)
  })
})
