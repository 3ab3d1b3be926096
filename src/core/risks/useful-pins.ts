import { canBeCertified } from '../certificate/key-suitability.ts'
import { keysOf } from '../chain/chain-keys.ts'
import type { Chain } from '../chain/chain.ts'
import { PLATFORMS, type Platform } from '../formats/format.ts'
import type { Instant } from '../instant.ts'
import { certificatesIn, keylessnessOf, type Keylessness } from '../pins/keyless-pins.ts'
import type { HostPolicy, PlannedPin, PlanRow } from '../pins/plan-pins.ts'
import type { SpkiPin } from '../pins/spki-pin.ts'
import { endOfCa, type CaEnd } from './ended-cas.ts'

/** Why a pin that is in no chain of its host will never be in one, so that it is no backup. */
export type Uselessness =
  | { readonly kind: 'no-key'; readonly keylessness: Keylessness }
  /** No CA that phones trust certifies such a key. */
  | { readonly kind: 'no-certificate' }
  | { readonly kind: 'ended-ca'; readonly end: CaEnd }

type Judge = (planned: PlannedPin, platform: Platform, now: Instant) => Uselessness | null

/**
 * Judges the pins of a host.
 *
 * @param rows all rows, since those of the host are not the only ones that a fingerprint may be of
 */
export function uselessnessIn(policy: HostPolicy, rows: readonly PlanRow[]): Judge {
  const ofHost = chainsOf(policy, rows)
  const known = certificatesIn(rows)
  const held = new Set(ofHost.flatMap(keysOf))
  const isPublic = !ofHost.some(isPrivate)
  return (planned, platform, now) => {
    if (held.has(planned.pin)) return null
    const keylessness = keylessnessOf(planned, known)
    if (keylessness) return { kind: 'no-key', keylessness }
    if (planned.role === 'leaf') return isOfUnsuitableKey(planned, isPublic) ? { kind: 'no-certificate' } : null
    const end = endOfCa(planned.pin, platform, now)
    return end && { kind: 'ended-ca', end }
  }
}

/** The keys of a host's own chains, on whichever path. */
export function heldKeys(policy: HostPolicy, rows: readonly PlanRow[]): ReadonlySet<SpkiPin> {
  return new Set(chainsOf(policy, rows).flatMap(keysOf))
}

function chainsOf({ rowIds }: HostPolicy, rows: readonly PlanRow[]): readonly Chain[] {
  const rowsById = indexOf(rows)
  return rowIds.flatMap((rowId) => rowsById.get(rowId)?.chains ?? [])
}

/** Every host of a plan asks for the same rows. */
const indexes = new WeakMap<readonly PlanRow[], ReadonlyMap<string, PlanRow>>()

function indexOf(rows: readonly PlanRow[]): ReadonlyMap<string, PlanRow> {
  const index = indexes.get(rows) ?? new Map(rows.map((row) => [row.rowId, row]))
  indexes.set(rows, index)
  return index
}

/** The pins of a host without those that are no backup: on a platform, or on both where none is named. */
export function usefulPins(
  policy: HostPolicy,
  rows: readonly PlanRow[],
  now: Instant,
  platform: Platform | null = null,
): readonly PlannedPin[] {
  const judge = uselessnessIn(policy, rows)
  const platforms = platform === null ? PLATFORMS : [platform]
  return policy.pins.filter((planned) => platforms.some((one) => judge(planned, one, now) === null))
}

function isPrivate({ end }: Chain): boolean {
  return end.kind === 'private-root' || end.kind === 'self-signed-leaf'
}

function isOfUnsuitableKey({ origins }: PlannedPin, isPublic: boolean): boolean {
  return origins.some(
    (origin) =>
      origin.kind === 'key' && origin.key.publicKey !== null && !canBeCertified(origin.key.publicKey, isPublic),
  )
}
