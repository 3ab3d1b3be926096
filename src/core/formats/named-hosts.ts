import type { HostName } from '../pins/host-rule.ts'

/** A host that an option names; `*.` in front of it means its sub-domains as well. */
export interface NamedHost {
  readonly host: HostName
  readonly includeSubdomains: boolean
}

/** One word of a list of hosts, and what it names; null when it is no host that an output could print. */
export interface NamedHostText {
  readonly text: string
  readonly named: NamedHost | null
}

/** A list of hosts as typed → its words, apart by white space, commas or semicolons. */
export function readNamedHosts(text: string): readonly NamedHostText[] {
  return [...text.matchAll(/[^\s,;]+/g)].map(([word]) => ({ text: word, named: namedHost(word) }))
}

/** Each host of a list once, in its order; what is no host is left out. */
export function namedHosts(text: string): readonly NamedHost[] {
  const hosts = new Map<HostName, NamedHost>()
  for (const { named } of readNamedHosts(text)) {
    if (!named) continue
    const includeSubdomains = named.includeSubdomains || (hosts.get(named.host)?.includeSubdomains ?? false)
    hosts.set(named.host, { host: named.host, includeSubdomains })
  }
  return [...hosts.values()]
}

const WILDCARD = '*.'
const LONGEST_HOST = 253

/** The core maps no international names and cuts nothing off: whoever takes the text offers that. */
function namedHost(word: string): NamedHost | null {
  const includeSubdomains = word.startsWith(WILDCARD)
  const host = (includeSubdomains ? word.slice(WILDCARD.length) : word).toLowerCase()
  return isHostName(host) ? { host, includeSubdomains } : null
}

function isHostName(text: string): text is HostName {
  const labels = text.split('.')
  return text.length <= LONGEST_HOST && labels.every(isLabel) && !isNumber(labels.at(-1) ?? '')
}

/** RFC 1123 §2.1, and `_` because some private hosts have it. */
function isLabel(label: string): boolean {
  return /^[\d_a-z](?:[\d_a-z-]{0,61}[\d_a-z])?$/.test(label) && /[\da-z]/.test(label)
}

/** Whatever ends in a number is an IPv4 address or nothing (WHATWG URL, "ends in a number"). */
function isNumber(label: string): boolean {
  return /^(?:\d+|0x[\da-f]*)$/.test(label)
}
