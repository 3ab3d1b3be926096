import type { Certificate } from '../certificate/certificate.ts'
import type { StoreMembership } from './chain.ts'

/** One certificate of a path. */
export interface PathLink {
  readonly certificate: Certificate
  /**
   * `bundled-cross-sign`: nobody gave it, Pinsmith knows it from its own collection. Apple's devices may fetch such a
   * certificate; Android does not.
   */
  readonly origin: 'given' | 'bundled-cross-sign' | 'bundled-store'
}

/**
 * Why a validator refuses a path (RFC 5280 §6.1), whatever the day. Validity periods are not among them: they depend on
 * the day and are asked with `validityAt`.
 */
export type PathFault =
  /** Its basic constraints or its key usage do not let the certificate sign others. */
  | { readonly kind: 'may-not-sign'; readonly certificate: Certificate }
  /** More CAs stand below the certificate than its path length allows. */
  | { readonly kind: 'path-too-long'; readonly certificate: Certificate; readonly pathLength: number }
  /** The certificate's name constraints exclude a name of the leaf, or of a CA below. `name` is hostile text. */
  | { readonly kind: 'name-not-permitted'; readonly certificate: Certificate; readonly name: string }
  /** The certificate's extended key usage is there and leaves out servers. */
  | { readonly kind: 'not-for-servers'; readonly certificate: Certificate }
  /**
   * It has a critical extension that Pinsmith cannot judge, or one that counts in any case and cannot be read or stands
   * there twice, by its dotted object identifier or name. `extension` is hostile text.
   */
  | { readonly kind: 'critical-extension-unknown'; readonly certificate: Certificate; readonly extension: string }
  /** This browser cannot compute the signature on the certificate, so nobody knows. */
  | { readonly kind: 'signature-not-checked'; readonly certificate: Certificate }

/** One way from a leaf to a root. Each signature was verified, unless a fault says that it could not be. */
export interface TrustPath {
  /** Leaf first; the last is the root that the path ends at, and may be the leaf itself. Never empty. */
  readonly links: readonly PathLink[]
  /** Which stores list the root; null for a root of no bundled store. */
  readonly stores: StoreMembership | null
  readonly faults: readonly PathFault[]
}

/** Every path from one leaf that the given and the bundled certificates make. */
export interface PathSearch {
  /** Distinct; shortest first. */
  readonly paths: readonly TrustPath[]
  /** Whether there may be more, since a mesh of cross-certificates has more than anybody can follow. */
  readonly isCut: boolean
}

export const NO_PATHS: PathSearch = { paths: [], isCut: false }
