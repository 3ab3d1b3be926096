import { MILLISECONDS_PER_DAY, type Instant } from './instant.ts'

/** The beginning of the UTC day that an instant is in. All dates of a plan are such days. */
export function dayOf(instant: Instant): Instant {
  return Math.floor(instant / MILLISECONDS_PER_DAY) * MILLISECONDS_PER_DAY
}

/** @param days may be negative */
export function addDays(day: Instant, days: number): Instant {
  return day + days * MILLISECONDS_PER_DAY
}

/** Whole days for two beginnings of days; negative where `to` is the earlier one. */
export function daysBetween(from: Instant, to: Instant): number {
  return (to - from) / MILLISECONDS_PER_DAY
}

/** The last UTC day that a certificate is valid all day long; its last second belongs to it (RFC 5280 §4.1.2.5). */
export function lastWholeDay({ notAfter }: { readonly notAfter: Instant }): Instant {
  return addDays(dayOf(notAfter + 1000), -1)
}
