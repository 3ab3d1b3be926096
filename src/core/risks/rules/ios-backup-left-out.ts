import { hasBothKinds, identityLists } from '../../formats/ios/identity-lists.ts'
import { pinnedDomains } from '../../formats/ios/pinned-domains.ts'
import { distinctPins, isWithoutCertificate, type HostPolicy, type PlannedPin } from '../../pins/plan-pins.ts'
import { defineRule } from '../risk-rule.ts'
import { listed } from '../wording.ts'

interface Facts {
  readonly hosts: readonly string[]
  readonly pins: number
}

export default defineRule<Facts>({
  id: 'ios-backup-left-out',
  tab: 'ios',
  severity: 'note',
  title: ({ hosts, pins }) =>
    `${pins === 1 ? 'A backup pin is' : `${pins} backup pins are`} left out for ${listed(hosts)} on iOS`,
  why: ({ hosts, pins }) =>
    `A key of your own counts as a leaf pin. For ${listed(hosts)} a CA is pinned too, and iOS would ask for a match in both lists, so ${pins === 1 ? 'it is' : 'they are'} not in this output and no backup there; Android accepts ${pins === 1 ? 'it' : 'them'}. The backup of a CA list is the root of a second CA. The question in the iOS tab can choose the leaf list instead.`,
  fixes: () => [
    {
      label: 'Ask for the leaf list instead',
      change: { kind: 'set-option', format: 'ios-pinned-domains', option: 'lists', value: 'leaf' },
    },
  ],
  faq: 'backup-pin',
  source:
    'https://developer.apple.com/documentation/bundleresources/information-property-list/nsapptransportsecurity/nspinneddomains',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.some(({ pins }) => pins.some(isBackup)),
  check: ({ plan, settings }) => {
    const { lists } = pinnedDomains.valuesOf(settings['ios-pinned-domains'] ?? {})
    // Whoever chose another list was told what it leaves out.
    if (lists !== 'ca') return []
    const policies = plan.policies.filter((policy) => hasBothKinds(policy) && backupsLeftOut(policy).length > 0)
    if (policies.length === 0) return []
    return [
      {
        rowIds: policies.flatMap(({ rowIds }) => rowIds),
        facts: {
          hosts: policies.map(({ host }) => host),
          pins: distinctPins(policies.flatMap(backupsLeftOut)).length,
        },
      },
    ]
  },
})

function backupsLeftOut(policy: HostPolicy): PlannedPin[] {
  return identityLists(policy, 'ca').leftOut.filter(isBackup)
}

function isBackup(pin: PlannedPin): boolean {
  return pin.role === 'leaf' && isWithoutCertificate(pin)
}
