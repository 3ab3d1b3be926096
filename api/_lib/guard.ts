import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { DEFAULT_PORT } from '../../src/live-chain/contract.js'
import type { LiveChainFailure } from '../../src/live-chain/contract.js'
import { failed, ok } from './result.js'
import type { Result } from './result.js'

/** What a caller wants to see; its host is clean, but nothing is known yet about where it leads. */
export interface Target {
  readonly host: string
  readonly port: number
}

/** An address that has passed the guard. `dial` takes no other. */
export type CheckedAddress = string & { readonly __brand: 'CheckedAddress' }

/** Looks a name up; rejects with the error code of `dns.lookup`. */
export type Resolver = (host: string) => Promise<readonly { readonly address: string }[]>

/** More addresses show nothing new and cost the host a handshake each. */
const MOST_ADDRESSES = 4

// What a URL parser would cut off, decode or drop without a word: a caller who writes it does not mean a host name.
const NOT_IN_A_HOST_NAME = /[\s\p{Cc}/\\?#@:%[\]]/u
const LABEL = /^(?=.*[a-z0-9])[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/
const LONGEST_HOST_NAME = 253

/** Reads `host` and `port` of a query. Anything written twice is refused, since two readers may pick two values. */
export function parseTarget(query: URLSearchParams, allowedPorts: readonly number[]): Result<Target, LiveChainFailure> {
  const [typedHost = '', ...otherHosts] = query.getAll('host')
  const host = otherHosts.length === 0 ? cleanHostName(typedHost) : null
  if (host === null) return failed({ kind: 'bad-host' })

  const [typedPort = String(DEFAULT_PORT), ...otherPorts] = query.getAll('port')
  const port = allowedPorts.find((allowed) => String(allowed) === typedPort)
  if (port === undefined || otherPorts.length > 0) return failed({ kind: 'port-not-allowed', allowedPorts })

  return ok({ host, port })
}

/**
 * Looks the host up, once, and checks every address it has. The caller must connect to these addresses and not to
 * the name: a second look-up could answer otherwise. Never rejects.
 */
export async function findAddresses(
  host: string,
  { resolve, allowPrivate }: { readonly resolve: Resolver; readonly allowPrivate: boolean },
): Promise<Result<readonly CheckedAddress[], LiveChainFailure>> {
  let found: readonly { readonly address: string }[]
  try {
    found = await resolve(host)
  } catch (cause) {
    const noSuchHost = ['ENOTFOUND', 'ENODATA'].includes((cause as NodeJS.ErrnoException).code ?? '')
    return failed({ kind: noSuchHost ? 'no-such-host' : 'unreachable' })
  }
  if (found.length === 0) return failed({ kind: 'no-such-host' })

  // One special address among public ones is what an attack looks like; leaving out only that one would hide it.
  const addresses = found.map(({ address }) => address)
  if (!addresses.every((address) => isAddress(address) && (allowPrivate || isPublic(address)))) {
    return failed({ kind: 'private-address' })
  }
  const distinct = new Set(addresses.map((address) => ipaddr.process(address).toString() as CheckedAddress))
  return ok([...distinct].slice(0, MOST_ADDRESSES))
}

/**
 * The host name in the form DNS and SNI know, or null. `URL` is the parser on purpose: it turns every spelling of an
 * IPv4 address (octal, hexadecimal, one number, full-width) into the dotted one, which is then refused: without a
 * name there is nothing to send as SNI.
 */
function cleanHostName(typed: string): string | null {
  if (NOT_IN_A_HOST_NAME.test(typed) || !URL.canParse(`https://${typed}`)) return null
  const host = new URL(`https://${typed}`).hostname.replace(/\.$/, '')
  if (isIP(host) !== 0 || host.length > LONGEST_HOST_NAME) return null
  return host.split('.').every((label) => LABEL.test(label)) ? host : null
}

/** In the eyes of the library that connects and of the one that judges. */
function isAddress(text: string): boolean {
  return isIP(text) !== 0 && ipaddr.isValid(text)
}

const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3')
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96')

/**
 * `process` unwraps IPv4-mapped addresses. NAT64 addresses (RFC 6052) are judged by the IPv4 address they carry: in
 * an IPv6-only network every IPv4 host has one. The tunnels 6to4 and Teredo are refused whatever they carry.
 */
function isPublic(address: string): boolean {
  const parsed = ipaddr.process(address)
  if (parsed instanceof ipaddr.IPv4) return parsed.range() === 'unicast'
  if (parsed.match(NAT64)) return new ipaddr.IPv4(parsed.toByteArray().slice(12)).range() === 'unicast'
  // ipaddr.js calls every block without a name of its own unicast, `::127.0.0.1` among them.
  return parsed.range() === 'unicast' && parsed.match(GLOBAL_UNICAST)
}
