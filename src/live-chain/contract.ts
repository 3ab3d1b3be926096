/**
 * The contract of `GET /api/chain?host=…&port=…`: the one file that the page and the endpoint share. It imports nothing.
 *
 * 200 answers are a `LiveChainReply` in JSON. Every other status carries a `LiveChainProblem`, an RFC 9457 problem
 * document of media type `application/problem+json`.
 */

export const LIVE_CHAIN_PATH = '/api/chain'
export const DEFAULT_PORT = 443

/** The chain that one TLS handshake showed: DER certificates in base64, exactly as sent and in that order. */
export interface PresentedChain {
  readonly certificates: readonly string[]
}

/** One handshake with one address. */
export interface Handshake {
  /** Which kind of key was asked for; `any` leaves the choice to the server. */
  readonly keyType: 'any' | 'ecdsa' | 'rsa'
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
  readonly milliseconds: number
}

export interface AddressReport {
  readonly address: string
  readonly handshakes: readonly Handshake[]
  /** What went wrong with this address; the other addresses count all the same. */
  readonly failures: readonly LiveChainFailure[]
}

export interface LiveChainReply {
  readonly host: string
  readonly port: number
  /** In the order in which the resolver named them. */
  readonly addresses: readonly AddressReport[]
  /** Distinct chains; at least one. */
  readonly chains: readonly PresentedChain[]
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

/** HTTP status and title of each failure. */
export const LIVE_CHAIN_PROBLEMS: Readonly<
  Record<LiveChainFailureKind, { readonly status: number; readonly title: string }>
> = {
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
