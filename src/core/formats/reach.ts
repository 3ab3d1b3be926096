import { labelsBelow } from '../pins/host-rule.ts'
import type { FormatAbilities } from './format.ts'
import type { NamedHost } from './named-hosts.ts'

const DEPTHS: Readonly<Record<FormatAbilities['subdomainDepth'], number>> = { all: Infinity, 'one-label': 1, none: 0 }

/** Whether an entry of an output covers a host: by its name, or by its sub-domains as far as the output reaches. */
export function reaches(
  { subdomainDepth, scope }: Pick<FormatAbilities, 'subdomainDepth' | 'scope'>,
  { host: entry, includeSubdomains }: NamedHost,
  host: string,
): boolean {
  const below = labelsBelow(host, entry)
  return scope === 'all-hosts' || (below !== null && below <= (includeSubdomains ? DEPTHS[subdomainDepth] : 0))
}
