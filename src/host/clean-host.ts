import { failed, ok, type Result } from '../core/result.ts'
import type { HostName } from '../core/pins/host-rule.ts'

export const DEFAULT_PORT = 443

/** What was done to the typed text, in the order in which it was done. Nothing is changed without one of these. */
export type HostChange =
  /** Before and behind the text. */
  | { readonly kind: 'white-space-removed' }
  | { readonly kind: 'scheme-removed'; readonly scheme: string }
  | { readonly kind: 'credentials-removed' }
  | { readonly kind: 'path-removed' }
  | { readonly kind: 'port-kept-for-fetch'; readonly port: number }
  | { readonly kind: 'trailing-dot-removed' }
  | { readonly kind: 'wildcard-to-subdomains' }
  | { readonly kind: 'to-a-label'; readonly from: string }
  /** Full-width letters, ideographic full stops, invisible characters and the like became plain ones. */
  | { readonly kind: 'characters-mapped'; readonly from: string }
  | { readonly kind: 'lower-cased' }

export interface CleanHost {
  readonly host: HostName
  /** For the live fetch alone. */
  readonly port: number
  /** The text was `*.…`: sub-domains are meant. */
  readonly isWildcard: boolean
  readonly changes: readonly HostChange[]
}

export type HostFailure =
  | { readonly kind: 'host-empty' }
  | { readonly kind: 'several-hosts' }
  | { readonly kind: 'empty-label' }
  | { readonly kind: 'label-without-letter-or-digit'; readonly label: string }
  | { readonly kind: 'hyphen-at-label-edge'; readonly label: string }
  | { readonly kind: 'bad-host-character'; readonly character: string }
  | { readonly kind: 'not-a-host-name' }
  | { readonly kind: 'host-too-long'; readonly limit: 63 | 253 }
  | { readonly kind: 'ip-address'; readonly address: string }
  | { readonly kind: 'bad-port'; readonly port: string }
  | { readonly kind: 'wildcard-not-first' }
  | { readonly kind: 'public-suffix-with-subdomains'; readonly suffix: string }

/** Full stops that IDNA maps to `.` (UTS #46). */
const FULL_STOPS = /[\u3002\uff0e\uff61]/g
/** Two colons tell it from `host:port`; a zone may follow (RFC 4007 §11). */
const IPV6 = /^[\da-f]*:[\da-f]*:[\da-f:.]*(?:%.*)?$/i
const LONGEST_LABEL = 63
const LONGEST_HOST = 253

/**
 * What the user typed → a host that outputs can print, with every change named. Takes a host, a URL, `host:port`,
 * upper case, a trailing dot, an international name or `*.host`.
 *
 * The platform's URL parser does the IDNA mapping and finds IP addresses in every spelling (WHATWG URL, "host parsing").
 * It lets through `_`, `a..b` and `-a.com`, so the labels are checked here.
 */
export function cleanHost(text: string): Result<CleanHost, HostFailure> {
  const changes: HostChange[] = []
  let rest = text.trim()
  if (rest === '') return failed({ kind: 'host-empty' })
  // A path may hold commas and semicolons; another URL behind one is a list all the same.
  if (/\s|[,;][a-z]+:\/\//i.test(rest)) return failed({ kind: 'several-hosts' })
  if (rest !== text) changes.push({ kind: 'white-space-removed' })

  const scheme = /^(?:([a-z][a-z0-9+.-]*):)?\/\//i.exec(rest)
  if (scheme) {
    changes.push({ kind: 'scheme-removed', scheme: `${(scheme[1] ?? '').toLowerCase()}${scheme[1] ? ':' : ''}//` })
    rest = rest.slice(scheme[0].length)
  }
  const end = rest.search(/[/?#\\]/)
  if (end >= 0) {
    changes.push({ kind: 'path-removed' })
    rest = rest.slice(0, end)
  }
  if (/[,;]/.test(rest)) return failed({ kind: 'several-hosts' })
  if (rest.includes('@')) {
    changes.push({ kind: 'credentials-removed' })
    rest = rest.slice(rest.lastIndexOf('@') + 1)
  }
  if (rest.startsWith('[') || IPV6.test(rest)) return failed({ kind: 'ip-address', address: rest })

  let port = DEFAULT_PORT
  const colon = rest.indexOf(':')
  if (colon >= 0) {
    const portText = rest.slice(colon + 1)
    port = Number(portText)
    if (!/^\d{1,5}$/.test(portText) || port < 1 || port > 65_535) return failed({ kind: 'bad-port', port: portText })
    changes.push({ kind: 'port-kept-for-fetch', port })
    rest = rest.slice(0, colon)
  }

  const typed = rest
  rest = rest.replaceAll(FULL_STOPS, '.')
  if (rest === '') return failed({ kind: 'host-empty' })
  if (rest.endsWith('.') && rest.length > 1) {
    changes.push({ kind: 'trailing-dot-removed' })
    rest = rest.slice(0, -1)
  }
  const isWildcard = rest.startsWith('*.')
  if (isWildcard) {
    changes.push({ kind: 'wildcard-to-subdomains' })
    rest = rest.slice(2)
  }
  if (rest.includes('*')) return failed({ kind: 'wildcard-not-first' })
  if (rest.split('.').includes('')) return failed({ kind: 'empty-label' })

  const mapped = toALabels(rest)
  if (!mapped.ok) return mapped
  const host = mapped.value
  if (isAscii(typed)) {
    if (host !== rest) changes.push({ kind: 'lower-cased' })
  } else {
    changes.push({ kind: host.includes('xn--') ? 'to-a-label' : 'characters-mapped', from: typed })
  }
  return ok({ host, port, isWildcard, changes })
}

function toALabels(text: string): Result<HostName, HostFailure> {
  const bad = /[%<>^|`{}"']/.exec(text)
  if (bad) return failed({ kind: 'bad-host-character', character: bad[0] })
  let host: string
  try {
    host = new URL(`https://${text}/`).hostname
  } catch {
    return failed({ kind: 'not-a-host-name' })
  }
  if (/^\d+(\.\d+){3}$/.test(host)) return failed({ kind: 'ip-address', address: host })
  for (const label of host.split('.')) {
    const failure = labelFailure(label)
    if (failure) return failed(failure)
  }
  if (host.length > LONGEST_HOST) return failed({ kind: 'host-too-long', limit: LONGEST_HOST })
  return ok(host as HostName)
}

function isAscii(text: string): boolean {
  return Array.from(text).every((character) => character.charCodeAt(0) < 128)
}

/** RFC 1123 §2.1, and `_` because some private hosts have it. */
function labelFailure(label: string): HostFailure | null {
  if (label === '') return { kind: 'empty-label' }
  const bad = /[^a-z0-9_-]/.exec(label)
  if (bad) return { kind: 'bad-host-character', character: bad[0] }
  if (!/[a-z0-9]/.test(label)) return { kind: 'label-without-letter-or-digit', label }
  if (label.startsWith('-') || label.endsWith('-')) return { kind: 'hyphen-at-label-edge', label }
  if (label.length > LONGEST_LABEL) return { kind: 'host-too-long', limit: LONGEST_LABEL }
  return null
}
