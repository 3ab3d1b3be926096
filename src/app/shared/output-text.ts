import type { FormatAbilities } from '../../core/formats/format.ts'

// Every sentence about what an output makes of the plan, in one place.

/** What an output of this kind enforces whatever the plan, in one sentence; null for one that enforces nothing. */
export function abilitiesText({
  lists,
  subdomainDepth,
  expiry,
  scope,
  replacesValidation,
}: FormatAbilities): string | null {
  if (lists === 'none') return null
  const where = scope === 'all-hosts' ? 'any host, named here or not,' : DEPTHS[subdomainDepth]
  const condition = replacesValidation
    ? `${CONDITIONS[lists]}, and checks nothing else of the chain`
    : CONDITIONS[lists]
  return `Connects to ${where} when ${condition}${ENDS[expiry]}.`
}

const DEPTHS: Readonly<Record<FormatAbilities['subdomainDepth'], string>> = {
  all: 'a host, and to its sub-domains of every depth where they are included,',
  'one-label': 'a host, and to its sub-domains one label below where they are included,',
  none: 'exactly the hosts that are named',
}

const CONDITIONS: Readonly<Record<Exclude<FormatAbilities['lists'], 'none'>, string>> = {
  any: 'any one of the pinned keys is in the chain',
  'leaf-and-ca': 'each list that is there matches: the leaf’s key the leaf list, a CA’s key the CA list',
  'leaf-or-ca': 'the leaf has one of the pinned leaf keys, or a CA of the chain one of the pinned CA keys',
  leaf: 'the leaf has one of the pinned leaf keys, whatever the CA',
  certificates: 'the chain is the pinned certificate’s own or was issued by it; no other CA is trusted',
}

const ENDS: Readonly<Record<FormatAbilities['expiry'], string>> = {
  'device-local-midnight': ', and checks no pins from the day that you set, if any',
  'utc-midnight': ', and checks no pins from the day that you set, if any',
  none: '; the pins never end by themselves',
}
