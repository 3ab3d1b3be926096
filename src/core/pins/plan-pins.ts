import type { Certificate, CertificateFingerprint } from '../certificate/certificate.ts'
import type { Chain, ChainLink, ChainRole } from '../chain/chain.ts'
import type { HostName, HostRule } from './host-rule.ts'
import { isPinned, type PinChoices } from './pin-choices.ts'
import type { SpkiPin } from './spki-pin.ts'

/** One row of the Config tab, as far as a plan needs it. */
export interface PlanRow {
  readonly rowId: string
  /** null while the domain is empty or refused. */
  readonly hostRule: HostRule | null
  readonly chains: readonly Chain[]
  /** CA certificates that are given but in no chain; pinned one by one, as backup. */
  readonly reserve: readonly Certificate[]
  /** What a server presented when it was asked. */
  readonly served: ReadonlySet<CertificateFingerprint>
  readonly choices: PinChoices
}

/** `leaf` and `ca` go into different lists on iOS. `unknown` pins were typed, and nobody said which they are. */
export type PinRole = 'leaf' | 'ca' | 'unknown'

/** A certificate that holds a pinned key. */
export interface PinOrigin {
  readonly certificate: Certificate
  readonly chainRole: ChainRole
  readonly addedFromStore: boolean
  /** The same for certificates that one change can take away: those of one chain, and all that servers present today. */
  readonly changesWith: string
}

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
}

/** A row that has a host but brings nothing to the plan. */
export interface LeftOutRow {
  readonly rowId: string
  readonly host: HostName
  readonly reason: 'no-certificate' | 'no-pin-chosen'
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
      leftOut.push({ rowId: row.rowId, host, reason: row.chains.length === 0 ? 'no-certificate' : 'no-pin-chosen' })
      continue
    }
    const before = own.get(host)
    own.set(host, {
      host,
      includeSubdomains: includeSubdomains || (before?.includeSubdomains ?? false),
      rowIds: [...(before?.rowIds ?? []), row.rowId],
      pins: unite([...(before?.pins ?? []), ...pins]),
    })
  }
  const policies = [...own.values()]
  return { policies: policies.map((policy) => withInheritedPins(policy, policies)), leftOut }
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

/** Whether one change can take all these pins away at once: then none of them is a backup for the others. */
export function changeTogether(pins: readonly PlannedPin[]): boolean {
  const candidates = pins[0]?.origins.map(({ changesWith }) => changesWith) ?? []
  return candidates.some((candidate) =>
    pins.every(({ origins }) => origins.some(({ changesWith }) => changesWith === candidate)),
  )
}

const ROLE_ORDER: readonly ChainRole[] = ['leaf', 'intermediate', 'root']

function pinsOfRow(row: PlanRow): PlannedPin[] {
  const { rowId, choices, served } = row
  const chosen = [
    ...row.chains.flatMap(({ links }, index) => {
      // By its leaf: the CA of a served chain may stand above a key in reserve as well.
      const isServed = links.slice(0, 1).some(({ certificate }) => served.has(certificate.sha256))
      const changesWith = isServed ? 'served' : `${rowId} chain ${index}`
      return links.filter((link) => isPinned(choices, link)).map((link) => pinOfLink(link, changesWith))
    }),
    ...row.reserve
      .filter(({ sha256 }) => choices.exceptions.get(sha256) === true)
      .map((certificate) =>
        pinOfReserve(certificate, served.has(certificate.sha256) ? 'served' : `${rowId} reserve ${certificate.sha256}`),
      ),
  ]
  const rank = ({ origins }: PlannedPin) => ROLE_ORDER.indexOf(origins[0]?.chainRole ?? 'root')
  return unite(chosen.toSorted((one, other) => rank(one) - rank(other)))
}

function pinOfReserve(certificate: Certificate, changesWith: string): PlannedPin {
  const chainRole = certificate.isSelfIssued ? 'root' : 'intermediate'
  return {
    pin: certificate.pin,
    role: 'ca',
    origins: [{ certificate, chainRole, addedFromStore: false, changesWith }],
    inheritedFrom: null,
  }
}

function pinOfLink({ certificate, role, origin }: ChainLink, changesWith: string): PlannedPin {
  return {
    pin: certificate.pin,
    role: role === 'leaf' ? 'leaf' : 'ca',
    origins: [{ certificate, chainRole: role, addedFromStore: origin === 'bundled-store', changesWith }],
    inheritedFrom: null,
  }
}

/** One entry per pin and role, with the origins of all; the first occurrence keeps its place. */
function unite(pins: readonly PlannedPin[]): PlannedPin[] {
  const united = new Map<string, PlannedPin>()
  for (const pin of pins) {
    const key = `${pin.role} ${pin.pin}`
    const before = united.get(key)
    united.set(key, before ? { ...before, origins: [...before.origins, ...pin.origins] } : pin)
  }
  return [...united.values()]
}

function withInheritedPins(policy: HostPolicy, policies: readonly HostPolicy[]): HostPolicy {
  const pins = [...policy.pins]
  for (const parent of parentPolicies(policy.host, policies)) {
    for (const pin of parent.pins) {
      const isKnown = pins.some((known) => known.pin === pin.pin && known.role === pin.role)
      if (!isKnown) pins.push({ ...pin, inheritedFrom: parent.host })
    }
  }
  return { ...policy, pins }
}
