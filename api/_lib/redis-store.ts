import { createHash } from 'node:crypto'
import type { Configuration } from './configuration.js'
import type { Redis, RedisClient } from './redis.js'
import type { Found, OutcomeStore } from './shared-fetch.js'
import { VERSION } from './version.js'

export interface RedisStoreOptions<T> {
  readonly redis: Redis
  /** Part of the keys. */
  readonly name: string
  readonly configuration: Configuration
  /** Whether a value that came out of Redis is an outcome for this key: others may have written it. */
  readonly isOutcome: (value: unknown, key: string) => value is T
}

/** Reading must not take longer than the handshakes that it spares. */
const ANSWER_MILLISECONDS = 250
/** Ten times what hosts usually present. What is longer stays in the memory of the instance that fetched it. */
const MOST_BYTES = 64 * 1024

/**
 * Outcomes that the instances of one service fetch for each other. Redis lets go of each when it is old. Neither
 * function rejects: with a Redis that is away, slow or holds something else, each instance fetches for itself.
 */
export function createRedisStore<T>({ redis, name, configuration, isOutcome }: RedisStoreOptions<T>): OutcomeStore<T> {
  const prefix = `pinsmith:${name}:${groupOf(configuration)}:`

  const find = async (client: RedisClient, key: string): Promise<Found<T> | null> => {
    // One byte more than is ever written, so that a longer value is known without being loaded.
    const [text, leftMilliseconds] = await client
      .multi()
      .getRange(prefix + key, 0, MOST_BYTES)
      .pTTL(prefix + key)
      .execTyped()
    if (text === null || text === '' || Buffer.byteLength(text) > MOST_BYTES) return null
    const outcome: unknown = JSON.parse(text)
    return isOutcome(outcome, key) ? { outcome, leftMilliseconds } : null
  }

  return {
    read: (key) => {
      const client = redis.connected()
      if (client === null) return Promise.resolve(null)
      return new Promise((settle) => {
        const timer = setTimeout(settle, ANSWER_MILLISECONDS, null)
        const conclude = (found: Found<T> | null) => {
          clearTimeout(timer)
          settle(found)
        }
        find(client, key).then(conclude, () => conclude(null))
      })
    },
    write: (key, outcome, milliseconds) => {
      const text = JSON.stringify(outcome)
      if (Buffer.byteLength(text) > MOST_BYTES) return
      redis
        .connected()
        ?.set(prefix + key, text, { expiration: { type: 'PX', value: milliseconds } })
        .catch(() => {})
    },
  }
}

/** What one instance may fetch, another may not be allowed to show; and another version may mean something else. */
function groupOf({ allowPrivate, privateSuffixes, privateRanges, issuerPorts }: Configuration): string {
  const settings = JSON.stringify([VERSION, allowPrivate, privateSuffixes, privateRanges, issuerPorts])
  return createHash('sha256').update(settings).digest('base64url').slice(0, 16)
}
