import type { Certificate, DistinguishedName } from '../certificate/certificate.ts'

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
  /** First and last Android API level of AOSP that ships the root. */
  readonly android: { readonly first: number; readonly last: number } | null
  readonly apple: boolean
  readonly mozilla: boolean
  readonly chrome: boolean
}

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
}

/** Everything that the certificates of one row amount to. */
export interface RowChains {
  /** One chain per distinct leaf, in the order in which the leaves were given. */
  readonly chains: readonly Chain[]
  /** Given certificates that no chain uses. */
  readonly superfluous: readonly Certificate[]
}
