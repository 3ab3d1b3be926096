import { request as requestHttp } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { IssuerFailure } from '../../src/live-chain/contract.js'
import { connectionFailure } from './connection.js'
import type { Connect } from './connection.js'
import type { CheckedAddress } from './guard.js'
import type { IssuerUrl } from './issuer-url.js'
import { failed, ok } from './result.js'
import type { Result } from './result.js'

/** A file, or the `Location` of a redirect; it is hostile text. */
export type HttpAnswer = { readonly body: Uint8Array } | { readonly location: string }

export interface HttpGetOptions {
  readonly connect: Connect
  /** How long the server may be silent, from the start of the connection on. */
  readonly idleMilliseconds: number
  /** Ends the attempt; one that it ends has `timed-out`. */
  readonly signal: AbortSignal
}

/** An issuer's certificate has 1 to 2 KiB, the largest bundles of bridge CAs a few dozen. */
const MOST_BODY_BYTES = 64 * 1024
const MOST_HEADER_BYTES = 16 * 1024
const REDIRECTS = new Set([301, 302, 303, 307, 308])

/**
 * One GET request to a checked address, named by the `Host` header, over a connection of its own. It follows no
 * redirect, never rejects and leaves no socket open.
 */
export function httpGet(
  { authority, port, path }: IssuerUrl,
  address: CheckedAddress,
  { connect, idleMilliseconds, signal }: HttpGetOptions,
): Promise<Result<HttpAnswer, IssuerFailure>> {
  if (signal.aborted) return Promise.resolve(failed({ kind: 'timed-out' }))
  return new Promise((resolve) => {
    const socket = connect({ host: address, port })
    const request = requestHttp({
      createConnection: () => socket,
      path,
      setHost: false,
      headers: {
        host: authority,
        accept: 'application/pkix-cert, application/pkcs7-mime, */*',
        // Some content networks turn away whoever does not say what they are.
        'user-agent': 'Pinsmith',
        connection: 'close',
      },
      maxHeaderSize: MOST_HEADER_BYTES,
    })

    const conclude = (outcome: Result<HttpAnswer, IssuerFailure>) => {
      signal.removeEventListener('abort', giveUp)
      request.destroy()
      socket.destroy()
      resolve(outcome)
    }
    const giveUp = () => conclude(failed({ kind: 'timed-out' }))
    signal.addEventListener('abort', giveUp)
    socket.setTimeout(idleMilliseconds, giveUp)
    // Interim answers (1xx) may come without end, and each has a header of its own.
    socket.on('data', () => {
      if (socket.bytesRead > MOST_BODY_BYTES + MOST_HEADER_BYTES) conclude(failed({ kind: 'too-large' }))
    })

    const fail = (error: NodeJS.ErrnoException) => conclude(failed(failureOf(error)))
    // An address without a way to it fails before the request has taken over the socket.
    socket.on('error', fail)
    request.on('error', fail)
    request.on('close', () => conclude(failed({ kind: 'no-file' })))
    request.on('response', (response) => {
      const { statusCode = 0, headers } = response
      if (REDIRECTS.has(statusCode)) conclude(ok({ location: headers.location ?? '' }))
      else if (statusCode !== 200) conclude(failed({ kind: 'no-file' }))
      else readBody(response, conclude)
    })
    request.end()
  })
}

function readBody(response: IncomingMessage, conclude: (outcome: Result<HttpAnswer, IssuerFailure>) => void): void {
  const chunks: Buffer[] = []
  let bytes = 0
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > MOST_BODY_BYTES) conclude(failed({ kind: 'too-large' }))
  })
  // Half a file is none.
  response.on('error', () => conclude(failed({ kind: 'no-file' })))
  response.on('end', () => conclude(ok({ body: Buffer.concat(chunks) })))
}

function failureOf(error: NodeJS.ErrnoException): IssuerFailure {
  const kind = connectionFailure(error)
  if (kind !== null) return { kind }
  if (error.code === 'HPE_HEADER_OVERFLOW') return { kind: 'too-large' }
  return { kind: error.code?.startsWith('HPE_') === true ? 'not-http' : 'no-file' }
}
