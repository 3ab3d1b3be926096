import { createServer as createHttpServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { TlsOptions } from 'node:tls'
import { afterEach } from 'vitest'
import type { Issued } from './certificates.ts'

export interface Listening {
  readonly port: number
  /** Connections that were ever accepted. */
  readonly accepted: () => number
  /** Connections that are open now. */
  readonly open: () => number
}

interface Place {
  readonly address?: string
  readonly port?: number
}

const servers = new Map<Server, Set<Socket>>()

afterEach(async () => {
  for (const [server, sockets] of servers) {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
  servers.clear()
})

/** Listens until the end of the test. */
async function listen(server: Server, { address = '127.0.0.1', port = 0 }: Place): Promise<Listening> {
  const sockets = new Set<Socket>()
  let accepted = 0
  servers.set(server, sockets)
  server.on('connection', (socket) => {
    accepted += 1
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, address, resolve)
  })
  return { port: (server.address() as AddressInfo).port, accepted: () => accepted, open: () => sockets.size }
}

/** A server that is not TLS, or not quite. */
export function serveTcp(onConnection: (socket: Socket) => void, place: Place = {}): Promise<Listening> {
  const server = createServer((socket) => {
    onConnection(socket)
    // Who does not read does not learn that the other side has hung up.
    socket.resume()
  })
  return listen(server, place)
}

/** An HTTP server; the address of a file on it has the name of a host that the resolver leads to it. */
export function serveHttp(answer: RequestListener, place: Place = {}): Promise<Listening> {
  return listen(createHttpServer(answer), place)
}

/** A TLS server with a certificate and key for each list, that picks as its client asks. */
export function serveTlsOfSeveralKeys(
  lists: readonly (readonly Issued[])[],
  options: TlsOptions = {},
  place: Place = {},
): Promise<Listening> {
  return serveTls(
    [],
    {
      cert: lists.map((certificates) => certificates.map(({ pem }) => pem).join('')),
      key: lists.map(([leaf]) => leaf?.keyPem ?? ''),
      ...options,
    },
    place,
  )
}

/** A TLS server that sends exactly these certificates in this order. */
export function serveTls(
  certificates: readonly Issued[],
  options: TlsOptions = {},
  place: Place = {},
): Promise<Listening> {
  const server = createTlsServer({
    cert: certificates.map(({ pem }) => pem).join(''),
    key: certificates[0]?.keyPem ?? '',
    ...options,
  })
  server.on('secureConnection', (socket) => socket.on('error', () => {}))
  return listen(server, place)
}
