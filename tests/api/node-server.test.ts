import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reportSkipped } from '../support/report.ts'

const ROOT = join(import.meta.dirname, '../..')
const DOCKERFILE = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')

let folder = ''

// The bundle lies alone in a folder without node_modules, so whatever it does not hold is missing.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pinsmith-server-'))
  await build({
    root: ROOT,
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'error',
    build: { ssr: 'api/_lib/node-server.ts', outDir: join(folder, 'built/dist-server') },
  })
  await mkdir(join(folder, 'built/dist'))
  await writeFile(join(folder, 'built/dist/index.html'), '<title>Pinsmith</title>')
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
})

afterAll(() => rm(folder, { recursive: true }))

/** Starts the built server in another folder than its own. */
function start(environment: Readonly<Record<string, string>>) {
  const file = join(folder, 'built/dist-server/node-server.js')
  return observed(spawn(process.execPath, [file], { cwd: tmpdir(), env: { PORT: '0', ...environment } }))
}

/** What a server that was just started prints and how it ends. */
function observed(server: ChildProcessWithoutNullStreams) {
  const output = { out: '', error: '' }
  server.stdout.on('data', (chunk: Buffer) => {
    output.out += chunk.toString()
  })
  server.stderr.on('data', (chunk: Buffer) => {
    output.error += chunk.toString()
  })
  const exit = new Promise<number | null>((resolve) => server.on('exit', resolve))
  const address = new Promise<string>((resolve, reject) => {
    server.stdout.on('data', () => resolve(/http:\S+/.exec(output.out)?.[0] ?? ''))
    server.on('exit', () => reject(new Error(output.error)))
  })
  // Those who wait for the end of a server that cannot start do not wait for its address.
  address.catch(() => {})
  return { server, output, exit, address }
}

it.each(['SIGINT', 'SIGTERM'] as const)(
  'serves the page and the endpoint, logs no host, and ends on %s',
  async (signal) => {
    const { server, output, exit, address } = start({})
    const url = await address
    expect(output.out).toBe(`Pinsmith is at ${url}\n`)
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
    const page = await fetch(url)
    expect(await page.text()).toContain('Pinsmith')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    const refused = await fetch(`${url}api/chain?host=localhost`)
    expect(await refused.json()).toMatchObject({ kind: 'private-address' })
    server.kill(signal)
    expect(await exit).toBe(0)
    expect(output).toEqual({ out: `Pinsmith is at ${url}\n`, error: '' })
  },
)

it('answers a request under way before it ends on SIGTERM', async () => {
  // A target that never says a word keeps the request waiting.
  const silent = createServer((socket) => socket.on('error', () => {}))
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const targetPort = String((silent.address() as AddressInfo).port)
  const { server, exit, address } = start({ PINSMITH_ALLOW_PRIVATE: '1', PINSMITH_PORTS: targetPort })
  const dialled = new Promise<Socket>((resolve) => silent.once('connection', resolve))
  const answer = fetch(`${await address}api/chain?host=localhost&port=${targetPort}`)
  const target = await dialled
  server.kill('SIGTERM')
  await expect.poll(() => refusesConnections(address)).toBe(true)
  target.destroy()
  expect((await answer).status).toBe(502)
  expect(await exit).toBe(0)
  await new Promise((resolve) => silent.close(resolve))
})

async function refusesConnections(address: Promise<string>): Promise<boolean> {
  const { hostname, port } = new URL(await address)
  const socket = connect(Number(port), hostname)
  return new Promise((resolve) => {
    socket.on('error', () => resolve(true))
    socket.on('connect', () => {
      socket.destroy()
      resolve(false)
    })
  })
}

describe('in a container', () => {
  // As the image is to be run: nobody's user, without capabilities, on a file system that cannot be written to.
  const IN_CONTAINER = `
    mount --make-rprivate / && mount --bind "$FOLDER" "$FOLDER" && mount -o remount,ro,bind "$FOLDER" &&
    mount -o remount,ro,bind / &&
    exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all "$@"`
  const container = (command: string) => ['--mount', 'sh', '-c', IN_CONTAINER, 'sh', 'sh', '-c', command]
  const possible =
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    spawnSync('unshare', container('exit 0'), { env: { ...process.env, FOLDER: tmpdir() } }).status === 0
  if (!possible) {
    reportSkipped('the server without rights and on a read-only file system', 'only root on Linux can take them away')
  }

  it.skipIf(!possible)(
    'the server needs no rights and writes nothing, and its health check tells how it is',
    async () => {
      await chmod(folder, 0o755)
      const target = createServer((socket) => socket.destroy())
      await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve))
      const targetPort = String((target.address() as AddressInfo).port)
      const env = {
        PATH: process.env['PATH'] ?? '',
        FOLDER: folder,
        NODE: process.execPath,
        PORT: '0',
        HOST: '0.0.0.0',
        PINSMITH_ALLOW_PRIVATE: '1',
        PINSMITH_PORTS: targetPort,
      }
      const script =
        'touch "$FOLDER/written" /tmp/written /written 2>/dev/null && exit 9; cd "$FOLDER/built" && exec "$NODE" dist-server/node-server.js'
      const { server, exit, address, output } = observed(spawn('unshare', container(script), { env }))
      const url = new URL(await address)
      const status = readFileSync(`/proc/${server.pid}/status`, 'utf8')
      expect(status).toMatch(/^Uid:\t65534\t65534\t65534\t65534$/m)
      expect(status).toMatch(/^CapEff:\t0+$/m)
      expect(await (await fetch(url)).text()).toContain('Pinsmith')
      const dialled = await fetch(new URL(`/api/chain?host=localhost&port=${targetPort}`, url))
      expect(await dialled.json()).toMatchObject({ kind: 'handshake-failed' })
      target.close()

      const [, healthCheck = ''] = /HEALTHCHECK [^[]*(\[.*\])/.exec(DOCKERFILE) ?? []
      const [, ...args] = JSON.parse(healthCheck) as readonly string[]
      const checked = (port: string) => spawnSync(process.execPath, args, { env: { PORT: port } }).status
      expect(checked(url.port)).toBe(0)
      server.kill('SIGTERM')
      expect(await exit).toBe(0)
      expect(output.error).toBe('')
      expect(checked(url.port)).toBe(1)
    },
  )

  it('the image starts the file that the build writes, and takes the files beside it', () => {
    expect(DOCKERFILE).toContain('CMD ["node", "dist-server/node-server.js"]')
    for (const path of ['package.json', 'dist', 'dist-server']) {
      expect(DOCKERFILE).toMatch(new RegExp(`^COPY --from=build /app/${path} \\./`, 'm'))
    }
  })
})

it('says that a port is taken', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const port = String((other.address() as AddressInfo).port)
  const { exit, output } = start({ PORT: port })
  expect(await exit).toBe(1)
  expect(output.error).toBe(
    `Pinsmith cannot listen: port ${port} on 127.0.0.1 is taken by another program. HOST and PORT choose another.\n`,
  )
  await new Promise((resolve) => other.close(resolve))
})

it('says which setting is wrong', async () => {
  const { exit, output } = start({ PORT: 'eighty' })
  expect(await exit).toBe(1)
  expect(output.error).toBe('PORT must be a whole number from 0 to 65535, but is "eighty".\n')
})

it('says that the page has not been built', async () => {
  await rm(join(folder, 'built/dist'), { recursive: true })
  const { exit, output } = start({})
  expect(await exit).toBe(1)
  expect(output.error).toContain('"npm run build" makes it.')
})
