import { ISSUER_PROBLEMS, LIVE_CHAIN_PROBLEMS } from '../../src/live-chain/contract.js'
import type { IssuerFailure, IssuerProblem, LiveChainFailure, LiveChainProblem } from '../../src/live-chain/contract.js'
import type { RateLimiterState } from './rate-limiter.js'

/** A request that is turned away before it reaches an endpoint; no kind of failure of the live chain. */
export interface Refusal {
  readonly status: number
  readonly title: string
  readonly headers?: Readonly<Record<string, string>>
}

/** What `GET /api/health` tells about this instance: nothing that a stranger may not know. */
export interface Health {
  readonly status: 'ok'
  readonly version: string
  readonly limiter: RateLimiterState
  /** How many hosts are being looked up and dialled at this moment. */
  readonly chainsUnderWay: number
}

const NEVER_STORED = { 'cache-control': 'no-store' }

export function replyWith(body: object): Response {
  return Response.json(body, { headers: NEVER_STORED })
}

/**
 * The answer to HEAD where the content would have to be fetched first. RFC 9110 §9.3.2 lets a server leave out what it
 * knows only after it has made the content, as its length.
 */
export function replyWithoutContent(): Response {
  return new Response(null, { headers: { ...NEVER_STORED, 'content-type': 'application/json' } })
}

export function replyWithHealth(health: Health): Response {
  return replyWith(health)
}

/** The problem document of a failure, with the status that the contract gives it. */
export function replyWithProblem(failure: LiveChainFailure): Response {
  const { status, title } = LIVE_CHAIN_PROBLEMS[failure.kind]
  return failureDocument({ type: `urn:pinsmith:live-chain:${failure.kind}`, title, status, ...failure })
}

/** The same for a failure of the issuer endpoint. */
export function replyWithIssuerProblem(failure: IssuerFailure): Response {
  const { status, title } = ISSUER_PROBLEMS[failure.kind]
  return failureDocument({ type: `urn:pinsmith:issuer:${failure.kind}`, title, status, ...failure })
}

function failureDocument(problem: LiveChainProblem | IssuerProblem): Response {
  const { retryAfterSeconds } = problem
  return problemDocument(problem, retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) })
}

/** RFC 9457 §4.2.1: `about:blank` says that the problem is no more than its status. */
export function replyWithRefusal({ status, title, headers = {} }: Refusal): Response {
  return problemDocument({ type: 'about:blank', title, status }, headers)
}

/** RFC 9457. */
function problemDocument(
  problem: Pick<LiveChainProblem, 'type' | 'title' | 'status'>,
  headers: Readonly<Record<string, string>>,
): Response {
  return Response.json(problem, {
    status: problem.status,
    headers: { ...NEVER_STORED, ...headers, 'content-type': 'application/problem+json' },
  })
}
