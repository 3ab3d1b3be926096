import { enforcedLists } from '../../formats/ios/identity-lists.ts'
import { iosValues } from '../../formats/platform-outputs.ts'
import { parentPolicies, type HostPolicy } from '../../pins/plan-pins.ts'
import { defineRule } from '../risk-rule.ts'
import { listed } from '../../wording/wording.ts'

type Facts =
  | { readonly kind: 'same-host'; readonly host: string; readonly rows: number }
  | {
      readonly kind: 'under-parent'
      readonly host: string
      readonly parents: readonly string[]
      readonly isAnd: boolean
      /** The parents have the very pins of the host, so that no entry adds any to another. */
      readonly isSame: boolean
    }

export default defineRule<Facts>({
  id: 'overlapping-rows',
  tab: 'results',
  severity: (facts) => (facts.kind === 'under-parent' && (facts.isAnd || !facts.isSame) ? 'warning' : 'note'),
  title: (facts) =>
    facts.kind === 'same-host'
      ? `${facts.rows} rows are for ${facts.host}`
      : `${facts.host} is also covered by ${listed(facts.parents)}`,
  why: (facts) => {
    if (facts.kind === 'same-host') {
      return 'A domain may stand in a file only once, so the rows are written as one: their pins together, and sub-domains when one of the rows includes them.'
    }
    if (facts.isSame && !facts.isAnd) {
      return `Android applies the most specific entry alone, iOS merges all entries that match. ${facts.host} and ${listed(facts.parents)} have the same pins, so both platforms do the same. Once they differ, the pins of ${listed(facts.parents)} are repeated for ${facts.host}.`
    }
    const both = facts.isAnd
      ? ' Here one entry has a leaf list and the other a CA list, so iOS asks for a match in both.'
      : ''
    return `Android applies the most specific entry alone, iOS merges all entries that match. So that both do the same, the pins of ${listed(facts.parents)} are repeated for ${facts.host}: on Android any of them lets it connect.${both} If that is too wide, switch off sub-domains for the parent.`
  },
  faq: 'subdomains',
  source: 'https://developer.apple.com/documentation/bundleresources/information-property-list/nsincludessubdomains',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.some(({ rowIds }) => rowIds.length > 1) || plan.policies.length > 1,
  check: ({ plan, settings }) => {
    const { lists } = iosValues(settings)
    const isAnd = (policy: HostPolicy) => {
      const { leaf, ca } = enforcedLists(policy, plan.policies, lists)
      return leaf.length > 0 && ca.length > 0
    }
    return plan.policies.flatMap((policy) => {
      const parents = parentPolicies(policy.host, plan.policies)
      const { host, rowIds } = policy
      const same = { rowIds, facts: { kind: 'same-host' as const, host, rows: rowIds.length } }
      const under = {
        rowIds: [...rowIds, ...parents.flatMap((parent) => parent.rowIds)],
        facts: {
          kind: 'under-parent' as const,
          host,
          parents: parents.map((parent) => parent.host),
          isAnd: isAnd(policy),
          isSame: parents.every((parent) => addsNothing(parent, policy)),
        },
      }
      return [...(rowIds.length > 1 ? [same] : []), ...(parents.length > 0 ? [under] : [])]
    })
  },
})

const textOf = ({ pins }: HostPolicy) =>
  pins
    .map(({ role, pin }) => `${role} ${pin}`)
    .toSorted()
    .join()

/** Neither gets a pin from the other. */
function addsNothing(parent: HostPolicy, policy: HostPolicy): boolean {
  return policy.pins.every(({ inheritedFrom }) => inheritedFrom === null) && textOf(parent) === textOf(policy)
}
