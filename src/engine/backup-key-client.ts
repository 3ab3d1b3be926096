import { failed, type Result } from '../core/result.ts'
import type { BackupKey, BackupKeyFailure, BackupKeyOrder } from './backup-key.ts'
import type { EngineWorker } from './client.ts'
import type { BackupKeyReply, BackupKeyRequest } from './protocol.ts'

/** A key of 4096 bits takes a slow phone half a minute, now and then twice that. */
const DEADLINE_SECONDS = 180

/**
 * The outside of the door for keys. Each is made by a worker of its own, which is terminated when it has answered: what
 * it knew of the private key goes with it. Never rejects.
 *
 * @param signal stops the work, and nothing of the key is left
 */
export function makeBackupKey(
  order: BackupKeyOrder,
  signal: AbortSignal,
  createWorker: () => EngineWorker,
): Promise<Result<BackupKey, BackupKeyFailure>> {
  return new Promise((resolve) => {
    let worker: EngineWorker | null = null
    const finish = (result: Result<BackupKey, BackupKeyFailure>) => {
      clearTimeout(watchdog)
      signal.removeEventListener('abort', cancel)
      worker?.terminate()
      resolve(result)
    }
    const crashed = () => finish(failed({ kind: 'engine-crashed' }))
    const cancel = () => finish(failed({ kind: 'cancelled' }))
    const watchdog = setTimeout(
      () => finish(failed({ kind: 'deadline', seconds: DEADLINE_SECONDS })),
      DEADLINE_SECONDS * 1000,
    )
    if (signal.aborted) {
      cancel()
      return
    }
    signal.addEventListener('abort', cancel)
    try {
      worker = createWorker()
      worker.addEventListener('message', ({ data }: MessageEvent<BackupKeyReply>) => finish(data.result))
      worker.addEventListener('error', crashed)
      worker.addEventListener('messageerror', crashed)
      worker.postMessage({ id: 1, job: 'make-backup-key', order } satisfies BackupKeyRequest, [])
    } catch {
      crashed()
    }
  })
}
