import type {
  AddressReport,
  LiveChainFailure,
  LiveChainFailureKind,
  LiveChainReply,
  PresentedChain,
} from '../../src/live-chain/contract.js'
import { connectTcp } from './connection.js'
import { createConnectionGate } from './connection-gate.js'
import type { ConnectionLimits } from './connection-gate.js'
import { dialThrough } from './dial.js'
import { createEndpoint } from './endpoint.js'
import type { Endpoint, EndpointOptions } from './endpoint.js'
import { createAddressFinder, lookUpBoth, parseTarget } from './guard.js'
import type { FoundAddresses, Target } from './guard.js'
import { probe } from './probe.js'
import type { Probe, ProbeOptions } from './probe.js'
import { isChainOutcome } from './reply-shape.js'
import { replyWithProblem } from './reply.js'
import { failed, ok } from './result.js'
import type { Result } from './result.js'

const DEADLINE_MILLISECONDS = 10_000
const IDLE_MILLISECONDS = 5_000
const MOST_AT_ONCE = 64
const CONNECTIONS: ConnectionLimits = { perAddress: 4, inAll: 128 }

/** A renewed certificate should be seen soon, and a page that many look at should cost the host next to nothing. */
const KEEP_MILLISECONDS = 120_000
/** Long enough for those who ask at the same moment; whoever has repaired the host need not wait. */
const KEEP_FAILURE_MILLISECONDS = 5_000

/** The handler of `GET /api/chain`. Bounds and kept replies belong to the handler, so make one per process. */
export function createChainEndpoint({
  configuration,
  resolve = lookUpBoth,
  connect = connectTcp,
  dial = dialThrough(connect),
  deadlineMilliseconds = DEADLINE_MILLISECONDS,
  idleMilliseconds = IDLE_MILLISECONDS,
  mostAtOnce = MOST_AT_ONCE,
  connections = CONNECTIONS,
  ...others
}: EndpointOptions): Endpoint {
  const findAddresses = createAddressFinder({ resolve, networks: configuration, mostAtOnce })
  const gate = createConnectionGate(connections)

  return createEndpoint<Target, LiveChainReply, LiveChainFailure>(
    {
      name: 'chain',
      parse: (query) => parseTarget(query, configuration.dialPorts),
      keyOf: hostAndPort,
      loggedNameOf: hostAndPort,
      fetch: async (target, signal) => {
        const found = await findAddresses(target.host, signal)
        if (!found.ok) return found
        return probeAll(target, found.value, { dial, gate, idleMilliseconds, signal })
      },
      keepMilliseconds,
      isOutcome: isChainOutcome,
      replyWithProblem,
    },
    { configuration, deadlineMilliseconds, mostAtOnce, ...others },
  )
}

function hostAndPort({ host, port }: Target): string {
  return `${host}:${port}`
}

function keepMilliseconds(outcome: Result<LiveChainReply, LiveChainFailure>): number {
  const isWhole = outcome.ok && outcome.value.addresses.every(({ failures }) => failures.length === 0)
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
