import { hasIosEntry } from '../../formats/ios/identity-lists.ts'
import { defineRule } from '../risk-rule.ts'
import { listed } from '../../wording/wording.ts'

/** True of every plan, so it is told once and of all hosts together. */
export default defineRule<{ readonly hosts: readonly string[] }>({
  id: 'ios-reach',
  tab: 'ios',
  severity: 'note',
  title: 'Not everything in an iOS app obeys this Info.plist',
  why: ({ hosts }) =>
    `iOS 13 and older ignore it: ${listed(hosts)} ${hosts.length === 1 ? 'is' : 'are'} not pinned there. An app extension reads its own Info.plist alone, so each of them needs a copy. Whether web views (WKWebView) obey it Apple does not say, so rely on neither; Safari inside the app does not. Code with TLS of its own, or that evaluates trust without the host’s name, is not pinned either.`,
  faq: 'webviews',
  source:
    'https://developer.apple.com/documentation/bundleresources/information-property-list/nsapptransportsecurity/nspinneddomains',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.some(hasIosEntry),
  check: ({ plan }) => [{ rowIds: [], facts: { hosts: plan.policies.filter(hasIosEntry).map(({ host }) => host) } }],
})
