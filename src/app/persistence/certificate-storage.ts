import { clear, delMany, getMany, keys, promisifyRequest, setMany, type UseStore } from 'idb-keyval'
import type { CertificateFingerprint } from '../../core/certificate/certificate.ts'

export const DATABASE = 'pinsmith'
const STORE = 'certificates'

/** The bytes of certificates, by fingerprint, as kept between visits. Nothing in it is trusted when it is read. */
export interface CertificateStorage {
  /** Those that are there. Nothing when storage is forbidden. */
  readonly load: (
    fingerprints: readonly CertificateFingerprint[],
  ) => Promise<ReadonlyMap<CertificateFingerprint, Uint8Array>>
  /** false when the browser does not store them. */
  readonly save: (certificates: ReadonlyMap<CertificateFingerprint, Uint8Array>) => Promise<boolean>
  /** Removes all that `isNeeded` denies. */
  readonly prune: (isNeeded: (fingerprint: string) => boolean) => Promise<void>
  /** Removes the whole database; false when the browser does not. */
  readonly destroy: () => Promise<boolean>
}

/** Thousands at once would hold the page for a quarter of a second. */
const STORED_AT_ONCE = 100

/** Certificates in IndexedDB. Public data: no private key ever comes here. */
export function createCertificateStorage(factory: () => IDBFactory): CertificateStorage {
  let connection: Promise<IDBDatabase> | null = null

  const drop = () => {
    connection = null
  }

  async function connect(): Promise<IDBDatabase> {
    const request = factory().open(DATABASE)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE)
    const database = await promisifyRequest(request)
    database.addEventListener('close', drop)
    // Another tab forgets everything: a connection that stays open would hold that up.
    database.addEventListener('versionchange', () => {
      database.close()
      drop()
    })
    return database
  }

  /** As idb-keyval wants it, but with a connection that can be closed. */
  const useStore: UseStore = async (mode, callback) => {
    connection ??= connect()
    const opening = connection
    try {
      const database = await opening
      return await callback(database.transaction(STORE, mode).objectStore(STORE))
    } catch (cause) {
      // The next call tries anew.
      if (connection === opening) connection = null
      throw cause
    }
  }

  return {
    load: async (fingerprints) => {
      try {
        const found = await getMany<unknown>([...fingerprints], useStore)
        return new Map(
          fingerprints.flatMap((fingerprint, index) => {
            const der = found[index]
            return der instanceof Uint8Array ? [[fingerprint, der] as const] : []
          }),
        )
      } catch {
        return new Map()
      }
    },

    save: async (certificates) => {
      try {
        const entries = [...certificates]
        for (let start = 0; start < entries.length; start += STORED_AT_ONCE) {
          const some = entries.slice(start, start + STORED_AT_ONCE)
          // A certificate is often a view of a whole file, and all of that would be stored.
          const copies = some.map(([fingerprint, der]): [string, Uint8Array] => [fingerprint, der.slice()])
          await setMany(copies, useStore)
        }
        return true
      } catch {
        return false
      }
    },

    prune: async (isNeeded) => {
      try {
        const unneeded = (await keys<IDBValidKey>(useStore)).filter((key) => typeof key !== 'string' || !isNeeded(key))
        if (unneeded.length > 0) await delMany(unneeded, useStore)
      } catch {
        // What cannot be read cannot be removed; the next visit tries again.
      }
    },

    destroy: async () => {
      try {
        if (connection) {
          const database = await connection
          // Empty even if another tab holds up the removal.
          await clear(useStore)
          database.close()
          connection = null
        }
        await promisifyRequest(factory().deleteDatabase(DATABASE))
        return true
      } catch {
        return false
      }
    },
  }
}
