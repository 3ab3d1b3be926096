import { validityAt, type Certificate } from '../../certificate/certificate.ts'
import { enforcedPins } from '../../formats/enforced-pins.ts'
import { daysUntil, isoDay, MILLISECONDS_PER_DAY } from '../../instant.ts'
import { policyOf, type PlanRow } from '../../pins/plan-pins.ts'
import { isOwnPin, outlivesNewLeafKey } from '../chain-changes.ts'
import { RENEWAL_DAYS } from '../policy.ts'
import { defineRule } from '../risk-rule.ts'
import { dayInWords, inDays } from '../wording.ts'

interface Facts {
  readonly host: string
  readonly ends: string
  readonly days: number
  /** A pinned CA lets both platforms connect with a new leaf key. */
  readonly isCarried: boolean
}

export default defineRule<Facts>({
  id: 'certificate-ends-soon',
  tab: 'results',
  severity: ({ isCarried }) => (isCarried ? 'note' : 'warning'),
  title: ({ host, ends }) => `The pinned leaf of ${host} ends on ${dayInWords(ends)}`,
  why: ({ host, days, isCarried }) =>
    `That is ${inDays(days)}, so ${host} gets a new certificate before many users have a new version of the app. ${
      isCarried
        ? 'If it comes with another key, the pinned CA carries the connection.'
        : 'Its key has to be one that is pinned: have the certificate issued for the same key, or for the backup.'
    }`,
  faq: 'certificate-lifetimes',
  source: 'https://letsencrypt.org/docs/integration-guide/',
  since: '2026-11-21',
  applies: ({ plan, rows }) => plan.policies.length > 0 && rows.some((row) => leafChains(row).length > 0),
  check: ({ plan, rows, settings, now }) =>
    rows.flatMap((row) => {
      const policy = row.hostRule && policyOf(row.hostRule.host, plan.policies)
      if (!policy) return []
      const pins = enforcedPins(policy, plan.policies, settings)
      const pinned = leafChains(row).filter(({ leaf }) => isOwnPin(policy, leaf.pin))
      const horizon = now + RENEWAL_DAYS * MILLISECONDS_PER_DAY
      const lasting = pinned.map(({ leaf }) => leaf).filter(({ notAfter }) => notAfter > horizon)
      return pinned
        .filter(({ leaf }) => validityAt(leaf, now) === 'valid' && !lasting.some((other) => succeeds(other, leaf, row)))
        .slice(0, 1)
        .map(({ chain, leaf }) => ({
          rowIds: [row.rowId],
          cause: { kind: 'certificate-ends' as const },
          facts: {
            host: policy.host,
            ends: isoDay(leaf.notAfter),
            days: daysUntil(leaf.notAfter, now),
            isCarried: outlivesNewLeafKey(chain, pins, 'stays'),
          },
        }))
    }),
})

/** Whether the server has, or may take, a leaf after another. Of two that it presents today, each has to be renewed. */
function succeeds(other: Certificate, leaf: Certificate, { served }: PlanRow): boolean {
  return other.pin === leaf.pin || !(served.has(other.sha256) && served.has(leaf.sha256))
}

function leafChains({ chains }: PlanRow) {
  return chains.flatMap((chain) => {
    const [first] = chain.links
    return first?.role === 'leaf' ? [{ chain, leaf: first.certificate }] : []
  })
}
