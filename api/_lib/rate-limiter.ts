import {
  BurstyRateLimiter,
  RLWrapperTimeouts,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible'
import type { LiveChainFailure } from '../../src/live-chain/contract.js'
import type { Configuration, Rate } from './configuration.js'

/** Where requests are counted at this moment, as `/api/health` says it. */
export type RateLimiterState = 'off' | 'memory' | 'redis' | 'redis down, memory instead'

export interface RateLimiter {
  /** Counts a request of this client. Null when it may go on. */
  readonly admit: (client: string) => Promise<LiveChainFailure | null>
  readonly state: () => RateLimiterState
  /** Hangs up on Redis, so that the process can end. */
  readonly close: () => void
}

type RedisClient = ReturnType<(typeof import('@redis/client'))['createClient']>

/** What a rate is counted with: so many points in so many seconds. */
interface Allowance {
  readonly keyPrefix: string
  readonly points: number
  readonly duration: number
}

const MINUTE_SECONDS = 60
/** Counting must not take longer than the handshakes that it protects. */
const REDIS_ANSWER_MILLISECONDS = 250
const REDIS_CONNECT_MILLISECONDS = 2000
const REDIS_PING_MILLISECONDS = 1000
/** A connection that brings no answer to a ping for so long is dead. */
const REDIS_SILENCE_MILLISECONDS = 3000
const LONGEST_RECONNECT_MILLISECONDS = 2000

/**
 * The rate is dealt out evenly, 60 requests a minute as one each second, so that a client that has used it up waits for
 * a second and not for a minute. The burst is for those who ask for several hosts at once; it is renewed each minute.
 * With Redis all instances count together; while it is away each counts for itself.
 */
export function createRateLimiter({ rate, redisUrl }: Pick<Configuration, 'rate' | 'redisUrl'>): RateLimiter {
  if (rate === null) return { admit: () => Promise.resolve(null), state: () => 'off', close: () => {} }
  if (redisUrl !== null) return createSharedRateLimiter(rate, redisUrl)
  const limits = limitsOf(rate, (allowance) => new RateLimiterMemory(allowance))
  return { admit: (client) => admit(limits, client), state: () => 'memory', close: () => {} }
}

function createSharedRateLimiter(rate: Rate, redisUrl: string): RateLimiter {
  let limits = limitsOf(rate, (allowance) => new RateLimiterMemory(allowance))
  let redis: RedisClient | null = null
  let isClosed = false

  const connect = async () => {
    // Loaded here, because most servers have no Redis.
    const { createClient } = await import('@redis/client')
    if (isClosed) return
    const client: RedisClient = createClient({
      url: redisUrl,
      disableOfflineQueue: true,
      pingInterval: REDIS_PING_MILLISECONDS,
      socket: {
        connectTimeout: REDIS_CONNECT_MILLISECONDS,
        socketTimeout: REDIS_SILENCE_MILLISECONDS,
        reconnectStrategy: (retries) => Math.min(100 * 2 ** retries, LONGEST_RECONNECT_MILLISECONDS),
      },
    })
    redis = client
    limits = limitsOf(rate, (allowance) => redisLimit(client, allowance))
    // The client goes on trying, and health says that it has to.
    client.on('error', () => {})
    await client.connect().catch(() => {})
  }
  void connect()

  return {
    admit: (client) => admit(limits, client),
    state: () => (redis?.isReady === true ? 'redis' : 'redis down, memory instead'),
    close: () => {
      isClosed = true
      if (redis?.isOpen === true) redis.destroy()
    },
  }
}

function redisLimit(storeClient: RedisClient, allowance: Allowance): RLWrapperTimeouts {
  return new RLWrapperTimeouts({
    limiter: new RateLimiterRedis({
      ...allowance,
      storeClient,
      useRedisPackage: true,
      rejectIfRedisNotReady: true,
      // What is known to be too much until the time is over need not be asked again.
      inMemoryBlockOnConsumed: allowance.points + 1,
    }),
    timeoutMs: REDIS_ANSWER_MILLISECONDS,
    insuranceLimiter: new RateLimiterMemory(allowance),
  })
}

function limitsOf(
  { requestsPerMinute, burst }: Rate,
  limitOf: (allowance: Allowance) => RateLimiterMemory | RLWrapperTimeouts,
): BurstyRateLimiter {
  // The shortest whole number of seconds, which is what Redis counts in, that has a whole number of requests.
  const parts = greatestCommonDivisor(requestsPerMinute, MINUTE_SECONDS)
  return new BurstyRateLimiter(
    limitOf({ keyPrefix: 'pinsmith:rate', points: requestsPerMinute / parts, duration: MINUTE_SECONDS / parts }),
    limitOf({ keyPrefix: 'pinsmith:burst', points: burst, duration: MINUTE_SECONDS }),
  )
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other)
}

async function admit(limits: BurstyRateLimiter, client: string): Promise<LiveChainFailure | null> {
  try {
    await limits.consume(client)
    return null
  } catch (cause) {
    if (!(cause instanceof RateLimiterRes)) throw cause
    return { kind: 'rate-limited', retryAfterSeconds: Math.max(1, Math.ceil(cause.msBeforeNext / 1000)) }
  }
}
