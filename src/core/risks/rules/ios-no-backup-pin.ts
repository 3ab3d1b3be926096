import { hasBothKinds, identityLists, type IosLists } from '../../formats/ios/identity-lists.ts'
import { pinnedDomains } from '../../formats/ios/pinned-domains.ts'
import { changeTogether, type HostPolicy, type PlannedPin } from '../../pins/plan-pins.ts'
import { listFixes } from '../ios-lists.ts'
import { defineRule } from '../risk-rule.ts'
import { usefulPins } from '../useful-pins.ts'

interface Facts {
  readonly host: string
  readonly list: 'leaf' | 'CA'
  /** Its pins are of both kinds. */
  readonly hasChoice: boolean
}

export default defineRule<Facts>({
  id: 'ios-no-backup-pin',
  tab: 'ios',
  severity: 'warning',
  title: ({ host, list }) => `No backup pin for ${host} in the ${list} list of iOS`,
  why: ({ host, list }) =>
    `There is a backup among all pins of ${host}, and Android takes any of them. iOS asks for a match in the ${list} list, and one change can take all of that list away. Pin ${list === 'CA' ? 'the root of a second CA' : 'the certificate request or the public key of a key that is kept in reserve'} too, or choose another list.`,
  fixes: ({ list, hasChoice }, _rowIds, { plan }) => (hasChoice ? listFixes(plan, list === 'CA' ? 'leaf' : 'ca') : []),
  faq: 'backup-pin',
  source:
    'https://developer.apple.com/documentation/bundleresources/information-property-list/nsapptransportsecurity/nspinneddomains',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.length > 0,
  check: ({ plan, rows, settings, now }) => {
    const { lists } = pinnedDomains.valuesOf(settings['ios-pinned-domains'] ?? {})
    return plan.policies.flatMap((policy) => {
      // Without any backup, the rule for all platforms says so.
      if (changeTogether(usefulPins(policy, rows, now).filter(isOwn))) return []
      const useful = new Set(usefulPins(policy, rows, now, 'ios'))
      return listsOf(policy, lists)
        .filter(({ pins }) => pins.length > 0 && changeTogether(pins.filter((pin) => useful.has(pin))))
        .map(({ list }) => ({
          rowIds: policy.rowIds,
          facts: { host: policy.host, list, hasChoice: hasBothKinds(policy) },
          cause: lists === 'both' ? undefined : { kind: 'list-left-out' },
        }))
    })
  },
})

function listsOf(policy: HostPolicy, choice: IosLists) {
  const lists = identityLists(policy, choice)
  const [leaf, ca] = [new Set(lists.leaf), new Set(lists.ca)]
  const own = policy.pins.filter(isOwn)
  return [
    { list: 'leaf' as const, pins: own.filter(({ role, pin }) => role === 'leaf' && leaf.has(pin)) },
    { list: 'CA' as const, pins: own.filter(({ role, pin }) => role === 'ca' && ca.has(pin)) },
  ]
}

function isOwn({ inheritedFrom }: PlannedPin): boolean {
  return inheritedFrom === null
}
