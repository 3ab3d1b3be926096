import { existsSync } from 'node:fs'
import { isIPv6 } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createApp } from './app.js'
import type { AppOptions } from './app.js'
import { readConfiguration } from './configuration.js'
import type { Configuration } from './configuration.js'
import { createDialler } from './dialler.js'
import { createHttpServer, shutDown, socketPeerOf } from './http-server.js'
import { reportBug } from './log.js'
import { createRateLimiter } from './rate-limiter.js'

const REASON_NOT_LISTENING: Readonly<Record<string, string>> = {
  EACCES: 'needs rights that this user does not have',
  EADDRINUSE: 'is taken by another program',
  EADDRNOTAVAIL: 'is not on this machine',
  ENOTFOUND: 'is not on this machine',
}

export interface ServeOptions extends Pick<AppOptions, 'staticRoot' | 'resolve'> {
  /** How many bytes the dialling process may hold before another takes its place. */
  readonly mostDiallingMemory?: number
}

/** As many as may be connected: with Node's 511 the rest of a rush would try again after a second or three. */
const BACKLOG = 1024

/** A third of it is the process itself and the handshakes under way. */
const MOST_DIALLING_MEMORY = 192 * 1024 * 1024

/** What `npm run serve` runs: the page and its endpoint, set by the environment. Says where it is or what is wrong. */
export function serve(options: ServeOptions): void {
  const configuration = readConfiguration(process.env)
  if (!configuration.ok) {
    stop(configuration.failure)
    return
  }
  const { staticRoot } = options
  if (staticRoot !== undefined && !existsSync(join(staticRoot, 'index.html'))) {
    stop(`The page has not been built: there is no index.html in ${staticRoot}. "npm run build" makes it.`)
    return
  }
  listen(configuration.value, options)
}

function listen(
  configuration: Configuration,
  { mostDiallingMemory = MOST_DIALLING_MEMORY, ...options }: ServeOptions,
): void {
  const { bindHost, bindPort } = configuration
  const rateLimiter = createRateLimiter(configuration)
  const dial = createDialler(mostDiallingMemory)
  const app = createApp({ ...options, configuration, reportBug, rateLimiter, dial, peerOf: socketPeerOf })
  const server = createHttpServer(app, configuration)
  server.on('error', (error: NodeJS.ErrnoException) => {
    rateLimiter.close()
    const reason = REASON_NOT_LISTENING[error.code ?? ''] ?? `cannot be used (${error.code ?? error.name})`
    stop(`Pinsmith cannot listen: port ${bindPort} on ${bindHost} ${reason}. HOST and PORT choose another.`)
  })
  server.listen(bindPort, bindHost.replace(/^\[(.*)\]$/, '$1'), BACKLOG, () => {
    const { address, port } = server.address() as AddressInfo
    const everywhere: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' }
    const reachable = everywhere[address] ?? address
    console.log(`Pinsmith is at http://${isIPv6(reachable) ? `[${reachable}]` : reachable}:${port}/`)
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => shutDown(server))
  server.once('close', () => rateLimiter.close())
}

function stop(sentence: string): void {
  console.error(sentence)
  process.exitCode = 1
}
