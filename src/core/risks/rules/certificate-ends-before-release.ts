import { validityAt } from '../../certificate/certificate.ts'
import { keysOf } from '../../chain/chain-keys.ts'
import { inService, serverChains, type ServerChain } from '../../chain/server-chains.ts'
import { cadenceOf, type Cadence } from '../../cadence/cadence.ts'
import { androidValues } from '../../formats/platform-outputs.ts'
import { enforcedPins } from '../../formats/enforced-pins.ts'
import { expirationOf } from '../../formats/expiration.ts'
import type { Platform } from '../../formats/format.ts'
import { addDays, dayOf, lastWholeDay } from '../../days.ts'
import { isoDay, type Instant } from '../../instant.ts'
import { policyOf, type PlanRow } from '../../pins/plan-pins.ts'
import type { SpkiPin } from '../../pins/spki-pin.ts'
import type { EnforcedPins } from '../../trust/coverage.ts'
import { casOf, isOwnPin } from '../chain-changes.ts'
import { defineRule, type RiskContext } from '../risk-rule.ts'
import { counted, dayInWords, listed, PLATFORM_NAMES } from '../../wording/wording.ts'

interface Facts {
  readonly host: string
  /** Where nothing but the leaf's key holds. */
  readonly platforms: readonly Platform[]
  /** The last day that its last certificate is valid all day long. */
  readonly lastDay: string
  readonly cadence: Cadence
  /** A pin that is added today is in a release by then, and on nearly all phones by the other day. */
  readonly released: string
  readonly adopted: string
}

export default defineRule<Facts>({
  id: 'certificate-ends-before-release',
  tab: 'results',
  severity: 'warning',
  title: ({ host }) => `The certificate of ${host} ends before a release with another pin can reach phones`,
  why: ({ host, platforms, lastDay, cadence: { releaseEvery, adoption }, released, adopted }) =>
    [
      `On ${listed(platforms.map((platform) => PLATFORM_NAMES[platform]))} nothing but the leaf’s key of ${host} is pinned, and its certificate is good up to ${dayInWords(lastDay)}.`,
      `With a release every ${releaseEvery === 1 ? 'day' : counted(releaseEvery, 'day')} and ${counted(adoption, 'day')} until nearly all phones have it, as the rotation planner has it, another pin is out by ${dayInWords(released)} and on those phones by ${dayInWords(adopted)}.`,
      'If the next certificate has another key, phones are cut off until they update. Have it issued for the same key, and pin a backup key in the next release.',
    ].join(' '),
  faq: 'rotate',
  source:
    'https://github.com/cabforum/servercert/blob/main/docs/BR.md#632-certificate-operational-periods-and-key-pair-usage-periods',
  since: '2026-11-21',
  applies: ({ plan, rows, now }) =>
    plan.policies.length > 0 && rows.some((row) => leavesInService(row, now).length > 0),
  check: (context) => {
    const { rows, settings, now } = context
    const cadence = cadenceOf(settings)
    const released = addDays(dayOf(now), cadence.releaseEvery)
    const adopted = addDays(released, cadence.adoption)
    return rows.flatMap((row) => {
      const resting = restingLeaves(row, context).filter(({ end }) => lastWholeDay({ notAfter: end }) < adopted)
      const [first] = resting.toSorted((one, other) => one.end - other.end)
      if (!first) return []
      const { host, platforms, end } = first
      const facts = { host, platforms, cadence, lastDay: isoDay(lastWholeDay({ notAfter: end })) }
      const cause = { kind: 'certificate-ends' as const }
      return [{ rowIds: [row.rowId], cause, facts: { ...facts, released: isoDay(released), adopted: isoDay(adopted) } }]
    })
  },
})

interface RestingLeaf {
  readonly host: string
  readonly platforms: readonly Platform[]
  /** When the last certificate for its key ends. */
  readonly end: Instant
}

/** The leaves in service that some platform has no other pin for, once their key is gone. */
function restingLeaves(row: PlanRow, { plan, settings, now }: RiskContext): readonly RestingLeaf[] {
  const policy = row.hostRule && policyOf(row.hostRule.host, plan.policies)
  if (!policy) return []
  const pins = enforcedPins(policy, plan.policies, settings)
  const { expiration } = androidValues(settings)
  const opening = expirationOf(policy, expiration, now)
  const all = serverChains(row.chains)
  const presented = all.filter(({ leaf }) => row.served.has(leaf.sha256))
  return leavesInService(row, now).flatMap(({ chain, leaf }) => {
    if (!isOwnPin(policy, leaf.pin)) return []
    const end = Math.max(...all.flatMap((other) => (other.leaf.pin === leaf.pin ? other.leaf.notAfter : [])))
    // A key that the server presents today is none that it can change to; another of the row may be.
    const known = new Set([chain, ...presented.map((one) => one.chain)].flatMap(keysOf))
    const platforms = restingOn(leaf.pin, casOf(chain), known, pins).filter(
      (platform) => platform === 'ios' || opening.kind !== 'written' || opening.until > end,
    )
    return platforms.length === 0 ? [] : [{ host: policy.host, platforms, end }]
  })
}

/** The platforms that check a leaf's key and accept no CA above it, nor any key that is not known. */
function restingOn(
  leaf: SpkiPin,
  cas: readonly SpkiPin[],
  known: ReadonlySet<SpkiPin>,
  { android, ios }: EnforcedPins,
): readonly Platform[] {
  const hasOther = (pins: ReadonlySet<SpkiPin>) => [...pins].some((pin) => !known.has(pin))
  const isOnAndroid = android?.has(leaf) === true && !cas.some((pin) => android.has(pin)) && !hasOther(android)
  // Beside a leaf list, a CA list does not make up for the leaf (platforms.md B.2).
  const isOnIos = ios.leaf?.has(leaf) === true && !hasOther(ios.leaf)
  return [...(isOnAndroid ? (['android'] as const) : []), ...(isOnIos ? (['ios'] as const) : [])]
}

/** Those that servers presented, or else all; without those that are not valid today. */
function leavesInService(row: PlanRow, now: Instant): readonly ServerChain[] {
  const valid = serverChains(row.chains).filter(({ leaf }) => validityAt(leaf, now) === 'valid')
  return inService(valid, row.served)
}
