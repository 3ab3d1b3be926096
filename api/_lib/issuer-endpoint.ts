import type { IssuerFailure, IssuerReply } from '../../src/live-chain/contract.js'
import { readCertificateFile } from './certificate-file.js'
import { connectTcp } from './connection.js'
import { createConnectionGate } from './connection-gate.js'
import type { ConnectionLimits } from './connection-gate.js'
import { createEndpoint, RETRY_AFTER_SECONDS } from './endpoint.js'
import type { Endpoint, EndpointOptions } from './endpoint.js'
import { createAddressFinder, lookUpBoth } from './guard.js'
import type { CheckedAddress } from './guard.js'
import { httpGet } from './http-get.js'
import type { HttpAnswer } from './http-get.js'
import { parseIssuerQuery, parseIssuerUrl } from './issuer-url.js'
import type { IssuerUrl } from './issuer-url.js'
import { isIssuerOutcome } from './reply-shape.js'
import { replyWithIssuerProblem } from './reply.js'
import { failed, ok } from './result.js'
import type { Result } from './result.js'

const DEADLINE_MILLISECONDS = 10_000
const IDLE_MILLISECONDS = 3_000
const MOST_AT_ONCE = 16
const CONNECTIONS: ConnectionLimits = { perAddress: 4, inAll: 16 }
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
  ...others
}: EndpointOptions): Endpoint {
  const { issuerPorts } = configuration
  const findAddresses = createAddressFinder({ resolve, networks: configuration, mostAtOnce })
  const gate = createConnectionGate(connections)

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

  return createEndpoint<IssuerUrl, IssuerReply, IssuerFailure>(
    {
      name: 'issuer',
      parse: (query) => parseIssuerQuery(query, issuerPorts),
      keyOf: ({ href }) => href,
      loggedNameOf: ({ authority }) => authority,
      fetch: (url, signal) => fetchFile(url, signal, 0),
      keepMilliseconds: ({ ok: isFile }) => (isFile ? KEEP_MILLISECONDS : KEEP_FAILURE_MILLISECONDS),
      isOutcome: isIssuerOutcome,
      replyWithProblem: replyWithIssuerProblem,
    },
    { configuration, deadlineMilliseconds, mostAtOnce, ...others },
  )
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
