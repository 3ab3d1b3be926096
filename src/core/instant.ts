/** A point in time: milliseconds since 1970-01-01T00:00:00Z. The core never reads the clock; `now` is passed in. */
export type Instant = number

export const MILLISECONDS_PER_HOUR = 3_600_000
export const MILLISECONDS_PER_DAY = 24 * MILLISECONDS_PER_HOUR

/** The UTC calendar day of an instant, as `yyyy-MM-dd` with a four-digit year. */
export function isoDay(instant: Instant): string {
  return new Date(instant).toISOString().slice(0, 10)
}

/** How many midnights of UTC lie between: what is left until the day that `isoDay` prints for the later one. */
export function daysUntil(later: Instant, now: Instant): number {
  return Math.floor(later / MILLISECONDS_PER_DAY) - Math.floor(now / MILLISECONDS_PER_DAY)
}

/**
 * The instant at which a day begins in UTC.
 *
 * @param day strictly `yyyy-MM-dd`, year 1000 to 9999
 * @returns null for any other text and for days that no calendar has, such as 2027-02-30
 */
export function startOfDayUtc(day: string): Instant | null {
  if (!/^[1-9]\d{3}-\d{2}-\d{2}$/.test(day)) return null
  const instant = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(instant) || isoDay(instant) !== day ? null : instant
}
