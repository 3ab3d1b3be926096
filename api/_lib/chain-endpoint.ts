import { lookup } from 'node:dns/promises'
import type {
  AddressReport,
  LiveChainFailure,
  LiveChainFailureKind,
  LiveChainReply,
  PresentedChain,
} from '../../src/live-chain/contract.js'
import { refuseCrossSite, refuseForeignHost } from './callers.js'
import type { Configuration } from './configuration.js'
import { dial } from './dial.js'
import { findAddresses, parseTarget } from './guard.js'
import type { CheckedAddress, Resolver, Target } from './guard.js'
import { replyWithChains, replyWithProblem, replyWithRefusal } from './reply.js'
import { failed, ok } from './result.js'
import type { Result } from './result.js'

export interface ChainEndpointOptions {
  readonly configuration: Configuration
  readonly resolve?: Resolver
  /** Over look-up and handshakes together. */
  readonly deadlineMilliseconds?: number
  /** How many hosts may be looked up and dialled at a time; the next caller is told that the endpoint is busy. */
  readonly mostAtOnce?: number
}

const DEADLINE_MILLISECONDS = 10_000
const MOST_AT_ONCE = 64
const RETRY_AFTER_SECONDS = 2

/** The handler of `GET /api/chain`. The bound on simultaneous work is kept per handler, so make one per process. */
export function createChainEndpoint({
  configuration,
  resolve = (host) => lookup(host, { all: true }),
  deadlineMilliseconds = DEADLINE_MILLISECONDS,
  mostAtOnce = MOST_AT_ONCE,
}: ChainEndpointOptions): (request: Request) => Promise<Response> {
  let underWay = 0

  return async (request) => {
    const refusal = refuseForeignHost(request, configuration) ?? refuseCrossSite(request)
    if (refusal !== null) return replyWithRefusal(refusal)

    const target = parseTarget(new URL(request.url).searchParams, configuration.dialPorts)
    if (!target.ok) return replyWithProblem(target.failure)

    if (underWay >= mostAtOnce) return replyWithProblem({ kind: 'busy', retryAfterSeconds: RETRY_AFTER_SECONDS })
    underWay += 1
    const ending = new AbortController()
    const end = () => ending.abort()
    const deadline = setTimeout(end, deadlineMilliseconds)
    request.signal.addEventListener('abort', end)
    const lookingUp = findAddresses(target.value.host, { resolve, allowPrivate: configuration.allowPrivate })
    try {
      const addresses = await Promise.race([lookingUp, timedOut(ending.signal)])
      if (!addresses.ok) return replyWithProblem(addresses.failure)
      const outcome = await dialAll(target.value, addresses.value, ending.signal)
      return outcome.ok ? replyWithChains(outcome.value) : replyWithProblem(outcome.failure)
    } finally {
      clearTimeout(deadline)
      request.signal.removeEventListener('abort', end)
      // A look-up cannot be cancelled and keeps one of Node's few look-up threads: it counts until it has ended.
      void lookingUp.finally(() => {
        underWay -= 1
      })
    }
  }
}

function timedOut(signal: AbortSignal): Promise<Result<never, LiveChainFailure>> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(failed({ kind: 'timed-out' })), { once: true })
  })
}

async function dialAll(
  target: Target,
  addresses: readonly CheckedAddress[],
  signal: AbortSignal,
): Promise<Result<LiveChainReply, LiveChainFailure>> {
  const outcomes = await Promise.all(
    addresses.map(async (address) => ({ address, outcome: await dial(target, address, signal) })),
  )
  const chains: PresentedChain[] = []
  const reports = outcomes.map(({ address, outcome }): AddressReport => {
    if (!outcome.ok) return { address, handshakes: [], failures: [outcome.failure] }
    const { certificates, ...shown } = outcome.value
    return {
      address,
      handshakes: [{ keyType: 'any', chain: indexOfChain(certificates, chains), ...shown }],
      failures: [],
    }
  })
  if (chains.length > 0) return ok({ host: target.host, port: target.port, addresses: reports, chains })
  return failed(mostTelling(reports.flatMap(({ failures }) => failures)))
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
]

function mostTelling(failures: readonly LiveChainFailure[]): LiveChainFailure {
  for (const kind of MOST_TELLING_FIRST) {
    const failure = failures.find((candidate) => candidate.kind === kind)
    if (failure !== undefined) return failure
  }
  return { kind: 'unreachable' }
}
