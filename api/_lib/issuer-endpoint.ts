import { ISSUER_PROBLEMS } from '../../src/live-chain/contract.js'
import type { IssuerFailure, IssuerProblem, IssuerReply } from '../../src/live-chain/contract.js'
import { refuseCrossSite, refuseForeignHost } from './callers.js'
import { readCertificateFile } from './certificate-file.js'
import type { Configuration } from './configuration.js'
import { connectTcp } from './connection.js'
import type { Connect } from './connection.js'
import { createConnectionGate } from './connection-gate.js'
import type { ConnectionLimits } from './connection-gate.js'
import { createAddressFinder, lookUpBoth } from './guard.js'
import type { CheckedAddress, Resolver } from './guard.js'
import { httpGet } from './http-get.js'
import type { HttpAnswer } from './http-get.js'
import { parseIssuerQuery, parseIssuerUrl } from './issuer-url.js'
import type { IssuerUrl } from './issuer-url.js'
import { logToStandardOutput } from './log.js'
import type { Log } from './log.js'
import type { Redis } from './redis.js'
import { createRedisStore } from './redis-store.js'
import { isIssuerOutcome } from './reply-shape.js'
import { NEVER_STORED, problemDocument, replyWithRefusal } from './reply.js'
import { failed, ok } from './result.js'
import type { Result } from './result.js'
import { createSharedFetch } from './shared-fetch.js'

export interface IssuerEndpointOptions {
  readonly configuration: Configuration
  readonly resolve?: Resolver
  readonly connect?: Connect
  /** Over look-ups, redirects and the file together. */
  readonly deadlineMilliseconds?: number
  /** How long a server may be silent. */
  readonly idleMilliseconds?: number
  /** How many files may be fetched at a time; the next caller is told that the endpoint is busy. */
  readonly mostAtOnce?: number
  readonly connections?: ConnectionLimits
  /** Takes one line for each file that was fetched, with its host alone, if the operator wants to know hosts. */
  readonly log?: Log
  /** Where instances leave what they fetched for each other. */
  readonly redis?: Redis | null
}

const DEADLINE_MILLISECONDS = 10_000
const IDLE_MILLISECONDS = 3_000
const MOST_AT_ONCE = 16
const CONNECTIONS: ConnectionLimits = { perAddress: 4, inAll: 16 }
const RETRY_AFTER_SECONDS = 2
const MOST_REDIRECTS = 2
/** Of a host with many addresses; one that answers is enough. */
const MOST_ATTEMPTS = 3

/** A CA publishes a file for years; the bound is for the one that was repaired. */
const KEEP_MILLISECONDS = 600_000
const KEEP_FAILURE_MILLISECONDS = 5_000

type Outcome<T> = Result<T, IssuerFailure>

/** The handler of `GET /api/issuer`. Bounds and kept files belong to the handler, so make one per process. */
export function createIssuerEndpoint({
  configuration,
  resolve = lookUpBoth,
  connect = connectTcp,
  deadlineMilliseconds = DEADLINE_MILLISECONDS,
  idleMilliseconds = IDLE_MILLISECONDS,
  mostAtOnce = MOST_AT_ONCE,
  connections = CONNECTIONS,
  log = logToStandardOutput,
  redis = null,
}: IssuerEndpointOptions): (request: Request) => Promise<Response> {
  const { issuerPorts, logHosts } = configuration
  const findAddresses = createAddressFinder({ resolve, networks: configuration, mostAtOnce })
  const gate = createConnectionGate(connections)
  const fetchShared = createSharedFetch<IssuerReply, IssuerFailure>({
    deadlineMilliseconds,
    mostAtOnce,
    busy: { kind: 'busy', retryAfterSeconds: RETRY_AFTER_SECONDS },
    keepMilliseconds: (outcome) => {
      if (outcome.ok) return KEEP_MILLISECONDS
      return outcome.failure.kind === 'busy' ? 0 : KEEP_FAILURE_MILLISECONDS
    },
    store: redis && createRedisStore({ redis, name: 'issuer', configuration, isOutcome: isIssuerOutcome }),
  })

  const get = async (url: IssuerUrl, signal: AbortSignal): Promise<Outcome<HttpAnswer>> => {
    const found = await findAddresses(url.host, signal)
    if (!found.ok) return found
    const getFrom = async (address: CheckedAddress): Promise<Outcome<HttpAnswer>> =>
      (await gate(address, signal, () => httpGet(url, address, { connect, idleMilliseconds, signal }))) ??
      failed({ kind: 'busy', retryAfterSeconds: RETRY_AFTER_SECONDS })

    let answer: Outcome<HttpAnswer> = failed({ kind: 'unreachable' })
    for (const address of found.value.addresses.slice(0, MOST_ATTEMPTS)) {
      answer = await getFrom(address)
      if (answer.ok || signal.aborted || !NOT_REACHED.has(answer.failure.kind)) break
    }
    return answer
  }

  const fetchFile = async (url: IssuerUrl, signal: AbortSignal, redirects: number): Promise<Outcome<IssuerReply>> => {
    const answer = await get(url, signal)
    if (!answer.ok) return redirects > 0 ? failed(afterRedirect(answer.failure)) : answer
    if ('body' in answer.value) return replyOf(answer.value.body)
    const next = resolveLocation(answer.value.location, url, issuerPorts)
    if (next === null || redirects === MOST_REDIRECTS) return failed({ kind: 'redirect-refused' })
    return fetchFile(next, signal, redirects + 1)
  }
  const fetchAndLog = async (url: IssuerUrl, signal: AbortSignal) => {
    const startedAt = performance.now()
    const outcome = await fetchFile(url, signal, 0)
    const what = outcome.ok ? 'ok' : outcome.failure.kind
    if (logHosts) log(`issuer ${url.authority} ${what} ${Math.round(performance.now() - startedAt)} ms`)
    return outcome
  }

  return async (request) => {
    const refusal = refuseForeignHost(request, configuration) ?? refuseCrossSite(request)
    if (refusal !== null) return replyWithRefusal(refusal)

    const parsed = parseIssuerQuery(new URL(request.url).searchParams, issuerPorts)
    if (!parsed.ok) return replyWithIssuerProblem(parsed.failure)
    const url = parsed.value

    const { outcome, ageSeconds } = await fetchShared(url.href, request.signal, (signal) => fetchAndLog(url, signal))
    if (!outcome.ok) return replyWithIssuerProblem(outcome.failure)
    const reply: IssuerReply = ageSeconds === 0 ? outcome.value : { ...outcome.value, ageSeconds }
    return Response.json(reply, { headers: NEVER_STORED })
  }
}

/** Another address of the host may be better. */
const NOT_REACHED = new Set(['refused', 'unreachable', 'timed-out'])

/** Where a redirect was not allowed to lead is nobody's business but that of who wrote it. */
function afterRedirect(failure: IssuerFailure): IssuerFailure {
  return failure.kind === 'private-address' ? { kind: 'redirect-refused' } : failure
}

function resolveLocation(location: string, from: IssuerUrl, issuerPorts: readonly number[]): IssuerUrl | null {
  if (location === '' || !URL.canParse(location, from.href)) return null
  const parsed = parseIssuerUrl(new URL(location, from.href).href, issuerPorts)
  return parsed.ok ? parsed.value : null
}

function replyOf(body: Uint8Array): Outcome<IssuerReply> {
  const certificates = readCertificateFile(body)
  if (certificates === null) return failed({ kind: 'not-a-certificate-file' })
  return ok({ certificates: certificates.map((der) => Buffer.from(der).toString('base64')) })
}

/** The problem document of a failure, with the status that the contract gives it. */
function replyWithIssuerProblem(failure: IssuerFailure): Response {
  const { status, title } = ISSUER_PROBLEMS[failure.kind]
  const problem: IssuerProblem = { type: `urn:pinsmith:issuer:${failure.kind}`, title, status, ...failure }
  const { retryAfterSeconds } = failure
  return problemDocument(problem, retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) })
}
