import { validityAt, type Certificate } from '../certificate/certificate.ts'
import type { Chain } from '../chain/chain.ts'
import { inUse, presentedOf, serverChains, serverLeaf } from '../chain/server-chains.ts'
import type { Format } from '../formats/format.ts'
import { FORMATS, isForPlatform, type OutputSettings } from '../formats/registry.ts'
import type { Instant } from '../instant.ts'
import type { PinPlan, PlanRow } from '../pins/plan-pins.ts'
import { uselessnessIn } from '../risks/useful-pins.ts'
import { verdictOf } from '../trust/device-paths.ts'
import { PINNING_DEVICES, type Device } from '../trust/devices.ts'
import { hasBackupKey, SURVIVAL_EVENTS, waysOut, type Situation, type SurvivalEvent, type Way } from './events.ts'
import { keysOnPath, type FutureChain, type FutureKey } from './future-chain.ts'
import { checkKeys, columnsOf, type CheckedKeys, type OutputCheck, type SurvivalColumn } from './output-check.ts'
import { trustIn, type OutputTrust, type RootTrust, type TrustOf } from './root-trust.ts'

/** `unpinned`: connects, and nothing is checked any more. `depends`: on what nobody can know today. */
export type SurvivalOutcome = 'connects' | 'unpinned' | 'depends' | 'blocked'

/** One chain that may come of an event, as some devices build it. */
export interface ComingChain {
  /** Those that build it so; none when no device is known to trust the chain of today. */
  readonly devices: readonly Device[]
  /** Leaf first. */
  readonly keys: readonly FutureKey[]
  /** Those of the keys that are pinned where they stand, when that is enough; none otherwise. */
  readonly saving: readonly FutureKey[]
  /** Whether the pins match, or none is checked: then the trust in the root decides. */
  readonly passes: boolean
  readonly trust: RootTrust
  readonly outcome: Exclude<SurvivalOutcome, 'unpinned'>
}

/** One of the chains that may come of an event; which of them, somebody else decides. */
export interface SurvivalCase {
  /** What the other one decides on; null where there is nothing to decide. */
  readonly picked: FutureKey | null
  readonly outcome: ComingChain['outcome']
  /** Never empty. */
  readonly presented: readonly ComingChain[]
}

export interface SurvivalCell {
  readonly outcome: SurvivalOutcome
  /** Of the chain that fares worst, by the best way out that there is; none where the check alone decides. */
  readonly cases: readonly SurvivalCase[]
}

export interface SurvivalRow {
  readonly event: SurvivalEvent
  /** One for each column. */
  readonly cells: readonly SurvivalCell[]
}

/** What events make of a host's connections, by output. */
export interface SurvivalTable {
  readonly columns: readonly SurvivalColumn[]
  readonly rows: readonly SurvivalRow[]
  /** Of the keys in service, each once. */
  readonly keyTypes: readonly string[]
  readonly hasBackupKey: boolean
  /** How many more chains the host has than are looked at. */
  readonly leftOut: number
}

/** A bundle may have hundreds of chains, and each is a way out for all others. */
const MOST_CHAINS = 30

/**
 * The outputs that can be columns: those that check keys, since events change keys, and of several that say the same in
 * other words the first.
 */
export const APP_FORMATS = FORMATS.filter(
  (format: Format) =>
    format.kind === 'app' && format.abilities.lists !== 'certificates' && format.settingsOf === undefined,
)

export interface SurvivalQuestion {
  readonly rowId: string
  /** All rows of the plan. */
  readonly rows: readonly PlanRow[]
  readonly plan: PinPlan
  readonly settings: OutputSettings
  /** The outputs to be columns. */
  readonly formats: Parameters<typeof columnsOf>[0]
  readonly now: Instant
}

/** Null for a row without pins, or without a server's certificate. */
export function survivalTable({ rowId, rows, plan, settings, formats, now }: SurvivalQuestion): SurvivalTable | null {
  const policy = plan.policies.find(({ rowIds }) => rowIds.includes(rowId))
  const row = rows.find((one) => one.rowId === rowId)
  if (!policy || !row) return null
  const ofHost = rows.filter((one) => policy.rowIds.includes(one.rowId)).flatMap(({ chains }) => chains)
  const uselessness = uselessnessIn(policy, rows)
  // What a CA that is over comes to, the cells tell.
  const pins = policy.pins.filter((pin) => (uselessness(pin, 'android', now)?.kind ?? 'ended-ca') === 'ended-ca')
  const [situations, leftOut] = situationsOf(row, withoutEnded(distinct(ofHost), now), pins, now)
  if (situations.length === 0) return null
  const columns = columnsOf(formats, policy, plan, settings, now)
  const paths = new Map<string, readonly BuiltPaths[]>()
  const pathsOf = (chain: Chain, column: SurvivalColumn): readonly BuiltPaths[] => {
    const key = `${identityOf(chain)} ${column.format.platforms.join(' ')}`
    const known = paths.get(key) ?? builtPaths(chain, column, now)
    paths.set(key, known)
    return known
  }
  const trusts = columns.map(({ format }) => trustIn(format, policy, settings, now))
  return {
    columns,
    rows: SURVIVAL_EVENTS.flatMap((event) => {
      const waysIn = (trust: OutputTrust) =>
        situations.flatMap((situation) =>
          situation.today
            .map((chain) => waysOut(event, chain, { ...situation, endOf: trust.endOf }))
            .filter(({ length }) => length > 0),
        )
      const cells = columns.flatMap((column, index) => {
        const trust = trusts[index]
        const ways = trust ? waysIn(trust) : []
        return trust && ways.length > 0 ? [cellOf(ways, column, trust.trustOf, (chain) => pathsOf(chain, column))] : []
      })
      return cells.length > 0 ? [{ event, cells }] : []
    }),
    keyTypes: [
      ...new Set(
        situations.flatMap(({ today }) => today.flatMap((chain) => serverLeaf(chain)?.publicKey.algorithm ?? [])),
      ),
    ],
    hasBackupKey: situations.every(hasBackupKey),
    leftOut,
  }
}

/**
 * What was presented when the server was asked is in service together. Where none was asked, any chain may be the one,
 * and the others are in reserve.
 */
function situationsOf(
  row: PlanRow,
  ofHost: readonly Chain[],
  pins: Situation['pins'],
  now: Instant,
): readonly [situations: readonly Omit<Situation, 'endOf'>[], leftOut: number] {
  const own = serverChains(distinct(row.chains))
  const used = inUse(own, row.served, now).map(({ chain }) => chain)
  const today = used.slice(0, MOST_CHAINS)
  const others = (chains: readonly Chain[]) => {
    const identities = new Set(chains.map(identityOf))
    return ofHost.filter((chain) => !identities.has(identityOf(chain))).slice(0, MOST_CHAINS)
  }
  const together = presentedOf(own, row.served).length > 0 ? [today] : today.map((chain) => [chain])
  return [
    together.filter(({ length }) => length > 0).map((chains) => ({ today: chains, others: others(chains), pins })),
    used.length - today.length,
  ]
}

/** What a server of the host can present, without certificates that have ended where others have not. */
function withoutEnded(chains: readonly Chain[], now: Instant): readonly Chain[] {
  const ofServer = serverChains(chains)
  const going = ofServer.filter(({ leaf }) => validityAt(leaf, now) !== 'expired')
  return (going.length > 0 ? going : ofServer).map(({ chain }) => chain)
}

function distinct(chains: readonly Chain[]): readonly Chain[] {
  return [...new Map(chains.map((chain) => [identityOf(chain), chain])).values()]
}

function identityOf({ links }: Pick<Path, 'links'>): string {
  return links.map(({ certificate }) => certificate.sha256).join(' ')
}

interface Path {
  readonly links: readonly { readonly certificate: Certificate }[]
  readonly isSure: boolean
}

/** The paths that some devices may build; never empty. */
interface BuiltPaths {
  readonly devices: readonly Device[]
  readonly paths: readonly Path[]
  readonly isCut: boolean
}

/**
 * How devices build the chain of today. What comes is taken to be as good as that: a renewed certificate is valid
 * again, so where no device trusts the chain, it is taken as it is shown.
 */
function builtPaths(chain: Chain, { format }: SurvivalColumn, now: Instant): readonly BuiltPaths[] {
  const alike = new Map<string, { devices: Device[]; paths: readonly Path[]; isCut: boolean }>()
  for (const device of PINNING_DEVICES.filter(({ platform }) => isForPlatform(format, platform))) {
    const verdict = verdictOf(chain.search, device, now)
    if (verdict.kind !== 'trusted' && verdict.kind !== 'uncertain') continue
    const paths = verdict.paths.map(({ path, doubts }) => ({ links: path.links, isSure: doubts.length === 0 }))
    const key = paths.map((path) => `${path.isSure} ${identityOf(path)}`).join()
    const known = alike.get(key)
    if (known) known.devices.push(device)
    else alike.set(key, { devices: [device], paths, isCut: chain.search.isCut })
  }
  return alike.size > 0
    ? [...alike.values()]
    : [{ devices: [], paths: [{ links: chain.links, isSure: true }], isCut: false }]
}

type PathsOf = (chain: Chain) => readonly BuiltPaths[]

/** The worst of the chains in service, since which of them a device gets is not its choice. */
function cellOf(
  chains: readonly (readonly Way[])[],
  { check }: SurvivalColumn,
  trustOf: TrustOf,
  pathsOf: PathsOf,
): SurvivalCell {
  if (check.kind === 'does-not-start') return { outcome: 'blocked', cases: [] }
  const cells = chains.map((ways) =>
    firstOf(
      ['connects', 'depends', 'blocked'],
      ways.map((way) => cellOfWay(way, check, trustOf, pathsOf)),
    ),
  )
  const worst = firstOf(['blocked', 'depends', 'connects'], cells)
  // Without pins what is trusted passes, whatever its keys are.
  return check.kind === 'not-pinned' && worst.cases.every(isTrusted) ? { outcome: 'unpinned', cases: [] } : worst
}

function isTrusted({ presented }: SurvivalCase): boolean {
  return presented.every(({ trust }) => trust.kind === 'given')
}

/** The first with the outcome that comes first in the order. */
function firstOf(order: readonly SurvivalOutcome[], cells: readonly SurvivalCell[]): SurvivalCell {
  const [first] = order.flatMap((outcome) => cells.find((cell) => cell.outcome === outcome) ?? [])
  return first ?? { outcome: 'depends', cases: [] }
}

function cellOfWay(way: Way, check: UsedCheck, trustOf: TrustOf, pathsOf: PathsOf): SurvivalCell {
  const cases = way.map((future): SurvivalCase => {
    const presented = pathsOf(future.of).flatMap((built) => presentedOn(built, future, check, trustOf))
    return { picked: future.picked, outcome: allOf(presented), presented }
  })
  return { outcome: allOf(cases), cases }
}

/** What holds for all of them, or nobody knows. */
function allOf(parts: readonly { readonly outcome: ComingChain['outcome'] }[]): ComingChain['outcome'] {
  const [first] = parts
  return first && parts.every(({ outcome }) => outcome === first.outcome) ? first.outcome : 'depends'
}

type UsedCheck = Exclude<OutputCheck, { readonly kind: 'does-not-start' }>

function presentedOn(
  { devices, paths, isCut }: BuiltPaths,
  future: FutureChain,
  check: UsedCheck,
  trustOf: TrustOf,
): readonly ComingChain[] {
  const built = paths.map(({ links, isSure }) => {
    const keys = keysOnPath(future, { links })
    return { isSure, keys, trust: trustOf(future, keys), ...checked(check, keys) }
  })
  const as = (outcome: ComingChain['outcome'], { keys, saving, passes, trust }: (typeof built)[number]) => ({
    devices,
    keys,
    saving: passes ? saving : [],
    passes,
    trust,
    outcome: worse(outcome, passes ? outcomeOf(trust) : outcome),
  })
  // The paths that were not followed have the leaf of the others, and the CAs where those are new.
  const isKnown = !isCut || future.authorities !== null
  if (check.kind === 'not-pinned') return built.map((path) => as('connects', path))
  if (check.triesEveryPath) {
    const passing = built.filter(({ passes }) => passes)
    const best = passing.find(({ isSure }) => isSure) ?? passing[0]
    if (best) return [as(best.isSure ? 'connects' : 'depends', best)]
    return built.slice(0, 1).map((path) => as(isKnown ? 'blocked' : 'depends', path))
  }
  const isSavedByLeaf = built.every(({ saving, keys: [leaf] }) => saving.some((key) => key === leaf))
  return built.map((path) => as(isKnown || isSavedByLeaf ? (path.passes ? 'connects' : 'blocked') : 'depends', path))
}

function checked(check: UsedCheck, keys: readonly FutureKey[]): CheckedKeys {
  return check.kind === 'pinned' ? checkKeys(check, keys) : { passes: true, saving: [] }
}

/** What becomes of a chain whose pins match. */
function outcomeOf(trust: RootTrust): ComingChain['outcome'] {
  switch (trust.kind) {
    case 'given':
      return 'connects'
    case 'not-an-anchor':
      return 'blocked'
    case 'not-on-phones':
      return 'depends'
    case 'ended':
      return trust.end.kind === 'gone' ? 'depends' : 'blocked'
  }
}

/** The worse of what the pins and the trust in the root come to. */
function worse(one: ComingChain['outcome'], other: ComingChain['outcome']): ComingChain['outcome'] {
  return (['blocked', 'depends'] as const).find((outcome) => outcome === one || outcome === other) ?? 'connects'
}
