import type { Certificate } from '../certificate/certificate.ts'
import { keysOf } from '../chain/chain-keys.ts'
import type { Chain, ChainRole, StoreMembership } from '../chain/chain.ts'
import { inUse, presentedOf, serverChains, serverLeaf } from '../chain/server-chains.ts'
import { enforcedPins } from '../formats/enforced-pins.ts'
import type { Platform } from '../formats/format.ts'
import type { ProjectSettings } from '../settings/project-settings.ts'
import type { Instant } from '../instant.ts'
import type { HostName } from '../pins/host-rule.ts'
import { isLeafOfParent, type HostPolicy, type PinPlan, type PlanRow } from '../pins/plan-pins.ts'
import type { SpkiPin } from '../pins/spki-pin.ts'
import { usefulPins } from '../risks/useful-pins.ts'
import { holdingEnd, type HoldingEnd } from './holding-end.ts'

/** The certificate that keeps a pin set matching the longest, on the platforms where that ends first. */
export interface Hold extends HoldingEnd {
  readonly host: HostName
  readonly certificate: Certificate
  readonly role: ChainRole
  readonly platforms: readonly Platform[]
  /** Beside the keys of the chain another one is pinned there, which the server can change to. */
  readonly hasNextPin: boolean
}

export interface Holds {
  /** One per host. */
  readonly holds: readonly Hold[]
  /** Leaf certificates of hosts that a new leaf key would cut off somewhere; distinct. */
  readonly leafKeys: readonly HeldLeaf[]
  /** Hosts that a new leaf key does not cut off, since a CA of the chain is pinned. */
  readonly onCas: readonly HostName[]
  /** Hosts none of whose pins is known to match a certificate of the server. */
  readonly unknown: readonly HostName[]
}

/** A leaf whose key must stay, or change together with the pins. */
export interface HeldLeaf {
  readonly certificate: Certificate
  readonly chain: Chain
  readonly hosts: readonly HostName[]
}

/** What the pins of every host rest on, as the outputs have them. */
export function holdsOf(plan: PinPlan, rows: readonly PlanRow[], settings: ProjectSettings, now: Instant): Holds {
  const rowsById = new Map(rows.map((row) => [row.rowId, row]))
  const holds: Hold[] = []
  const onCas: HostName[] = []
  const unknown: HostName[] = []
  const leafKeys = new Map<SpkiPin, HeldLeaf>()
  for (const policy of plan.policies) {
    const ofHost = policy.rowIds.flatMap((rowId) => rowsById.get(rowId) ?? [])
    const chains = ofHost.flatMap((row) => chainsInUse(row, now))
    const nextPins = {
      android: nextPinsOf(policy, rows, now, 'android'),
      ios: nextPinsOf(policy, rows, now, 'ios'),
    }
    const matches = chains.flatMap((used) => matchesOf(policy, plan, settings, used, ofHost, nextPins, now))
    const hold = firstToEnd(policy.host, matches)
    if (!hold) {
      unknown.push(policy.host)
      continue
    }
    holds.push(hold)
    const onLeaf = matches.filter(({ isLeafAlone }) => isLeafAlone)
    if (onLeaf.length === 0) onCas.push(policy.host)
    for (const { chain } of onLeaf) {
      const certificate = serverLeaf(chain)
      if (!certificate) continue
      const hosts = leafKeys.get(certificate.pin)?.hosts ?? []
      if (!hosts.includes(policy.host))
        leafKeys.set(certificate.pin, { certificate, chain, hosts: [...hosts, policy.host] })
    }
  }
  return { holds, leafKeys: [...leafKeys.values()], onCas, unknown }
}

export interface UsedChain {
  readonly chain: Chain
  /** The keys that go when it goes: its own, and all that servers present today. */
  readonly keys: ReadonlySet<SpkiPin>
}

/** The chains that the server presents, or may; without those whose leaf has ended where others have not. */
export function chainsInUse({ chains, served }: PlanRow, now: Instant): readonly UsedChain[] {
  const ofServer = serverChains(chains)
  const seen = presentedOf(ofServer, served).map(({ chain }) => chain)
  return inUse(ofServer, served, now).map(({ chain }) => ({ chain, keys: new Set([chain, ...seen].flatMap(keysOf)) }))
}

/** What a list of pins matches in a chain. */
interface Match extends HoldingEnd {
  readonly platform: Platform
  readonly chain: Chain
  /** The pinned one that holds longest; of several with its key the last. */
  readonly certificate: Certificate
  readonly role: ChainRole
  readonly isLeafAlone: boolean
  readonly hasNextPin: boolean
}

/** Every list that a platform checks has to match: one on Android, one or two on iOS. */
function matchesOf(
  policy: HostPolicy,
  { policies }: PinPlan,
  settings: ProjectSettings,
  { chain, keys }: UsedChain,
  rows: readonly PlanRow[],
  nextPins: Readonly<Record<Platform, ReadonlySet<SpkiPin>>>,
  now: Instant,
): readonly Match[] {
  const { android, ios } = enforcedPins(policy, policies, settings)
  const held = heldBy(chain)
  const lists = [
    { platform: 'android', pins: android, among: held },
    { platform: 'ios', pins: ios.leaf, among: held.filter(({ role }) => role === 'leaf') },
    { platform: 'ios', pins: ios.ca, among: held.filter(({ role }) => role !== 'leaf') },
  ] as const
  return lists.flatMap(({ platform, pins, among }): Match[] => {
    const matching = among.flatMap((one) => {
      if (!pins?.has(one.certificate.pin)) return []
      const { role } = one
      const certificate = lastWithKey(one.certificate, rows)
      const sharing = held.flatMap(({ certificate: root, stores }) =>
        root.pin === certificate.pin ? [{ root, stores }] : [],
      )
      return [{ certificate, role, ...holdingEnd({ certificate, role }, sharing, chain, now) }]
    })
    // A leaf may be renewed for its key, so of two with one day it is not what the host rests on.
    const [longest] = matching.toSorted(
      (one, other) => other.lastDay - one.lastDay || Number(one.role === 'leaf') - Number(other.role === 'leaf'),
    )
    if (!pins || !longest) return []
    return [
      {
        platform,
        chain,
        ...longest,
        isLeafAlone: matching.every(({ role }) => role === 'leaf'),
        hasNextPin: [...pins].some((pin) => nextPins[platform].has(pin) && !keys.has(pin)),
      },
    ]
  })
}

/** What the server may change to: no key of another server, and no key or CA that is none. */
function nextPinsOf(
  policy: HostPolicy,
  rows: readonly PlanRow[],
  now: Instant,
  platform: Platform,
): ReadonlySet<SpkiPin> {
  const useful = usefulPins(policy, rows, now, platform)
  return new Set(useful.flatMap((planned) => (isLeafOfParent(planned) ? [] : [planned.pin])))
}

export interface Held {
  readonly certificate: Certificate
  readonly role: ChainRole
  readonly stores: StoreMembership | null
}

/** The certificates of a chain, and those that stand above its leaf on other paths. */
export function heldBy({ links, search }: Chain): readonly Held[] {
  const above = search.paths.flatMap((path) =>
    path.links.slice(1).map(({ certificate }): Held => {
      const stores = certificate === path.links.at(-1)?.certificate ? path.stores : null
      return { certificate, role: certificate.isSelfIssued ? 'root' : 'intermediate', stores }
    }),
  )
  return [...links, ...above]
}

/** A key lasts as long as the last of its certificates. */
function lastWithKey(certificate: Certificate, rows: readonly PlanRow[]): Certificate {
  const all = rows.flatMap(({ chains }) => chains.flatMap(({ links }) => links.map((link) => link.certificate)))
  const sharing = all.filter(({ pin, isCa }) => pin === certificate.pin && isCa === certificate.isCa)
  return sharing.reduce((last, one) => (one.notAfter > last.notAfter ? one : last), certificate)
}

function firstToEnd(host: HostName, matches: readonly Match[]): Hold | null {
  const [first] = matches.toSorted((one, other) => one.lastDay - other.lastDay)
  if (!first) return null
  const together = matches.filter(({ certificate }) => certificate.sha256 === first.certificate.sha256)
  return {
    host,
    certificate: first.certificate,
    role: first.role,
    lastDay: first.lastDay,
    earlier: first.earlier,
    platforms: [...new Set(together.map(({ platform }) => platform))],
    hasNextPin: together.every(({ hasNextPin }) => hasNextPin),
  }
}
