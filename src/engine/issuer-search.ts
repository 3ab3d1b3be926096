import { validityAt, type Certificate, type CertificateFingerprint } from '../core/certificate/certificate.ts'
import type { ChainLink, SignatureCheck, StoreMembership } from '../core/chain/chain.ts'
import type { Instant } from '../core/instant.ts'
import { encodeHex } from '../core/pins/encoding.ts'
import type { Result } from '../core/result.ts'
import type { BundledRoots } from './bundled-roots.ts'
import { certificateParts } from './certificate-parts.ts'
import type { DamageReason } from './inspection.ts'

/** What chains are built with; tests pass their own. */
export interface ChainTools {
  readonly describe: (der: Uint8Array) => Promise<Result<Certificate, DamageReason>>
  readonly verify: (certificate: Uint8Array, issuer: Uint8Array) => Promise<SignatureCheck>
  /** Null when the bundled store could not be loaded: chains then end where the given certificates end. */
  readonly roots: BundledRoots | null
}

/** A certificate that may take a place in a chain. */
export interface Member {
  readonly certificate: Certificate
  readonly der: Uint8Array
  readonly origin: ChainLink['origin']
  readonly stores: StoreMembership | null
  /** Names as their DER in hexadecimal: names are the same when their bytes are. */
  readonly subject: string
  readonly issuer: string
}

export interface Issuer {
  readonly member: Member
  readonly signature: SignatureCheck
}

/**
 * A file may hold thousands of decoys of one name. Key identifiers bring the true issuer to the front, so a few are
 * enough; and only one for each certificate after so many checks that no honest row needs them.
 */
const MAX_TRIED = 16
const MAX_CHECKS_OF_SEVERAL = 4000

/** @returns null when the certificate cannot be decoded */
export async function readMember(der: Uint8Array, origin: Member['origin'], tools: ChainTools): Promise<Member | null> {
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

export interface IssuerSearch {
  /** The certificates that may have issued `member`, best first, never `member` itself. */
  issuersOf(member: Member): Promise<readonly Issuer[]>
  /** Remembers its answers. */
  check(member: Member, issuer: Member): Promise<SignatureCheck>
}

export function createIssuerSearch(given: readonly Member[], now: Instant, tools: ChainTools): IssuerSearch {
  const givenBySubject = new Map<string, Member[]>()
  for (const member of given) {
    const sameName = givenBySubject.get(member.subject)
    if (sameName) sameName.push(member)
    else givenBySubject.set(member.subject, [member])
  }
  const givenFingerprints = new Set(given.map((member) => member.certificate.sha256))
  const checks = new Map<string, Promise<SignatureCheck>>()
  const issuers = new Map<CertificateFingerprint, Promise<readonly Issuer[]>>()

  const candidates = new Map<string, Promise<readonly Member[]>>()

  const check = (member: Member, issuer: Member) =>
    remember(checks, `${member.certificate.sha256} ${issuer.certificate.sha256}`, () =>
      tools.verify(member.der, issuer.der),
    )

  /** The given and the bundled certificates of a name, best first; sorted once, since thousands may share it. */
  async function candidatesNamed(name: string): Promise<readonly Member[]> {
    const bundled = ((await tools.roots?.rootsNamed(name)) ?? []).filter((root) => !givenFingerprints.has(root.sha256))
    const roots = await Promise.all(bundled.map((root) => readMember(root.der, 'bundled-store', tools)))
    const members = [...(givenBySubject.get(name) ?? []), ...roots.filter((root) => root !== null)]
    return members.toSorted(by((member) => [isAuthority(member) ? 0 : 1, ...preference(member, now)]))
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

/** 0 when the key identifiers (RFC 5280 §4.2.1.1) agree, 1 when one is missing, 2 when they contradict each other. */
export function identifierDistance(member: Member, issuer: Member): 0 | 1 | 2 {
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

function remember<Key, Value>(memory: Map<Key, Value>, key: Key, compute: () => Value): Value {
  const known = memory.get(key)
  if (known !== undefined) return known
  const value = compute()
  memory.set(key, value)
  return value
}
