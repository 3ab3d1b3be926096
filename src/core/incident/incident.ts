import {
  certificateName,
  coversHost,
  validityAt,
  type Certificate,
  type CertificateFingerprint,
} from '../certificate/certificate.ts'
import type { Chain } from '../chain/chain.ts'
import { serverLeaf } from '../chain/server-chains.ts'
import { enforcedPins } from '../formats/enforced-pins.ts'
import { expirationOf, midnightsOf } from '../formats/expiration.ts'
import { androidValues } from '../formats/platform-outputs.ts'
import type { Platform } from '../formats/format.ts'
import type { OutputSettings } from '../formats/registry.ts'
import type { Instant } from '../instant.ts'
import { labelsBelow, type HostName } from '../pins/host-rule.ts'
import type { KeyWithoutCertificate } from '../pins/key-without-certificate.ts'
import {
  changeTogether,
  distinctPins,
  type CertificateOrigin,
  type HostPolicy,
  type LeftOutRow,
  type PinPlan,
  type PlannedPin,
  type PlanRow,
} from '../pins/plan-pins.ts'
import type { SpkiPin } from '../pins/spki-pin.ts'
import { endOfCa, type CaEnd } from '../risks/ended-cas.ts'
import { usefulPins, uselessnessIn } from '../risks/useful-pins.ts'
import type { CaFamily } from '../trust/ca-families.ts'
import { matches, type EnforcedPins } from '../trust/coverage.ts'
import { familyOfAuthority, familyOfRoot } from '../trust/recognise.ts'

/**
 * What serving a pinned key does for iOS. `enough`: its list is the only one. `beside-other-list`: the other list has
 * to match as well. `not-listed`: Info.plist has this pin in no list.
 */
export type IosHelp = 'enough' | 'beside-other-list' | 'not-listed'

interface PinnedKey {
  readonly pin: SpkiPin
  readonly ios: IosHelp
}

/** A key that a server may hold. */
export interface PinnedLeafKey extends PinnedKey {
  readonly from:
    /** `usable`: valid today and for the host, so it can be put back; null when a new one has to be issued. */
    | { readonly kind: 'certificate'; readonly latest: Certificate; readonly usable: Certificate | null }
    | {
        readonly kind: 'reserve'
        readonly key: KeyWithoutCertificate
        /** Whether some CA certifies such a key for the host. */
        readonly canBeCertified: boolean
      }
    /** Nothing but the pin is known. */
    | { readonly kind: 'typed' }
}

/** A CA whose key is pinned. */
export interface PinnedAuthority extends PinnedKey {
  /** Hostile text; null when nothing but the pin is known. */
  readonly name: string | null
  readonly family: CaFamily | null
  /** No platform trusts it by itself. */
  readonly isOwn: boolean
  /** When the longest of its certificates that is known ends. */
  readonly ends: Instant | null
  /**
   * `ended`: that has passed. `closed`: the family issues no new public certificates from its roots. `over`: what is
   * published about its key says that phones accept none of its certificates, or no new one.
   */
  readonly canIssue: 'yes' | 'ended' | 'closed' | 'over' | 'unknown'
  /** What is published against it, by the phones that it concerns. */
  readonly over: Readonly<Record<Platform, CaEnd | null>>
}

/** Whether a chain has what the shipped pins ask for. */
export interface JudgedChain {
  readonly leaf: Certificate
  /** A server presented it when it was asked; else somebody added it. */
  readonly isServed: boolean
  /** `some-paths`: it depends on the path that a device builds. */
  readonly android: 'matches' | 'some-paths' | 'no-match'
  readonly ios: 'matches' | 'no-match' | 'not-pinned'
}

/** When the pins of an Android configuration stop being enforced, by the device’s own clock. */
export type AndroidOpening =
  | { readonly kind: 'never' }
  /** The date cannot be told: none is written, or it is no day. */
  | { readonly kind: 'unknown' }
  /** `waiting`: nowhere yet. `under-way`: the day has begun in some time zones. `open`: it has begun everywhere. */
  | {
      readonly kind: 'waiting' | 'under-way' | 'open'
      readonly date: string
      readonly from: Instant
      readonly until: Instant
    }

/** What is left to one host whose pins no longer match. */
export interface IncidentHost {
  readonly host: HostName
  readonly includeSubdomains: boolean
  readonly pins: readonly SpkiPin[]
  /** Which lists of Info.plist are filled. */
  readonly iosLists: 'none' | 'leaf' | 'ca' | 'both'
  readonly leafKeys: readonly PinnedLeafKey[]
  readonly authorities: readonly PinnedAuthority[]
  /** Nobody said whether these are of a leaf or of a CA. */
  readonly unknownPins: readonly SpkiPin[]
  /** No key has these; they are in none of the lists above. */
  readonly keylessPins: readonly SpkiPin[]
  readonly presented: readonly JudgedChain[]
  readonly opening: AndroidOpening
  /** `own`: phones trust no public CA for the host, so that no other may certify a key. */
  readonly certifier: 'any' | 'own'
  /** One change of the server can take all these pins away. */
  readonly isWithoutBackup: boolean
}

export interface Incident {
  readonly hosts: readonly IncidentHost[]
  /** Rows with a host and without pins: what shipped for them is not known here. */
  readonly leftOut: readonly LeftOutRow[]
}

/** What can still be served for the pins of a plan, taken as those that shipped. */
export function incidentOf(plan: PinPlan, rows: readonly PlanRow[], settings: OutputSettings, now: Instant): Incident {
  const { expiration } = androidValues(settings)
  const hosts = plan.policies.map((policy): IncidentHost => {
    const enforced = enforcedPins(policy, plan.policies, settings)
    const ownRows = rows.filter(({ rowId }) => policy.rowIds.includes(rowId))
    const uselessness = uselessnessIn(policy, rows)
    const keyless = policy.pins.filter((pin) => uselessness(pin, 'android', now)?.kind === 'no-key')
    const ofRole = (role: PlannedPin['role']) =>
      policy.pins.filter((pin) => pin.role === role && !keyless.includes(pin))
    return {
      host: policy.host,
      includeSubdomains: policy.includeSubdomains,
      pins: distinctPins(policy.pins),
      iosLists: iosLists(enforced),
      leafKeys: ofRole('leaf').map((pin) =>
        leafKey(pin, policy, enforced, uselessness(pin, 'android', now) === null, now),
      ),
      authorities: ofRole('ca').map((pin) => authorityOf(pin, policy, enforced, now)),
      unknownPins: distinctPins(ofRole('unknown')),
      keylessPins: distinctPins(keyless),
      presented: ownRows.flatMap((row) => row.chains.flatMap((chain) => presentedChain(chain, row, enforced))),
      opening: openingOf(policy, expiration, now),
      certifier: policy.anchors.own.length > 0 && !policy.anchors.needsStore ? 'own' : 'any',
      isWithoutBackup: changeTogether(usefulPins(policy, rows, now)),
    }
  })
  return { hosts, leftOut: plan.leftOut }
}

function iosLists({ ios: { leaf, ca } }: EnforcedPins): IncidentHost['iosLists'] {
  if (leaf !== null && ca !== null) return 'both'
  if (leaf !== null) return 'leaf'
  return ca === null ? 'none' : 'ca'
}

function iosHelp(pin: SpkiPin, list: 'leaf' | 'ca', { ios }: EnforcedPins): IosHelp {
  if (ios[list]?.has(pin) !== true) return 'not-listed'
  return ios[list === 'leaf' ? 'ca' : 'leaf'] === null ? 'enough' : 'beside-other-list'
}

/** A key that came in several ways is told once, by what helps most: a certificate, the key itself, the pin alone. */
function leafKey(
  { pin, origins }: PlannedPin,
  policy: HostPolicy,
  enforced: EnforcedPins,
  canBeCertified: boolean,
  now: Instant,
): PinnedLeafKey {
  const ios = iosHelp(pin, 'leaf', enforced)
  const certificates = certificatesOf(origins).toSorted((one, other) => other.notAfter - one.notAfter)
  const [latest] = certificates
  if (latest) {
    const usable = certificates.find((one) => validityAt(one, now) === 'valid' && isFor(one, policy)) ?? null
    return { pin, ios, from: { kind: 'certificate', latest, usable } }
  }
  const reserve = origins.find((origin) => origin.kind === 'key')
  return { pin, ios, from: reserve ? { kind: 'reserve', key: reserve.key, canBeCertified } : { kind: 'typed' } }
}

/** Whether a certificate is for the host itself or, where sub-domains count too, for one of them. */
export function isFor(
  certificate: Certificate,
  { host, includeSubdomains }: Pick<HostPolicy, 'host' | 'includeSubdomains'>,
): boolean {
  if (coversHost(certificate, host)) return true
  return includeSubdomains && certificate.dnsNames.some((name) => labelsBelow(name, host) !== null)
}

function certificatesOf(origins: PlannedPin['origins']): Certificate[] {
  const held = origins.filter((origin): origin is CertificateOrigin => origin.kind === 'certificate')
  return [
    ...new Map<CertificateFingerprint, Certificate>(
      held.map(({ certificate }) => [certificate.sha256, certificate]),
    ).values(),
  ]
}

function authorityOf(
  { pin, origins }: PlannedPin,
  { anchors }: HostPolicy,
  enforced: EnforcedPins,
  now: Instant,
): PinnedAuthority {
  const certificates = certificatesOf(origins)
  const bundledRoot = origins.flatMap((origin) => (origin.kind === 'typed' ? (origin.bundledRoot ?? []) : []))[0]
  const [first] = certificates
  const isOwn = anchors.own.some(({ certificate }) => certificate.pin === pin)
  const family = isOwn ? null : (familyOfRoot(pin) ?? certificates.flatMap((one) => familyOfAuthority(one) ?? [])[0])
  // What is published about public CAs does not concern one’s own.
  const overOn = (platform: Platform) => (isOwn ? null : endOfCa(pin, platform, now))
  const over = { android: overOn('android'), ios: overOn('ios') }
  const ends = certificates.length > 0 ? Math.max(...certificates.map(({ notAfter }) => notAfter)) : null
  return {
    pin,
    ios: iosHelp(pin, 'ca', enforced),
    name: first ? certificateName(first) : (bundledRoot ?? null),
    family: family ?? null,
    isOwn,
    ends,
    canIssue: canIssue(family ?? null, ends, over, first !== undefined || bundledRoot !== undefined, now),
    over,
  }
}

function canIssue(
  family: CaFamily | null,
  ends: Instant | null,
  over: PinnedAuthority['over'],
  isKnown: boolean,
  now: Instant,
): PinnedAuthority['canIssue'] {
  if (ends !== null && ends < now) return 'ended'
  if (family?.isClosed === true) return 'closed'
  if (over.android !== null && over.ios !== null) return 'over'
  return isKnown ? 'yes' : 'unknown'
}

function presentedChain(chain: Chain, { served }: PlanRow, enforced: EnforcedPins): JudgedChain[] {
  const leaf = serverLeaf(chain)
  if (!leaf) return []
  const paths = [chain, ...chain.search.paths.filter(({ faults }) => faults.length === 0)]
  const onAndroid = paths.filter((path) => matches(path, { platform: 'android' }, enforced)).length
  const isOnIos = paths.some((path) => matches(path, { platform: 'ios' }, enforced))
  return [
    {
      leaf,
      isServed: served.has(leaf.sha256),
      android: onAndroid === 0 ? 'no-match' : onAndroid === paths.length ? 'matches' : 'some-paths',
      // Apple's devices try other paths until a list matches (platforms.md B.2).
      ios: iosLists(enforced) === 'none' ? 'not-pinned' : isOnIos ? 'matches' : 'no-match',
    },
  ]
}

function openingOf(policy: HostPolicy, choice: Parameters<typeof expirationOf>[1], now: Instant): AndroidOpening {
  const expiration = expirationOf(policy, choice, now)
  if (expiration.kind === 'none') return { kind: 'never' }
  const midnights = expiration.date === null ? null : midnightsOf(expiration.date)
  if (expiration.date === null || midnights === null) return { kind: 'unknown' }
  const kind = now < midnights.from ? 'waiting' : now < midnights.until ? 'under-way' : 'open'
  return { kind, date: expiration.date, ...midnights }
}
