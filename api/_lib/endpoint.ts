import type { IssuerFailure, LiveChainFailure } from '../../src/live-chain/contract.js'
import type { Configuration } from './configuration.js'
import type { Connect } from './connection.js'
import type { ConnectionLimits } from './connection-gate.js'
import type { Dial } from './dial.js'
import type { Resolver } from './guard.js'
import { logToStandardOutput } from './log.js'
import type { Log } from './log.js'
import type { Redis } from './redis.js'
import { createRedisStore } from './redis-store.js'
import { replyWith, replyWithoutContent } from './reply.js'
import type { Result } from './result.js'
import { createSharedFetch } from './shared-fetch.js'

/** The handler of one path. The app has turned away callers that are strangers or ask too often. */
export type Endpoint = (request: Request) => Promise<Response>

export interface EndpointOptions {
  readonly configuration: Configuration
  readonly resolve?: Resolver
  readonly connect?: Connect
  /** Where handshakes are not made in this process; `connect` is then for the issuers alone. */
  readonly dial?: Dial
  /** Over all that one request makes the endpoint do; what has been found by then is the reply. */
  readonly deadlineMilliseconds?: number
  /** How long a server may be silent. */
  readonly idleMilliseconds?: number
  /** How many requests may be looked up and dialled at a time; the next caller is told that the endpoint is busy. */
  readonly mostAtOnce?: number
  readonly connections?: ConnectionLimits
  /** Takes one line for each host that was fetched from, if the operator wants to know hosts. */
  readonly log?: Log
  /** Where instances leave what they fetched for each other. */
  readonly redis?: Redis | null
}

/** What makes one endpoint different from the other. */
export interface EndpointWork<Target, Reply extends object, F extends LiveChainFailure | IssuerFailure> {
  /** In the log and in keys. */
  readonly name: string
  readonly parse: (query: URLSearchParams) => Result<Target, F>
  /** The same for targets of which one reply does for all. */
  readonly keyOf: (target: Target) => string
  /** The host, and nothing of the request that says more. */
  readonly loggedNameOf: (target: Target) => string
  readonly fetch: (target: Target, signal: AbortSignal) => Promise<Result<Reply, F>>
  /** For how long the outcome of a fetch is given to later callers; one that is `busy` never is. */
  readonly keepMilliseconds: (outcome: Result<Reply, F>) => number
  readonly isOutcome: (value: unknown, key: string) => value is Result<Reply, F>
  readonly replyWithProblem: (failure: F) => Response
}

type Bounds = Required<Pick<EndpointOptions, 'configuration' | 'deadlineMilliseconds' | 'mostAtOnce'>> &
  Pick<EndpointOptions, 'log' | 'redis'>

export const RETRY_AFTER_SECONDS = 2

/**
 * Parse, share one fetch among all who ask for the same, reply. HEAD is answered by what the request says alone: 200
 * means that GET would try, not that the host answers.
 */
export function createEndpoint<Target, Reply extends object, F extends LiveChainFailure | IssuerFailure>(
  {
    name,
    parse,
    keyOf,
    loggedNameOf,
    fetch,
    keepMilliseconds,
    isOutcome,
    replyWithProblem,
  }: EndpointWork<Target, Reply, F>,
  { configuration, deadlineMilliseconds, mostAtOnce, log = logToStandardOutput, redis = null }: Bounds,
): Endpoint {
  const fetchShared = createSharedFetch<Reply, F>({
    deadlineMilliseconds,
    mostAtOnce,
    // Both lists of failures have it.
    busy: { kind: 'busy', retryAfterSeconds: RETRY_AFTER_SECONDS } as F,
    keepMilliseconds: (outcome) => (!outcome.ok && outcome.failure.kind === 'busy' ? 0 : keepMilliseconds(outcome)),
    store: redis && createRedisStore({ redis, name, configuration, isOutcome }),
  })
  const fetchAndLog = async (target: Target, signal: AbortSignal) => {
    const startedAt = performance.now()
    const outcome = await fetch(target, signal)
    const what = outcome.ok ? 'ok' : outcome.failure.kind
    if (configuration.logHosts) {
      log(`${name} ${loggedNameOf(target)} ${what} ${Math.round(performance.now() - startedAt)} ms`)
    }
    return outcome
  }

  return async (request) => {
    const parsed = parse(new URL(request.url).searchParams)
    if (!parsed.ok) return replyWithProblem(parsed.failure)
    if (request.method === 'HEAD') return replyWithoutContent()
    const target = parsed.value

    const { outcome, ageSeconds } = await fetchShared(keyOf(target), request.signal, (signal) =>
      fetchAndLog(target, signal),
    )
    if (!outcome.ok) return replyWithProblem(outcome.failure)
    return replyWith(ageSeconds === 0 ? outcome.value : { ...outcome.value, ageSeconds })
  }
}
