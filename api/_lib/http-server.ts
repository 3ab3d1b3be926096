import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, Hono } from 'hono'
import type { Configuration } from './configuration.js'

/** What one caller may take of the server. Times are in milliseconds. */
export interface ServerLimits {
  readonly headerBytes: number
  readonly headersTime: number
  /** Headers and body together. No request of ours has a body. */
  readonly requestTime: number
  /** How long nothing may move on a connection, as with a caller who does not read the answer. */
  readonly silence: number
  readonly connections: number
}

const SERVER_LIMITS: ServerLimits = {
  // A request is one line and some headers; the longest that browsers and proxies send stay far below.
  headerBytes: 8 * 1024,
  headersTime: 5000,
  requestTime: 8000,
  // More than a live chain may take.
  silence: 30_000,
  // Node raises its limit of open files as far as it may; where that is only 4096, the dialled hosts still have room.
  connections: 1024,
}

const TIMEOUT_CHECK_MILLISECONDS = 500
/** Browsers ask for a page's files at once and then not at all. */
const KEEP_ALIVE_MILLISECONDS = 5000
/** Load balancers keep connections for 60 s, and one that we close first costs them a request. */
const KEEP_ALIVE_BEHIND_PROXY_MILLISECONDS = 65_000
/** A little more than a request may take, so that those under way are answered. */
const LAST_REQUESTS_MILLISECONDS = 12_000

/** An HTTP/1.1 server that gives no caller more time, bytes or connections than it needs. */
export function createHttpServer(
  app: Pick<Hono, 'fetch'>,
  { trustedProxies }: Pick<Configuration, 'trustedProxies'>,
  limits: ServerLimits = SERVER_LIMITS,
): Server {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersTime,
      requestTimeout: limits.requestTime,
      connectionsCheckingInterval: TIMEOUT_CHECK_MILLISECONDS,
      keepAliveTimeout: trustedProxies > 0 ? KEEP_ALIVE_BEHIND_PROXY_MILLISECONDS : KEEP_ALIVE_MILLISECONDS,
    },
  }) as Server
  server.maxConnections = limits.connections
  server.setTimeout(limits.silence)
  return server
}

/** The other end of the connection that a request to such a server came on. */
export function socketPeerOf(context: Context): string | undefined {
  return getConnInfo(context).remote.address
}

/**
 * Stops listening, lets requests under way end, and hangs up on those that outlast the deadline. The process ends by
 * itself after that.
 */
export function shutDown(server: Server, lastRequestsMilliseconds = LAST_REQUESTS_MILLISECONDS): void {
  server.close()
  // A connection that was busy at that moment would be kept open for a next request.
  server.prependListener('request', (_request, response) => response.setHeader('connection', 'close'))
  const sweep = setInterval(() => server.closeIdleConnections(), 100)
  const deadline = setTimeout(() => server.closeAllConnections(), lastRequestsMilliseconds)
  server.once('close', () => {
    clearInterval(sweep)
    clearTimeout(deadline)
  })
}
