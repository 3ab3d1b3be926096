import { hasBothKinds, identityLists, type IosLists } from '../../formats/ios/identity-lists.ts'
import { pinnedDomains } from '../../formats/ios/pinned-domains.ts'
import { distinctPins, isWithoutCertificate, type HostPolicy, type PlannedPin } from '../../pins/plan-pins.ts'
import { defineRule } from '../risk-rule.ts'
import { listed } from '../wording.ts'

interface Facts {
  readonly hosts: readonly string[]
  readonly lists: IosLists
  readonly leftOut: number
}

const TITLES: Readonly<Record<IosLists, string>> = {
  both: 'iOS must match a leaf pin AND a CA pin',
  ca: 'The leaf pins are left out on iOS',
  leaf: 'The CA pins are left out on iOS',
}

export default defineRule<Facts>({
  id: 'ios-leaf-and-ca',
  tab: 'ios',
  severity: ({ lists }) => (lists === 'both' ? 'warning' : 'note'),
  title: ({ lists }) => TITLES[lists],
  why: ({ hosts, lists, leftOut }) =>
    lists === 'both'
      ? `For ${listed(hosts)} both lists are filled, and iOS asks for one match in each. A new leaf key cuts the app off although its CA is pinned; on Android any one pin is enough.`
      : `For ${listed(hosts)} both kinds are chosen. Two filled lists would both have to match, so ${leftOut === 1 ? 'one pin is' : `${leftOut} pins are`} not in this output; Android still accepts any of them. The question in the iOS tab decides which list is used.`,
  fixes: ({ lists }) =>
    lists === 'both'
      ? [
          {
            label: 'Ask for the CA list alone',
            change: { kind: 'set-option', format: 'ios-pinned-domains', option: 'lists', value: 'ca' },
          },
        ]
      : [],
  faq: 'one-match',
  source:
    'https://developer.apple.com/documentation/bundleresources/information-property-list/nsapptransportsecurity/nspinneddomains',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.length > 0,
  check: ({ plan, settings }) => {
    const { lists } = pinnedDomains.valuesOf(settings['ios-pinned-domains'] ?? {})
    // That a backup alone is left out is told by a rule of its own.
    const policies = plan.policies.filter(
      (policy) => hasBothKinds(policy) && !(lists === 'ca' && hasBackupsAsOnlyLeaves(policy)),
    )
    if (policies.length === 0) return []
    return [
      {
        rowIds: policies.flatMap(({ rowIds }) => rowIds),
        facts: {
          hosts: policies.map(({ host }) => host),
          lists,
          leftOut: distinctPins(policies.flatMap((policy) => knownPinsLeftOut(policy, lists))).length,
        },
      },
    ]
  },
})

/** Unknown pins are in no list whatever is chosen. */
function knownPinsLeftOut(policy: HostPolicy, lists: IosLists): PlannedPin[] {
  return identityLists(policy, lists).leftOut.filter(({ role }) => role !== 'unknown')
}

function hasBackupsAsOnlyLeaves({ pins }: HostPolicy): boolean {
  return pins.filter(({ role }) => role === 'leaf').every(isWithoutCertificate)
}
