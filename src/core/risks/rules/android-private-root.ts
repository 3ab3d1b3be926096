import { certificateName } from '../../certificate/certificate.ts'
import { androidValues } from '../../formats/platform-outputs.ts'
import type { TrustChoice } from '../../formats/android/trust-anchors.ts'
import type { HostPolicy } from '../../pins/plan-pins.ts'
import { defineRule, type Severity } from '../risk-rule.ts'
import { listed } from '../../wording/wording.ts'

interface Facts {
  readonly hosts: readonly string[]
  readonly roots: readonly string[]
  readonly trust: TrustChoice
  /** Of these hosts, those for which the phone's own store stays trusted too. */
  readonly withStore: readonly string[]
}

const SEVERITIES: Readonly<Record<TrustChoice, Severity>> = { ship: 'note', installed: 'warning', 'as-is': 'blocker' }

export default defineRule<Facts>({
  id: 'android-private-root',
  tab: 'android',
  severity: ({ trust }) => SEVERITIES[trust],
  title: ({ hosts, trust }) => {
    switch (trust) {
      case 'ship':
        return `The app brings the root of ${listed(hosts)} along`
      case 'installed':
        return `The app trusts every CA that was added to the phone for ${listed(hosts)}`
      case 'as-is':
        return `Android would not trust ${listed(hosts)}`
    }
  },
  why: ({ hosts, roots, trust, withStore }) => {
    const store =
      withStore.length === 0
        ? 'The CAs of the phone’s own store are not trusted there.'
        : `For ${listed(withStore)} the CAs of the phone’s own store stay trusted as well.`
    switch (trust) {
      case 'ship':
        return `No phone ships with ${listed(roots)}, so the configuration names ${roots.length === 1 ? 'it as trust anchor' : 'them as trust anchors'} for ${listed(hosts)} alone, and the ${roots.length === 1 ? 'file' : 'files'} beside it ${roots.length === 1 ? 'has' : 'have'} to be in the project. ${store} Pins are checked as ever. Connections that do not follow this file, such as those of Flutter or native code, need the root in code. A new root has to be in the app before the server uses it.`
      case 'installed':
        return `No phone ships with ${listed(roots)}. With src="user" the release build trusts ${roots.length === 1 ? 'it where it is' : 'them where they are'} installed, and with that every other CA that management or the user added, a debugging proxy’s among them. The pins still refuse those; without pins, or after they expire, nothing does. ${store} Where the devices are not managed, ship the root instead.`
      case 'as-is':
        return `No phone ships with ${listed(roots)}, and no trust anchors are written for ${listed(hosts)}. Pinning adds a condition, it never makes a root trusted: Android refuses the connection before it looks at a pin, unless the base-config of your file trusts this root or the devices were built with it. The question above decides.`
    }
  },
  faq: 'private-ca',
  source: 'https://developer.android.com/privacy-and-security/security-config#CustomTrust',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.some(hasOwnRoot),
  check: ({ plan, settings }) => {
    const { trust } = androidValues(settings)
    const policies = plan.policies.filter(hasOwnRoot)
    const roots = policies.flatMap(({ anchors }) => anchors.own.map(({ certificate }) => certificateName(certificate)))
    return [
      {
        rowIds: policies.flatMap(({ rowIds }) => rowIds),
        facts: {
          hosts: policies.map(({ host }) => host),
          roots: [...new Set(roots)],
          trust,
          withStore: policies.filter(({ anchors }) => anchors.needsStore).map(({ host }) => host),
        },
      },
    ]
  },
})

function hasOwnRoot({ anchors }: HostPolicy): boolean {
  return anchors.own.some(({ kind }) => kind === 'root')
}
