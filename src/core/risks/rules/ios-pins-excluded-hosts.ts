import { androidValues } from '../../formats/platform-outputs.ts'
import { unpinnedHosts } from '../../formats/android/unpinned-hosts.ts'
import { hasIosEntry } from '../../formats/ios/identity-lists.ts'
import { pinnedDomains } from '../../formats/ios/pinned-domains.ts'
import { reaches } from '../../formats/reach.ts'
import { parentPolicies } from '../../pins/plan-pins.ts'
import { defineRule, type RiskContext } from '../risk-rule.ts'
import { listed } from '../../wording/wording.ts'

export default defineRule<{ readonly hosts: readonly string[]; readonly parents: readonly string[] }>({
  id: 'ios-pins-excluded-hosts',
  tab: 'ios',
  severity: 'warning',
  title: ({ hosts }) => `iOS pins ${listed(hosts)}, which Android is to leave unpinned`,
  why: ({ hosts, parents }) =>
    `An option of the Network Security Config leaves ${listed(hosts)} out. iOS has no such exception: the pins of ${listed(parents)} hold there, since its entry includes sub-domains, and iOS merges it with any other. Where the server has other keys, iPhones refuse it. Do without sub-domains for ${listed(parents)} and add a row for each host that is to be pinned.`,
  faq: 'subdomains',
  source: 'https://developer.apple.com/documentation/bundleresources/information-property-list/nsincludessubdomains',
  since: '2026-11-21',
  applies: (context) => excludedHosts(context).length > 0,
  check: (context) => {
    const entries = context.plan.policies.filter(hasIosEntry)
    const found = excludedHosts(context).flatMap((host) => {
      const parents = parentPolicies(host, entries).filter((parent) => reaches(pinnedDomains.abilities, parent, host))
      return parents.length > 0 ? [{ host, parents }] : []
    })
    if (found.length === 0) return []
    const parents = [...new Set(found.flatMap((one) => one.parents))]
    return [
      {
        rowIds: parents.flatMap(({ rowIds }) => rowIds),
        facts: { hosts: found.map(({ host }) => host), parents: parents.map(({ host }) => host) },
      },
    ]
  },
})

function excludedHosts({ plan, settings }: RiskContext): readonly string[] {
  const { unpinned } = androidValues(settings)
  return unpinnedHosts(plan, unpinned).map(({ host }) => host)
}
