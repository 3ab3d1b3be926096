import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { ISSUER_PATH, LIVE_CHAIN_PATH } from '../../src/live-chain/contract.js'
import { refuseForeignHost } from './callers.js'
import { createChainEndpoint } from './chain-endpoint.js'
import type { ChainEndpointOptions } from './chain-endpoint.js'
import { requireConfiguration } from './configuration.js'
import { createIssuerEndpoint } from './issuer-endpoint.js'
import { replyWithRefusal } from './reply.js'
import { SECURITY_HEADERS } from './security-headers.js'

export interface AppOptions extends Partial<ChainEndpointOptions> {
  /** The built page. Without it only `/api` is served, as in development. */
  readonly staticRoot?: string
  /** Learns of thrown errors, which are bugs; the caller gets a bare 500. */
  readonly reportBug?: (error: Error) => void
}

// Vite names each of these files after its content.
const HASHED_FILE = /^\/assets\/[^/]+$/
const FOR_EVER = 'public, max-age=31536000, immutable'
const ASK_EACH_TIME = 'no-cache'

const NOT_FOUND = { status: 404, title: 'There is nothing here' }
const METHOD_NOT_ALLOWED = { status: 405, title: 'Only GET and HEAD are answered', headers: { allow: 'GET, HEAD' } }
const BUG = { status: 500, title: 'The server made a mistake' }

/** The page and its endpoint on one port, as a Web-standard handler. Without options it is set by the environment. */
export function createApp(options: AppOptions = {}): Hono {
  const { staticRoot, reportBug } = options
  const configuration = options.configuration ?? requireConfiguration(process.env)
  const chainEndpoint = createChainEndpoint({ ...options, configuration })
  const issuerEndpoint = createIssuerEndpoint({ ...options, configuration })
  const app = new Hono()

  app.use(async (context, next) => {
    await next()
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) context.res.headers.set(name, value)
  })
  app.use(async (context, next) => {
    const refusal = refuseForeignHost(context.req.raw, configuration)
    if (refusal !== null) return replyWithRefusal(refusal)
    if (context.req.method !== 'GET' && context.req.method !== 'HEAD') return replyWithRefusal(METHOD_NOT_ALLOWED)
    return next()
  })

  app.get(LIVE_CHAIN_PATH, (context) => chainEndpoint(context.req.raw))
  app.get(ISSUER_PATH, (context) => issuerEndpoint(context.req.raw))
  app.get('/api/*', () => replyWithRefusal(NOT_FOUND))
  if (staticRoot !== undefined) {
    app.use(async (context, next) => {
      await next()
      if (!context.res.ok) return
      context.res.headers.set('Cache-Control', HASHED_FILE.test(context.req.path) ? FOR_EVER : ASK_EACH_TIME)
    })
    app.use(serveStatic({ root: staticRoot, precompressed: true }))
  }
  app.notFound(() => replyWithRefusal(NOT_FOUND))
  app.onError((error) => {
    reportBug?.(error)
    return replyWithRefusal(BUG)
  })
  return app
}
