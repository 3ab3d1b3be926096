import type { IssuerFailure } from '../../src/live-chain/contract.js'
import { cleanHostName } from './guard.js'
import { failed, ok } from './result.js'
import type { Result } from './result.js'

/** A "CA Issuers" address; its host is clean, but nothing is known yet about where it leads. */
export interface IssuerUrl {
  readonly host: string
  readonly port: number
  /** Path and query, percent-encoded. */
  readonly path: string
  /** Host and, unless it is that of http, port: what the `Host` header says. */
  readonly authority: string
  /** The address in its one spelling. */
  readonly href: string
}

const LONGEST_URL = 2048
const HTTP_PORT = 80

// Certificates name plain http: fetching an issuer over https would need its issuer first (RFC 5280 §8). Everything
// that two parsers could read in two ways is left out: white space, backslashes, fragments, credentials.
const ISSUER_URL = /^http:\/\/([^/?#\\@\s]+?)(?::(\d{1,5}))?((?:[/?][^#\\\s]*)?)$/i
const CONTROL = /\p{Cc}/u

/** Reads the `url` of a query; written twice it is refused, since two readers may pick two values. */
export function parseIssuerQuery(
  query: URLSearchParams,
  allowedPorts: readonly number[],
): Result<IssuerUrl, IssuerFailure> {
  const [typed = '', ...others] = query.getAll('url')
  return others.length === 0 ? parseIssuerUrl(typed, allowedPorts) : failed({ kind: 'bad-url' })
}

export function parseIssuerUrl(typed: string, allowedPorts: readonly number[]): Result<IssuerUrl, IssuerFailure> {
  const [, typedHost = '', typedPort = String(HTTP_PORT)] = ISSUER_URL.exec(typed) ?? []
  const host = cleanHostName(typedHost)
  if (host === null || typed.length > LONGEST_URL || CONTROL.test(typed) || !URL.canParse(typed)) {
    return failed({ kind: 'bad-url' })
  }
  const port = allowedPorts.find((allowed) => String(allowed) === typedPort)
  if (port === undefined) return failed({ kind: 'port-not-allowed', allowedPorts })

  const { pathname, search } = new URL(typed)
  const path = `${pathname}${search}`
  const authority = port === HTTP_PORT ? host : `${host}:${port}`
  return ok({ host, port, path, authority, href: `http://${authority}${path}` })
}
