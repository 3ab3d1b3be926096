/**
 * The server as `npm run serve` starts it, but with the resolver of the bench: a process of its own, built by the
 * bench and started with `--expose-gc`. It tells its port, and at each message what it holds.
 */
import { readdirSync, readlinkSync } from 'node:fs'
import { createApp } from '../../api/_lib/app.ts'
import { requireConfiguration } from '../../api/_lib/configuration.ts'
import { createHttpServer, socketPeerOf } from '../../api/_lib/http-server.ts'
import { resolve } from './names.mjs'

const configuration = requireConfiguration(process.env)
const app = createApp({ configuration, resolve, peerOf: socketPeerOf, reportBug: (error) => console.error(error) })
const server = createHttpServer(app, configuration)

server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: /** @type {import('node:net').AddressInfo} */ (server.address()).port })
})

process.on('message', async () => {
  // Buffers are freed in a second round, after what held them.
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.()
    await new Promise((next) => setTimeout(next, 50))
  }
  const { rss, heapUsed, external } = process.memoryUsage()
  process.send?.({ rss, heap: heapUsed + external, sockets: openSockets() })
})

function openSockets() {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith('socket:')
    } catch {
      // The descriptor with which the folder was read.
      return false
    }
  }).length
}
