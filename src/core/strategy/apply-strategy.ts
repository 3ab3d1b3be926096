import type { CertificateFingerprint } from '../certificate/certificate.ts'
import type { PinChoices, TypedPin } from '../pins/pin-choices.ts'
import type { PlanRow } from '../pins/plan-pins.ts'
import type { SpkiPin } from '../pins/spki-pin.ts'
import type { Strategy } from './advice.ts'

/**
 * What a row pins by a strategy, and nothing else: pins that do not belong to it go.
 *
 * @param roots pins of the roots of CAs, for `ca-roots`
 * @returns null where the strategy does not fit what the row has
 */
export function choicesBy(strategy: Strategy, row: PlanRow, roots: readonly SpkiPin[]): PinChoices | null {
  const { choices, keys, bundledRoots } = row
  const isPublicRoot = ({ pin }: TypedPin) => bundledRoots.has(pin)
  const isAuthority = (typed: TypedPin) => typed.role === 'ca' || isPublicRoot(typed)
  switch (strategy) {
    case 'do-not-pin':
      return NOTHING
    case 'own-key':
      return {
        ...NOTHING,
        roles: { leaf: true, intermediate: false, root: false },
        backupKeys: new Set(keys.map(({ pin }) => pin)),
        typedPins: choices.typedPins.filter((typed) => !isAuthority(typed)),
      }
    case 'ca-roots':
      return { ...NOTHING, roles: ROOTS, typedPins: withRoots(choices.typedPins.filter(isAuthority), roots) }
    case 'private-ca':
      if (!row.chains.some(({ end }) => end.kind === 'private-root')) return null
      return {
        ...NOTHING,
        roles: ROOTS,
        exceptions: pinnedReserve(row),
        typedPins: choices.typedPins.filter((typed) => isAuthority(typed) && !isPublicRoot(typed)),
      }
  }
}

const NOTHING: PinChoices = {
  roles: { leaf: false, intermediate: false, root: false },
  exceptions: new Map(),
  backupKeys: new Set(),
  typedPins: [],
}
const ROOTS = { leaf: false, intermediate: false, root: true }

function withRoots(typedPins: readonly TypedPin[], roots: readonly SpkiPin[]): readonly TypedPin[] {
  const there = new Set(typedPins.map(({ pin }) => pin))
  return [
    ...typedPins,
    ...[...new Set(roots)].filter((pin) => !there.has(pin)).map((pin): TypedPin => ({ pin, role: 'ca' })),
  ]
}

/** Roots that are pinned for the day on which the first one is replaced. */
function pinnedReserve({ reserve, choices }: PlanRow): ReadonlyMap<CertificateFingerprint, boolean> {
  return new Map(
    reserve.flatMap(({ sha256, isSelfIssued }) =>
      isSelfIssued && choices.exceptions.get(sha256) === true ? [[sha256, true] as const] : [],
    ),
  )
}

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
