import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { reportSkipped } from '../support/report.ts'
import { problemOf, replyOf } from './support/ask.ts'
import { issue } from './support/certificates.ts'
import type { Issued } from './support/certificates.ts'
import { serveTcp, serveTls } from './support/servers.ts'

let folder = ''
let certificates: Record<'leaf' | 'intermediate' | 'root', Issued>
const servers: ChildProcess[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pinsmith-dialler-'))
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: join(import.meta.dirname, 'support/dialling-server.ts'), outDir: folder, target: 'node20' },
    ssr: { noExternal: true },
  })
  const root = await issue({ subject: 'Root' })
  const intermediate = await issue({ subject: 'CA', issuer: root })
  const leaf = await issue({ subject: 'Leaf', issuer: intermediate, hosts: ['localhost'] })
  certificates = { root, intermediate, leaf }
})
afterEach(() => {
  for (const server of servers.splice(0)) server.kill('SIGKILL')
})
afterAll(() => rm(folder, { recursive: true }))

/** The server, until the end of the test, that may dial these ports. */
async function start(...ports: readonly number[]) {
  const settings = { PORT: '0', PINSMITH_RATE: 'off', PINSMITH_ALLOW_PRIVATE: '1', PINSMITH_PORTS: ports.join() }
  // A process group of its own, as a service has.
  const server = spawn(process.execPath, [join(folder, 'dialling-server.js')], {
    env: { PATH: process.env['PATH'], ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  servers.push(server)
  const exit = new Promise<number | null>((resolve) => server.on('exit', resolve))
  const address = await new Promise<string>((resolve) =>
    server.stdout.on('data', (chunk: Buffer) => resolve(/http:\S+/.exec(chunk.toString())?.[0] ?? '')),
  )
  let hosts = 0
  /** Asks for a host that nobody has asked for. */
  const ask = (port: number, init: RequestInit = {}) => {
    hosts += 1
    return fetch(`${address}api/chain?host=host-${hosts}.test&port=${port}`, init)
  }
  const listens = () =>
    fetch(`${address}api/health`).then(
      async (health) => (await health.text()) !== '' && health.ok,
      () => false,
    )
  return { pid: server.pid ?? 0, exit, ask, listens }
}

/** Whatever else the machine has to do. */
function soon<T>(get: () => T) {
  return expect.poll(get, { timeout: 15_000 })
}

/** The processes that this one has started and that still run. */
function childrenOf(pid: number): readonly number[] {
  return spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter(Boolean)
    .map(Number)
}

/** Not so when it has ended and its parent, which may be process 1, has not asked how. */
function runs(pid: number): boolean {
  const state = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()
  return state !== '' && !state.startsWith('Z')
}

/** A target that never says a word, and the connections to it. */
async function serveSilence() {
  const sockets: Socket[] = []
  const { port } = await serveTcp((socket) => sockets.push(socket))
  return { port, sockets }
}

const IN_ODD_ORDER = ['leaf', 'root', 'intermediate', 'root'] as const

describe('the server dials in a process of its own', () => {
  it('which is renewed when it holds too much, and no request notices', async () => {
    const sent = IN_ODD_ORDER.map((name) => certificates[name])
    const [target, silence] = [await serveTls(sent), await serveSilence()]
    const { pid, ask } = await start(target.port, silence.port)
    const slow = ask(silence.port)
    await soon(() => silence.sockets.length).toBe(1)
    const [first = 0] = childrenOf(pid)

    const askManyTimes = async () => {
      for (let time = 0; time < 7; time += 1) {
        const { chains } = await replyOf(await ask(target.port))
        expect(chains).toEqual([{ certificates: sent.map(({ base64 }) => base64) }])
      }
    }
    await Promise.all(Array.from({ length: 10 }, askManyTimes))

    // The process that was first has this one connection left, and goes when it is done.
    expect(childrenOf(pid)).toContain(first)
    expect(childrenOf(pid).length).toBeGreaterThan(1)
    for (const socket of silence.sockets) socket.destroy()
    expect(await problemOf(await slow)).toMatchObject({ kind: 'handshake-failed' })
    await soon(() => childrenOf(pid).length).toBe(1)
    expect(childrenOf(pid)).not.toContain(first)
  })

  it('which is replaced when it is killed; who was waiting is told to come again', async () => {
    const [target, silence] = [await serveTls([certificates.leaf]), await serveSilence()]
    const { pid, ask } = await start(target.port, silence.port)
    const lost = ask(silence.port)
    await soon(() => silence.sockets.length).toBe(1)
    const [first = 0] = childrenOf(pid)
    process.kill(first, 'SIGKILL')

    const answer = await lost
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('2')
    expect((await replyOf(await ask(target.port))).chains).toHaveLength(1)
    expect(childrenOf(pid)).toHaveLength(1)
    expect(childrenOf(pid)).not.toContain(first)
  })

  it('which is killed and replaced when it hangs', async () => {
    const [target, silence] = [await serveTls([certificates.leaf]), await serveSilence()]
    const { pid, ask } = await start(target.port, silence.port)
    const leaving = new AbortController()
    const left = ask(silence.port, { signal: leaving.signal })
    await soon(() => silence.sockets.length).toBe(1)
    const [first = 0] = childrenOf(pid)
    process.kill(first, 'SIGSTOP')
    leaving.abort()
    await expect(left).rejects.toThrow('abort')

    await soon(() => runs(first)).toBe(false)
    expect((await replyOf(await ask(target.port))).chains).toHaveLength(1)
  })

  const canLimit = spawnSync('prlimit', ['--pid', String(process.pid), '--nofile']).status === 0
  if (!canLimit) reportSkipped('a server that cannot start another process', 'it takes prlimit')

  it.skipIf(!canLimit)('and says that it is busy while the machine has no room for one', async () => {
    const target = await serveTls([certificates.leaf])
    const { pid, ask, listens } = await start(target.port)
    const limitFiles = (soft: string) => spawnSync('prlimit', ['--pid', String(pid), `--nofile=${soft}:`])
    expect(await listens()).toBe(true)
    // Room for a connection of the caller, and not for what a process needs.
    limitFiles(String(readdirSync(`/proc/${pid}/fd`).length + 1))
    const answer = await ask(target.port)
    expect(answer.status).toBe(503)
    expect(await problemOf(answer)).toMatchObject({ kind: 'busy' })
    limitFiles('1024')
    expect((await replyOf(await ask(target.port))).chains).toHaveLength(1)
  })

  it('which hangs up when its caller goes away', async () => {
    const silence = await serveSilence()
    const { ask } = await start(silence.port)
    const leaving = new AbortController()
    const left = ask(silence.port, { signal: leaving.signal })
    await soon(() => silence.sockets.length).toBe(1)
    leaving.abort()
    await expect(left).rejects.toThrow('abort')
    await soon(() => silence.sockets[0]?.destroyed).toBe(true)
  })

  it('which ends with the server, and not before the last answer', async () => {
    const silence = await serveSilence()
    const { pid, exit, ask, listens } = await start(silence.port)
    const last = ask(silence.port)
    await soon(() => silence.sockets.length).toBe(1)
    const [child = 0] = childrenOf(pid)
    // To all of them, as systemd and a terminal send it.
    process.kill(-pid, 'SIGTERM')
    await soon(listens).toBe(false)
    for (const socket of silence.sockets) socket.destroy()
    expect(await problemOf(await last)).toMatchObject({ kind: 'handshake-failed' })
    expect(await exit).toBe(0)
    await soon(() => runs(child)).toBe(false)
  })

  it('which ends with the server although it hangs', async () => {
    const target = await serveTls([certificates.leaf])
    const { pid, exit, ask } = await start(target.port)
    await replyOf(await ask(target.port))
    const [child = 0] = childrenOf(pid)
    process.kill(child, 'SIGSTOP')
    process.kill(pid, 'SIGTERM')
    expect(await exit).toBe(0)
    await soon(() => runs(child)).toBe(false)
  })

  it('which ends when the server is killed', async () => {
    const silence = await serveSilence()
    const { pid, ask } = await start(silence.port)
    const lost = ask(silence.port)
    await soon(() => silence.sockets.length).toBe(1)
    const [child = 0] = childrenOf(pid)
    process.kill(pid, 'SIGKILL')
    await expect(lost).rejects.toThrow('fetch failed')
    await soon(() => runs(child)).toBe(false)
  })
})
