import { validityAt, type Certificate } from '../../certificate/certificate.ts'
import { serverChains } from '../../chain/server-chains.ts'
import { enforcedPins } from '../../formats/enforced-pins.ts'
import { iosValues } from '../../formats/platform-outputs.ts'
import { daysUntil, isoDay, MILLISECONDS_PER_DAY } from '../../instant.ts'
import { policyOf, type PlanRow } from '../../pins/plan-pins.ts'
import { isOwnPin, outlivesNewLeafKey } from '../chain-changes.ts'
import { haveBackup } from '../backups.ts'
import { listsWithoutBackup } from '../ios-lists.ts'
import { lifetimeInDays, RENEWAL_DAYS } from '../policy.ts'
import { defineRule } from '../risk-rule.ts'
import { usefulPins } from '../useful-pins.ts'
import { counted, dayInWords, inDays } from '../../wording/wording.ts'

interface Facts {
  readonly host: string
  readonly ends: string
  readonly days: number
  /** A pinned CA lets both platforms connect with a new leaf key. */
  readonly isCarried: boolean
  /** How long it is valid in days, where no such certificate lasts beyond the horizon and there is a backup; else null. */
  readonly shortLifetime: number | null
}

export default defineRule<Facts>({
  id: 'certificate-ends-soon',
  tab: 'results',
  severity: ({ isCarried, shortLifetime }) => (isCarried || shortLifetime !== null ? 'note' : 'warning'),
  title: ({ host, ends }) => `The pinned leaf of ${host} ends on ${dayInWords(ends)}`,
  why: ({ host, days, isCarried, shortLifetime }) =>
    shortLifetime !== null && !isCarried
      ? `That is ${inDays(days)}. Certificates of ${host} are valid for ${counted(shortLifetime, 'day')}, so one always ends soon. Have each new one issued for the pinned key, or for the backup.`
      : `That is ${inDays(days)}, so ${host} gets a new certificate before many users have a new version of the app. ${
          isCarried
            ? 'If it comes with another key, the pinned CA carries the connection.'
            : 'Its key has to be one that is pinned: have the certificate issued for the same key, or for the backup.'
        }`,
  faq: 'certificate-lifetimes',
  source: 'https://letsencrypt.org/docs/integration-guide/',
  since: '2026-11-21',
  applies: ({ plan, rows }) => plan.policies.length > 0 && rows.some((row) => serverChains(row.chains).length > 0),
  check: (context) => {
    const { plan, rows, settings, now } = context
    return rows.flatMap((row) => {
      const policy = row.hostRule && policyOf(row.hostRule.host, plan.policies)
      if (!policy) return []
      const pins = enforcedPins(policy, plan.policies, settings)
      const pinned = serverChains(row.chains).filter(({ leaf }) => isOwnPin(policy, leaf.pin))
      const hasBackup =
        haveBackup(usefulPins(policy, rows, now), policy, rows) &&
        listsWithoutBackup(policy, context, iosValues(settings).lists).length === 0
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
            shortLifetime: hasBackup && lifetimeInDays(leaf) <= RENEWAL_DAYS ? lifetimeInDays(leaf) : null,
          },
        }))
    })
  },
})

/** Whether the server has, or may take, a leaf after another. Of two that it presents today, each has to be renewed. */
function succeeds(other: Certificate, leaf: Certificate, { served }: PlanRow): boolean {
  return other.pin === leaf.pin || !(served.has(other.sha256) && served.has(leaf.sha256))
}
