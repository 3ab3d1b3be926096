import { enforcedPins } from '../formats/enforced-pins.ts'
import { expirationOf } from '../formats/expiration.ts'
import type { ExpirationChoice, Format } from '../formats/format.ts'
import { networkSecurityConfig } from '../formats/android/network-security-config.ts'
import type { FormatId, OutputSettings } from '../formats/registry.ts'
import { isRebuilt } from '../formats/rebuilt-keys.ts'
import type { Instant } from '../instant.ts'
import { distinctPins, isWithoutCertificate, type HostPolicy, type PlannedPin } from '../pins/plan-pins.ts'
import type { SpkiPin } from '../pins/spki-pin.ts'
import { matches, type EnforcedPins } from '../trust/coverage.ts'
import type { FutureKey } from './future-chain.ts'

/** What an output asks of a chain. */
export type OutputCheck =
  /** Of nothing: it has no entry for the host, or its pins have expired. */
  | { readonly kind: 'not-pinned' }
  /** The app does not even start with it, since it has too few pins or a host that the library refuses. */
  | { readonly kind: 'does-not-start'; readonly reason: 'too-few-pins' | 'refused-host' }
  | {
      readonly kind: 'pinned'
      /** One that is met is enough; never empty. */
      readonly demands: readonly Demand[]
      /** Whether the pins have a say in which path is built; else they judge the one that was. */
      readonly triesEveryPath: boolean
    }

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
  policies: readonly HostPolicy[],
  settings: OutputSettings,
  now: Instant,
): readonly SurvivalColumn[] {
  return formats.flatMap((format): readonly SurvivalColumn[] => {
    const check = checkOf(format, policy, policies, settings)
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

export function checkKeys(demands: readonly Demand[], keys: readonly FutureKey[]): CheckedKeys {
  const links = keys.map((key) => ({ certificate: key }))
  const met = demands.filter(({ platform, pins }) => matches({ links }, { platform }, pins))
  return {
    passes: met.length > 0,
    saving: keys.filter((key, index) => met.some((demand) => isWanted(demand, key, index))),
  }
}

function isWanted({ platform, pins: { android, ios } }: Demand, { pin }: FutureKey, index: number): boolean {
  if (platform === 'android') return android?.has(pin) ?? false
  return (index === 0 ? ios.leaf : ios.ca)?.has(pin) ?? false
}

function checkOf(
  format: KnownFormat,
  policy: HostPolicy,
  policies: readonly HostPolicy[],
  settings: OutputSettings,
): OutputCheck {
  const { lists, minimumPins, refusesHost } = format.abilities
  // One host is enough: the whole configuration is refused.
  if (policies.some(({ pins }) => distinctPins(pins).length < minimumPins)) {
    return { kind: 'does-not-start', reason: 'too-few-pins' }
  }
  if (refusesHost && policies.some(({ host }) => refusesHost(host))) {
    return { kind: 'does-not-start', reason: 'refused-host' }
  }
  const demands = demandsOf(format, policy, policies, settings)
  return demands.length === 0
    ? { kind: 'not-pinned' }
    : { kind: 'pinned', demands, triesEveryPath: lists === 'leaf-and-ca' }
}

/** None when the output has no entry for the host. */
function demandsOf(
  { id, options, abilities }: KnownFormat,
  policy: HostPolicy,
  policies: readonly HostPolicy[],
  settings: OutputSettings,
): readonly Demand[] {
  const { lists, keys, needs } = abilities
  const written = needs === 'certificates' ? policy.pins.filter((pin) => !isWithoutCertificate(pin)) : policy.pins
  const pinsOf = (role?: PlannedPin['role']) => {
    const meant = written.filter((pin) => role === undefined || pin.role === role)
    // A key that the library cannot put together stays in the output and never matches.
    return meant.length === 0
      ? null
      : new Set(distinctPins(keys === 'rebuilt' ? meant.filter((pin) => isRebuilt(pin)) : meant))
  }
  switch (lists) {
    case 'none':
    // What compares whole certificates is no column.
    case 'certificates':
      return []
    case 'any': {
      const android = pinsOf()
      return android ? [{ platform: 'android', pins: { android, ios: NO_LISTS } }] : []
    }
    case 'leaf':
      return demandOfLists(pinsOf('leaf'), null)
    case 'leaf-or-ca':
      return [...demandOfLists(pinsOf('leaf'), null), ...demandOfLists(null, pinsOf('ca'))]
    case 'leaf-and-ca': {
      const chosen = 'lists' in options ? settings[id] : settings['ios-pinned-domains']
      const { ios } = enforcedPins(policy, policies, chosen ? { 'ios-pinned-domains': chosen } : {})
      return demandOfLists(ios.leaf, ios.ca)
    }
  }
}

const NO_LISTS = { leaf: null, ca: null }

function demandOfLists(leaf: ReadonlySet<SpkiPin> | null, ca: ReadonlySet<SpkiPin> | null): readonly Demand[] {
  return leaf === null && ca === null ? [] : [{ platform: 'ios', pins: { android: null, ios: { leaf, ca } } }]
}
