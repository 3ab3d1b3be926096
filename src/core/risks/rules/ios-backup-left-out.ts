import { hasBothKinds, identityLists } from '../../formats/ios/identity-lists.ts'
import { iosValues } from '../../formats/platform-outputs.ts'
import { isWithoutCertificate, type HostPolicy, type PlannedPin } from '../../pins/plan-pins.ts'
import type { SpkiPin } from '../../pins/spki-pin.ts'
import { listFixes } from '../ios-lists.ts'
import { defineRule } from '../risk-rule.ts'
import { listed } from '../wording.ts'

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
  fixes: (_facts, _rowIds, { plan }) => listFixes(plan, 'leaf'),
  faq: 'backup-pin',
  source:
    'https://developer.apple.com/documentation/bundleresources/information-property-list/nsapptransportsecurity/nspinneddomains',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.some(({ pins }) => pins.some(isBackup)),
  check: ({ plan, settings }) => {
    const { lists } = iosValues(settings)
    // Whoever chose another list was told what it leaves out.
    if (lists !== 'ca') return []
    return plan.policies
      .filter((policy) => hasBothKinds(policy) && backupsLeftOut(policy).length > 0)
      .map((policy) => ({
        rowIds: policy.rowIds,
        facts: { hosts: [policy.host], pins: backupsLeftOut(policy).map(({ pin }) => pin) },
        cause: { kind: 'list-left-out' },
      }))
  },
  together: {
    same: () => '',
    join: (first, next) => ({
      hosts: [...first.hosts, ...next.hosts],
      pins: [...new Set([...first.pins, ...next.pins])],
    }),
  },
})

function backupsLeftOut(policy: HostPolicy): PlannedPin[] {
  return identityLists(policy, 'ca').leftOut.filter(isBackup)
}

function isBackup(pin: PlannedPin): boolean {
  return pin.role === 'leaf' && isWithoutCertificate(pin)
}
