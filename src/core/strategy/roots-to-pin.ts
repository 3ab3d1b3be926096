import type { Chain } from '../chain/chain.ts'
import type { Instant } from '../instant.ts'
import type { SpkiPin } from '../pins/spki-pin.ts'
import { isDistrusted, needsSuccessor, toldWhenPinned } from '../risks/noticed-roots.ts'
import type { CaFamily } from '../trust/ca-families.ts'
import { endsBeside } from '../trust/recognise.ts'

/**
 * The roots of a CA to pin: those that nobody has dropped, and of the others those that one of these chains has no way
 * around.
 */
export function rootsToPin(family: CaFamily, chains: readonly Chain[], now: Instant): readonly SpkiPin[] {
  const kept = family.roots.filter(({ pin }) => !isDistrusted(toldWhenPinned(pin, [], now)))
  const needed = new Set(chains.flatMap((chain) => endsBeside(chain, { ...family, roots: kept })).map(({ pin }) => pin))
  return family.roots.filter((root) => kept.includes(root) || needed.has(root.pin)).map(({ pin }) => pin)
}

/** Whether pins of a CA beside those of another are a way out for years to come. */
export function canBeSecondCa(family: CaFamily, now: Instant): boolean {
  const pins = rootsToPin(family, [], now)
  const isLasting = pins.every((pin) => !needsSuccessor(toldWhenPinned(pin, pins, now), now))
  return !family.isClosed && pins.length > 0 && isLasting
}
