import { ENDS_BELOW_PASSAGES, FORMER_SUFFIXES, PASSAGES } from './trustkit-suffixes.ts'

/**
 * Names that stand in no list of public suffixes: reserved by RFC 2606, RFC 6761, RFC 6762 and RFC 9476 or by ICANN, or
 * used inside networks without ever having been given out.
 */
export const INTERNAL_SUFFIXES = [
  'alt',
  'corp',
  'domain',
  'example',
  'home',
  'internal',
  'intranet',
  'invalid',
  'lan',
  'local',
  'localdomain',
  'localhost',
  'mail',
  'private',
  'test',
]

/** Top-level domains of today that TrustKit's table, of 2018, has not: asked of TrustKit 3.0.7 itself, one by one. */
const SUFFIXES_NEWER_THAN_TRUSTKIT = [
  'amazon',
  'cpa',
  'gay',
  'hotel',
  'kids',
  'llp',
  'merck',
  'music',
  'spa',
  'ss',
  'web',
  'xn--4dbrk0ce',
  'xn--cckwcxetd',
  'xn--jlq480n2rg',
  'xn--mgbah1a3hjkrd',
  'xn--mgbcpq6gpa1a',
  'xn--q7ce6a',
  'xn--qxa6a',
]

const UNKNOWN_SUFFIXES = new Set([...INTERNAL_SUFFIXES, ...SUFFIXES_NEWER_THAN_TRUSTKIT])

/**
 * Whether TrustKit throws at start-up because of this host: it asks for a suffix of its own table of registries
 * (`GetRegistryLength` in `parse_configuration.m`), which a name without a dot has not, and takes no sub-domains of a
 * suffix.
 */
export function trustKitRefuses(host: string, includeSubdomains: boolean): boolean {
  if (hasNoSuffix(host, UNKNOWN_SUFFIXES)) return true
  return endsInPassage(host) || (includeSubdomains && isNamedIn(FORMER_SUFFIXES, host))
}

/** @param unknown top-level domains that a library's table of suffixes has not; a name without a dot has none at all */
export function hasNoSuffix(host: string, unknown: ReadonlySet<string>): boolean {
  return !host.includes('.') || unknown.has(host.slice(host.lastIndexOf('.') + 1))
}

/** The search goes from the right, one label at a time, and must not stop at a name that is no suffix itself. */
function endsInPassage(host: string): boolean {
  const labels = host.split('.')
  const names = labels.map((_, index) => labels.slice(index).join('.'))
  const deepest = names.findIndex((name) => PASSAGES.has(name))
  if (deepest < 0) return false
  const below = names[deepest - 1]
  return below === undefined || !isNamedIn(ENDS_BELOW_PASSAGES, below)
}

function isNamedIn(names: ReadonlySet<string>, name: string): boolean {
  return names.has(name) || names.has(`*${name.slice(name.indexOf('.'))}`)
}
