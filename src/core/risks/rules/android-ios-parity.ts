import { androidValues } from '../../formats/platform-outputs.ts'
import { enforcedPins } from '../../formats/enforced-pins.ts'
import { expirationOf } from '../../formats/expiration.ts'
import type { EnforcedPins } from '../../trust/coverage.ts'
import { defineRule } from '../risk-rule.ts'
import { dayInWords, listed } from '../../wording/wording.ts'

interface Facts {
  /** Hosts for which iOS asks for more than any one pin of Android, or for fewer pins. */
  readonly logic: readonly string[]
  /** Hosts whose sub-domains reach further on Android. */
  readonly depth: readonly string[]
  /** The days on which Android stops, earliest first. */
  readonly expiry: readonly string[]
}

export default defineRule<Facts>({
  id: 'android-ios-parity',
  tab: 'results',
  severity: 'note',
  title: ({ logic, depth, expiry }) => {
    const parts = [
      ...(logic.length > 0 ? ['which pins count'] : []),
      ...(depth.length > 0 ? ['how far sub-domains reach'] : []),
      ...(expiry.length > 0 ? ['when the pins end'] : []),
    ]
    return `Android and iOS differ in ${listed(parts)}`
  },
  why: ({ logic, depth, expiry }) =>
    [
      ...(logic.length > 0
        ? [
            `For ${listed(logic)} Android takes any one of the pins, iOS only those of the list that it is given, and both lists where both are filled. One platform may lose the connection while the other keeps it.`,
          ]
        : []),
      ...(depth.length > 0
        ? [`Sub-domains of ${listed(depth)} are pinned at every depth on Android and one label deep on iOS.`]
        : []),
      ...(expiry.length > 0
        ? [
            `Android stops checking on ${listed(expiry.map(dayInWords))}; iOS and OkHttp know no such day and go on until the app is updated.`,
          ]
        : []),
      'Test both before a key changes.',
    ].join(' '),
  faq: 'one-match',
  source:
    'https://developer.apple.com/documentation/bundleresources/information-property-list/nsapptransportsecurity/nspinneddomains',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.length > 0,
  check: ({ plan, settings, now }) => {
    const { expiration } = androidValues(settings)
    const { policies } = plan
    const logic = policies.filter((policy) => !isAlike(enforcedPins(policy, policies, settings)))
    const depth = policies.filter(({ includeSubdomains }) => includeSubdomains)
    const ends = policies.flatMap((policy) => {
      const outcome = expirationOf(policy, expiration, now)
      return outcome.kind === 'written' ? [outcome.date] : []
    })
    const facts: Facts = {
      logic: logic.map(({ host }) => host),
      depth: depth.map(({ host }) => host),
      expiry: [...new Set(ends)].toSorted(),
    }
    return Object.values(facts).some((differences) => differences.length > 0) ? [{ rowIds: [], facts }] : []
  },
})

/** Whether iOS is given one list with all pins of Android. */
function isAlike({ android, ios: { leaf, ca } }: EnforcedPins): boolean {
  const list = leaf ?? ca
  if (!list || !android || (leaf && ca)) return false
  return list.size === android.size && [...android].every((pin) => list.has(pin))
}
