import { existsSync } from 'node:fs'
import { isIPv6 } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createApp } from './app.js'
import { readConfiguration } from './configuration.js'
import type { Configuration } from './configuration.js'
import { createHttpServer, shutDown, socketPeerOf } from './http-server.js'
import { createRateLimiter } from './rate-limiter.js'
import { STATIC_ROOT } from './static-root.js'

const REASON_NOT_LISTENING: Readonly<Record<string, string>> = {
  EACCES: 'needs rights that this user does not have',
  EADDRINUSE: 'is taken by another program',
  EADDRNOTAVAIL: 'is not on this machine',
  ENOTFOUND: 'is not on this machine',
}

start()

function start(): void {
  const configuration = readConfiguration(process.env)
  if (!configuration.ok) {
    stop(configuration.failure)
    return
  }
  if (!existsSync(join(STATIC_ROOT, 'index.html'))) {
    stop(`The page has not been built: there is no index.html in ${STATIC_ROOT}. "npm run build" makes it.`)
    return
  }
  listen(configuration.value)
}

function listen(configuration: Configuration): void {
  const { bindHost, bindPort } = configuration
  const rateLimiter = createRateLimiter(configuration)
  const app = createApp({ configuration, staticRoot: STATIC_ROOT, reportBug, rateLimiter, peerOf: socketPeerOf })
  const server = createHttpServer(app, configuration)
  server.on('error', (error: NodeJS.ErrnoException) => {
    rateLimiter.close()
    const reason = REASON_NOT_LISTENING[error.code ?? ''] ?? `cannot be used (${error.code ?? error.name})`
    stop(`Pinsmith cannot listen: port ${bindPort} on ${bindHost} ${reason}. HOST and PORT choose another.`)
  })
  server.listen(bindPort, bindHost.replace(/^\[(.*)\]$/, '$1'), () => {
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

/** Without the message, which could name the host that somebody asked about. */
function reportBug(error: Error): void {
  const places = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  console.error([`Unexpected ${error.name}`, ...places].join('\n'))
}
