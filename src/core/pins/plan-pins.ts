import type { Certificate, CertificateFingerprint } from '../certificate/certificate.ts'
import type { Chain, ChainRole } from '../chain/chain.ts'
import type { ServedList } from '../chain/served-list.ts'
import { anchorsOf, NO_ANCHORS, type HostAnchors } from './host-anchors.ts'
import type { HostName, HostRule } from './host-rule.ts'
import type { KeyWithoutCertificate } from './key-without-certificate.ts'
import type { PinChoices, PinRole } from './pin-choices.ts'
import { pinsOfRow } from './pins-of-row.ts'
import type { SpkiPin } from './spki-pin.ts'

/** One row of the Config tab, as far as a plan needs it. */
export interface PlanRow {
  readonly rowId: string
  /** null while the domain is empty or refused. */
  readonly hostRule: HostRule | null
  readonly chains: readonly Chain[]
  /** CA certificates that are given but in no chain; pinned one by one, as backup. */
  readonly reserve: readonly Certificate[]
  /** Keys that are given without a certificate: of requests, and public keys; pinned one by one, as backup. */
  readonly keys: readonly KeyWithoutCertificate[]
  /** Names of bundled roots by their pins; those that a typed pin equals are enough. */
  readonly bundledRoots: ReadonlyMap<SpkiPin, string>
  /** The day of the root stores' data, `yyyy-MM-dd`, that the chains were built with; null when there was none. */
  readonly rootStoreDate: string | null
  /** What a server presented when it was asked. */
  readonly served: ReadonlySet<CertificateFingerprint>
  /** The same list by list; empty when it is not known how they were presented. */
  readonly servedLists: readonly ServedList[]
  readonly choices: PinChoices
}

interface ChangesWith {
  /**
   * The same for keys that one change can take away: those of one chain, and all that servers present today. A key in
   * reserve has a value of its own.
   */
  readonly changesWith: string
}

/** A certificate that holds the pinned key. */
export interface CertificateOrigin extends ChangesWith {
  readonly kind: 'certificate'
  readonly certificate: Certificate
  readonly chainRole: ChainRole
  readonly addedFromStore: boolean
}

/** A backup key that no certificate is there for yet. */
export interface BackupKeyOrigin extends ChangesWith {
  readonly kind: 'key'
  readonly key: KeyWithoutCertificate
}

/** Nothing but the pin is known, unless it is that of a bundled root. */
export interface TypedOrigin extends ChangesWith {
  readonly kind: 'typed'
  readonly bundledRoot: string | null
}

/** Made for a negative test: no key has this pin. */
export interface WrongOrigin extends ChangesWith {
  readonly kind: 'wrong'
}

/** Where a pinned key comes from. */
export type PinOrigin = CertificateOrigin | BackupKeyOrigin | TypedOrigin | WrongOrigin

export interface PlannedPin {
  readonly pin: SpkiPin
  readonly role: PinRole
  /** Never empty. */
  readonly origins: readonly PinOrigin[]
  /** The parent host whose row brought this pin; null when the host's own rows did. */
  readonly inheritedFrom: HostName | null
}

/** What is enforced for one host. */
export interface HostPolicy {
  readonly host: HostName
  readonly includeSubdomains: boolean
  readonly rowIds: readonly string[]
  /** Never empty; distinct by pin and role; leaf first, inherited pins last. */
  readonly pins: readonly PlannedPin[]
  readonly anchors: HostAnchors
}

/** A row that has a host but brings nothing to the plan. */
export interface LeftOutRow {
  readonly rowId: string
  readonly host: HostName
  /** `no-key-chosen`: it has keys without a certificate alone, and none of them is pinned. */
  readonly reason: 'no-certificate' | 'no-pin-chosen' | 'no-key-chosen'
}

/** The one plan for all rows that every output prints. */
export interface PinPlan {
  /** Distinct hosts, in the order of their first row. */
  readonly policies: readonly HostPolicy[]
  readonly leftOut: readonly LeftOutRow[]
}

/**
 * Rows → one plan. Rows of the same host become one policy: their pins are united, and sub-domains are included when
 * one of them wants it, since Android refuses a file that names a domain twice (platforms.md A.3).
 *
 * A host that lies under another one with sub-domains also gets that one's pins: Android applies the most specific
 * entry alone, iOS merges all that match (A.4, B.2, A.12 rule 5). With the pins repeated both enforce the same.
 */
export function planPins(rows: readonly PlanRow[]): PinPlan {
  const own = new Map<HostName, HostPolicy>()
  const leftOut: LeftOutRow[] = []
  for (const row of rows) {
    if (!row.hostRule) continue
    const { host, includeSubdomains } = row.hostRule
    const pins = pinsOfRow(row)
    if (pins.length === 0) {
      leftOut.push({ rowId: row.rowId, host, reason: reasonWithoutPins(row) })
      continue
    }
    const before = own.get(host)
    own.set(host, {
      host,
      includeSubdomains: includeSubdomains || (before?.includeSubdomains ?? false),
      rowIds: [...(before?.rowIds ?? []), row.rowId],
      pins: unite([...(before?.pins ?? []), ...pins]),
      anchors: NO_ANCHORS,
    })
  }
  const policies = [...own.values()]
  const rowsById = new Map(rows.map((row) => [row.rowId, row]))
  const anchors = new Map(
    policies.map(({ host, rowIds }) => [host, anchorsOf(rowIds.flatMap((rowId) => rowsById.get(rowId) ?? []))]),
  )
  return { policies: policies.map((policy) => withInherited(policy, policies, anchors)), leftOut }
}

/**
 * Of a host without a chain nobody knows where it ends. Its parent's anchors would count for it if it had no entry of its
 * own, so they do, and the device's store as well.
 */
function inheritedAnchors(
  host: HostName,
  policies: readonly HostPolicy[],
  anchors: ReadonlyMap<HostName, HostAnchors | null>,
): HostAnchors {
  const [nearest] = parentPolicies(host, policies).flatMap((parent) => anchors.get(parent.host) ?? [])
  return nearest ? { ...nearest, needsStore: true } : NO_ANCHORS
}

/** The policies whose sub-domains include a host, nearest parent first; not the host's own. */
export function parentPolicies(host: string, policies: readonly HostPolicy[]): HostPolicy[] {
  const byHost = indexOf(policies)
  const parents: HostPolicy[] = []
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
    const policy = byHost.get(host.slice(dot + 1))
    if (policy?.includeSubdomains) parents.push(policy)
  }
  return parents
}

/** The policy for exactly this host. */
export function policyOf(host: string, policies: readonly HostPolicy[]): HostPolicy | null {
  return indexOf(policies).get(host) ?? null
}

/** Every host is looked up among all others, several times for each keystroke. */
const indexes = new WeakMap<readonly HostPolicy[], ReadonlyMap<string, HostPolicy>>()

function indexOf(policies: readonly HostPolicy[]): ReadonlyMap<string, HostPolicy> {
  const known = indexes.get(policies)
  if (known) return known
  const index = new Map<string, HostPolicy>(policies.map((policy) => [policy.host, policy]))
  indexes.set(policies, index)
  return index
}

/** Distinct pins, whatever their roles. */
export function distinctPins(pins: readonly PlannedPin[]): SpkiPin[] {
  return [...new Set(pins.map(({ pin }) => pin))]
}

/** Each pin once, as it comes first: for whoever asks only whether a key is in the chain, whatever its role. */
export function withoutRoles(pins: readonly PlannedPin[]): PlannedPin[] {
  return distinctPins(pins).flatMap((pin) => pins.find((one) => one.pin === pin) ?? [])
}

/** Whether no certificate is known for a pin: a key in reserve, or typed text. */
export function isWithoutCertificate({ origins }: PlannedPin): boolean {
  return origins.every(({ kind }) => kind !== 'certificate')
}

/** A key of a certificate that a parent host's server has, and this one has not: it is in service there, and no backup here. */
export function isLeafOfParent({ role, inheritedFrom, origins }: PlannedPin): boolean {
  return role === 'leaf' && inheritedFrom !== null && origins.some(({ kind }) => kind === 'certificate')
}

/** Whether one change can take all these pins away at once: then none of them is a backup for the others. True of none. */
export function changeTogether(pins: readonly PlannedPin[]): boolean {
  if (pins.length === 0) return true
  const candidates = pins[0]?.origins.map(({ changesWith }) => changesWith) ?? []
  return candidates.some((candidate) =>
    pins.every(({ origins }) => origins.some(({ changesWith }) => changesWith === candidate)),
  )
}

function reasonWithoutPins({ chains, keys }: PlanRow): LeftOutRow['reason'] {
  if (chains.length > 0) return 'no-pin-chosen'
  return keys.length > 0 ? 'no-key-chosen' : 'no-certificate'
}

/**
 * One entry per pin and role, with the origins of all; the first occurrence keeps its place. A pin that one row does
 * not know the role of has the role that another row gives it.
 */
function unite(pins: readonly PlannedPin[]): PlannedPin[] {
  const united = new Map<string, PlannedPin>()
  for (const pin of pins.flatMap((one) => withKnownRoles(one, pins))) {
    const key = `${pin.role} ${pin.pin}`
    const before = united.get(key)
    united.set(key, before ? { ...before, origins: distinctOrigins([...before.origins, ...pin.origins]) } : pin)
  }
  return [...united.values()]
}

/** A certificate is found once for its own switch and again for a typed pin that equals its key. */
function distinctOrigins(origins: readonly PinOrigin[]): PinOrigin[] {
  return [...new Map(origins.map((origin) => [`${origin.changesWith} ${identityOf(origin)}`, origin])).values()]
}

function identityOf(origin: PinOrigin): string {
  switch (origin.kind) {
    case 'certificate':
      return origin.certificate.sha256
    case 'key':
      return `${origin.key.origin} ${origin.key.name}`
    case 'typed':
    case 'wrong':
      return origin.kind
  }
}

/** The pin itself, or what it is by the others when it does not say so. */
function withKnownRoles(pin: PlannedPin, others: readonly PlannedPin[]): readonly PlannedPin[] {
  if (pin.role !== 'unknown') return [pin]
  const roles = new Set(others.filter((other) => other.pin === pin.pin).map(({ role }) => role))
  roles.delete('unknown')
  const { origins, inheritedFrom } = pin
  return roles.size === 0 ? [pin] : Array.from(roles, (role) => ({ pin: pin.pin, role, origins, inheritedFrom }))
}

function withInherited(
  policy: HostPolicy,
  policies: readonly HostPolicy[],
  anchors: ReadonlyMap<HostName, HostAnchors | null>,
): HostPolicy {
  // Of two parents, one may know what the other does not.
  const inherited = unite(
    parentPolicies(policy.host, policies).flatMap((parent) =>
      parent.pins.map((pin) => ({ ...pin, inheritedFrom: parent.host })),
    ),
  )
  const pins = policy.pins.flatMap((pin) => withKnownRoles(pin, inherited))
  for (const pin of inherited) {
    const isKnown = pins.some((known) => known.pin === pin.pin && (known.role === pin.role || pin.role === 'unknown'))
    if (!isKnown) pins.push(pin)
  }
  return { ...policy, pins, anchors: anchors.get(policy.host) ?? inheritedAnchors(policy.host, policies, anchors) }
}
