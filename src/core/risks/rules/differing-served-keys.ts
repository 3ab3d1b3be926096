import type { CertificateFingerprint } from '../../certificate/certificate.ts'
import type { Chain } from '../../chain/chain.ts'
import { enforcedPins } from '../../formats/enforced-pins.ts'
import type { Instant } from '../../instant.ts'
import type { HostName } from '../../pins/host-rule.ts'
import { policyOf, type HostPolicy, type PlanRow } from '../../pins/plan-pins.ts'
import type { EnforcedPins } from '../../trust/coverage.ts'
import { isRefusedOn } from '../device-coverage.ts'
import { defineRule } from '../risk-rule.ts'
import { KEY_TYPE_NAMES, placesOf, type ServedPlaces } from '../served-places.ts'

interface Facts {
  readonly host: HostName
  /** How many different leaf keys it presents. */
  readonly keys: number
  readonly isPinned: boolean
  /** Where a key is presented that is not pinned, nor any CA above it; null where there is none. */
  readonly unpinned: ServedPlaces | null
}

export default defineRule<Facts>({
  id: 'differing-served-keys',
  tab: 'results',
  severity: ({ unpinned }) => {
    if (unpinned === null) return 'note'
    // Phones verify both types of key, so they get the other one as long as the server has it.
    return unpinned.only === null ? 'blocker' : 'warning'
  },
  title: ({ host, keys, unpinned }) => {
    if (unpinned === null) return `${host} presents ${keys} different keys`
    const { addresses, total, only } = unpinned
    return only === null
      ? `${addresses} of ${total} addresses of ${host} ${addresses === 1 ? 'presents' : 'present'} a key that is not pinned`
      : `The ${KEY_TYPE_NAMES[only]} key of ${host} is not pinned`
  },
  why: ({ host, keys, isPinned, unpinned }) => {
    const which = 'Which one a phone gets to see depends on the address it reaches and on the types of key it verifies.'
    if (unpinned === null) {
      return isPinned
        ? `${which} For each of them the key itself or a CA above it is pinned.`
        : `${which} Nothing is pinned for ${host} yet; whatever is, has to fit all of them.`
    }
    return unpinned.only === null
      ? `${host} presents ${keys} different keys, and whoever reaches those addresses is cut off: neither the key nor a CA above it is pinned. Pin it too, or a CA that all of them share.`
      : `${host} presents ${keys} different keys. Phones verify both types, so they get the other one today; once the server drops that one, they are cut off. Pin this one too, or a CA that both share.`
  },
  faq: 'backup-pin',
  source: 'https://datatracker.ietf.org/doc/html/rfc8446#section-4.4.2.2',
  since: '2026-11-21',
  applies: ({ rows }) => rows.some(({ hostRule, servedLists }) => hostRule !== null && servedLists.length > 1),
  check: ({ plan, rows, settings, now }) =>
    rows.flatMap(({ hostRule, rowId, chains, servedLists }) => {
      if (!hostRule) return []
      const { host } = hostRule
      const presented = servedLists.flatMap((list) => {
        const chain = chainOf(list.fingerprints[0], chains)
        return chain ? [{ list, chain }] : []
      })
      const keys = new Set(presented.map(({ chain }) => chain.links[0]?.certificate.pin)).size
      if (keys < 2) return []
      const policy = policyOf(host, plan.policies)
      const strangers = policy
        ? presented.filter(({ chain }) => isRefused(chain, policy, enforcedPins(policy, plan.policies, settings), now))
        : []
      const unpinned =
        strangers.length === 0
          ? null
          : placesOf(
              strangers.map(({ list }) => list),
              servedLists,
            )
      return [{ rowIds: [rowId], facts: { host, keys, isPinned: policy !== null, unpinned } }]
    }),
})

/** The chain that begins with a list's leaf; null when no chain does, for example since it cannot be decoded. */
function chainOf(leaf: CertificateFingerprint | null | undefined, chains: PlanRow['chains']): Chain | null {
  return chains.find(({ links }) => links[0]?.certificate.sha256 === leaf) ?? null
}

/** Of a chain whose upper end is not known, a pinned CA may well be in it: then nobody can say. */
function isRefused(chain: Chain, { pins }: HostPolicy, enforced: EnforcedPins, now: Instant): boolean {
  if (!isRefusedOn('android', chain, enforced, now)) return false
  return chain.end.kind !== 'issuer-missing' || pins.every(({ role }) => role === 'leaf')
}
