import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Clients whose address nobody told share one limit; there are none where the server or its host knows the peer. */
const UNKNOWN = 'unknown'
/** The part of an IPv6 address that one customer of a network has for itself (RFC 6177), and can change the rest of. */
const IPV6_CLIENT_BITS = 64

export interface Hops {
  /** The other end of the connection, as the server or the host of a function sees it. */
  readonly peer: string | undefined
  /** `X-Forwarded-For`: each proxy appends the address that it was called from. */
  readonly forwardedFor: string | null
  readonly trustedProxies: number
}

/**
 * The client that a request counts for: an IPv4 address, or an IPv6 network of 64 bits.
 *
 * Of the addresses on the way, the last ones are those of our own proxies, and what stands before them was written by
 * a proxy of ours. Everything further left is the caller's own word and is never looked at.
 */
export function clientOf({ peer, forwardedFor, trustedProxies }: Hops): string {
  const forwarded = trustedProxies === 0 ? [] : (forwardedFor ?? '').split(',').map(withoutPort)
  const hops = [...forwarded, peer ?? '']
  // Whoever got past the first of several proxies brings fewer entries. An entry that is no address says nothing, and
  // the next one on our side of it speaks for all that come from there.
  const nearest = hops.slice(Math.max(0, hops.length - 1 - trustedProxies))
  return networkOf(nearest.find((hop) => isIP(hop) !== 0))
}

function networkOf(address: string | undefined): string {
  if (address === undefined) return UNKNOWN
  const parsed = ipaddr.process(address.replace(/%.*$/, ''))
  if (parsed instanceof ipaddr.IPv4) return parsed.toString()
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/${IPV6_CLIENT_BITS}`)
  return `${network.toString()}/${IPV6_CLIENT_BITS}`
}

/** Some proxies write the port too: `203.0.113.7:49152`, `[2001:db8::1]:49152`. */
function withoutPort(hop: string): string {
  const text = hop.trim()
  const match = /^(?:\[([^\]]+)\]|(\d+\.\d+\.\d+\.\d+))(?::\d+)?$/.exec(text)
  return match?.[1] ?? match?.[2] ?? text
}
