import { constants } from 'node:crypto'
import type { X509Certificate } from 'node:crypto'
import { connect as connectTls, createSecureContext } from 'node:tls'
import type { SecureContext, SecureContextOptions, TLSSocket } from 'node:tls'
import { MOST_CERTIFICATES } from '../../src/live-chain/contract.js'
import type { KeyType, LiveChainFailure, Offer } from '../../src/live-chain/contract.js'
import { connectionFailure } from './connection.js'
import type { Connect } from './connection.js'
import type { CheckedAddress, Target } from './guard.js'
import { failed, ok } from './result.js'
import type { Result } from './result.js'

/** What one handshake showed. */
export interface Presented {
  /** DER, exactly as sent and in that order. */
  readonly certificates: readonly Uint8Array[]
  /** The kind of key that the server signed with; null when it is neither. */
  readonly leafKeyType: KeyType | null
  readonly tlsVersion: string
  readonly alpn: string | null
  readonly clientCertificateRequested: boolean
  readonly milliseconds: number
}

/** Why one showed nothing. */
export interface DialFailure extends LiveChainFailure {
  /** The server turned down what was offered: it ended the handshake, or went on with a key that was not offered. */
  readonly isTurnedDown: boolean
}

export interface DialOptions {
  readonly offer: Offer
  /** How long the server may be silent, from the start of the connection on. */
  readonly idleMilliseconds: number
  /** Ends the attempt; one that it ends has `timed-out`. */
  readonly signal: AbortSignal
}

/**
 * Makes one TLS handshake with a checked address, naming the host as `servername`, and hangs up. Never rejects, and
 * leaves no socket open.
 */
export type Dial = (
  target: Target,
  address: CheckedAddress,
  options: DialOptions,
) => Promise<Result<Presented, DialFailure>>

const MOST_BYTES = 256 * 1024
const CHECK_MILLISECONDS = 20

// Up to TLS 1.2 the cipher suite names the kind of key (RFC 5246 §7.4.2), in TLS 1.3 the signature algorithms do (RFC 8446
// §4.2.3). They apply to the signatures within the chain as well, and a server may hold back a chain signed with others,
// hence RSA-PKCS1 beside ECDSA: an ECDSA leaf whose intermediate an RSA root has signed is common, and TLS 1.3 itself
// cannot sign with RSA-PKCS1, so an RSA leaf does not come in by it.
const RSA_PKCS1_SIGNATURES = ['rsa_pkcs1_sha256', 'rsa_pkcs1_sha384', 'rsa_pkcs1_sha512', 'RSA+SHA1']
const ECDSA_SIGNATURES = ['ecdsa_secp256r1_sha256', 'ecdsa_secp384r1_sha384', 'ecdsa_secp521r1_sha512', 'ECDSA+SHA1']
const RSA_PSS_SIGNATURES = ['rsae', 'pss'].flatMap((key) =>
  ['sha256', 'sha384', 'sha512'].map((hash) => `rsa_pss_${key}_${hash}`),
)

const SECURE_CONTEXTS: Readonly<Record<Offer, SecureContext>> = {
  any: secureContext({ ciphers: 'DEFAULT@SECLEVEL=0' }),
  ecdsa: secureContext({
    ciphers: 'aECDSA:@SECLEVEL=0',
    sigalgs: [...ECDSA_SIGNATURES, ...RSA_PKCS1_SIGNATURES].join(':'),
  }),
  rsa: secureContext({
    ciphers: 'aRSA:@SECLEVEL=0',
    sigalgs: [...RSA_PSS_SIGNATURES, ...RSA_PKCS1_SIGNATURES].join(':'),
  }),
}

/** An old server is shown as it is rather than refused: no secret of ours travels on this connection. */
function secureContext(offer: SecureContextOptions): SecureContext {
  return createSecureContext({ minVersion: 'TLSv1', secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT, ...offer })
}

/** Dials in this process. */
export function dialThrough(connect: Connect): Dial {
  return (target, address, options) => dial(target, address, options, connect)
}

function dial(
  { host, port }: Target,
  address: CheckedAddress,
  { offer, idleMilliseconds, signal }: DialOptions,
  connect: Connect,
): Promise<Result<Presented, DialFailure>> {
  if (signal.aborted) return Promise.resolve(failed(ended('timed-out')))
  return new Promise((resolve) => {
    const startedAt = performance.now()
    const tcp = connect({ host: address, port })
    const tls = connectTls({
      // A socket of our own, because a TLSSocket that opens its own counts no bytes during the handshake.
      socket: tcp,
      servername: host,
      secureContext: SECURE_CONTEXTS[offer],
      ALPNProtocols: ['h2', 'http/1.1'],
      // Chains that nobody should trust must be seen too: to show them is what this connection is for. Nothing is
      // sent over it and nothing is read but the certificates.
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
    })

    let leaf: X509Certificate | undefined
    let tlsVersion = ''
    let alpn: string | null = null
    let helloBytes = 0
    let clientCertificateRequested = false
    let isConcluded = false

    // Asks nothing of `tls`: on a closed connection its methods end the whole process (seen with Node 20).
    const conclude = (failure: DialFailure) => {
      if (isConcluded) return
      isConcluded = true
      clearInterval(check)
      signal.removeEventListener('abort', giveUp)
      tls.destroy()
      tcp.destroy()
      const certificates = leaf === undefined ? [] : sentList(leaf)
      if (certificates.length === 0) resolve(failed(failure))
      else if (certificates.length > MOST_CERTIFICATES) resolve(failed(ended('too-large')))
      else {
        if (failure.alert !== undefined) clientCertificateRequested = true
        const milliseconds = Math.round(performance.now() - startedAt)
        const leafKeyType = leaf === undefined ? null : keyTypeOf(leaf)
        resolve(ok({ certificates, leafKeyType, tlsVersion, alpn, clientCertificateRequested, milliseconds }))
      }
    }
    const giveUp = () => conclude(ended('timed-out'))
    let heardBytes = 0
    let heardAt = startedAt
    // In place of the socket's own timeout, which does not see what the TLS layer reads.
    const check = setInterval(() => {
      const now = performance.now()
      if (tcp.bytesRead > MOST_BYTES) conclude(ended('too-large'))
      else if (tcp.bytesRead > heardBytes) [heardBytes, heardAt] = [tcp.bytesRead, now]
      else if (now - heardAt > idleMilliseconds) giveUp()
    }, CHECK_MILLISECONDS)
    signal.addEventListener('abort', giveUp)

    // A TLS 1.2 server that demands a client certificate hangs up before `secureConnect`; when keys are logged, the
    // chain is already there and the server has proved that it holds the leaf's key. The call takes the list out of
    // the connection (nodejs/node#65579), hence once, and getPeerCertificate() never. It also leaks: all certificates
    // but the leaf are copied, and the originals, taken off OpenSSL's list, are never freed (Node 20.20.2, 24.21.0).
    tls.on('keylog', () => {
      if (isConcluded) return
      helloBytes ||= tcp.bytesWritten
      leaf ??= tls.getPeerX509Certificate()
      tlsVersion ||= tls.getProtocol() ?? ''
    })
    tls.on('secureConnect', () => {
      if (isConcluded) return
      alpn = tls.alpnProtocol || null
      const bytesWhenAsked = lastFlightBytesWhenAsked(tls)
      // Our last flight is written after this event; the server should see a handshake that was completed.
      setImmediate(() => {
        clientCertificateRequested = tcp.bytesWritten - helloBytes >= bytesWhenAsked
        conclude(HUNG_UP)
      })
    })
    tls.on('error', (error) => conclude(failureOf(error)))
    tls.on('close', () => conclude(HUNG_UP))
  })
}

/**
 * `issuerCertificate` leads to the next certificate that was sent, whoever issued it. Each is read once and none is
 * left out as a duplicate: the list must be the server's.
 */
function sentList(leaf: X509Certificate): readonly Uint8Array[] {
  const list: Uint8Array[] = []
  let certificate: X509Certificate | undefined = leaf
  while (certificate !== undefined && list.length <= MOST_CERTIFICATES) {
    list.push(certificate.raw)
    certificate = certificate.issuerCertificate
  }
  return list
}

/** null also for a key that OpenSSL cannot read. */
function keyTypeOf(leaf: X509Certificate): KeyType | null {
  try {
    const type = leaf.publicKey.asymmetricKeyType
    return type === 'ec' ? 'ecdsa' : type === 'rsa' || type === 'rsa-pss' ? 'rsa' : null
  } catch {
    return null
  }
}

const RECORD_BYTES = 5 + 1 + 16
const EMPTY_CERTIFICATE_BYTES = 4 + 1 + 3
const FINISHED_HEADER_BYTES = 4

/**
 * Node does not tell whether a TLS 1.3 server asked for a client certificate, but the length of our last flight does:
 * it is a Finished message (RFC 8446 §4.4.4) and, only when asked, before it a Certificate message with an empty list
 * (§4.4.2), each in a record of its own. Beside them stands at most a change_cipher_spec record of 6 bytes.
 */
function lastFlightBytesWhenAsked(tls: TLSSocket): number {
  if (tls.getProtocol() !== 'TLSv1.3') return Infinity
  const hashBytes = tls.getCipher().name.endsWith('SHA384') ? 48 : 32
  return RECORD_BYTES + EMPTY_CERTIFICATE_BYTES + RECORD_BYTES + FINISHED_HEADER_BYTES + hashBytes
}

const KIND_OF_TLS_ERROR: Readonly<Record<string, LiveChainFailure['kind']>> = {
  ERR_SSL_EXCESSIVE_MESSAGE_SIZE: 'too-large',
  ERR_SSL_HTTP_REQUEST: 'not-tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'not-tls',
  ERR_SSL_WRONG_VERSION_NUMBER: 'not-tls',
}

/** What the server chose although it was not offered. */
const NOT_OFFERED = new Set([
  'ERR_SSL_WRONG_CERTIFICATE_TYPE',
  'ERR_SSL_WRONG_CIPHER_RETURNED',
  'ERR_SSL_WRONG_SIGNATURE_TYPE',
])

const HUNG_UP: DialFailure = { kind: 'handshake-failed', isTurnedDown: true }

/** A failure in which the server had no say. */
function ended(kind: LiveChainFailure['kind']): DialFailure {
  return { kind, isTurnedDown: false }
}

function failureOf(error: NodeJS.ErrnoException & { readonly reason?: string }): DialFailure {
  const code = error.code ?? ''
  const kind = connectionFailure(error) ?? KIND_OF_TLS_ERROR[code] ?? 'handshake-failed'
  if (kind !== 'handshake-failed') return ended(kind)
  // The number is there only when the alert came from the server. Before its words OpenSSL puts a protocol version
  // that says nothing about this connection and differs between releases.
  const hasAlert = error.message.includes('SSL alert number')
  const alert = hasAlert ? (error.reason ?? '').replace(/^\S+ (?:alert )?/, '') : ''
  if (alert !== '') return { kind, isTurnedDown: true, alert }
  // Any other complaint of the TLS library is about what the server sent.
  return { kind, isTurnedDown: hasAlert || NOT_OFFERED.has(code) || !code.startsWith('ERR_SSL_') }
}
