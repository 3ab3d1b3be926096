import type { Chain } from '../chain/chain.ts'
import { androidValues, PLATFORM_OUTPUTS } from '../formats/platform-outputs.ts'
import type { TrustChoice } from '../formats/android/trust-anchors.ts'
import type { Platform } from '../formats/format.ts'
import type { OutputSettings } from '../formats/registry.ts'
import type { Instant } from '../instant.ts'
import type { HostPolicy } from '../pins/plan-pins.ts'
import type { SpkiPin } from '../pins/spki-pin.ts'
import { endOfCa, type CaEnd } from '../risks/ended-cas.ts'
import { isPrivate } from '../trust/device-paths.ts'
import { familyOfRoot } from '../trust/recognise.ts'
import type { FutureChain, FutureKey } from './future-chain.ts'

/** Whether phones trust the end of a chain that comes: what they look at before any pin. */
export type RootTrust =
  /** It is the one of today, or one that a new certificate is taken to be below. */
  | { readonly kind: 'given' }
  /** The output names the only roots that count for the host, and it is none of them. */
  | { readonly kind: 'not-an-anchor' }
  /** No phone ships with it. `any-ca`: of a CA that nobody knows, so it may as well be one that phones trust. */
  | { readonly kind: 'not-on-phones'; readonly of: 'own-ca' | 'any-ca' }
  /** `gone`: new phones have it no more. */
  | { readonly kind: 'ended'; readonly end: CaEnd }

export type TrustOf = (future: FutureChain, keys: readonly FutureKey[]) => RootTrust

/** What an output and the platforms behind it trust for a host. */
export interface OutputTrust {
  readonly trustOf: TrustOf
  /** Null for a CA that may issue. */
  readonly endOf: (pin: SpkiPin) => CaEnd | null
}

const GIVEN: RootTrust = { kind: 'given' }

/**
 * @param formatId of the output: one alone writes trust anchors, which replace the device's own list (platforms.md A.7)
 */
export function trustIn(
  { id, platforms }: { readonly id: string; readonly platforms: readonly Platform[] },
  { anchors }: HostPolicy,
  settings: OutputSettings,
  now: Instant,
): OutputTrust {
  const { trust } = androidValues(settings)
  const written: TrustChoice = id === PLATFORM_OUTPUTS.android && anchors.own.length > 0 ? trust : 'as-is'
  const shipped = new Set(written === 'ship' ? anchors.own.map(({ certificate }) => certificate.pin) : [])
  const hasStore = written === 'as-is' || anchors.needsStore
  const untrusted = new Set(
    id === PLATFORM_OUTPUTS.android && trust === 'as-is' ? anchors.own.map(({ certificate }) => certificate.pin) : [],
  )
  const endOf = (pin: SpkiPin) => platforms.flatMap((platform) => endOfCa(pin, platform, now) ?? [])[0] ?? null
  const trustOf: TrustOf = (future, keys) => {
    const root = keys.at(-1)
    if (root?.kind === 'kept' && untrusted.has(root.pin) && isOfOwnCa(future.of))
      return { kind: 'not-on-phones', of: 'own-ca' }
    if (!root || root.kind === 'kept' || shipped.has(root.pin)) return GIVEN
    const end = endOf(root.pin)
    if (end) return { kind: 'ended', end }
    const isKnown = isPublicRoot(root)
    if (isKnown ? hasStore : !isOfOwnCa(future.of)) return GIVEN
    if (written === 'ship' && (!hasStore || !future.isOtherCa)) return { kind: 'not-an-anchor' }
    if (isKnown) return { kind: 'not-an-anchor' }
    return { kind: 'not-on-phones', of: future.isOtherCa && hasStore ? 'any-ca' : 'own-ca' }
  }
  return { trustOf, endOf }
}

/** Whether a store is known to list it, or to have listed it. */
function isPublicRoot(key: FutureKey): boolean {
  if (key.kind === 'family-root' || familyOfRoot(key.pin) !== null) return true
  return (
    key.kind === 'reserve' &&
    key.planned.origins.some((origin) => origin.kind === 'typed' && origin.bundledRoot !== null)
  )
}

/** Whoever has a CA of his own, or none, has a root that phones do not ship with. */
function isOfOwnCa({ end, search }: Chain): boolean {
  return end.kind === 'private-root' || end.kind === 'self-signed-leaf' || isPrivate(search)
}
