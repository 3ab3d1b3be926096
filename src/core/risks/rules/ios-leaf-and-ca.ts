import { hasBothKinds, identityLists, type IosLists } from '../../formats/ios/identity-lists.ts'
import { iosValues } from '../../formats/platform-outputs.ts'
import { distinctPins, type HostPolicy } from '../../pins/plan-pins.ts'
import type { SpkiPin } from '../../pins/spki-pin.ts'
import { defineRule } from '../risk-rule.ts'
import { listed } from '../../wording/wording.ts'

interface Facts {
  readonly hosts: readonly string[]
  readonly lists: IosLists
  readonly leftOut: readonly SpkiPin[]
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
      : `For ${listed(hosts)} both kinds are chosen. Two filled lists would both have to match, so ${leftOut.length === 1 ? 'one pin is' : `${leftOut.length} pins are`} not in this output; Android still accepts any of them. The question in the iOS tab decides which list is used.`,
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
    const { lists } = iosValues(settings)
    return plan.policies.filter(hasBothKinds).map((policy) => ({
      rowIds: policy.rowIds,
      facts: { hosts: [policy.host], lists, leftOut: knownPinsLeftOut(policy, lists) },
      // That both have to match has no list left out.
      cause: lists === 'both' ? undefined : { kind: 'list-left-out' },
    }))
  },
  together: {
    same: ({ lists }) => lists,
    join: (first, next) => ({
      ...first,
      hosts: [...first.hosts, ...next.hosts],
      leftOut: [...new Set([...first.leftOut, ...next.leftOut])],
    }),
  },
})

/** Unknown pins are in no list whatever is chosen. */
function knownPinsLeftOut(policy: HostPolicy, lists: IosLists): readonly SpkiPin[] {
  return distinctPins(identityLists(policy, lists).leftOut.filter(({ role }) => role !== 'unknown'))
}
