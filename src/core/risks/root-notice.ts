import { startOfDayUtc, type Instant } from '../instant.ts'
import type { SpkiPin } from '../pins/spki-pin.ts'
import { ROOT_NOTICE_IDS, ROOT_NOTICES } from './root-notices.ts'

/**
 * Who takes the trust away. `ca`: its own CA has left it. `issuer`: the CA says what the programmes will do. `all`: whoever
 * looks at the certificate.
 */
export type RootProgramme = 'all' | 'android' | 'apple' | 'ca' | 'chrome' | 'issuer' | 'microsoft' | 'mozilla'

/** Something published about some roots: when who stops to trust them, and what that changes. */
export interface RootNotice {
  /** `upcoming`: announced, and nobody has done it yet at the day of the data. */
  readonly kind: 'distrust' | 'expiry' | 'phase-out' | 'removed' | 'upcoming'
  readonly programmes: readonly RootProgramme[]
  /** As precisely as it is known: `2025`, `2025-12` or `2025-12-07`. */
  readonly effective: string
  readonly severity: 'error' | 'info' | 'warning'
  /** Whole sentences that are true before and after the day. */
  readonly text: string
  readonly sources: readonly string[]
  /** Certificates that were issued before the day stay accepted. */
  readonly sparesOlder?: true
  /** That it concerns this root on that day is Pinsmith's estimate. */
  readonly isEstimate?: true
}

/** What is published about the roots that have this key, earliest first. */
export function noticesOf(pin: SpkiPin): readonly RootNotice[] {
  return (ROOT_NOTICE_IDS[pin] ?? []).map((id) => ROOT_NOTICES[id])
}

/** The first moment of the day, month or year on which a notice takes effect. */
export function effectiveFrom({ effective }: RootNotice): Instant {
  const day = `${effective}-01-01`.slice(0, 'yyyy-MM-dd'.length)
  const instant = startOfDayUtc(day)
  if (instant === null) throw new Error(`no day: ${effective}`)
  return instant
}

/** Whether a notice has taken effect. */
export function isInEffect(notice: RootNotice, now: Instant): boolean {
  return effectiveFrom(notice) <= now
}
