import {
  daysUntil,
  isoDay,
  MILLISECONDS_PER_DAY,
  MILLISECONDS_PER_HOUR,
  startOfDayUtc,
  type Instant,
} from '../instant.ts'
import { parentPolicies, type HostPolicy, type PlannedPin } from '../pins/plan-pins.ts'
import type { ExpirationChoice, ExpirationOption, FormatAbilities } from './format.ts'

/** Asked by every output whose pin sets can end by themselves. */
export const EXPIRATION_OPTION = {
  kind: 'expiration',
  label: 'When do these pins stop being enforced?',
} as const satisfies ExpirationOption

/** What an `ExpirationChoice` comes to for one policy. */
export type Expiration =
  | { readonly kind: 'none' }
  | { readonly kind: 'written'; readonly date: string; readonly from: Instant; readonly until: Instant }
  /** `past`: somewhere on earth that day has begun. `not-a-day`: no calendar has it, or it is not `yyyy-MM-dd`. */
  | { readonly kind: 'not-written'; readonly date: string; readonly reason: 'past' | 'not-a-day' }
  /** Computed, and no pinned key has a certificate that could end. */
  | { readonly kind: 'not-written'; readonly date: null; readonly reason: 'no-end' }

/** Local midnight of a day lies between UTC+14 and UTC-12. */
const EARLIEST_MIDNIGHT = -14 * MILLISECONDS_PER_HOUR
const LATEST_MIDNIGHT = 12 * MILLISECONDS_PER_HOUR

/**
 * The `expiration` of a policy's pin set. Android stops enforcing at the start of that day in the device's own time
 * zone (platforms.md A.6), so a date counts as past once the day has begun anywhere.
 */
export function expirationOf({ pins }: Pick<HostPolicy, 'pins'>, choice: ExpirationChoice, now: Instant): Expiration {
  if (choice.kind === 'none') return { kind: 'none' }
  const date = choice.kind === 'date' ? choice.date : earliestEnd(pins)
  if (date === null) return { kind: 'not-written', date, reason: 'no-end' }
  const midnights = midnightsOf(date)
  if (midnights === null) return { kind: 'not-written', date, reason: 'not-a-day' }
  if (midnights.from <= now) return { kind: 'not-written', date, reason: 'past' }
  return { kind: 'written', date, ...midnights }
}

/**
 * The same for an entry of any output. Where an entry that has ended leaves its host to those of its parents, a host
 * would be held to its parents' pins alone from its own end on, so all that overlap end with the first of them.
 */
export function entryExpiration(
  policy: HostPolicy,
  policies: readonly HostPolicy[],
  { endedEntries }: Pick<FormatAbilities, 'endedEntries'>,
  choice: ExpirationChoice,
  now: Instant,
): Expiration {
  const together = endedEntries === 'leave-to-parents' ? overlapping(policy, policies) : [policy]
  return expirationOf({ pins: together.flatMap(({ pins }) => pins) }, choice, now)
}

/** All whose hosts lie below the same topmost one that includes its sub-domains, itself among them. */
function overlapping(policy: HostPolicy, policies: readonly HostPolicy[]): readonly HostPolicy[] {
  const top = topmost(policy, policies)
  return policies.filter((other) => topmost(other, policies) === top)
}

function topmost(policy: HostPolicy, policies: readonly HostPolicy[]): HostPolicy {
  return parentPolicies(policy.host, policies).at(-1) ?? policy
}

/** From when to when the day begins on devices, whose time zones differ; null for what is no day. */
export function midnightsOf(date: string): { readonly from: Instant; readonly until: Instant } | null {
  const start = startOfDayUtc(date)
  return start === null ? null : { from: start + EARLIEST_MIDNIGHT, until: start + LATEST_MIDNIGHT }
}

/** The first day that has begun nowhere on earth: tomorrow, as the time zone that is furthest ahead has it. */
export function earliestExpiration(now: Instant): string {
  return isoDay(now - EARLIEST_MIDNIGHT + MILLISECONDS_PER_DAY)
}

/** What a date begins with when somebody asks for one: a year from now. */
export function proposedExpiration(now: Instant): string {
  return isoDay(now + 365 * MILLISECONDS_PER_DAY)
}

/** How many days ahead the day is that is written, whatever the hour: so Android's lint counts as well. */
export function daysAhead({ date, from }: { readonly date: string; readonly from: Instant }, now: Instant): number {
  return daysUntil(startOfDayUtc(date) ?? from, now)
}

/** A key lasts as long as the longest of its certificates; null for one that has none, which has no end. */
export function endOfPin({ origins }: PlannedPin): Instant | null {
  const ends = origins.flatMap((origin) => (origin.kind === 'certificate' ? [origin.certificate.notAfter] : []))
  return ends.length > 0 ? Math.max(...ends) : null
}

/** The day on which the first pinned key runs out, of those that do. */
function earliestEnd(pins: readonly PlannedPin[]): string | null {
  const ends = pins.flatMap((pin) => endOfPin(pin) ?? [])
  return ends.length > 0 ? isoDay(Math.min(...ends)) : null
}
