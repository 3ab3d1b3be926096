import type { Chain } from '../../chain/chain.ts'
import { enforcedLists } from '../../formats/ios/identity-lists.ts'
import { pinnedDomains } from '../../formats/ios/pinned-domains.ts'
import type { SpkiPin } from '../../pins/spki-pin.ts'
import { labelsBelow } from '../../pins/host-rule.ts'
import { parentPolicies } from '../../pins/plan-pins.ts'
import { defineRule } from '../risk-rule.ts'
import { listed } from '../wording.ts'

export default defineRule<{ readonly host: string; readonly list: 'leaf' | 'CA'; readonly parents: readonly string[] }>(
  {
    id: 'ios-refuses-own-chain',
    tab: 'ios',
    severity: 'blocker',
    title: ({ host }) => `iOS would refuse ${host} today`,
    why: ({ host, list, parents }) =>
      parents.length > 0
        ? `No chain of ${host} has a key of the ${list} list that iOS enforces for it, so the app could not connect at all. Sub-domains of ${listed(parents)} fill that list too, since iOS merges the entries. Pin a ${list === 'CA' ? 'CA' : 'leaf'} of this chain as well, or switch off sub-domains for ${listed(parents)}.`
        : `No chain of ${host} has a key of the ${list} list that iOS enforces for it, so the app could not connect at all. Pin a ${list === 'CA' ? 'CA' : 'leaf'} of this chain as well, or choose another list above.`,
    faq: 'one-match',
    source:
      'https://developer.apple.com/documentation/bundleresources/information-property-list/nsapptransportsecurity/nspinneddomains',
    since: '2026-11-21',
    applies: ({ plan, rows }) => plan.policies.length > 0 && rows.some((row) => knownChains(row).length > 0),
    check: ({ plan, rows, settings }) => {
      const { lists } = pinnedDomains.valuesOf(settings['ios-pinned-domains'] ?? {})
      const chainsOfRow = new Map(rows.map((row) => [row.rowId, knownChains(row)]))
      return plan.policies.flatMap((policy) => {
        const chains = policy.rowIds.flatMap((rowId) => chainsOfRow.get(rowId) ?? [])
        const { leaf, ca } = enforcedLists(policy, plan.policies, lists)
        if (chains.length === 0 || chains.some((chain) => isAccepted(chain, leaf, ca))) return []
        const list = chains.some((chain) => matchesLeaf(chain, leaf)) ? ('CA' as const) : ('leaf' as const)
        const parents = parentPolicies(policy.host, plan.policies).filter(
          (parent) => labelsBelow(policy.host, parent.host) === 1,
        )
        return [{ rowIds: policy.rowIds, facts: { host: policy.host, list, parents: parents.map(({ host }) => host) } }]
      })
    },
  },
)

/** Chains that a server could present. Of one whose root is unknown nobody can say which CAs it has. */
function knownChains({ chains }: { readonly chains: readonly Chain[] }): Chain[] {
  return chains.filter(({ links, end }) => links[0]?.role === 'leaf' && end.kind !== 'issuer-missing')
}

function isAccepted(chain: Chain, leaf: readonly SpkiPin[], ca: readonly SpkiPin[]): boolean {
  return matchesLeaf(chain, leaf) && matchesCa(chain, ca)
}

/** An empty list asks for nothing (platforms.md B.2). */
function matchesLeaf({ links }: Chain, pins: readonly SpkiPin[]): boolean {
  return pins.length === 0 || links.slice(0, 1).some(({ certificate }) => pins.includes(certificate.pin))
}

function matchesCa({ links }: Chain, pins: readonly SpkiPin[]): boolean {
  return pins.length === 0 || links.slice(1).some(({ certificate }) => pins.includes(certificate.pin))
}
