import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import type { Context, MiddlewareHandler } from 'hono'
import { etag } from 'hono/etag'
import { ISSUER_PATH, LIVE_CHAIN_PATH } from '../../src/live-chain/contract.js'
import { refuseCrossSite, refuseForeignHost } from './callers.js'
import { createChainEndpoint } from './chain-endpoint.js'
import { clientOf } from './client-address.js'
import { requireConfiguration } from './configuration.js'
import type { EndpointOptions } from './endpoint.js'
import { createIssuerEndpoint } from './issuer-endpoint.js'
import { createRateLimiter } from './rate-limiter.js'
import type { RateLimiter, TooManyRequests } from './rate-limiter.js'
import { replyWithHealth, replyWithIssuerProblem, replyWithProblem, replyWithRefusal } from './reply.js'
import { SECURITY_HEADERS } from './security-headers.js'
import { VERSION } from './version.js'

export interface AppOptions extends Partial<Omit<EndpointOptions, 'redis'>> {
  /** The built page. Without it only `/api` is served, as in development. */
  readonly staticRoot?: string
  /** For a server that must end it; otherwise the app makes its own. */
  readonly rateLimiter?: RateLimiter
  /** The address of the other end, in the way of the server or of the host of functions. */
  readonly peerOf?: (context: Context) => string | undefined
  /** Learns of thrown errors, which are bugs; the caller gets a bare 500. */
  readonly reportBug?: (error: Error) => void
}

const HEALTH_PATH = '/api/health'

// Vite names each of these files after its content.
const HASHED_FILE = /^\/assets\/[^/]+$/
const FOR_EVER = 'public, max-age=31536000, immutable'
const ASK_EACH_TIME = 'no-cache'

const NOT_FOUND = { status: 404, title: 'There is nothing here' }
const METHOD_NOT_ALLOWED = { status: 405, title: 'Only GET and HEAD are answered', headers: { allow: 'GET, HEAD' } }
const BUG = { status: 500, title: 'The server made a mistake' }

/** The page and its endpoint on one port, as a Web-standard handler. Without options it is set by the environment. */
export function createApp(options: AppOptions = {}): Hono {
  const { staticRoot, reportBug, peerOf } = options
  const configuration = options.configuration ?? requireConfiguration(process.env)
  const { trustedProxies } = configuration
  const rateLimiter = options.rateLimiter ?? createRateLimiter(configuration)
  const chainEndpoint = createChainEndpoint({ ...options, configuration, redis: rateLimiter.redis })
  const issuerEndpoint = createIssuerEndpoint({ ...options, configuration, redis: rateLimiter.redis })
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

  // One client's share counts for both: each request makes this server connect somewhere.
  const admit =
    (replyWithTooMany: (failure: TooManyRequests) => Response): MiddlewareHandler =>
    async (context, next) => {
      const request = context.req.raw
      // A stranger's page must not use up what its reader may ask for.
      const refusal = refuseCrossSite(request)
      if (refusal !== null) return replyWithRefusal(refusal)
      const forwardedFor = request.headers.get('x-forwarded-for')
      const tooMany = await rateLimiter.admit(clientOf({ peer: peerOf?.(context), forwardedFor, trustedProxies }))
      return tooMany === null ? next() : replyWithTooMany(tooMany)
    }
  let chainsUnderWay = 0
  app.get(LIVE_CHAIN_PATH, admit(replyWithProblem), async (context) => {
    chainsUnderWay += 1
    try {
      return await chainEndpoint(context.req.raw)
    } finally {
      chainsUnderWay -= 1
    }
  })
  app.get(ISSUER_PATH, admit(replyWithIssuerProblem), (context) => issuerEndpoint(context.req.raw))
  app.get(HEALTH_PATH, () =>
    replyWithHealth({ status: 'ok', version: VERSION, limiter: rateLimiter.state(), chainsUnderWay }),
  )
  app.get('/api/*', () => replyWithRefusal(NOT_FOUND))
  if (staticRoot !== undefined) {
    const tag = etag()
    // A hashed file is never asked for again, so it needs no tag that its whole content is read for.
    app.use((context, next) => (HASHED_FILE.test(context.req.path) ? next() : tag(context, next)))
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
