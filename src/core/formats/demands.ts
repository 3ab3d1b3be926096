import { distinctPins, type PlannedPin } from '../pins/plan-pins.ts'
import type { SpkiPin } from '../pins/spki-pin.ts'
import type { EnforcedPins } from '../trust/coverage.ts'
import type { FormatAbilities } from './format.ts'
import type { PinRequirement } from './host-ruling.ts'
import { isRebuilt } from './rebuilt-keys.ts'

/** What a chain can meet. `android`: one match anywhere. `ios`: one in each list that is there. */
export interface Demand {
  readonly platform: 'android' | 'ios'
  readonly pins: EnforcedPins
}

/**
 * A requirement in the terms of the platforms: one demand that is met is enough, and none can be when there are none. A
 * pin that the library never finds is in the output and in no demand. What compares whole certificates has no demands.
 */
export function demandsOf(requirement: PinRequirement, { keys }: Pick<FormatAbilities, 'keys'>): readonly Demand[] {
  const pinsOf = (pins: readonly PlannedPin[] | null) =>
    pins && new Set(distinctPins(pins.filter((pin) => keys !== 'rebuilt' || isRebuilt(pin))))
  const withRole = (role: PlannedPin['role'], pins: readonly PlannedPin[]) => {
    const meant = pins.filter((pin) => pin.role === role)
    return meant.length === 0 ? null : pinsOf(meant)
  }
  switch (requirement.kind) {
    case 'any':
      return [{ platform: 'android', pins: { android: pinsOf(requirement.pins), ios: NO_LISTS } }]
    case 'lists':
      return demandOfLists(pinsOf(requirement.leaf), pinsOf(requirement.ca))
    case 'leaf-or-ca':
      return [
        ...demandOfLists(withRole('leaf', requirement.pins), null),
        ...demandOfLists(null, withRole('ca', requirement.pins)),
      ]
    case 'certificates':
      return []
  }
}

const NO_LISTS = { leaf: null, ca: null }

function demandOfLists(leaf: ReadonlySet<SpkiPin> | null, ca: ReadonlySet<SpkiPin> | null): readonly Demand[] {
  return leaf === null && ca === null ? [] : [{ platform: 'ios', pins: { android: null, ios: { leaf, ca } } }]
}
