import type { PublicKeyDescription } from '../certificate/certificate.ts'
import { expirationOf } from '../formats/expiration.ts'
import type { ExpirationChoice, Format } from '../formats/format.ts'
import { rulingOf, type PinRequirement } from '../formats/host-ruling.ts'
import { networkSecurityConfig } from '../formats/android/network-security-config.ts'
import type { FormatId, OutputSettings } from '../formats/registry.ts'
import { hasHeader, isRebuilt } from '../formats/rebuilt-keys.ts'
import type { Instant } from '../instant.ts'
import { distinctPins, type HostPolicy, type PinPlan, type PlannedPin } from '../pins/plan-pins.ts'
import type { SpkiPin } from '../pins/spki-pin.ts'
import { matches, type EnforcedPins } from '../trust/coverage.ts'
import type { FutureKey } from './future-chain.ts'

/** What an output asks of a chain. */
export type OutputCheck =
  /** Of nothing: it has no entry for the host, or its pins have expired. */
  | { readonly kind: 'not-pinned' }
  /** The app does not even start with it, since it has too few pins or a host that the library refuses. */
  | { readonly kind: 'does-not-start'; readonly reason: 'too-few-pins' | 'refused-hosts' }
  | {
      readonly kind: 'pinned'
      /** One that is met is enough; never empty. */
      readonly demands: readonly Demand[]
      /** Whether the pins have a say in which path is built; else they judge the one that was. */
      readonly triesEveryPath: boolean
      /** Whether the library refuses a chain at the first key from the root down that it cannot hash, unless a pinned one came before. */
      readonly stopsAtUnknownKeys: boolean
    }

export type PinnedCheck = Extract<OutputCheck, { readonly kind: 'pinned' }>

/** `android`: one match anywhere. `ios`: one in each list that is there. */
interface Demand {
  readonly platform: 'android' | 'ios'
  readonly pins: EnforcedPins
}

/** One output, for as long as it checks the same. */
export interface SurvivalColumn {
  readonly format: Format & { readonly id: FormatId }
  /** Of an output whose pins expire: before or after 00:00 of that day, by the device's own clock. */
  readonly phase: { readonly kind: 'before' | 'after'; readonly date: string } | null
  readonly check: OutputCheck
}

type KnownFormat = SurvivalColumn['format']

/** What outputs check for a host; one that expires has two columns. */
export function columnsOf(
  formats: readonly KnownFormat[],
  policy: HostPolicy,
  plan: PinPlan,
  settings: OutputSettings,
  now: Instant,
): readonly SurvivalColumn[] {
  return formats.flatMap((format): readonly SurvivalColumn[] => {
    const check = checkOf(format, policy, plan, settings)
    const end = expirationOf(policy, expirationChoice(format, settings), now)
    if (format.abilities.expiry === 'none' || end.kind !== 'written') return [{ format, phase: null, check }]
    return [
      { format, phase: { kind: 'before', date: end.date }, check },
      { format, phase: { kind: 'after', date: end.date }, check: { kind: 'not-pinned' } },
    ]
  })
}

/** An output without a date of its own has the one of Android's configuration. */
function expirationChoice({ id, options }: KnownFormat, settings: OutputSettings): ExpirationChoice {
  const chosen = 'expiration' in options ? settings[id] : settings['android-network-security-config']
  return networkSecurityConfig.valuesOf(chosen ?? {}).expiration
}

/** Keys of a chain that a check finds pinned where they stand, and whether that is enough. */
export interface CheckedKeys {
  readonly passes: boolean
  readonly saving: readonly FutureKey[]
}

/** What a check makes of a chain, leaf first. */
export function checkKeys({ demands, stopsAtUnknownKeys }: PinnedCheck, keys: readonly FutureKey[]): CheckedKeys {
  const links = keys.map((key) => ({ certificate: key }))
  const met = demands.filter(({ platform, pins }) => matches({ links }, { platform }, pins))
  const saving = keys.filter((key, index) => met.some((demand) => isWanted(demand, key, index)))
  const topmost = keys.findLastIndex((key) => saving.includes(key))
  const isStopped = stopsAtUnknownKeys && keys.slice(topmost + 1).some(isWithoutHeader)
  return isStopped ? { passes: false, saving: [] } : { passes: met.length > 0, saving }
}

/** Whether it is known to be of a type that no header is known for; a key that nobody has seen is taken to be an ordinary one. */
function isWithoutHeader(key: FutureKey): boolean {
  switch (key.kind) {
    case 'kept':
      return !hasHeader(key.certificate.publicKey)
    case 'reserve':
      return publicKeysOf(key.planned).some((publicKey) => !hasHeader(publicKey))
    case 'family-root':
    case 'new':
      return false
  }
}

function publicKeysOf({ origins }: PlannedPin): readonly PublicKeyDescription[] {
  return origins.flatMap((origin) => {
    if (origin.kind === 'certificate') return [origin.certificate.publicKey]
    return origin.kind === 'key' && origin.key.publicKey !== null ? [origin.key.publicKey] : []
  })
}

function isWanted({ platform, pins: { android, ios } }: Demand, { pin }: FutureKey, index: number): boolean {
  if (platform === 'android') return android?.has(pin) ?? false
  return (index === 0 ? ios.leaf : ios.ca)?.has(pin) ?? false
}

function checkOf(format: KnownFormat, { host }: HostPolicy, plan: PinPlan, settings: OutputSettings): OutputCheck {
  // Of chains to come, so those of today have no say.
  const ruling = rulingOf(format, plan, settings, host, [])
  if (ruling === null || ruling.kind === 'not-pinned') return { kind: 'not-pinned' }
  if (ruling.kind === 'refuses-configuration') return { kind: 'does-not-start', reason: ruling.reason }
  const { lists, keys, walk } = format.abilities
  const demands = demandsOf(ruling.requirement, (pin) => keys !== 'rebuilt' || isRebuilt(pin))
  return {
    kind: 'pinned',
    demands,
    triesEveryPath: lists === 'leaf-and-ca',
    stopsAtUnknownKeys: walk === 'root-first',
  }
}

/** @param canMatch whether the library finds such a key; one that it does not stays in the output and never matches */
function demandsOf(requirement: PinRequirement, canMatch: (pin: PlannedPin) => boolean): readonly Demand[] {
  const pinsOf = (pins: readonly PlannedPin[] | null) => pins && new Set(distinctPins(pins.filter(canMatch)))
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
    // What compares whole certificates is no column.
    case 'certificates':
      return []
  }
}

const NO_LISTS = { leaf: null, ca: null }

function demandOfLists(leaf: ReadonlySet<SpkiPin> | null, ca: ReadonlySet<SpkiPin> | null): readonly Demand[] {
  return leaf === null && ca === null ? [] : [{ platform: 'ios', pins: { android: null, ios: { leaf, ca } } }]
}
