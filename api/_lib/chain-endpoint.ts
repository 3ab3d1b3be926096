import type {
  AddressReport,
  LiveChainFailure,
  LiveChainFailureKind,
  LiveChainReply,
  PresentedChain,
} from '../../src/live-chain/contract.js'
import { refuseCrossSite, refuseForeignHost } from './callers.js'
import type { Configuration } from './configuration.js'
import { connectTcp } from './connection.js'
import type { Connect } from './connection.js'
import { createConnectionGate } from './connection-gate.js'
import type { ConnectionLimits } from './connection-gate.js'
import { createAddressFinder, lookUpBoth, parseTarget } from './guard.js'
import type { FoundAddresses, Resolver, Target } from './guard.js'
import { logToStandardOutput } from './log.js'
import type { Log } from './log.js'
import { probe } from './probe.js'
import type { Probe, ProbeOptions } from './probe.js'
import type { Redis } from './redis.js'
import { createRedisStore } from './redis-store.js'
import { isChainOutcome } from './reply-shape.js'
import { replyWithChains, replyWithProblem, replyWithRefusal } from './reply.js'
import { failed, ok } from './result.js'
import type { Result } from './result.js'
import { createSharedFetch } from './shared-fetch.js'

export interface ChainEndpointOptions {
  readonly configuration: Configuration
  readonly resolve?: Resolver
  readonly connect?: Connect
  /** Over look-up and handshakes together; what has been shown by then is the reply. */
  readonly deadlineMilliseconds?: number
  /** How long a server may be silent. */
  readonly idleMilliseconds?: number
  /** How many hosts may be looked up and dialled at a time; the next caller is told that the endpoint is busy. */
  readonly mostAtOnce?: number
  readonly connections?: ConnectionLimits
  /** Takes one line for each host that was fetched, if the operator wants to know hosts. */
  readonly log?: Log
  /** Where instances leave what they fetched for each other. */
  readonly redis?: Redis | null
}

const DEADLINE_MILLISECONDS = 10_000
const IDLE_MILLISECONDS = 5_000
const MOST_AT_ONCE = 64
const CONNECTIONS: ConnectionLimits = { perAddress: 4, inAll: 128 }
const RETRY_AFTER_SECONDS = 2

/** A renewed certificate should be seen soon, and a page that many look at should cost the host next to nothing. */
const KEEP_MILLISECONDS = 120_000
/** Long enough for those who ask at the same moment; whoever has repaired the host need not wait. */
const KEEP_FAILURE_MILLISECONDS = 5_000

/** The handler of `GET /api/chain`. Bounds and kept replies belong to the handler, so make one per process. */
export function createChainEndpoint({
  configuration,
  resolve = lookUpBoth,
  connect = connectTcp,
  deadlineMilliseconds = DEADLINE_MILLISECONDS,
  idleMilliseconds = IDLE_MILLISECONDS,
  mostAtOnce = MOST_AT_ONCE,
  connections = CONNECTIONS,
  log = logToStandardOutput,
  redis = null,
}: ChainEndpointOptions): (request: Request) => Promise<Response> {
  const findAddresses = createAddressFinder({ resolve, networks: configuration, mostAtOnce })
  const gate = createConnectionGate(connections)
  const fetchShared = createSharedFetch<LiveChainReply, LiveChainFailure>({
    deadlineMilliseconds,
    mostAtOnce,
    busy: { kind: 'busy', retryAfterSeconds: RETRY_AFTER_SECONDS },
    keepMilliseconds,
    store: redis && createRedisStore({ redis, name: 'chain', configuration, isOutcome: isChainOutcome }),
  })

  const fetchChains = async (target: Target, signal: AbortSignal) => {
    const found = await findAddresses(target.host, signal)
    if (!found.ok) return found
    return probeAll(target, found.value, { connect, gate, idleMilliseconds, signal })
  }
  const fetchAndLog = async (target: Target, signal: AbortSignal) => {
    const startedAt = performance.now()
    const outcome = await fetchChains(target, signal)
    const what = outcome.ok ? 'ok' : outcome.failure.kind
    if (configuration.logHosts) {
      log(`chain ${target.host}:${target.port} ${what} ${Math.round(performance.now() - startedAt)} ms`)
    }
    return outcome
  }

  return async (request) => {
    const refusal = refuseForeignHost(request, configuration) ?? refuseCrossSite(request)
    if (refusal !== null) return replyWithRefusal(refusal)

    const parsed = parseTarget(new URL(request.url).searchParams, configuration.dialPorts)
    if (!parsed.ok) return replyWithProblem(parsed.failure)
    const target = parsed.value

    const key = `${target.host}:${target.port}`
    const { outcome, ageSeconds } = await fetchShared(key, request.signal, (signal) => fetchAndLog(target, signal))
    if (!outcome.ok) return replyWithProblem(outcome.failure)
    return replyWithChains(ageSeconds === 0 ? outcome.value : { ...outcome.value, ageSeconds })
  }
}

function keepMilliseconds(outcome: Result<LiveChainReply, LiveChainFailure>): number {
  if (!outcome.ok) return outcome.failure.kind === 'busy' ? 0 : KEEP_FAILURE_MILLISECONDS
  const isWhole = outcome.value.addresses.every(({ failures }) => failures.length === 0)
  return isWhole ? KEEP_MILLISECONDS : KEEP_FAILURE_MILLISECONDS
}

async function probeAll(
  target: Target,
  { addresses, leftOut }: FoundAddresses,
  options: ProbeOptions,
): Promise<Result<LiveChainReply, LiveChainFailure>> {
  const probes = await Promise.all(addresses.map((address) => probe(target, address, options)))
  const chains: PresentedChain[] = []
  const reports = probes.map((probed) => reportOf(probed, chains))
  if (chains.length === 0) return failed(mostTelling(reports))
  return ok({
    host: target.host,
    port: target.port,
    addresses: reports,
    ...(leftOut > 0 ? { addressesLeftOut: leftOut } : {}),
    chains,
  })
}

/** Moves the certificates to `chains`. */
function reportOf({ address, handshakes, declined, failures }: Probe, chains: PresentedChain[]): AddressReport {
  const referring = handshakes.map(({ certificates, ...shown }) => ({
    ...shown,
    chain: indexOfChain(certificates, chains),
  }))
  return { address, handshakes: referring, declined, failures }
}

/** Adds the chain when no equal one is there yet. */
function indexOfChain(ders: readonly Uint8Array[], chains: PresentedChain[]): number {
  const certificates = ders.map((der) => Buffer.from(der).toString('base64'))
  const known = chains.findIndex((chain) => chain.certificates.join() === certificates.join())
  return known >= 0 ? known : chains.push({ certificates }) - 1
}

// The further an address let us come, the more its failure says about the host.
const MOST_TELLING_FIRST: readonly LiveChainFailureKind[] = [
  'handshake-failed',
  'too-large',
  'not-tls',
  'refused',
  'timed-out',
  'unreachable',
  'busy',
]

function mostTelling(reports: readonly AddressReport[]): LiveChainFailure {
  const failures = reports.flatMap((report) => report.failures.map(({ offer: _offer, ...failure }) => failure))
  for (const kind of MOST_TELLING_FIRST) {
    const failure = failures.find((candidate) => candidate.kind === kind)
    if (failure !== undefined) return failure
  }
  return { kind: 'unreachable' }
}
