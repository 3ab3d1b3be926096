import type { Certificate } from '../certificate/certificate.ts'
import type { PathSearch } from '../chain/trust-path.ts'
import type { Instant } from '../instant.ts'
import type { SpkiPin } from '../pins/spki-pin.ts'
import type { PinningDevice } from './devices.ts'
import { verdictOf, type DevicePath } from './device-paths.ts'

/** What each platform is told to check for a host. */
export interface EnforcedPins {
  /** One match anywhere in the path is enough; null pins nothing. */
  readonly android: ReadonlySet<SpkiPin> | null
  /** Each list that is there must match: the leaf's at the leaf, the CAs' above it (platforms.md B.2). */
  readonly ios: { readonly leaf: ReadonlySet<SpkiPin> | null; readonly ca: ReadonlySet<SpkiPin> | null }
}

/** What a set of pins comes to on a device. */
export interface Coverage {
  /** `not-trusted`: by no path, or at a private root; pins do not matter then. `unknown`: no path is known. */
  readonly kind: 'every-path' | 'some-paths' | 'never' | 'not-trusted' | 'unknown'
  /** Of the paths that the device may end up with, how many the pins match; both 0 when there are none. */
  readonly matching: number
  readonly possible: number
  /**
   * Whether the app connects. It is told apart from the share of paths: Android keeps the first valid path, so all must
   * match, while Apple goes on trying until one matches. `depends` when nobody can say.
   */
  readonly connects: 'yes' | 'no' | 'depends'
}

/** What the pins come to on a device, for a chain that was searched. */
export function coverageOf(search: PathSearch, device: PinningDevice, pins: EnforcedPins, now: Instant): Coverage {
  const verdict = verdictOf(search, device, now)
  switch (verdict.kind) {
    case 'unknown':
      return { kind: 'unknown', matching: 0, possible: 0, connects: 'depends' }
    case 'not-trusted':
    case 'private-root':
      return { kind: 'not-trusted', matching: 0, possible: 0, connects: 'no' }
    case 'trusted':
    case 'uncertain': {
      const matched = verdict.paths.filter(({ path }) => matches(path, device, pins))
      const [matching, possible] = [matched.length, verdict.paths.length]
      const share = matching === possible ? 'every-path' : 'some-paths'
      return {
        kind: matching === 0 ? 'never' : share,
        matching,
        possible,
        connects:
          device.platform === 'android'
            ? onFirstPath(verdict.paths, matched, pins, search.isCut)
            : onAnyPath(matched, search.isCut),
      }
    }
  }
}

/** One answer for all chains of a host, since which of them a device gets is not its choice: the worst. Null for none. */
export function worstOf(coverages: readonly Coverage[]): Coverage | null {
  const [first, ...others] = coverages
  if (!first) return null
  return others.reduce((worst, coverage) => (rankOf(coverage) < rankOf(worst) ? coverage : worst), first)
}

const CONNECTS_ORDER: readonly Coverage['connects'][] = ['no', 'depends', 'yes']
const KIND_ORDER: readonly Coverage['kind'][] = ['not-trusted', 'never', 'unknown', 'some-paths', 'every-path']

function rankOf({ kind, connects }: Coverage): number {
  return CONNECTS_ORDER.indexOf(connects) * KIND_ORDER.length + KIND_ORDER.indexOf(kind)
}

interface Linked {
  /** Leaf first. */
  readonly links: readonly { readonly certificate: Pick<Certificate, 'pin'> }[]
}

/** Whether the pins match a path or a chain by the rules of a platform, whatever its devices think of the path. */
export function matches(
  { links }: Linked,
  { platform }: Pick<PinningDevice, 'platform'>,
  { android, ios }: EnforcedPins,
): boolean {
  if (platform === 'android') return android === null || links.some(({ certificate }) => android.has(certificate.pin))
  const { leaf, ca } = ios
  return (
    (leaf === null || links.some(({ certificate }, index) => index === 0 && leaf.has(certificate.pin))) &&
    (ca === null || links.some(({ certificate }, index) => index > 0 && ca.has(certificate.pin)))
  )
}

/** One path is taken, and which one of them is not known. Every path has the leaf, those that were not found too. */
function onFirstPath(
  paths: readonly DevicePath[],
  matched: readonly DevicePath[],
  { android }: EnforcedPins,
  isCut: boolean,
): Coverage['connects'] {
  const leaf = paths[0]?.path.links[0]?.certificate
  const areAllKnown = !isCut || android === null || (leaf !== undefined && android.has(leaf.pin))
  if (!areAllKnown) return 'depends'
  if (matched.length === 0) return 'no'
  return matched.length === paths.length && matched.some(({ doubts }) => doubts.length === 0) ? 'yes' : 'depends'
}

/** Paths are tried until one matches. */
function onAnyPath(matched: readonly DevicePath[], isCut: boolean): Coverage['connects'] {
  if (matched.some(({ doubts }) => doubts.length === 0)) return 'yes'
  return matched.length > 0 || isCut ? 'depends' : 'no'
}
