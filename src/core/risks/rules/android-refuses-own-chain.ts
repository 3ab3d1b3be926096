import type { Chain } from '../../chain/chain.ts'
import { defineRule } from '../risk-rule.ts'

export default defineRule<{ readonly host: string }>({
  id: 'android-refuses-own-chain',
  tab: 'android',
  severity: 'blocker',
  title: ({ host }) => `Android would refuse ${host} today`,
  why: ({ host }) =>
    `No chain of ${host} has one of the pinned keys, so the app could not connect at all. A backup key or a typed pin helps only once the server presents it. Pin a certificate of the chain in service as well.`,
  faq: 'backup-pin',
  source: 'https://developer.android.com/privacy-and-security/security-config#CertificatePinning',
  since: '2026-11-21',
  applies: ({ plan, rows }) => plan.policies.length > 0 && rows.some((row) => knownChains(row).length > 0),
  check: ({ plan, rows }) => {
    const chainsOfRow = new Map(rows.map((row) => [row.rowId, knownChains(row)]))
    return plan.policies.flatMap(({ host, rowIds, pins }) => {
      const chains = rowIds.flatMap((rowId) => chainsOfRow.get(rowId) ?? [])
      const pinned = new Set(pins.map(({ pin }) => pin))
      const isAccepted = chains.some(({ links }) => links.some(({ certificate }) => pinned.has(certificate.pin)))
      return chains.length === 0 || isAccepted ? [] : [{ rowIds, facts: { host } }]
    })
  },
})

/** Chains that a server could present. Of one whose root is unknown nobody can say which CAs it has. */
function knownChains({ chains }: { readonly chains: readonly Chain[] }): Chain[] {
  return chains.filter(({ links, end }) => links[0]?.role === 'leaf' && end.kind !== 'issuer-missing')
}
