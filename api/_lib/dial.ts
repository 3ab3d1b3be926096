import { constants } from 'node:crypto'
import type { X509Certificate } from 'node:crypto'
import { connect as connectTcp } from 'node:net'
import { connect as connectTls, createSecureContext } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import type { LiveChainFailure } from '../../src/live-chain/contract.js'
import type { CheckedAddress, Target } from './guard.js'
import { failed, ok } from './result.js'
import type { Result } from './result.js'

/** What one handshake showed. */
export interface Presented {
  /** DER, exactly as sent and in that order. */
  readonly certificates: readonly Uint8Array[]
  readonly tlsVersion: string
  readonly alpn: string | null
  readonly clientCertificateRequested: boolean
  readonly milliseconds: number
}

const MOST_BYTES = 256 * 1024
const MOST_CERTIFICATES = 32
const BYTE_CHECK_MILLISECONDS = 20

// An old server is shown as it is rather than refused: no secret of ours travels on this connection.
const SECURE_CONTEXT = createSecureContext({
  minVersion: 'TLSv1',
  ciphers: 'DEFAULT@SECLEVEL=0',
  secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
})

/**
 * Makes one TLS handshake with a checked address, naming the host as `servername`, and hangs up. Never rejects, and
 * leaves no socket open.
 *
 * @param signal ends the attempt; one that it ends has `timed-out`
 */
export function dial(
  { host, port }: Target,
  address: CheckedAddress,
  signal: AbortSignal,
): Promise<Result<Presented, LiveChainFailure>> {
  if (signal.aborted) return Promise.resolve(failed({ kind: 'timed-out' }))
  return new Promise((resolve) => {
    const startedAt = performance.now()
    const tcp = connectTcp({ host: address, port })
    const tls = connectTls({
      // A socket of our own, because a TLSSocket that opens its own counts no bytes during the handshake.
      socket: tcp,
      servername: host,
      secureContext: SECURE_CONTEXT,
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
    const conclude = (failure: LiveChainFailure) => {
      if (isConcluded) return
      isConcluded = true
      clearInterval(byteCheck)
      signal.removeEventListener('abort', giveUp)
      tls.destroy()
      tcp.destroy()
      const certificates = leaf === undefined ? [] : sentList(leaf)
      if (certificates.length === 0) resolve(failed(failure))
      else if (certificates.length > MOST_CERTIFICATES) resolve(failed({ kind: 'too-large' }))
      else {
        if (failure.alert !== undefined) clientCertificateRequested = true
        const milliseconds = Math.round(performance.now() - startedAt)
        resolve(ok({ certificates, tlsVersion, alpn, clientCertificateRequested, milliseconds }))
      }
    }
    const giveUp = () => conclude({ kind: 'timed-out' })
    const byteCheck = setInterval(() => {
      if (tcp.bytesRead > MOST_BYTES) conclude({ kind: 'too-large' })
    }, BYTE_CHECK_MILLISECONDS)
    signal.addEventListener('abort', giveUp)

    // A TLS 1.2 server that demands a client certificate hangs up before `secureConnect`; when keys are logged, the
    // chain is already there and the server has proved that it holds the leaf's key. The call takes the list out of
    // the connection (nodejs/node#65579), hence once, and getPeerCertificate() never.
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
        conclude({ kind: 'handshake-failed' })
      })
    })
    tls.on('error', (error) => conclude(failureOf(error)))
    tls.on('close', () => conclude({ kind: 'handshake-failed' }))
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

const KIND_OF_ERROR: Readonly<Record<string, LiveChainFailure['kind']>> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timed-out',
  EACCES: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EAFNOSUPPORT: 'unreachable',
  EHOSTDOWN: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  EINVAL: 'unreachable',
  ENETDOWN: 'unreachable',
  ENETUNREACH: 'unreachable',
  EPERM: 'unreachable',
  ERR_SSL_EXCESSIVE_MESSAGE_SIZE: 'too-large',
  ERR_SSL_HTTP_REQUEST: 'not-tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'not-tls',
  ERR_SSL_WRONG_VERSION_NUMBER: 'not-tls',
}

function failureOf(error: NodeJS.ErrnoException & { readonly reason?: string }): LiveChainFailure {
  const kind = KIND_OF_ERROR[error.code ?? ''] ?? 'handshake-failed'
  // The number is there only when the alert came from the server. Before its words OpenSSL puts a protocol version
  // that says nothing about this connection and differs between releases.
  if (kind !== 'handshake-failed' || !error.message.includes('SSL alert number')) return { kind }
  const alert = (error.reason ?? '').replace(/^\S+ (?:alert )?/, '')
  return alert === '' ? { kind } : { kind, alert }
}
