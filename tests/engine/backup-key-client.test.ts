import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { makeBackupKey } from '../../src/engine/backup-key-client.ts'
import type { BackupKey, BackupKeyOrder } from '../../src/engine/backup-key.ts'
import type { EngineWorker } from '../../src/engine/client.ts'
import type { BackupKeyReply, BackupKeyRequest } from '../../src/engine/protocol.ts'
import type { SpkiPin } from '../../src/core/pins/spki-pin.ts'

const ORDER: BackupKeyOrder = { keyType: 'rsa-4096', names: ['api.example.com'], passphrase: 'correct horse' }
const KEY: BackupKey = { encryptedKey: 'key', request: 'request', requestFingerprint: 'ab', pin: 'pin' as SpkiPin }

class FakeWorker extends EventTarget {
  readonly requests: BackupKeyRequest[] = []
  terminated = 0

  postMessage(request: BackupKeyRequest): void {
    this.requests.push(structuredClone(request))
  }

  terminate(): void {
    this.terminated += 1
  }

  answer(result: BackupKeyReply['result']): void {
    this.dispatchEvent(new MessageEvent('message', { data: { id: 1, job: 'make-backup-key', result } }))
  }
}

function setUp() {
  const worker = new FakeWorker()
  const controller = new AbortController()
  const making = makeBackupKey(ORDER, controller.signal, () => worker)
  return { worker, controller, making }
}

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

it('a worker makes one key, and is gone when it has', async () => {
  const { worker, making } = setUp()
  expect(worker.requests).toMatchObject([{ job: 'make-backup-key', order: ORDER }])
  expect(worker.terminated).toBe(0)
  worker.answer({ ok: true, value: KEY })
  expect(await making).toEqual({ ok: true, value: KEY })
  expect(worker.terminated).toBe(1)
  expect(vi.getTimerCount()).toBe(0)
})

it('a failure of the worker is passed on, and the worker is gone as well', async () => {
  const { worker, making } = setUp()
  worker.answer({ ok: false, failure: { kind: 'no-web-crypto' } })
  expect(await making).toEqual({ ok: false, failure: { kind: 'no-web-crypto' } })
  expect(worker.terminated).toBe(1)
})

it('cancelling terminates the worker, and a late answer changes nothing', async () => {
  const { worker, controller, making } = setUp()
  controller.abort()
  worker.answer({ ok: true, value: KEY })
  expect(await making).toEqual({ ok: false, failure: { kind: 'cancelled' } })
  expect(worker.terminated).toBeGreaterThan(0)
  expect(vi.getTimerCount()).toBe(0)
})

it('cancelled before it begins, no worker is made', async () => {
  const createWorker = vi.fn<() => EngineWorker>()
  expect(await makeBackupKey(ORDER, AbortSignal.abort(), createWorker)).toEqual({
    ok: false,
    failure: { kind: 'cancelled' },
  })
  expect(createWorker).not.toHaveBeenCalled()
})

it('a key that takes too long is given up, long after RSA should have found its primes', async () => {
  const { worker, making } = setUp()
  await vi.advanceTimersByTimeAsync(120_000)
  expect(worker.terminated).toBe(0)
  await vi.advanceTimersByTimeAsync(120_000)
  expect(await making).toEqual({ ok: false, failure: { kind: 'deadline', seconds: 180 } })
  expect(worker.terminated).toBe(1)
})

it.for(['error', 'messageerror'])('a worker that stops with %s is a failure', async (kind) => {
  const { worker, making } = setUp()
  worker.dispatchEvent(new Event(kind))
  expect(await making).toEqual({ ok: false, failure: { kind: 'engine-crashed' } })
})

it('a worker that does not start is a failure, not an exception', async () => {
  const making = makeBackupKey(ORDER, new AbortController().signal, () => {
    throw new Error('no workers here')
  })
  expect(await making).toEqual({ ok: false, failure: { kind: 'engine-crashed' } })
})
