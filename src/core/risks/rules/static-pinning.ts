import { defineRule } from '../risk-rule.ts'
import { listed } from '../../wording/wording.ts'

export default defineRule<{ hosts: readonly string[] }>({
  id: 'static-pinning',
  tab: 'results',
  severity: 'note',
  title: 'Static pins can cut off installed apps',
  why: ({ hosts }) =>
    `Installed apps keep these pins until they are updated. On the day ${listed(hosts)} can present none of the pinned keys, they stop connecting. Keep a backup key, ship new pins before the server changes, and know who renews the certificate.`,
  faq: 'do-i-need-it',
  source: 'https://cheatsheetseries.owasp.org/cheatsheets/Pinning_Cheat_Sheet.html',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.length > 0,
  check: ({ plan }) => [{ rowIds: [], facts: { hosts: plan.policies.map(({ host }) => host) } }],
})
