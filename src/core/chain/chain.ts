import type { Certificate, DistinguishedName } from '../certificate/certificate.ts'
import type { Instant } from '../instant.ts'
import type { PathSearch } from './trust-path.ts'

/** `leaf`: the server's own certificate. `root`: a self-issued CA at the end of a chain. `intermediate`: any other CA. */
export type ChainRole = 'leaf' | 'intermediate' | 'root'

/** Whether the issuer's key verifies the signature on a certificate. */
export type SignatureCheck =
  | { readonly kind: 'verified' }
  | { readonly kind: 'does-not-verify' }
  /** `algorithm`: this browser cannot compute it. `no-web-crypto`: the page is served over plain http. */
  | { readonly kind: 'not-checked'; readonly reason: 'algorithm' | 'no-web-crypto' }

/** Which platforms' root stores list a root, read from the bundled root store. */
export interface StoreMembership {
  /** API levels of AOSP; null: none of those that are known. */
  readonly android: {
    readonly first: number
    readonly last: number
    /** Levels of which only some releases ship it, the others do not. */
    readonly partial: readonly number[]
  } | null
  /** Positions in `APPLE_LISTS` of the first and the last list that has it. */
  readonly apple: { readonly first: number; readonly last: number } | null
  /** Set where the root may certify servers; leaves issued after `distrustAfter` are refused. */
  readonly mozilla: { readonly distrustAfter: Instant | null } | null
  /** Leaves whose first signed certificate timestamp is later than `timestampsUntil` are refused. */
  readonly chrome: { readonly timestampsUntil: Instant | null } | null
}

/** Apple's published lists of trusted roots, each by the system that it came with. */
export const APPLE_LISTS = [
  'iOS 12',
  'iOS 12.1.3',
  'iOS 13',
  'iOS 14',
  'iOS 15',
  'iOS 15.1',
  'iOS 16',
  'iOS 16.5',
  'iOS 17',
  'iOS 18',
  'iOS 26',
] as const

export interface ChainLink {
  readonly certificate: Certificate
  readonly role: ChainRole
  /** `bundled-store`: neither the server nor a file had it, Pinsmith added it from its own copy of the root stores. */
  readonly origin: 'given' | 'bundled-store'
  /** Set when the certificate is in the bundled root store, wherever it came from. */
  readonly stores: StoreMembership | null
  /** The check against the next certificate of the chain, or against itself when self-issued; null when no issuer is known. */
  readonly signature: SignatureCheck | null
}

/** How a chain ends. */
export type ChainEnd =
  /** At a root of the bundled store. */
  | { readonly kind: 'public-root' }
  /** At a self-issued CA that no bundled store lists. */
  | { readonly kind: 'private-root' }
  /** The server certificate signed itself; there is no CA at all. */
  | { readonly kind: 'self-signed-leaf' }
  /** The issuer of the last certificate is neither given nor a bundled root. */
  | { readonly kind: 'issuer-missing'; readonly issuer: DistinguishedName }

/** One path from a leaf towards its root. A chain of CA certificates alone starts at the lowest CA. */
export interface Chain {
  /** Leaf first; never empty. */
  readonly links: readonly ChainLink[]
  readonly end: ChainEnd
  /** Every way from the first certificate to a root, as devices may build it; `links` is the one that is shown first. */
  readonly search: PathSearch
}

/** Everything that the certificates of one row amount to. */
export interface RowChains {
  /** One chain per distinct leaf, in the order in which the leaves were given. */
  readonly chains: readonly Chain[]
  /** Given certificates that no chain uses. */
  readonly superfluous: readonly Certificate[]
}
