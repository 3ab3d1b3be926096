import type { PublicKeyDescription } from '../certificate/certificate.ts'
import { demandsOf, type Demand } from '../formats/demands.ts'
import { entryExpiration } from '../formats/expiration.ts'
import type { Format } from '../formats/format.ts'
import { rulingOf } from '../formats/host-ruling.ts'
import { pinSetEnd } from '../formats/pin-set-ends.ts'
import type { FormatId, OutputSettings } from '../formats/registry.ts'
import { hasHeader } from '../formats/rebuilt-keys.ts'
import type { Instant } from '../instant.ts'
import type { HostPolicy, PinPlan, PlannedPin } from '../pins/plan-pins.ts'
import { matches } from '../trust/coverage.ts'
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
    const end = pinSetEnd(format, settings)
    const expiration = end && entryExpiration(policy, plan.policies, format.abilities, end.choice, now)
    if (expiration?.kind !== 'written') return [{ format, phase: null, check }]
    return [
      { format, phase: { kind: 'before', date: expiration.date }, check },
      { format, phase: { kind: 'after', date: expiration.date }, check: { kind: 'not-pinned' } },
    ]
  })
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
  const { lists, walk } = format.abilities
  return {
    kind: 'pinned',
    demands: demandsOf(ruling.requirement, format.abilities),
    triesEveryPath: lists === 'leaf-and-ca',
    stopsAtUnknownKeys: walk === 'root-first',
  }
}
