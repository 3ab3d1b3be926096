/**
 * The contracts of the endpoint: the one file that the page and the endpoint share. It imports nothing.
 *
 * - `GET /api/chain?host=…&port=…` → 200 with a `LiveChainReply`: what the host presents, from each of its addresses
 *   and for both key types.
 * - `GET /api/issuer?url=…` → 200 with an `IssuerReply`: the certificates behind the "CA Issuers" address that a
 *   certificate names (RFC 5280 §4.2.2.1).
 *
 * Both are JSON. Every other status carries an RFC 9457 problem document of media type `application/problem+json`: a
 * `LiveChainProblem` or an `IssuerProblem` with its `kind`, or, when the request was turned away before it reached
 * the endpoint, one of type `about:blank` without.
 *
 * HEAD connects to nothing: 200 without content when GET would try, or the status with which GET would be turned away.
 */

export const LIVE_CHAIN_PATH = '/api/chain'
export const ISSUER_PATH = '/api/issuer'
export const DEFAULT_PORT = 443

/** Bounds that the endpoint keeps and the page insists on. More addresses show nothing new and cost a host handshakes. */
export const MOST_ADDRESSES = 8
export const MOST_CERTIFICATES = 32

/** The chain that a TLS handshake showed: DER certificates in base64, exactly as sent and in that order. */
export interface PresentedChain {
  readonly certificates: readonly string[]
}

export type KeyType = 'ecdsa' | 'rsa'

/**
 * Which keys a client said it can verify. `any`: all that the endpoint's TLS library knows, as browsers and phones
 * do, so the server picks.
 */
export type Offer = 'any' | KeyType

/** One handshake with one address. */
export interface Handshake {
  /**
   * The offers that it answers. A server that picks its ECDSA certificate when offered anything has answered the offer
   * of ECDSA alone as well, and is not asked again: `['any', 'ecdsa']`.
   */
  readonly offers: readonly Offer[]
  /** Position in `LiveChainReply.chains`; equal chains are sent once. */
  readonly chain: number
  /** For example `TLSv1.3`. */
  readonly tlsVersion: string
  /** The protocol agreed on by ALPN, for example `h2`; null when the server agreed on none. */
  readonly alpn: string | null
  /**
   * The server asked for a client certificate (in TLS 1.2: insisted on one). Its chain is complete all the same.
   */
  readonly clientCertificateRequested: boolean
  /** From the start of the connection to the end of the handshake. */
  readonly milliseconds: number
}

/** A key type that the server, having answered the offer of any, turned down: a fact about it and no failure. */
export interface DeclinedOffer {
  readonly offer: KeyType
  /** The alert it answered with, in OpenSSL's words; absent when it hung up without a word, as some do. */
  readonly alert?: string
}

/** What went wrong with one offer. Where `any` failed, the address has shown nothing and was offered nothing else. */
export interface OfferFailure extends LiveChainFailure {
  readonly offer: Offer
}

export interface AddressReport {
  readonly address: string
  readonly handshakes: readonly Handshake[]
  readonly declined: readonly DeclinedOffer[]
  /** The other offers and the other addresses count all the same. */
  readonly failures: readonly OfferFailure[]
}

export interface LiveChainReply {
  /** The host as it was looked up and named to the server: in lower case, in ASCII, without a final dot. */
  readonly host: string
  readonly port: number
  /** In the order in which the resolver named them; `MOST_ADDRESSES` at most. */
  readonly addresses: readonly AddressReport[]
  /** How many more addresses the host has; absent when all were asked. */
  readonly addressesLeftOut?: number
  /** Distinct chains; at least one, and each belongs to a handshake. */
  readonly chains: readonly PresentedChain[]
  /** How old the reply is when it was at hand from an earlier request; absent when it is fresh. */
  readonly ageSeconds?: number
}

/** The closed list of what can go wrong. A new kind needs a status and a title below, or it does not compile. */
export type LiveChainFailureKind =
  | 'bad-host'
  | 'port-not-allowed'
  | 'private-address'
  | 'no-such-host'
  | 'refused'
  | 'unreachable'
  | 'timed-out'
  | 'not-tls'
  | 'handshake-failed'
  | 'too-large'
  | 'rate-limited'
  | 'busy'

export interface LiveChainFailure {
  readonly kind: LiveChainFailureKind
  /** The TLS alert of a `handshake-failed`, in OpenSSL's words, when the server sent one: `handshake failure`. */
  readonly alert?: string
  /** With `rate-limited` and `busy`: when to try again. */
  readonly retryAfterSeconds?: number
  /** With `port-not-allowed`: the ports that are. */
  readonly allowedPorts?: readonly number[]
}

/** RFC 9457. `type` is `urn:pinsmith:live-chain:<kind>`. */
export interface LiveChainProblem extends LiveChainFailure {
  readonly type: string
  readonly title: string
  readonly status: number
}

interface StatusAndTitle {
  readonly status: number
  readonly title: string
}

/** HTTP status and title of each failure. */
export const LIVE_CHAIN_PROBLEMS: Readonly<Record<LiveChainFailureKind, StatusAndTitle>> = {
  'bad-host': { status: 400, title: 'This is not a host name that can be looked up' },
  'port-not-allowed': { status: 403, title: 'This endpoint does not connect to that port' },
  'private-address': { status: 403, title: 'The host resolves to a private or special address' },
  'no-such-host': { status: 404, title: 'The host name does not exist' },
  refused: { status: 502, title: 'The host refused the connection' },
  unreachable: { status: 502, title: 'The host could not be reached' },
  'timed-out': { status: 504, title: 'The host did not answer in time' },
  'not-tls': { status: 502, title: 'The host answered, but not with TLS' },
  'handshake-failed': { status: 502, title: 'The TLS handshake failed' },
  'too-large': { status: 502, title: 'The host sent more than a certificate chain needs' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  busy: { status: 503, title: 'The endpoint is busy' },
}

/** The certificates of the file at a "CA Issuers" address: one, or those of a PKCS#7 bundle, in the file's order. */
export interface IssuerReply {
  /** DER in base64; at least one, `MOST_CERTIFICATES` at most. Nobody has checked that any of them is the issuer. */
  readonly certificates: readonly string[]
  /** How old the reply is when it was at hand from an earlier request; absent when it is fresh. */
  readonly ageSeconds?: number
}

/** The closed list of what can go wrong with an issuer's file. */
export type IssuerFailureKind =
  | 'bad-url'
  | 'port-not-allowed'
  | 'private-address'
  | 'no-such-host'
  | 'refused'
  | 'unreachable'
  | 'timed-out'
  | 'not-http'
  | 'no-file'
  | 'redirect-refused'
  | 'too-large'
  | 'not-a-certificate-file'
  | 'rate-limited'
  | 'busy'

export interface IssuerFailure {
  readonly kind: IssuerFailureKind
  /** With `rate-limited` and `busy`: when to try again. */
  readonly retryAfterSeconds?: number
  /** With `port-not-allowed`: the ports that are. */
  readonly allowedPorts?: readonly number[]
}

/** RFC 9457. `type` is `urn:pinsmith:issuer:<kind>`. */
export interface IssuerProblem extends IssuerFailure {
  readonly type: string
  readonly title: string
  readonly status: number
}

/** HTTP status and title of each failure. */
export const ISSUER_PROBLEMS: Readonly<Record<IssuerFailureKind, StatusAndTitle>> = {
  'bad-url': { status: 400, title: 'This is not an http address of a certificate file' },
  'port-not-allowed': { status: 403, title: 'This endpoint does not fetch from that port' },
  'private-address': { status: 403, title: 'The host of the file resolves to a private or special address' },
  'no-such-host': { status: 404, title: 'The host of the file does not exist' },
  refused: { status: 502, title: 'The host of the file refused the connection' },
  unreachable: { status: 502, title: 'The host of the file could not be reached' },
  'timed-out': { status: 504, title: 'The file did not arrive in time' },
  'not-http': { status: 502, title: 'The host of the file answered, but not with HTTP' },
  'no-file': { status: 502, title: 'There is no file at that address' },
  'redirect-refused': { status: 502, title: 'The address redirects to where this endpoint does not go' },
  'too-large': { status: 502, title: 'The file is larger than a certificate file needs to be' },
  'not-a-certificate-file': { status: 502, title: 'There is something else than a certificate file at that address' },
  'rate-limited': LIVE_CHAIN_PROBLEMS['rate-limited'],
  busy: LIVE_CHAIN_PROBLEMS.busy,
}
