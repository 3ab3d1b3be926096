import { EventEmitter, once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createApp } from '../../api/_lib/app.ts'
import { requireConfiguration } from '../../api/_lib/configuration.ts'
import { createHttpServer, shutDown } from '../../api/_lib/http-server.ts'
import type { ServerLimits } from '../../api/_lib/http-server.ts'

/** As strict as the real ones, in less time. */
const LIMITS: ServerLimits = { headerBytes: 8192, headersTime: 300, requestTime: 600, silence: 900, connections: 20 }
const configuration = requireConfiguration({})

let staticRoot = ''
let server: Server | null = null
const reportBug = vi.fn<(error: Error) => void>()

const connectionsNow = () =>
  new Promise((resolve) => server?.getConnections((_error, connections) => resolve(connections)))

beforeAll(async () => {
  staticRoot = await mkdtemp(join(tmpdir(), 'pinsmith-hostile-'))
  await writeFile(join(staticRoot, 'index.html'), '<title>Pinsmith</title>')
  await writeFile(join(staticRoot, 'large.txt'), Buffer.alloc(64 * 1024 * 1024, 'a'))
})
afterAll(() => rm(staticRoot, { recursive: true }))

afterEach(async () => {
  await new Promise((resolve) => {
    server?.close(resolve)
    server?.closeAllConnections()
  })
})

/** Listens until the end of the test. */
async function listen(options: Parameters<typeof createApp>[0] = {}): Promise<number> {
  const app = createApp({ configuration, staticRoot, reportBug, ...options })
  server = createHttpServer(app, configuration, LIMITS)
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** A connection on which nothing is sent but what the test writes. */
function open(port: number): { readonly socket: Socket; readonly answer: () => string; readonly end: Promise<string> } {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1')
  })
  // The server may hang up on what is still being written.
  socket.on('error', () => {})
  return { socket, answer: () => text, end: new Promise((resolve) => socket.on('close', () => resolve(text))) }
}

async function send(bytes: string): Promise<string> {
  const { socket, end } = open(await listen())
  socket.write(bytes, 'latin1')
  return end
}

const HOST = 'Host: localhost\r\n'
const CLOSE = 'Connection: close\r\n'

/** The statuses of all answers on one connection. */
async function statusesOf(bytes: string): Promise<readonly number[]> {
  const answer = await send(bytes)
  return [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]))
}

it('an answer to HEAD ends with its headers, so that the next one is understood', async () => {
  const answer = await send(
    `HEAD /api/chain?host=a.test HTTP/1.1\r\n${HOST}\r\nGET /api/missing HTTP/1.1\r\n${HOST}${CLOSE}\r\n`,
  )
  expect(answer).toMatch(/^HTTP\/1\.1 200 (?:(?!\r\n\r\n)[\s\S])*\r\n\r\nHTTP\/1\.1 404 /)
})

describe('a request target', () => {
  it.each([
    ['/../secret.txt', 404],
    ['/%2e%2e/secret.txt', 404],
    ['/%c0%ae%c0%ae/secret.txt', 404],
    ['/%', 404],
    ['/%zz', 404],
    ['/%00', 404],
    ['/?%', 200],
    ['/api/chain?host=%', 400],
    ['/api/chain?host=%ff', 400],
    ['/\u00ff', 400],
    ['*', 400],
    ['//evil.example/', 404],
    ['http://localhost/', 200],
    ['http://evil.example/', 421],
    ['http:// /', 400],
    ['https://localhost:99999/', 400],
    ['evil.example:443', 400],
  ])('%s is answered with %d', async (target, status) => {
    expect(await statusesOf(`GET ${target} HTTP/1.1\r\n${HOST}${CLOSE}\r\n`)).toEqual([status])
  })
})

describe('a request', () => {
  it.each([
    ['without a Host', `GET / HTTP/1.1\r\n${CLOSE}\r\n`, 400],
    ['without a Host in HTTP/1.0', 'GET / HTTP/1.0\r\n\r\n', 400],
    ['with an empty Host', `GET / HTTP/1.1\r\nHost:\r\n${CLOSE}\r\n`, 400],
    ['with two Hosts, ours first', `GET / HTTP/1.1\r\n${HOST}Host: evil.example\r\n${CLOSE}\r\n`, 421],
    ['with two Hosts, ours last', `GET / HTTP/1.1\r\nHost: evil.example\r\n${HOST}${CLOSE}\r\n`, 421],
    ['with a space before the colon', 'GET / HTTP/1.1\r\nHost : localhost\r\n\r\n', 400],
    ['with a folded header', `GET / HTTP/1.1\r\n${HOST}X: a\r\n b\r\n\r\n`, 400],
    ['with a NUL in a header', `GET / HTTP/1.1\r\n${HOST}X: a\0b\r\n\r\n`, 400],
    ['with bare line feeds', 'GET / HTTP/1.1\nHost: localhost\n\n', 400],
    ['of HTTP/0.9', 'GET /\r\n\r\n', 400],
    ['of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['of an unknown version', `GET / HTTP/9.9\r\n${HOST}\r\n`, 400],
    ['of TLS', '\u0016\u0003\u0001\u0002\u0000\u0001', 400],
    ['with an unknown method', `BREW / HTTP/1.1\r\n${HOST}\r\n`, 400],
    ['with a method in small letters', `get / HTTP/1.1\r\n${HOST}\r\n`, 400],
    ['with TRACE', `TRACE / HTTP/1.1\r\n${HOST}${CLOSE}\r\n`, 405],
    ['with PROPFIND', `PROPFIND / HTTP/1.1\r\n${HOST}${CLOSE}\r\n`, 405],
    ['with one huge header', `GET / HTTP/1.1\r\n${HOST}X: ${'a'.repeat(9000)}\r\n\r\n`, 431],
    ['with very many headers', `GET / HTTP/1.1\r\n${HOST}${'X: a\r\n'.repeat(5000)}\r\n`, 431],
    ['with a huge target', `GET /${'a'.repeat(9000)} HTTP/1.1\r\n${HOST}\r\n`, 431],
    ['with an expectation', `GET / HTTP/1.1\r\n${HOST}Expect: nonsense\r\n${CLOSE}\r\n`, 417],
    ['with two lengths', `GET / HTTP/1.1\r\n${HOST}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`, 400],
    ['with an unknown encoding', `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: gzip\r\n\r\n`, 400],
    ['with a broken chunk', `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, 400],
    ['with a body', `GET / HTTP/1.1\r\n${HOST}Content-Length: 5\r\n${CLOSE}\r\nhello`, 200],
  ])('%s is answered once', async (_what, bytes, status) => {
    expect(await statusesOf(bytes)).toEqual([status])
  })

  it('that could hide another one in its body is refused, and the other is not read', async () => {
    const hidden = `GET /hidden HTTP/1.1\r\n${HOST}\r\n`
    const lengths = 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n'
    expect(await statusesOf(`POST / HTTP/1.1\r\n${HOST}${lengths}\r\n0\r\n\r\n${hidden}`)).toEqual([400])
  })

  it('that follows another on one connection is answered too', async () => {
    const bytes = `GET / HTTP/1.1\r\n${HOST}\r\nGET /missing HTTP/1.1\r\n${HOST}${CLOSE}\r\n`
    expect(await statusesOf(bytes)).toEqual([200, 404])
  })

  it('to go on in another protocol is answered in this one', async () => {
    const { socket, answer } = open(await listen())
    socket.write(`GET / HTTP/1.1\r\n${HOST}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`)
    await expect.poll(answer).toContain('HTTP/1.1 200 ')
    socket.destroy()
  })

  it('for a tunnel is hung up on', async () => {
    expect(await send(`CONNECT evil.example:443 HTTP/1.1\r\n${HOST}\r\n`)).toBe('')
  })
})

describe('a caller', () => {
  const SLOWLY = 100

  /** Writes a byte at a time until the server hangs up. @returns its answer, and how long that took */
  async function drip(beginning: string, byte: string) {
    const { socket, end } = open(await listen())
    const started = performance.now()
    socket.write(beginning)
    const dripping = setInterval(() => socket.write(byte), SLOWLY)
    const answer = await end
    clearInterval(dripping)
    return { answer, milliseconds: performance.now() - started }
  }
  /** What the checks of time may add, on a busy machine. */
  const LATE = 4000

  it('who never sends a byte is hung up on', async () => {
    const { end } = open(await listen())
    const started = performance.now()
    await end
    expect(performance.now() - started).toBeLessThan(LIMITS.silence + LATE)
  })

  it('whose headers never end is told so', async () => {
    const { answer, milliseconds } = await drip(`GET / HTTP/1.1\r\n${HOST}`, 'X: a\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 408 /)
    expect(milliseconds).toBeLessThan(LIMITS.headersTime + LATE)
  })

  it('whose body never ends has long been answered and is hung up on', async () => {
    const { answer, milliseconds } = await drip(`GET / HTTP/1.1\r\n${HOST}Content-Length: 9999\r\n\r\n`, 'a')
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
    expect(milliseconds).toBeLessThan(LIMITS.requestTime + LIMITS.silence + LATE)
  })

  it('who does not read the answer is hung up on, and it is not read from the disk either', async () => {
    const port = await listen()
    const { socket } = open(port)
    socket.pause()
    const before = process.memoryUsage().rss
    socket.write(`GET /large.txt HTTP/1.1\r\n${HOST}\r\n`)
    await expect.poll(connectionsNow).toBe(1)
    await expect.poll(connectionsNow, { timeout: LIMITS.silence + LATE }).toBe(0)
    expect(process.memoryUsage().rss - before).toBeLessThan(48 * 1024 * 1024)
    socket.destroy()
  })

  it('who comes when all connections are taken is hung up on, and may come again', async () => {
    const port = await listen()
    const waiting = Array.from({ length: LIMITS.connections }, () => open(port))
    await expect.poll(connectionsNow).toBe(LIMITS.connections)
    const turnedAway = open(port)
    turnedAway.socket.write(`GET / HTTP/1.1\r\n${HOST}\r\n`)
    expect(await turnedAway.end).toBe('')
    for (const { socket } of waiting) socket.destroy()
    await expect.poll(connectionsNow).toBe(0)
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200)
  })
})

describe('a server that ends', () => {
  it('lets requests under way end, takes no more, and closes connections that wait for a next one', async () => {
    const lookUp = new EventEmitter()
    const port = await listen({
      resolve: async () => (await once(lookUp, 'answer')) as { readonly address: string }[],
    })
    const idle = open(port)
    idle.socket.write(`GET / HTTP/1.1\r\n${HOST}\r\n`)
    await expect.poll(idle.answer).toContain('200 OK')
    const busy = open(port)
    busy.socket.write(`GET /api/chain?host=slow.example HTTP/1.1\r\n${HOST}\r\n`)
    await expect.poll(() => lookUp.listenerCount('answer')).toBe(1)

    const closed = once(server!, 'close')
    shutDown(server!, 5000)
    await idle.end
    expect(await open(port).end).toBe('')
    lookUp.emit('answer', { address: '127.0.0.1' })
    expect(await busy.end).toMatch(/^HTTP\/1\.1 403 /)
    await closed
  })

  it('hangs up on a request that outlasts the deadline', async () => {
    const port = await listen({ resolve: () => new Promise(() => {}), deadlineMilliseconds: 3000 })
    const busy = open(port)
    busy.socket.write(`GET /api/chain?host=slow.example HTTP/1.1\r\n${HOST}\r\n`)
    await delay(50)
    const started = performance.now()
    shutDown(server!, 200)
    expect(await busy.end).toBe('')
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

it('the limits of a server that nobody has asked for others', () => {
  const app = createApp({ configuration })
  const usual = createHttpServer(app, { trustedProxies: 0 })
  expect(usual).toMatchObject({
    headersTimeout: 5000,
    requestTimeout: 8000,
    keepAliveTimeout: 5000,
    timeout: 30_000,
    maxConnections: 1024,
  })
  expect(createHttpServer(app, { trustedProxies: 1 }).keepAliveTimeout).toBeGreaterThan(60_000)
})

it('none of this was a bug', () => {
  expect(reportBug).not.toHaveBeenCalled()
})
