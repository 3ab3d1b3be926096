import type { PinChoices, TypedPin } from './pin-choices.ts'
import type { SpkiPin } from './spki-pin.ts'

/** What was chosen since stays; all else is as it was before. */
export function choicesTakenBack(before: PinChoices, applied: PinChoices, now: PinChoices): PinChoices {
  return {
    roles: {
      leaf: now.roles.leaf === applied.roles.leaf ? before.roles.leaf : now.roles.leaf,
      intermediate:
        now.roles.intermediate === applied.roles.intermediate ? before.roles.intermediate : now.roles.intermediate,
      root: now.roles.root === applied.roles.root ? before.roles.root : now.roles.root,
    },
    exceptions: takenBack(before.exceptions, applied.exceptions, now.exceptions),
    backupKeys: new Set(takenBack(flags(before), flags(applied), flags(now)).keys()),
    typedPins: Array.from(takenBack(roles(before), roles(applied), roles(now)), ([pin, role]) => ({ pin, role })),
  }
}

/** Each key by itself. */
function takenBack<Key, Value>(
  before: ReadonlyMap<Key, Value>,
  applied: ReadonlyMap<Key, Value>,
  now: ReadonlyMap<Key, Value>,
): ReadonlyMap<Key, Value> {
  const restored = new Map<Key, Value>()
  for (const key of new Set([...before.keys(), ...now.keys()])) {
    const value = now.get(key) === applied.get(key) ? before.get(key) : now.get(key)
    if (value !== undefined) restored.set(key, value)
  }
  return restored
}

function flags({ backupKeys }: PinChoices): ReadonlyMap<SpkiPin, true> {
  return new Map(Array.from(backupKeys, (pin) => [pin, true]))
}

function roles({ typedPins }: PinChoices): ReadonlyMap<SpkiPin, TypedPin['role']> {
  return new Map(typedPins.map(({ pin, role }) => [pin, role]))
}
