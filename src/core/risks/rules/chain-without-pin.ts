import { validityAt } from '../../certificate/certificate.ts'
import { serverLeaf } from '../../chain/server-chains.ts'
import { enforcedPins } from '../../formats/enforced-pins.ts'
import { isoDay } from '../../instant.ts'
import { PLATFORMS, type Platform } from '../../formats/format.ts'
import type { HostName } from '../../pins/host-rule.ts'
import { isRefusedOn, knownChains } from '../device-coverage.ts'
import { defineRule } from '../risk-rule.ts'
import { dayInWords, listed, PLATFORM_NAMES } from '../../wording/wording.ts'

interface Facts {
  readonly host: HostName
  /** On which days the leaves end whose chains no pin matches, while another chain passes; never empty. */
  readonly ends: readonly string[]
  /** Where that is so; never empty. */
  readonly platforms: readonly Platform[]
}

export default defineRule<Facts>({
  id: 'chain-without-pin',
  tab: 'results',
  severity: 'warning',
  title: ({ host, ends }) =>
    ends.length === 1 ? `A chain of ${host} has no pinned key` : `${ends.length} chains of ${host} have no pinned key`,
  why: ({ host, ends, platforms }) => {
    const leaves = `${ends.length === 1 ? 'the leaf that ends' : 'the leaves that end'} on ${listed(ends.map(dayInWords))}`
    const who = listed(platforms.map((platform) => PLATFORM_NAMES[platform]))
    return `The certificates given for ${host} make several chains, and nobody asked the server which of them it presents. With ${leaves}, ${who} would refuse ${host}: no pin that is checked there matches. Pin a key of each chain that may be in service, and remove what is not.`
  },
  faq: 'one-match',
  source: 'https://developer.android.com/privacy-and-security/security-config#CertificatePinning',
  since: '2026-11-21',
  applies: ({ plan, rows }) => plan.policies.length > 0 && rows.some((row) => knownChains(row).length > 1),
  check: ({ plan, rows, settings, now }) =>
    plan.policies.flatMap((policy) => {
      const { host, rowIds } = policy
      const ofHost = rows.filter(({ rowId }) => rowIds.includes(rowId))
      // Which chain is in service is known then, and another rule compares what servers present.
      if (ofHost.some(({ served }) => served.size > 0)) return []
      const pins = enforcedPins(policy, plan.policies, settings)
      const chains = ofHost.flatMap(knownChains).flatMap((chain) => {
        const leaf = serverLeaf(chain)
        return leaf && validityAt(leaf, now) !== 'expired' ? [{ chain, leaf }] : []
      })
      const refusals = PLATFORMS.map((platform) => ({
        platform,
        leaves: chains.filter(({ chain }) => isRefusedOn(platform, chain, pins, now)).map(({ leaf }) => leaf),
      }))
      // Where none passes, the platform's own rule says so.
      const partial = refusals.filter(({ leaves }) => leaves.length > 0 && leaves.length < chains.length)
      const leaves = new Set(partial.flatMap((one) => one.leaves))
      if (leaves.size === 0) return []
      const facts = {
        host,
        ends: Array.from(leaves, ({ notAfter }) => isoDay(notAfter)),
        platforms: partial.map(({ platform }) => platform),
      }
      return [{ rowIds, facts }]
    }),
})
