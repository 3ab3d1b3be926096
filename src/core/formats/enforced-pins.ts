import { distinctPins, type HostPolicy, type PlannedPin } from '../pins/plan-pins.ts'
import type { SpkiPin } from '../pins/spki-pin.ts'
import type { EnforcedPins } from '../trust/coverage.ts'
import { enforcedLists } from './ios/identity-lists.ts'
import { iosValues } from './platform-outputs.ts'
import type { OutputSettings } from './registry.ts'

/** What each platform checks for a host, as the outputs have it; the day on which Android stops is not considered. */
export function enforcedPins(
  policy: HostPolicy,
  policies: readonly HostPolicy[],
  settings: OutputSettings,
): EnforcedPins {
  const { lists } = iosValues(settings)
  const { leaf, ca } = enforcedLists(policy, policies, lists)
  return { android: new Set(distinctPins(policy.pins)), ios: { leaf: list(leaf), ca: list(ca) } }
}

/** The same for one pin by itself. A pin of unknown role is in no list of iOS. */
export function enforcedAlone({ pin, role }: PlannedPin): EnforcedPins {
  return {
    android: new Set([pin]),
    ios: { leaf: list(role === 'leaf' ? [pin] : []), ca: list(role === 'ca' ? [pin] : []) },
  }
}

/** An empty list is not printed, so it asks for nothing. */
function list(pins: readonly SpkiPin[]): ReadonlySet<SpkiPin> | null {
  return pins.length === 0 ? null : new Set(pins)
}
