import { defineRule } from '../risk-rule.ts'
import { listed } from '../../wording/wording.ts'

/** True of every plan, so it is told once and of all hosts together. */
export default defineRule<{ readonly hosts: readonly string[] }>({
  id: 'android-reach',
  tab: 'android',
  severity: 'note',
  title: 'Not everything in an Android app obeys this file',
  why: ({ hosts }) =>
    `Android 6 and older ignore it: with a minSdk below 24 ${listed(hosts)} ${hosts.length === 1 ? 'is' : 'are'} not pinned there. Flutter and Dart, Unity, native code with TLS of its own and code with a TrustManager of its own never look at it, and Ktor’s CIO engine fails once it names a domain. Pin in the code of those. WebViews do obey it, so the pins hold for their pages on these hosts too.`,
  faq: 'os-versions',
  source: 'https://developer.android.com/privacy-and-security/security-config',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.length > 0,
  check: ({ plan }) => [{ rowIds: [], facts: { hosts: plan.policies.map(({ host }) => host) } }],
})
