import { validityAt, type Certificate } from '../certificate/certificate.ts'
import type { Chain } from '../chain/chain.ts'
import { serverChains, type ServerChain } from '../chain/server-chains.ts'
import { isFor } from '../incident/incident.ts'
import type { Instant } from '../instant.ts'
import type { HostName } from '../pins/host-rule.ts'
import { policyOf, type HostPolicy, type PinPlan, type PlannedPin, type PlanRow } from '../pins/plan-pins.ts'
import type { SpkiPin } from '../pins/spki-pin.ts'
import { noticedRoots } from '../risks/noticed-roots.ts'
import { retiredIn } from '../risks/retired-issuers.ts'
import { uselessnessIn } from '../risks/useful-pins.ts'
import type { RootNotice } from '../risks/root-notice.ts'
import type { RetiredIssuers } from '../risks/policy.ts'
import { chainsInUse, heldBy } from '../rotation/holds.ts'

/**
 * What a pinned key is for its host today. `current`: in service. `next`: of a certificate that is to come. `backup`: in
 * reserve. `retiring`: on its way out. `unknown`: there is nothing to compare it with.
 */
export type PinLabel = 'current' | 'next' | 'backup' | 'retiring' | 'unknown'

/** Why a pin has its label; names are hostile. */
export type LabelReason =
  | { readonly label: 'current'; readonly kind: 'presented' | 'given' }
  /** `later`: it is valid, and the server presented an older one. */
  | { readonly label: 'next'; readonly kind: 'not-yet-valid' | 'later' }
  | { readonly label: 'backup'; readonly kind: 'key' | 'typed' | 'reserve' | 'other-chain' }
  /** `replaced`: a later certificate for another key is there. */
  | { readonly label: 'retiring'; readonly kind: 'ended' | 'replaced' }
  | { readonly label: 'retiring'; readonly kind: 'retired-issuer'; readonly retired: RetiredIssuers }
  | { readonly label: 'retiring'; readonly kind: 'root-notice'; readonly name: string; readonly notice: RootNotice }
  /** `no-key`: no key has the pin. `no-certificate`: no CA that phones trust certifies such a key. */
  | { readonly label: 'unknown'; readonly kind: 'nothing-known' | 'not-for-host' | 'no-key' | 'no-certificate' }

export interface LabelledPin {
  readonly planned: PlannedPin
  readonly reason: LabelReason
  /** From when to when its known certificates are valid; null for a key without any. */
  readonly from: Instant | null
  readonly until: Instant | null
}

export interface LabelledHost {
  readonly host: HostName
  /** Each pin of the policy once, in its order. */
  readonly pins: readonly LabelledPin[]
}

/** Tells for each host of a plan what each of its pins is; an inherited one, what it is for the parent. */
export function pinLabels(plan: PinPlan, rows: readonly PlanRow[], now: Instant): readonly LabelledHost[] {
  const rowsById = new Map(rows.map((row) => [row.rowId, row]))
  const known = new Map<HostName, Known>()
  const knownOf = (policy: HostPolicy): Known => {
    const ofHost = policy.rowIds.flatMap((rowId) => rowsById.get(rowId) ?? [])
    const found = known.get(policy.host) ?? {
      ...knownIn(policy, ofHost, now),
      uselessness: uselessnessIn(policy, rows),
    }
    known.set(policy.host, found)
    return found
  }
  return plan.policies.map((policy) => ({
    host: policy.host,
    pins: policy.pins.map((planned) => {
      const parent = planned.inheritedFrom === null ? null : policyOf(planned.inheritedFrom, plan.policies)
      return labelled(planned, knownOf(parent ?? policy))
    }),
  }))
}

type Chained = ServerChain & { readonly reason: LabelReason }

/** What is known of the keys of one host. */
interface Known {
  readonly certificates: readonly Certificate[]
  /** Chains of the server, each with what its leaf is. */
  readonly ofServer: readonly Chained[]
  readonly presented: ReadonlySet<SpkiPin>
  readonly inUse: ReadonlySet<SpkiPin>
  /** Keys of chains that are to come, or of which nobody knows what they are for. */
  readonly others: ReadonlyMap<SpkiPin, LabelReason>
  readonly reserve: ReadonlySet<SpkiPin>
  readonly leaving: ReadonlyMap<SpkiPin, LabelReason>
  readonly uselessness: ReturnType<typeof uselessnessIn>
  readonly now: Instant
}

function knownIn(policy: HostPolicy, rows: readonly PlanRow[], now: Instant): Omit<Known, 'uselessness'> {
  const leaves = rows.flatMap(({ chains, served }) =>
    serverChains(chains).map(({ chain, leaf }) => ({ chain, leaf, isPresented: served.has(leaf.sha256) })),
  )
  const ofServer = leaves.map(({ chain, leaf, isPresented }) => ({
    chain,
    leaf,
    reason:
      isPresented || isFor(leaf, policy)
        ? reasonOfLeaf({ leaf, isPresented }, leaves, now)
        : ({ label: 'unknown', kind: 'not-for-host' } as const),
  }))
  const aboveLeaves = (label: PinLabel) =>
    ofServer.flatMap(({ chain, reason }) =>
      reason.label === label ? certificatesOf(chain).map(({ pin }) => [pin, reason] as const) : [],
    )
  const foreign = new Set(ofServer.flatMap(({ chain, reason }) => (reason.label === 'unknown' ? [chain] : [])))
  // Without a server's certificate a CA that was given is all that is known of the chain in service.
  const caChains = leaves.length > 0 ? [] : rows.flatMap(({ chains }) => chains)
  const inUse = [...rows.flatMap((row) => chainsInUse(row, now).map(({ chain }) => chain)), ...caChains]
  return {
    certificates: rows.flatMap(({ chains, reserve }) => [...chains.flatMap(certificatesOf), ...reserve]),
    ofServer,
    presented: pinsOf(leaves.filter(({ isPresented }) => isPresented)),
    inUse: pinsOf(inUse.flatMap((chain) => (foreign.has(chain) ? [] : [{ chain }]))),
    others: new Map([...aboveLeaves('unknown'), ...aboveLeaves('next')]),
    reserve: new Set(rows.flatMap(({ reserve }) => reserve.map(({ pin }) => pin))),
    leaving: new Map(rows.flatMap((row) => leavingIn(row, now))),
    now,
  }
}

interface Leaf {
  readonly leaf: Certificate
  readonly isPresented: boolean
}

function certificatesOf(chain: Chain): readonly Certificate[] {
  return heldBy(chain).map(({ certificate }) => certificate)
}

function pinsOf(chains: readonly { readonly chain: Chain }[]): ReadonlySet<SpkiPin> {
  return new Set(chains.flatMap(({ chain }) => certificatesOf(chain).map(({ pin }) => pin)))
}

/** CAs that somebody has given up. */
function leavingIn(row: PlanRow, now: Instant): readonly (readonly [SpkiPin, LabelReason])[] {
  const issuers = retiredIn(row, now).flatMap(({ pin, retired }) =>
    pin === null ? [] : [[pin, { label: 'retiring', kind: 'retired-issuer', retired }] as const],
  )
  const roots = noticedRoots(row, now).flatMap(({ pin, name, inEffect: [notice] }) =>
    notice ? [[pin, { label: 'retiring', kind: 'root-notice', name, notice }] as const] : [],
  )
  return [...roots, ...issuers]
}

function reasonOfLeaf({ leaf, isPresented }: Leaf, leaves: readonly Leaf[], now: Instant): LabelReason {
  const validity = validityAt(leaf, now)
  if (validity === 'not-yet-valid') return { label: 'next', kind: 'not-yet-valid' }
  if (validity === 'expired') return { label: 'retiring', kind: 'ended' }
  if (isPresented) return { label: 'current', kind: 'presented' }
  const others = leaves.filter((other) => other.leaf.pin !== leaf.pin && isForTheSame(other.leaf, leaf))
  const presented = others.filter((other) => other.isPresented)
  if (presented.length > 0) {
    const isOlder = presented.some((other) => other.leaf.notBefore > leaf.notBefore)
    return isOlder ? { label: 'retiring', kind: 'replaced' } : { label: 'next', kind: 'later' }
  }
  return others.some((other) => replaces(other.leaf, leaf, now))
    ? { label: 'retiring', kind: 'replaced' }
    : { label: 'current', kind: 'given' }
}

/** Servers often have a key of each kind, and present the one that suits the phone. */
function replaces(later: Certificate, earlier: Certificate, now: Instant): boolean {
  const isOfOneKind = later.publicKey.algorithm === earlier.publicKey.algorithm
  const isLater = later.notBefore > earlier.notBefore && later.notAfter > earlier.notAfter
  return isOfOneKind && isLater && validityAt(later, now) === 'valid'
}

function isForTheSame(one: Certificate, other: Certificate): boolean {
  return one.dnsNames.some((name) => other.dnsNames.includes(name))
}

function labelled(planned: PlannedPin, known: Known): LabelledPin {
  const certificates = known.certificates.filter(({ pin }) => pin === planned.pin)
  return {
    planned,
    reason: reasonOf(planned, certificates, known),
    from: certificates.length > 0 ? Math.min(...certificates.map(({ notBefore }) => notBefore)) : null,
    until: certificates.length > 0 ? Math.max(...certificates.map(({ notAfter }) => notAfter)) : null,
  }
}

/** What a key is by the certificate that is best off: of a renewal for the same key the newer one. */
const BEST_FIRST: readonly PinLabel[] = ['current', 'next', 'retiring', 'unknown']

function reasonOf(planned: PlannedPin, certificates: readonly Certificate[], known: Known): LabelReason {
  const { pin, origins } = planned
  const ofLeaves = known.ofServer.flatMap(({ leaf, reason }) => (leaf.pin === pin ? [reason] : []))
  const [asLeaf] = ofLeaves.toSorted((one, other) => BEST_FIRST.indexOf(one.label) - BEST_FIRST.indexOf(other.label))
  if (asLeaf) return asLeaf
  const leaving = known.leaving.get(pin)
  if (leaving) return leaving
  if (certificates.length > 0 && certificates.every((one) => validityAt(one, known.now) === 'expired')) {
    return { label: 'retiring', kind: 'ended' }
  }
  if (known.inUse.has(pin)) return { label: 'current', kind: known.presented.has(pin) ? 'presented' : 'given' }
  const other = known.others.get(pin)
  if (other) return other
  if (known.reserve.has(pin)) return { label: 'backup', kind: 'reserve' }
  if (certificates.length > 0) return { label: 'backup', kind: 'other-chain' }
  const useless = known.uselessness(planned, 'android', known.now)
  if (useless !== null && useless.kind !== 'ended-ca') return { label: 'unknown', kind: useless.kind }
  if (origins.some(({ kind }) => kind === 'key')) return { label: 'backup', kind: 'key' }
  return known.ofServer.length > 0 ? { label: 'backup', kind: 'typed' } : { label: 'unknown', kind: 'nothing-known' }
}
