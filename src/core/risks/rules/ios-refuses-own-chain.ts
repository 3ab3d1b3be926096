import { enforcedPins } from '../../formats/enforced-pins.ts'
import { labelsBelow } from '../../pins/host-rule.ts'
import { parentPolicies } from '../../pins/plan-pins.ts'
import { isRefusedOn, knownChains } from '../device-coverage.ts'
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
    check: ({ plan, rows, settings, now }) => {
      const chainsOfRow = new Map(rows.map((row) => [row.rowId, knownChains(row)]))
      return plan.policies.flatMap((policy) => {
        const chains = policy.rowIds.flatMap((rowId) => chainsOfRow.get(rowId) ?? [])
        const pins = enforcedPins(policy, plan.policies, settings)
        if (chains.length === 0 || !chains.every((chain) => isRefusedOn('ios', chain, pins, now))) return []
        const { leaf } = pins.ios
        const isLeafPinned = chains.some(({ links: [first] }) => first && leaf?.has(first.certificate.pin))
        const list = leaf === null || isLeafPinned ? ('CA' as const) : ('leaf' as const)
        const parents = parentPolicies(policy.host, plan.policies).filter(
          (parent) => labelsBelow(policy.host, parent.host) === 1,
        )
        const cause = { kind: 'ios-refuses-every-chain' as const }
        return [
          {
            rowIds: policy.rowIds,
            cause,
            facts: { host: policy.host, list, parents: parents.map(({ host }) => host) },
          },
        ]
      })
    },
  },
)
