import type { Certificate, CertificateFingerprint } from '../certificate/certificate.ts'
import type { Chain } from './chain.ts'

/** Which keys a client offered to verify. `any`: all of them, as phones do, so that the server picks. */
export type KeyOffer = 'any' | 'ecdsa' | 'rsa'

/** One connection in which a server presented its list. */
export interface Presentation {
  readonly address: string
  /** The offers that it was the answer to. */
  readonly offers: readonly KeyOffer[]
  /** For example `TLSv1.3`. */
  readonly tlsVersion: string
  /** The protocol that both agreed on, for example `h2`; null when there was none. */
  readonly alpn: string | null
  readonly clientCertificateRequested: boolean
}

/** The certificate list of a TLS handshake (RFC 8446 §4.4.2). */
export interface ServedList {
  /** As sent, repetitions included; null for what is no certificate. */
  readonly fingerprints: readonly (CertificateFingerprint | null)[]
  readonly presentedBy: readonly Presentation[]
}

/** What is wrong with a list, told from its certificates alone, whatever path Pinsmith or a phone builds. */
export type ServedListFault =
  | { readonly kind: 'leaf-not-first'; readonly first: Certificate }
  /** `issuer` stands before `certificate`, which it certifies. */
  | { readonly kind: 'wrong-order'; readonly issuer: Certificate; readonly certificate: Certificate }
  | { readonly kind: 'repeated'; readonly certificate: Certificate }
  | { readonly kind: 'root-sent'; readonly certificate: Certificate }
  /** It is not above the leaf. */
  | { readonly kind: 'unrelated'; readonly certificate: Certificate }
  /** Nothing that was sent certifies `certificate`, nor does a root that is known. */
  | {
      readonly kind: 'issuer-missing'
      readonly certificate: Certificate
      /**
       * The intermediate that should have been sent, when another source has it. Without it nobody can say whether an
       * intermediate is missing or the issuer is the root of a private CA, which need not be sent.
       */
      readonly intermediate: Certificate | null
    }

/** The certificates of a row that a list is held against. */
export interface KnownCertificates {
  readonly chains: readonly Chain[]
  readonly reserve: readonly Certificate[]
}

/** The certificates of a list in the order in which they were sent; null when one of them cannot be decoded. */
export function sentCertificates(
  { fingerprints }: ServedList,
  { chains, reserve }: KnownCertificates,
): readonly Certificate[] | null {
  const linked = chains.flatMap(({ links }) => links.map(({ certificate }) => certificate))
  const known = new Map([...linked, ...reserve].map((certificate) => [certificate.sha256, certificate]))
  const sent = fingerprints.flatMap((fingerprint) => (fingerprint === null ? [] : (known.get(fingerprint) ?? [])))
  return sent.length === fingerprints.length ? sent : null
}

/** Names the faults of a list, in the order of the union; none for a list that is as RFC 8446 wants it, or empty. */
export function faultsOf(sent: readonly Certificate[], known: KnownCertificates): readonly ServedListFault[] {
  const distinct = [...new Map(sent.map((certificate) => [certificate.sha256, certificate])).values()]
  const [first] = distinct
  if (!first) return []
  const leaf = distinct.find(({ isCa }) => !isCa) ?? first
  const above = withAllAbove(leaf, distinct)
  const missing = missingIssuer(above, distinct, known)
  return [
    ...(leaf === first ? [] : [{ kind: 'leaf-not-first' as const, first }]),
    ...wrongOrders(distinct),
    ...distinct
      .filter(({ sha256 }) => sent.filter((one) => one.sha256 === sha256).length > 1)
      .map((certificate) => ({ kind: 'repeated' as const, certificate })),
    ...above
      .filter((certificate) => certificate !== leaf && certificate.isSelfIssued)
      .map((certificate) => ({ kind: 'root-sent' as const, certificate })),
    ...distinct
      .filter((certificate) => !above.includes(certificate))
      .map((certificate) => ({ kind: 'unrelated' as const, certificate })),
    ...(missing ? [missing] : []),
  ]
}

/** By name and key identifiers; whether the signature verifies is for the chain to show. */
function certifies(issuer: Certificate, certificate: Certificate): boolean {
  if (issuer.sha256 === certificate.sha256 || issuer.subject.text !== certificate.issuer.text) return false
  const wanted = certificate.extensions.authorityKeyIdentifier
  const found = issuer.extensions.subjectKeyIdentifier
  // A CA that changes its key signs the new one under the same name (RFC 4210 §4.4); only the identifiers tell.
  if (certificate.isSelfIssued && wanted === null) return false
  if (certificate.isSelfIssued && wanted === certificate.extensions.subjectKeyIdentifier) return false
  return wanted === null || found === null || wanted === found
}

/** A certificate and all that lead up from it, nearest first, along every branch. */
function withAllAbove(leaf: Certificate, sent: readonly Certificate[]): readonly Certificate[] {
  const above = new Set([leaf])
  for (const certificate of above) {
    for (const candidate of sent) if (certifies(candidate, certificate)) above.add(candidate)
  }
  return [...above]
}

/**
 * Each certificate should certify the one before it; what follows the certificate that it certifies at some distance is
 * a branch of a cross-certificate and no fault. CAs that certified each other have no right order.
 */
function wrongOrders(sent: readonly Certificate[]): readonly ServedListFault[] {
  return sent.flatMap((issuer, index) =>
    sent
      .slice(index + 1)
      .filter((later) => certifies(issuer, later) && !certifies(later, issuer))
      .map((certificate) => ({ kind: 'wrong-order' as const, issuer, certificate })),
  )
}

function missingIssuer(
  above: readonly Certificate[],
  sent: readonly Certificate[],
  { chains, reserve }: KnownCertificates,
): Extract<ServedListFault, { readonly kind: 'issuer-missing' }> | null {
  const links = chains.flatMap((chain) => chain.links)
  const roots = links.filter(({ stores }) => stores !== null).map(({ certificate }) => certificate)
  const others = [...links.map(({ certificate }) => certificate), ...reserve].filter(
    ({ sha256 }) => !sent.some((certificate) => certificate.sha256 === sha256),
  )
  const privateRoots = others.filter(({ isSelfIssued }) => isSelfIssued)
  const isComplete = above.some(
    (certificate) =>
      certificate.isSelfIssued ||
      // A cross-certificate of a root that phones have.
      roots.some(({ pin, subject }) => pin === certificate.pin && subject.text === certificate.subject.text) ||
      [...roots, ...privateRoots].some((root) => certifies(root, certificate)),
  )
  if (isComplete) return null
  const certificate = above.findLast((one) => !sent.some((candidate) => certifies(candidate, one)))
  if (!certificate) return null
  return {
    kind: 'issuer-missing',
    certificate,
    intermediate: others.find((candidate) => certifies(candidate, certificate)) ?? null,
  }
}
