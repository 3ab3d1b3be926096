import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

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
  const server = spawn(process.execPath, [join(folder, 'built/dist-server/node-server.js')], {
    cwd: tmpdir(),
    env: { PORT: '0', ...environment },
  })
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
