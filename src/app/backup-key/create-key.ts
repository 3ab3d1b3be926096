import { makeBackupKey } from '../../engine/backup-key-client.ts'
import type { BackupKeyFailure, BackupKeyOrder } from '../../engine/backup-key.ts'
import { textOf, type FailureText, type Texts } from '../failure.ts'

/** Whether this page may make keys at all: browsers leave WebCrypto out of pages that came over plain http. */
export function hasWebCrypto(): boolean {
  return (globalThis.crypto as Partial<Crypto> | undefined)?.subtle !== undefined
}

/** Makes a key in a worker that ends with it. */
export function createKey(order: BackupKeyOrder, signal: AbortSignal) {
  return makeBackupKey(
    order,
    signal,
    () => new Worker(new URL('../../engine/worker.ts', import.meta.url), { type: 'module' }),
  )
}

const TEXTS: Texts<BackupKeyFailure> = {
  'no-web-crypto': () => ({
    what: 'This browser makes no keys on this page.',
    next: 'Open Pinsmith over https or at localhost, or make the key with OpenSSL.',
  }),
  deadline: ({ seconds }) => ({
    what: `No key was found within ${seconds} seconds.`,
    next: 'Try again, or take a smaller key or an elliptic curve.',
  }),
  cancelled: () => ({ what: 'No key was made.', next: 'Nothing of it is left.' }),
  'engine-crashed': () => ({
    what: 'The part of Pinsmith that makes keys has stopped.',
    next: 'Try again, or use another browser.',
  }),
}

export function keyFailureText(failure: BackupKeyFailure): FailureText {
  return textOf(TEXTS, failure)
}
