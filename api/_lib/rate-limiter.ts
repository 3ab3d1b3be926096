import {
  BurstyRateLimiter,
  RLWrapperTimeouts,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible'
import type { Configuration, Rate } from './configuration.js'
import { connectToRedis } from './redis.js'
import type { Redis, RedisClient } from './redis.js'

/** Where requests are counted at this moment, as `/api/health` says it. */
export type RateLimiterState = 'off' | 'memory' | 'redis' | 'redis down, memory instead'

/** A failure of either endpoint. */
export interface TooManyRequests {
  readonly kind: 'rate-limited'
  readonly retryAfterSeconds: number
}

export interface RateLimiter {
  /** Counts a request of this client. Null when it may go on. */
  readonly admit: (client: string) => Promise<TooManyRequests | null>
  readonly state: () => RateLimiterState
  /** The one connection of this process to Redis, for what else its instances share; there when nothing is limited too. */
  readonly redis: Redis | null
  /** Hangs up on Redis, so that the process can end. */
  readonly close: () => void
}

/** What a rate is counted with: so many points in so many seconds. */
interface Allowance {
  readonly keyPrefix: string
  readonly points: number
  readonly duration: number
}

const MINUTE_SECONDS = 60
/** Counting must not take longer than the handshakes that it protects. */
const REDIS_ANSWER_MILLISECONDS = 250

/**
 * The rate is dealt out evenly, 60 requests a minute as one each second, so that a client that has used it up waits for
 * a second and not for a minute. The burst is for those who ask for several hosts at once; it is renewed each minute.
 * With Redis all instances count together; while it is away each counts for itself.
 */
export function createRateLimiter({ rate, redisUrl }: Pick<Configuration, 'rate' | 'redisUrl'>): RateLimiter {
  const redis = redisUrl === null ? null : connectToRedis(redisUrl)
  if (rate !== null && redis !== null) return createSharedRateLimiter(rate, redis)
  const close = () => redis?.close()
  if (rate === null) return { admit: () => Promise.resolve(null), state: () => 'off', redis, close }
  const limits = limitsOf(rate, (allowance) => new RateLimiterMemory(allowance))
  return { admit: (client) => admit(limits, client), state: () => 'memory', redis, close }
}

function createSharedRateLimiter(rate: Rate, redis: Redis): RateLimiter {
  let limits = limitsOf(rate, (allowance) => new RateLimiterMemory(allowance))
  const share = async () => {
    const client = await redis.client
    if (client !== null) limits = limitsOf(rate, (allowance) => redisLimit(client, allowance))
  }
  void share()
  return {
    admit: (client) => admit(limits, client),
    state: () => (redis.connected() === null ? 'redis down, memory instead' : 'redis'),
    redis,
    close: redis.close,
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

async function admit(limits: BurstyRateLimiter, client: string): Promise<TooManyRequests | null> {
  try {
    await limits.consume(client)
    return null
  } catch (cause) {
    if (!(cause instanceof RateLimiterRes)) throw cause
    return { kind: 'rate-limited', retryAfterSeconds: Math.max(1, Math.ceil(cause.msBeforeNext / 1000)) }
  }
}
