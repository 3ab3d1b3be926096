import type { HostRule } from '../../pins/host-rule.ts'
import { policyOf } from '../../pins/plan-pins.ts'
import { thirdPartyOf, type ThirdParty } from '../../trust/third-parties.ts'
import { defineRule } from '../risk-rule.ts'

interface Facts {
  readonly host: string
  /** Null for a public suffix that no well-known service has. */
  readonly owner: ThirdParty | null
}

export default defineRule<Facts>({
  id: 'third-party-host',
  tab: 'results',
  severity: 'warning',
  title: ({ host, owner }) =>
    owner ? `${host} belongs to ${owner.name}, not to you` : `${host} is a public suffix, not a host of yours`,
  why: ({ host, owner }) =>
    owner
      ? [
          `Whoever runs ${owner.domain} changes its keys, its CA and its provider without asking those who pin them, and on that day your app stops connecting to ${host}.`,
          owner.advice ?? `No advice of ${owner.name} on pinning is known.`,
          `Leave ${host} to the normal check of certificates, or send its traffic through a server of your own. If you do run ${host}, this does not concern you.`,
        ].join(' ')
      : `Many customers share ${host}, and who runs it has the key. It changes without notice, and on that day your app stops connecting. Pin a host of your own instead.`,
  faq: 'third-party-domains',
  source: 'https://cheatsheetseries.owasp.org/cheatsheets/Pinning_Cheat_Sheet.html',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.length > 0,
  check: ({ plan, rows }) =>
    rows.flatMap(({ hostRule, rowId }) => {
      if (!hostRule || !policyOf(hostRule.host, plan.policies) || !isForeign(hostRule)) return []
      const owner = thirdPartyOf(hostRule.host)
      return [{ rowIds: [rowId], facts: { host: hostRule.host, owner }, source: owner?.source }]
    }),
})

function isForeign({ host, isPublicSuffix }: HostRule): boolean {
  return isPublicSuffix || thirdPartyOf(host) !== null
}
