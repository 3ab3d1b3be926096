import { certificateName } from '../../certificate/certificate.ts'
import { hasIosEntry } from '../../formats/ios/identity-lists.ts'
import type { OwnAnchor } from '../../pins/host-anchors.ts'
import type { HostPolicy } from '../../pins/plan-pins.ts'
import { defineRule } from '../risk-rule.ts'
import { listed } from '../../wording/wording.ts'

interface Facts {
  readonly hosts: readonly string[]
  readonly names: readonly string[]
  readonly kind: OwnAnchor['kind']
}

const ONLY_TIGHTENS = 'NSPinnedDomains only tightens the check; it makes nothing trusted, and no Info.plist key does.'

export default defineRule<Facts>({
  id: 'ios-private-root',
  tab: 'ios',
  severity: 'warning',
  title: ({ hosts, kind }) =>
    kind === 'root'
      ? `iPhones have to trust the root of ${listed(hosts)} first`
      : `iPhones have no CA to trust for ${listed(hosts)}`,
  why: ({ names, kind }) =>
    kind === 'root'
      ? `${ONLY_TIGHTENS} No iPhone ships with ${listed(names)}, so without more the app cannot connect at all. Have device management install it: then it is trusted at once. Whoever installs the profile by hand also switches on full trust, under Settings, General, About, Certificate Trust Settings. Or evaluate the server’s trust in code with the root as anchor.`
      : `${ONLY_TIGHTENS} The certificate signed itself, so it has to be installed and fully trusted on each device, or evaluated in code. Only the leaf list can match it: a chain of one certificate has no CA, and a CA list for it refuses every connection. With a small CA of your own both lists work.`,
  faq: 'private-ca',
  source: 'https://support.apple.com/102390',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.some((policy) => needsTrust(policy, 'root') || needsTrust(policy, 'leaf')),
  check: ({ plan }) =>
    (['root', 'leaf'] as const).flatMap((kind) => {
      const policies = plan.policies.filter((policy) => needsTrust(policy, kind))
      if (policies.length === 0) return []
      const own = policies.flatMap(({ anchors }) => anchors.own.filter((anchor) => anchor.kind === kind))
      const names = own.map(({ certificate }) => certificateName(certificate))
      return [
        {
          rowIds: policies.flatMap(({ rowIds }) => rowIds),
          facts: { hosts: policies.map(({ host }) => host), names: [...new Set(names)], kind },
        },
      ]
    }),
})

function needsTrust(policy: HostPolicy, kind: OwnAnchor['kind']): boolean {
  return hasIosEntry(policy) && policy.anchors.own.some((anchor) => anchor.kind === kind)
}
