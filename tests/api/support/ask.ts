import { createChainEndpoint } from '../../../api/_lib/chain-endpoint.ts'
import { createIssuerEndpoint } from '../../../api/_lib/issuer-endpoint.ts'
import type { EndpointOptions } from '../../../api/_lib/endpoint.ts'
import type { Configuration } from '../../../api/_lib/configuration.ts'
import { connectTcp } from '../../../api/_lib/connection.ts'
import type { Connect } from '../../../api/_lib/connection.ts'
import { requireConfiguration } from '../../../api/_lib/configuration.ts'
import type { IssuerProblem, IssuerReply, LiveChainProblem, LiveChainReply } from '../../../src/live-chain/contract.ts'

const DEFAULTS = requireConfiguration({})

/** An endpoint that may dial this port on loopback; every name resolves to 127.0.0.1 unless a resolver says otherwise. */
export function loopbackEndpoint(
  port: number,
  options: Omit<Partial<EndpointOptions>, 'configuration'> = {},
  configuration: Partial<Configuration> = {},
) {
  return createChainEndpoint({
    configuration: { ...DEFAULTS, allowPrivate: true, dialPorts: [port], ...configuration },
    resolve: resolveTo('127.0.0.1'),
    ...options,
  })
}

export function resolveTo(...addresses: readonly string[]) {
  return () => Promise.resolve(addresses.map((address) => ({ address })))
}

/** The issuer endpoint beside `loopbackEndpoint`. */
export function loopbackIssuerEndpoint(
  port: number,
  options: Omit<Partial<EndpointOptions>, 'configuration'> = {},
  configuration: Partial<Configuration> = {},
) {
  return createIssuerEndpoint({
    configuration: { ...DEFAULTS, allowPrivate: true, issuerPorts: [port], ...configuration },
    resolve: resolveTo('127.0.0.1'),
    ...options,
  })
}

export function issuerRequest(url: string, init: RequestInit = {}): Request {
  return new Request(`http://localhost:4173/api/issuer?${new URLSearchParams({ url })}`, init)
}

/** Connects as usual and writes down where to. */
export function recordingConnect() {
  const attempts: string[] = []
  const connect: Connect = (to) => {
    attempts.push(`${to.host} ${to.port}`)
    return connectTcp(to)
  }
  return { connect, attempts }
}

export function chainRequest(query: Readonly<Record<string, string | number>>, init: RequestInit = {}): Request {
  const text = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
  return new Request(`http://localhost:4173/api/chain?${text}`, init)
}

/** The whole answer of an endpoint that succeeded. */
export async function replyOf(response: Response): Promise<LiveChainReply> {
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`)
  return (await response.json()) as LiveChainReply
}

export async function problemOf(response: Response): Promise<LiveChainProblem> {
  return (await response.json()) as LiveChainProblem
}

export async function issuerReplyOf(response: Response): Promise<IssuerReply> {
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`)
  return (await response.json()) as IssuerReply
}

export async function issuerProblemOf(response: Response): Promise<IssuerProblem> {
  return (await response.json()) as IssuerProblem
}
