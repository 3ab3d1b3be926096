import { hasBothKinds } from '../../formats/ios/identity-lists.ts'
import { iosValues } from '../../formats/platform-outputs.ts'
import { haveBackup } from '../backups.ts'
import { listFixes, listsWithoutBackup } from '../ios-lists.ts'
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
  fixes: ({ list, hasChoice }, _rowIds, context) =>
    hasChoice ? listFixes(context, list === 'CA' ? 'leaf' : 'ca') : [],
  faq: 'backup-pin',
  source:
    'https://developer.apple.com/documentation/bundleresources/information-property-list/nsapptransportsecurity/nspinneddomains',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.length > 0,
  check: (context) => {
    const { plan, rows, settings, now } = context
    const { lists } = iosValues(settings)
    return plan.policies.flatMap((policy) => {
      // Without any backup, the rule for all platforms says so.
      if (!haveBackup(usefulPins(policy, rows, now), policy, rows)) return []
      return listsWithoutBackup(policy, context, lists).map((list) => ({
        rowIds: policy.rowIds,
        facts: { host: policy.host, list: LIST_NAMES[list], hasChoice: hasBothKinds(policy) },
        cause: lists === 'both' ? undefined : { kind: 'list-left-out' },
      }))
    })
  },
})

const LIST_NAMES = { leaf: 'leaf', ca: 'CA' } as const
