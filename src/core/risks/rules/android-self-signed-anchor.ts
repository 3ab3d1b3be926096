import { androidValues } from '../../formats/platform-outputs.ts'
import type { TrustChoice } from '../../formats/android/trust-anchors.ts'
import type { HostPolicy } from '../../pins/plan-pins.ts'
import { defineRule } from '../risk-rule.ts'
import { listed } from '../../wording/wording.ts'

interface Facts {
  readonly hosts: readonly string[]
  readonly trust: TrustChoice
}

const MEANING: Readonly<Record<TrustChoice, string>> = {
  ship: 'The configuration names the certificate itself as trust anchor. Android then recognises it by its subject name and its key alone, and looks neither at its dates nor at who else may have the key. A certificate with another key or another name cuts the app off until it is updated.',
  installed:
    'What devices install are CA certificates; whether they take this one depends on the device, and the app trusts every other CA that was added to them as well.',
  'as-is':
    'No trust anchors are written, so Android refuses the connection before it looks at a pin, unless the base-config of your file trusts this certificate.',
}

export default defineRule<Facts>({
  id: 'android-self-signed-anchor',
  tab: 'android',
  severity: ({ trust }) => (trust === 'as-is' ? 'blocker' : 'warning'),
  title: ({ hosts }) => `No CA stands above the certificate of ${listed(hosts)}`,
  why: ({ trust }) =>
    `It signed itself, so there is nothing else to trust. ${MEANING[trust]} With a small CA of your own, and a server certificate that it issued, you can renew without an app update.`,
  faq: 'private-ca',
  source: 'https://github.com/google/conscrypt/blob/master/common/src/main/java/org/conscrypt/TrustManagerImpl.java',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.some(hasOwnLeaf),
  check: ({ plan, settings }) => {
    const { trust } = androidValues(settings)
    const policies = plan.policies.filter(hasOwnLeaf)
    return [
      {
        rowIds: policies.flatMap(({ rowIds }) => rowIds),
        facts: { hosts: policies.map(({ host }) => host), trust },
      },
    ]
  },
})

function hasOwnLeaf({ anchors }: HostPolicy): boolean {
  return anchors.own.some(({ kind }) => kind === 'leaf')
}
