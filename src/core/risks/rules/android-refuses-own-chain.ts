import { enforcedPins } from '../../formats/enforced-pins.ts'
import { isRefusedOn, knownChains, matchesAnywhere } from '../device-coverage.ts'
import { defineRule } from '../risk-rule.ts'

interface Facts {
  readonly host: string
  /** A pinned key is above the leaf, but on a path that no Android takes. */
  readonly isBeside: boolean
}

export default defineRule<Facts>({
  id: 'android-refuses-own-chain',
  tab: 'android',
  severity: 'blocker',
  title: ({ host }) => `Android would refuse ${host} today`,
  why: ({ host, isBeside }) =>
    isBeside
      ? `No version of Android ends up with one of the pinned keys, so the app could not connect to ${host} at all. The pinned keys are on another path: Android ends at the first root that it has, and does not go on when the pins do not match. Pin a certificate of the path that it takes as well.`
      : `No chain of ${host} has one of the pinned keys, so the app could not connect at all. A backup key or a typed pin helps only once the server presents it. Pin a certificate of the chain in service as well.`,
  faq: 'backup-pin',
  source: 'https://developer.android.com/privacy-and-security/security-config#CertificatePinning',
  since: '2026-11-21',
  applies: ({ plan, rows }) => plan.policies.length > 0 && rows.some((row) => knownChains(row).length > 0),
  check: ({ plan, rows, settings, now }) => {
    const chainsOfRow = new Map(rows.map((row) => [row.rowId, knownChains(row)]))
    return plan.policies.flatMap((policy) => {
      const { host, rowIds } = policy
      const chains = rowIds.flatMap((rowId) => chainsOfRow.get(rowId) ?? [])
      const pins = enforcedPins(policy, plan.policies, settings)
      if (chains.length === 0 || !chains.every((chain) => isRefusedOn('android', chain, pins, now))) return []
      const cause = { kind: 'android-refuses-every-chain' as const }
      return [
        { rowIds, cause, facts: { host, isBeside: chains.some((chain) => matchesAnywhere('android', chain, pins)) } },
      ]
    })
  },
})
