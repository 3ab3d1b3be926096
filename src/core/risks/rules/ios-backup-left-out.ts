import { hasBothKinds, identityLists } from '../../formats/ios/identity-lists.ts'
import { iosValues } from '../../formats/platform-outputs.ts'
import { isWithoutCertificate, type PlannedPin } from '../../pins/plan-pins.ts'
import type { SpkiPin } from '../../pins/spki-pin.ts'
import { listFixes } from '../ios-lists.ts'
import { defineRule } from '../risk-rule.ts'
import { usefulPins } from '../useful-pins.ts'
import { listed } from '../../wording/wording.ts'

interface Facts {
  readonly hosts: readonly string[]
  readonly pins: readonly SpkiPin[]
}

export default defineRule<Facts>({
  id: 'ios-backup-left-out',
  tab: 'ios',
  severity: 'note',
  title: ({ hosts, pins }) =>
    `${pins.length === 1 ? 'A backup pin is' : `${pins.length} backup pins are`} left out for ${listed(hosts)} on iOS`,
  why: ({ hosts, pins }) =>
    `A key of your own counts as a leaf pin. For ${listed(hosts)} a CA is pinned too, and iOS would ask for a match in both lists, so ${pins.length === 1 ? 'it is' : 'they are'} not in this output and no backup there; Android accepts ${pins.length === 1 ? 'it' : 'them'}. The backup of a CA list is the root of a second CA. The question in the iOS tab can choose the leaf list instead.`,
  fixes: (_facts, _rowIds, context) => listFixes(context, 'leaf'),
  faq: 'backup-pin',
  source:
    'https://developer.apple.com/documentation/bundleresources/information-property-list/nsapptransportsecurity/nspinneddomains',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.some(({ pins }) => pins.some(isBackup)),
  check: ({ plan, rows, settings, now }) => {
    const { lists } = iosValues(settings)
    // Whoever chose another list was told what it leaves out.
    if (lists !== 'ca') return []
    return plan.policies.filter(hasBothKinds).flatMap((policy) => {
      // What is no backup anywhere, another rule tells.
      const useful = new Set(usefulPins(policy, rows, now, 'ios'))
      const backups = identityLists(policy, 'ca').leftOut.filter((pin) => isBackup(pin) && useful.has(pin))
      if (backups.length === 0) return []
      const facts = { hosts: [policy.host], pins: backups.map(({ pin }) => pin) }
      return [{ rowIds: policy.rowIds, facts, cause: { kind: 'list-left-out' as const } }]
    })
  },
  together: {
    same: () => '',
    join: (first, next) => ({
      hosts: [...first.hosts, ...next.hosts],
      pins: [...new Set([...first.pins, ...next.pins])],
    }),
  },
})

function isBackup(pin: PlannedPin): boolean {
  return pin.role === 'leaf' && isWithoutCertificate(pin)
}
