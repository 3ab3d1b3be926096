import type { Platform } from '../formats/format.ts'
import type { Instant } from '../instant.ts'
import type { SpkiPin } from '../pins/spki-pin.ts'
import type { CaFamily } from '../trust/ca-families.ts'
import { familyOfRoot } from '../trust/recognise.ts'
import { systemsOf } from './noticed-roots.ts'
import { retiredIssuersWith, type RetiredIssuers } from './policy.ts'
import { isInEffect, noticesOf, type RootNotice } from './root-notice.ts'

/** Why no new certificate below a CA’s key helps on a platform. */
export type CaEnd =
  /** `gone`: new phones of the platform have it no more, those with older systems keep it. */
  | { readonly kind: 'expired' | 'distrusted' | 'gone'; readonly notice: RootNotice }
  /** Its operator issues no public certificates any more. */
  | { readonly kind: 'closed'; readonly family: CaFamily }
  /** It has left this root: it issues from others. */
  | { readonly kind: 'left'; readonly notice: RootNotice }
  /** An intermediate that others took over from. */
  | { readonly kind: 'retired'; readonly retired: RetiredIssuers }

const SYSTEMS = { android: 'Android', ios: 'iOS' } as const

/** Whether a key is of a CA that is known to be over, and why; null for one that may issue. */
export function endOfCa(pin: SpkiPin, platform: Platform, now: Instant): CaEnd | null {
  const notices = noticesOf(pin).filter((notice) => isInEffect(notice, now))
  const first = (isMeant: (notice: RootNotice) => boolean) => notices.find(isMeant)
  const expired = first(({ kind }) => kind === 'expiry')
  if (expired) return { kind: 'expired', notice: expired }
  const isOfPlatform = (notice: RootNotice) => systemsOf(notice).includes(SYSTEMS[platform])
  // What a browser does not accept at all, no CA sells: also where phones still have the root.
  const distrusted =
    first((notice) => notice.kind === 'distrust' && isOfPlatform(notice)) ??
    first(({ kind, severity }) => kind === 'distrust' && severity === 'error')
  if (distrusted) return { kind: 'distrusted', notice: distrusted }
  const family = familyOfRoot(pin)
  if (family?.isClosed === true) return { kind: 'closed', family }
  const gone = first((notice) => notice.kind === 'removed' && isOfPlatform(notice))
  if (gone) return { kind: 'gone', notice: gone }
  const left = first(({ kind, programmes }) => kind === 'phase-out' && programmes.includes('ca'))
  if (left) return { kind: 'left', notice: left }
  const retired = retiredIssuersWith(pin, now)
  return retired ? { kind: 'retired', retired } : null
}
