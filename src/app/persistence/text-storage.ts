import { failed, ok, type Result } from '../../core/result.ts'

/** Why the browser did not store something. */
export type StorageFailure = { readonly kind: 'storage-full' | 'storage-forbidden' }

/** A `Storage` that never throws. */
export interface TextStorage {
  /** null when there is nothing, or when reading is forbidden. */
  readonly read: (key: string) => string | null
  readonly write: (key: string, text: string) => Result<void, StorageFailure>
  readonly remove: (key: string) => void
  /** The keys with a prefix; null when reading is forbidden. */
  readonly keys: (prefix: string) => readonly string[] | null
}

/**
 * The browser's own storage. Where storage is forbidden, as in some private modes, asking for the object throws
 * already, so it is asked for at each call.
 */
export function browserStorage(storage: () => Storage): TextStorage {
  function attempt<Value>(use: (storage: Storage) => Value): Value | null {
    try {
      return use(storage())
    } catch {
      return null
    }
  }
  return {
    read: (key) => attempt((it) => it.getItem(key)),
    write: (key, text) => {
      try {
        storage().setItem(key, text)
        return ok(undefined)
      } catch (cause) {
        return failed(storageFailure(cause))
      }
    },
    remove: (key) => attempt((it) => it.removeItem(key)),
    keys: (prefix) => attempt((it) => Object.keys(it).filter((key) => key.startsWith(prefix))),
  }
}

/** What an exception of the browser's storage says. */
export function storageFailure(cause: unknown): StorageFailure {
  const isFull = cause instanceof DOMException && cause.name === 'QuotaExceededError'
  return { kind: isFull ? 'storage-full' : 'storage-forbidden' }
}
