import { validityAt, type Certificate, type CertificateFingerprint } from '../core/certificate/certificate.ts'
import type { ChainLink, SignatureCheck, StoreMembership } from '../core/chain/chain.ts'
import type { PathLink } from '../core/chain/trust-path.ts'
import type { Instant } from '../core/instant.ts'
import { encodeHex } from '../core/pins/encoding.ts'
import type { Result } from '../core/result.ts'
import type { BundledCertificate, BundledRoots } from './bundled-roots.ts'
import { certificateParts } from './certificate-parts.ts'
import type { DamageReason } from './inspection.ts'

/** What chains are built with; tests pass their own. */
export interface ChainTools {
  readonly describe: (der: Uint8Array) => Promise<Result<Certificate, DamageReason>>
  readonly verify: (certificate: Uint8Array, issuer: Uint8Array) => Promise<SignatureCheck>
  /** Null when the bundled store could not be loaded: chains then end where the given certificates end. */
  readonly roots: BundledRoots | null
}

/** A certificate that may take a place in a path. */
export interface PathMember {
  readonly certificate: Certificate
  readonly der: Uint8Array
  readonly origin: PathLink['origin']
  readonly stores: StoreMembership | null
  /** Names as their DER in hexadecimal: names are the same when their bytes are. */
  readonly subject: string
  readonly issuer: string
}

/** A certificate that may take a place in a chain; to that nobody adds cross-certificates. */
export interface Member extends PathMember {
  readonly origin: ChainLink['origin']
}

export interface Issuer<Candidate extends PathMember = Member> {
  readonly member: Candidate
  readonly signature: SignatureCheck
}

/** The certificates whose key made a signature, or may have made it where that cannot be computed. */
export interface Signers {
  readonly issuers: readonly Issuer<PathMember>[]
  /** Whether there may be more, since there were too many of the name. */
  readonly isCut: boolean
}

/**
 * A file may hold thousands of decoys of one name. Key identifiers bring the true issuer to the front, so a few are
 * enough; and only one for each certificate after so many checks that no honest row needs them.
 */
const MAX_TRIED = 16
const MAX_CHECKS_OF_SEVERAL = 4000
/**
 * Keys that a search for signers may try in vain. In an honest row there are hardly any; in one of decoys it takes a
 * tenth of a second.
 */
const MAX_VAIN_CHECKS = 128

/** @returns null when the certificate cannot be decoded */
export async function readMember<Origin extends PathMember['origin']>(
  der: Uint8Array,
  origin: Origin,
  tools: ChainTools,
): Promise<(PathMember & { readonly origin: Origin }) | null> {
  const parts = certificateParts(der)
  const certificate = await tools.describe(der)
  if (!parts.ok || !certificate.ok) return null
  return {
    certificate: certificate.value,
    der,
    origin,
    stores: tools.roots?.storesOf(certificate.value.sha256) ?? null,
    subject: encodeHex(parts.value.subject),
    issuer: encodeHex(parts.value.issuer),
  }
}

/** Basic constraints decide; a root of the stores is a CA even where it is too old to have them. */
export function isAuthority(member: Member): boolean {
  return member.certificate.isCa || member.stores !== null
}

/** A CA that changes its key signs the new one under the same name (RFC 4210 §4.4); only the identifiers tell. */
export function claimsOwnKey(member: PathMember): boolean {
  return member.certificate.isSelfIssued && identifierDistance(member, member) < 2
}

/** The same name with the same key is the same authority, whoever signed for it: such a path has gone in a circle. */
export function isSameAuthority(one: PathMember, other: PathMember): boolean {
  return one.subject === other.subject && one.certificate.pin === other.certificate.pin
}

export interface IssuerSearch {
  /** The certificates that may have issued `member`, best first, never `member` itself. */
  issuersOf(member: Member): Promise<readonly Issuer[]>
  /**
   * All that carry the key that signed `member`, bundled cross-certificates among them, but no unlisted edition of a
   * root that is bundled. None where a key is known not to have signed; those of another key identifier than `member`
   * asks for only where nothing else fits.
   */
  signersOf(member: PathMember): Promise<Signers>
  isSelfSigned(member: PathMember): Promise<boolean>
  /** Remembers its answers. */
  check(member: PathMember, issuer: PathMember): Promise<SignatureCheck>
}

export function createIssuerSearch(given: readonly Member[], now: Instant, tools: ChainTools): IssuerSearch {
  const givenBySubject = groupedBy(given, ({ subject }) => subject)
  const givenFingerprints = new Set(given.map((member) => member.certificate.sha256))
  const checks = new Map<string, Promise<SignatureCheck>>()
  const issuers = new Map<CertificateFingerprint, Promise<readonly Issuer[]>>()

  const candidates = new Map<string, Promise<readonly Member[]>>()

  const signers = new Map<CertificateFingerprint, Promise<Signers>>()
  const keys = new Map<string, Promise<readonly KeyCarriers[]>>()
  let vainChecks = 0

  /** Certificates of one key give one answer. */
  const check = (member: PathMember, issuer: PathMember) =>
    remember(checks, `${member.certificate.sha256} ${issuer.certificate.pin}`, () =>
      tools.verify(member.der, issuer.der),
    )

  async function isSelfSigned(member: PathMember): Promise<boolean> {
    if (!member.certificate.isSelfIssued) return false
    const { kind } = await check(member, member)
    return kind === 'verified' || (kind === 'not-checked' && claimsOwnKey(member))
  }

  /** The given and the bundled certificates of a name, best first; sorted once, since thousands may share it. */
  async function candidatesNamed(name: string): Promise<readonly Member[]> {
    const roots = await readBundled(await tools.roots?.rootsNamed(name), 'bundled-store')
    const members = [...(givenBySubject.get(name) ?? []), ...roots]
    return members.toSorted(by((member) => [isAuthority(member) ? 0 : 1, ...preference(member, now)]))
  }

  async function readBundled<Origin extends PathMember['origin']>(
    bundled: readonly BundledCertificate[] | undefined,
    origin: Origin,
  ) {
    const added = bundled?.filter(({ sha256 }) => !givenFingerprints.has(sha256)) ?? []
    const members = await Promise.all(added.map(({ der }) => readMember(der, origin, tools)))
    return members.filter((member) => member !== null)
  }

  async function keysNamed(name: string): Promise<readonly KeyCarriers[]> {
    const [named, crossSigns] = await Promise.all([
      remember(candidates, name, () => candidatesNamed(name)),
      tools.roots?.crossSignsNamed(name).then((bundled) => readBundled(bundled, 'bundled-cross-sign')),
    ])
    const byPin = groupedBy([...named, ...(crossSigns ?? [])], ({ certificate }) => certificate.pin)
    return Promise.all([...byPin.values()].map(withoutUnlistedEditions))
  }

  /** Roots were self-signed more than once with one key; devices end at the editions that they store. */
  async function withoutUnlistedEditions(carriers: readonly PathMember[]): Promise<KeyCarriers> {
    if (!carriers.some(({ stores }) => stores)) return carriers
    const isUnlisted = await Promise.all(carriers.map(async (one) => !one.stores && (await isSelfSigned(one))))
    return carriers.filter((_, index) => !isUnlisted[index])
  }

  async function searchSigners(member: PathMember): Promise<Signers> {
    const named = await remember(keys, member.issuer, () => keysNamed(member.issuer))
    const found: Issuer<PathMember>[] = []
    let tried = 0
    for (const distance of [0, 1, 2]) {
      for (const key of named.filter((carriers) => keyDistance(member, carriers) === distance)) {
        const [carrier] = key
        if (!carrier) continue
        // The likeliest is tried even then.
        if (vainChecks >= MAX_VAIN_CHECKS && tried > 0) return { issuers: found, isCut: true }
        tried += 1
        const signature = await check(member, carrier)
        const fitting = key.filter((one) => one !== member).map((one) => ({ member: one, signature }))
        // No second key fits a signature.
        if (signature.kind === 'verified') return { issuers: fitting, isCut: false }
        if (signature.kind === 'not-checked') found.push(...fitting)
        else vainChecks += 1
      }
      if (found.length > 0) break
    }
    return { issuers: found, isCut: false }
  }

  async function search(member: Member): Promise<readonly Issuer[]> {
    const named = await remember(candidates, member.issuer, () => candidatesNamed(member.issuer))
    const likely = [0, 1, 2]
      .flatMap((distance) => named.filter((candidate) => identifierDistance(member, candidate) === distance))
      .filter((candidate) => candidate !== member)
      .slice(0, checks.size < MAX_CHECKS_OF_SEVERAL ? MAX_TRIED : 1)
    const checked: Issuer[] = []
    for (const candidate of likely) {
      checked.push({ member: candidate, signature: await check(member, candidate) })
    }
    return rank(checked, now)
  }

  return {
    check,
    isSelfSigned,
    signersOf: (member) => remember(signers, member.certificate.sha256, () => searchSigners(member)),
    issuersOf: (member) => remember(issuers, member.certificate.sha256, () => search(member)),
  }
}

/**
 * Authorities whose key verifies the signature, before those where that cannot be computed. Only where there is none,
 * a certificate that is no authority; only where there is none either, a given authority whose key does not verify, so
 * that the chain can say so. A bundled root that did not sign is never added: its pin would be wrong.
 */
function rank(issuers: readonly Issuer[], now: Instant): readonly Issuer[] {
  const sound = [
    ...issuers
      .filter(({ signature }) => signature.kind === 'verified')
      .toSorted(by(({ member }) => preference(member, now))),
    ...issuers.filter(({ signature }) => signature.kind === 'not-checked'),
  ]
  const authorities = sound.filter(({ member }) => isAuthority(member) && !isOtherEdition(member, sound))
  if (authorities.length > 0) return authorities
  if (sound.length > 0) return sound
  return issuers.filter(({ member }) => isAuthority(member) && member.origin === 'given')
}

/** Roots were self-signed more than once with one key; devices end at the edition that they store. */
function isOtherEdition(member: Member, issuers: readonly Issuer[]): boolean {
  const { isSelfIssued, pin } = member.certificate
  return (
    isSelfIssued &&
    member.stores === null &&
    issuers.some((issuer) => issuer.member.stores !== null && issuer.member.certificate.pin === pin)
  )
}

/**
 * Which of several true issuers to show, most important first; smaller is better. A given certificate comes before a
 * bundled one, since the chain is shown as it was served, unless it is out of date: a device then takes the root it has.
 */
function preference({ certificate, origin, stores }: Member, now: Instant): readonly number[] {
  return [
    validityAt(certificate, now) === 'valid' ? 0 : 1,
    origin === 'given' ? 0 : 1,
    -storeCount(stores),
    -(stores?.android?.last ?? 0),
    -certificate.notAfter,
  ]
}

/** The certificates of one name and one key. */
type KeyCarriers = readonly PathMember[]

function keyDistance(member: PathMember, carriers: KeyCarriers): number {
  return Math.min(...carriers.map((carrier) => identifierDistance(member, carrier)))
}

/** 0 when the key identifiers (RFC 5280 §4.2.1.1) agree, 1 when one is missing, 2 when they contradict each other. */
export function identifierDistance(member: PathMember, issuer: PathMember): 0 | 1 | 2 {
  const { authorityKeyIdentifier } = member.certificate.extensions
  const { subjectKeyIdentifier } = issuer.certificate.extensions
  if (authorityKeyIdentifier === null || subjectKeyIdentifier === null) return 1
  return authorityKeyIdentifier === subjectKeyIdentifier ? 0 : 2
}

function storeCount(stores: StoreMembership | null): number {
  return stores ? [stores.android, stores.apple, stores.mozilla, stores.chrome].filter(Boolean).length : 0
}

/** Compares by the first number that differs. */
function by<Value>(measure: (value: Value) => readonly number[]) {
  return (one: Value, other: Value): number => {
    const otherMeasure = measure(other)
    return (
      measure(one)
        .map((number, index) => number - (otherMeasure[index] ?? 0))
        .find((difference) => difference !== 0) ?? 0
    )
  }
}

/** In the order in which the first of each group comes. */
function groupedBy<Value, Key>(values: readonly Value[], keyOf: (value: Value) => Key): ReadonlyMap<Key, Value[]> {
  const groups = new Map<Key, Value[]>()
  for (const value of values) remember(groups, keyOf(value), () => new Array<Value>()).push(value)
  return groups
}

/** The value of `key`, computed once. */
export function remember<Key, Value>(memory: Map<Key, Value>, key: Key, compute: () => Value): Value {
  const known = memory.get(key)
  if (known !== undefined) return known
  const value = compute()
  memory.set(key, value)
  return value
}
