import { isIP, isIPv4 } from 'node:net'
import type { Configuration } from './configuration.js'
import type { Refusal } from './reply.js'

const ALL_INTERFACES = new Set(['0.0.0.0', '::'])

/**
 * Turns away requests for another host name than ours. A page of a stranger whose name has been pointed at this
 * server (DNS rebinding) counts as same-origin in its browser; only the `Host` tells, or the request target when it is
 * a whole URL (RFC 9112 §3.2.2). Both must be ours.
 */
export function refuseForeignHost(
  request: Request,
  configuration: Pick<Configuration, 'bindHost' | 'hosts'>,
): Refusal | null {
  const target = new URL(request.url).host
  const named = [request.headers.get('host') ?? target, target]
  if (named.every((host) => isOurs(hostNameOf(host), configuration))) return null
  return { status: 421, title: 'This server does not answer to that host name; PINSMITH_HOSTS can add it' }
}

function isOurs(host: string | null, { bindHost, hosts }: Pick<Configuration, 'bindHost' | 'hosts'>): boolean {
  if (host === null) return false
  if (host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))) return true
  if (host === hostNameOf(bindHost) || hosts.some((allowed) => hostNameOf(allowed) === host)) return true
  // Told to listen everywhere, the server goes by each address of the machine. Rebinding needs a name.
  return ALL_INTERFACES.has(bindHost) && isIP(host) !== 0
}

/** Turns away requests that the page of another site started. Callers that are no browser send no such header. */
export function refuseCrossSite(request: Request): Refusal | null {
  const site = request.headers.get('sec-fetch-site')
  if (site === null || site === 'same-origin' || site === 'none') return null
  return { status: 403, title: 'This endpoint answers its own page only' }
}

/** The name in a `Host` header, without port, brackets and final dot; null when it is not one. */
function hostNameOf(host: string): string | null {
  if (isIP(host) !== 0) return host.toLowerCase()
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+?)\.?)(?::\d{1,5})?$/i.exec(host)
  return (match?.[1] ?? match?.[2])?.toLowerCase() ?? null
}
