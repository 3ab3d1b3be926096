import { validityAt, type Certificate } from '../certificate/certificate.ts'
import type { StoreMembership } from '../chain/chain.ts'
import type { PathFault, PathSearch, TrustPath } from '../chain/trust-path.ts'
import type { Instant } from '../instant.ts'
import type { Device } from './devices.ts'

/** Why nobody can say whether a device takes a path, although nothing that is known speaks against it. */
export type PathDoubt =
  /** Some releases of the API level have the root, others do not. */
  | { readonly kind: 'some-releases'; readonly anchor: Certificate }
  | { readonly kind: 'signature-not-checked'; readonly certificate: Certificate }
  /** Android 7.0, and no other release, uses elliptic-curve keys on P-256 alone (platforms.md D.3). */
  | { readonly kind: 'elliptic-curve'; readonly certificate: Certificate }
  /** Nobody gave the certificate; the device may fetch it or have it from elsewhere. */
  | { readonly kind: 'needs-fetch'; readonly certificate: Certificate }
  /** The root is trusted for certificates with a timestamp up to a day, and the leaf's first timestamp is not known. */
  | { readonly kind: 'timestamp-unknown'; readonly until: Instant }

/** Why a device does not take a path. */
export type PathRefusal =
  | { readonly kind: 'anchor-not-in-store'; readonly anchor: Certificate }
  | { readonly kind: 'expired' | 'not-yet-valid'; readonly certificate: Certificate }
  | { readonly kind: 'fault'; readonly fault: Exclude<PathFault, { readonly kind: 'signature-not-checked' }> }
  /** The root is trusted for leaves up to a day alone: issued (Firefox) or first logged (Chrome) until then. */
  | { readonly kind: 'leaf-too-new'; readonly anchor: Certificate; readonly until: Instant }
  /**
   * All else would be right, but nobody gave the certificate, and Android fetches none. A phone that met it on an
   * earlier connection to any server may have kept it, and connects then.
   */
  | { readonly kind: 'not-given'; readonly certificate: Certificate }

/** A path that a device may end up with. */
export interface DevicePath {
  readonly path: TrustPath
  /** Empty when nothing stands in the way. */
  readonly doubts: readonly PathDoubt[]
}

/**
 * Whether a device trusts a chain, and by which paths. A root of the user or of an app is not considered: of the stores'
 * own alone.
 */
export type DeviceVerdict =
  /** At least one path has no doubts. */
  | { readonly kind: 'trusted'; readonly paths: readonly DevicePath[] }
  /** Every path has doubts. */
  | { readonly kind: 'uncertain'; readonly paths: readonly DevicePath[]; readonly doubts: readonly PathDoubt[] }
  /** Every path is refused; each reason once. */
  | { readonly kind: 'not-trusted'; readonly refusals: readonly PathRefusal[] }
  /** Every path ends at a root that no store lists. */
  | { readonly kind: 'private-root' }
  /** `no-path`: an issuer is missing. `search-cut`: none of the paths that were followed, but there may be others. */
  | { readonly kind: 'unknown'; readonly reason: 'no-path' | 'search-cut' }

/** Answers for each device, kept until the time changes: each keystroke asks them all again. */
const verdicts = new WeakMap<PathSearch, { readonly now: Instant; readonly byDevice: Map<string, DeviceVerdict> }>()

/** Whether a device trusts the chain that was searched, by its own store and rules (platforms.md A.5, B.2). */
export function verdictOf(search: PathSearch, device: Device, now: Instant): DeviceVerdict {
  const kept = verdicts.get(search)
  const memory = kept?.now === now ? kept : { now, byDevice: new Map<string, DeviceVerdict>() }
  if (memory !== kept) verdicts.set(search, memory)
  const known = memory.byDevice.get(device.id)
  if (known) return known
  const verdict = judge(search, device, now)
  memory.byDevice.set(device.id, verdict)
  return verdict
}

/** Whether the chain ends at roots of no store alone. */
export function isPrivate({ paths }: PathSearch): boolean {
  return paths.length > 0 && paths.every(({ stores }) => stores === null)
}

/** The certificate that a path ends at. */
export function anchorOf({ links }: TrustPath): Certificate | null {
  return links.at(-1)?.certificate ?? null
}

/** Whether a path ends at a root past its own end, which Android does not mind (see `periodRefusal`). */
export function endsAtExpiredAnchor(path: TrustPath, now: Instant): boolean {
  const anchor = anchorOf(path)
  return anchor !== null && validityAt(anchor, now) === 'expired'
}

function judge(search: PathSearch, device: Device, now: Instant): DeviceVerdict {
  if (search.paths.length === 0) return { kind: 'unknown', reason: search.isCut ? 'search-cut' : 'no-path' }
  const refusals: PathRefusal[] = []
  const usable: DevicePath[] = []
  for (const path of search.paths) {
    const refusal = refusalOf(path, device, now)
    if (refusal) refusals.push(refusal)
    else usable.push({ path, doubts: doubtsOf(path, device) })
  }
  const paths = device.platform === 'android' ? usable.filter((one) => !endsSooner(one, usable)) : usable
  if (paths.length > 0) {
    return paths.some(({ doubts }) => doubts.length === 0)
      ? { kind: 'trusted', paths }
      : { kind: 'uncertain', paths, doubts: distinct(paths.flatMap(({ doubts }) => doubts)) }
  }
  if (search.isCut) return { kind: 'unknown', reason: 'search-cut' }
  return isPrivate(search) ? { kind: 'private-root' } : { kind: 'not-trusted', refusals: distinct(refusals) }
}

/**
 * Android tries its own roots before the certificates of the server at each step, and goes on only when none of them
 * makes a valid path (Conscrypt, `TrustManagerImpl.checkTrustedRecursive`). Of several roots at one point the order is
 * not told from outside, nor is that of several certificates of the server, so all of those remain. A doubt that both
 * paths share makes both of them valid, or none.
 */
function endsSooner({ path, doubts }: DevicePath, usable: readonly DevicePath[]): boolean {
  const shared = new Set(doubts.map(identityOf))
  return usable.some(
    (other) =>
      other.doubts.every((doubt) => shared.has(identityOf(doubt))) &&
      other.path.links.length < path.links.length &&
      other.path.links
        .slice(0, -1)
        .every(({ certificate }, index) => certificate.sha256 === path.links[index]?.certificate.sha256),
  )
}

/**
 * Why a device does not take a path, whatever others there are: what no change of the server could mend comes first. Null
 * for one that it would take if it met no other before.
 */
export function refusalOf(path: TrustPath, device: Device, now: Instant): PathRefusal | null {
  const anchor = anchorOf(path)
  if (!anchor) return null
  if (path.stores === null || !isInStore(path.stores, device)) return { kind: 'anchor-not-in-store', anchor }
  for (const fault of path.faults) if (fault.kind !== 'signature-not-checked') return { kind: 'fault', fault }
  return periodRefusal(path, device, now) ?? limitRefusal(path, path.stores, device, anchor) ?? unsent(path, device)
}

/** Whether the store of a device lists a root. */
export function isInStore({ android, apple, mozilla, chrome }: StoreMembership, device: Device): boolean {
  switch (device.platform) {
    case 'android':
      return android !== null && android.first <= device.apiLevel && device.apiLevel <= android.last
    case 'ios':
      return apple !== null && apple.first <= device.list && device.list <= apple.last
    case 'firefox':
      return mozilla !== null
    case 'chrome':
      return chrome !== null
  }
}

/** Android validates what is below its anchor alone (Let's Encrypt, Extending Android Device Compatibility, 2020). */
function periodRefusal({ links }: TrustPath, device: Device, now: Instant): PathRefusal | null {
  for (const { certificate } of device.platform === 'android' ? links.slice(0, -1) : links) {
    const validity = validityAt(certificate, now)
    if (validity !== 'valid') return { kind: validity, certificate }
  }
  return null
}

function limitRefusal(
  { links }: TrustPath,
  stores: StoreMembership,
  device: Device,
  anchor: Certificate,
): PathRefusal | null {
  const leaf = links[0]?.certificate
  if (!leaf) return null
  const until = limitOf(stores, device)
  const day = device.platform === 'chrome' ? firstTimestamp(leaf) : leaf.notBefore
  return until !== null && day !== null && day > until ? { kind: 'leaf-too-new', anchor, until } : null
}

/** Up to when a leaf may be issued or logged; null for no limit. */
function limitOf({ mozilla, chrome }: StoreMembership, device: Device): Instant | null {
  if (device.platform === 'firefox') return mozilla?.distrustAfter ?? null
  return device.platform === 'chrome' ? (chrome?.timestampsUntil ?? null) : null
}

/** The earliest of those in the certificate; null when it has none that can be read, since a server may send them too. */
function firstTimestamp({ extensions }: Certificate): Instant | null {
  const times = extensions.signedCertificateTimestamps.flatMap(({ timestamp }) => timestamp ?? [])
  return times.length === 0 ? null : Math.min(...times)
}

function unsent(path: TrustPath, device: Device): PathRefusal | null {
  const [certificate] = device.platform === 'android' ? notGiven(path) : []
  return certificate ? { kind: 'not-given', certificate } : null
}

/** What is below the anchor and came from nobody but Pinsmith. */
function notGiven({ links }: TrustPath): readonly Certificate[] {
  return links
    .slice(0, -1)
    .filter(({ origin }) => origin !== 'given')
    .map(({ certificate }) => certificate)
}

function doubtsOf(path: TrustPath, device: Device): readonly PathDoubt[] {
  const anchor = anchorOf(path)
  const isPartial = device.platform === 'android' && path.stores?.android?.partial.includes(device.apiLevel)
  const until = path.stores && device.platform === 'chrome' ? limitOf(path.stores, device) : null
  const leaf = path.links[0]?.certificate
  return [
    ...(isPartial && anchor ? [{ kind: 'some-releases' as const, anchor }] : []),
    ...path.faults.flatMap((fault) => (fault.kind === 'signature-not-checked' ? [fault] : [])),
    ...notGiven(path).map((certificate) => ({ kind: 'needs-fetch' as const, certificate })),
    ...unusualCurves(path, device).map((certificate) => ({ kind: 'elliptic-curve' as const, certificate })),
    ...(until !== null && leaf && firstTimestamp(leaf) === null ? [{ kind: 'timestamp-unknown' as const, until }] : []),
  ]
}

const LEVEL_WITH_ONE_CURVE = 24

function unusualCurves({ links }: TrustPath, device: Device): readonly Certificate[] {
  if (device.platform !== 'android' || device.apiLevel !== LEVEL_WITH_ONE_CURVE) return []
  return links
    .map(({ certificate }) => certificate)
    .filter(({ publicKey: { algorithm, curve } }) => algorithm === 'EC' && curve !== 'P-256')
}

/** Each once: several paths share what is wrong with them. */
function distinct<Reason extends PathDoubt | PathRefusal>(reasons: readonly Reason[]): readonly Reason[] {
  return [...new Map(reasons.map((reason) => [identityOf(reason), reason])).values()]
}

function identityOf(reason: PathDoubt | PathRefusal): string {
  if (reason.kind === 'fault') return `${reason.fault.kind} ${reason.fault.certificate.sha256}`
  if ('anchor' in reason) return `${reason.kind} ${reason.anchor.sha256}`
  return 'certificate' in reason ? `${reason.kind} ${reason.certificate.sha256}` : `${reason.kind} ${reason.until}`
}
