import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from 'vite'
import { expect, it, onTestFinished } from 'vitest'
import { domainRow, file, fillRow, open, useBrowser } from './support/browser.ts'
import { fixture } from './support/pem.ts'

useBrowser()

const ROOT = join(import.meta.dirname, '../..')

/** The address of a development server, until the end of the test. */
async function develop(): Promise<string> {
  // As on a fresh clone: nothing has been prepared by an earlier run.
  const cacheDir = await mkdtemp(join(tmpdir(), 'pinsmith-vite-'))
  const server = await createServer({
    root: ROOT,
    configFile: join(ROOT, 'vite.config.ts'),
    cacheDir,
    logLevel: 'error',
    server: { port: 0, strictPort: false, host: '127.0.0.1' },
  })
  onTestFinished(async () => {
    await server.close()
    await rm(cacheDir, { recursive: true, force: true })
  })
  await server.listen()
  const listening = server.httpServer?.address() as AddressInfo | null
  return `http://127.0.0.1:${listening?.port ?? 0}/`
}

it('the development server answers /api, and reads a file without reloading the page', async () => {
  const address = await develop()
  const refused = await fetch(`${address}api/chain?host=localhost`)
  expect(await refused.json()).toMatchObject({ kind: 'private-address' })

  const page = await open(address)
  await fillRow(domainRow(page, 1), 'cloudflare.com', [
    file('chain.pem', fixture('chains--cloudflare.com-2026-05-12-dd599564.pem')),
  ])
  await domainRow(page, 1).getByText('Ready: 2 certificates').waitFor()
})

it('the development server has one endpoint for all requests, which counts them', async () => {
  const address = await develop()
  const ask = async (path: string) => (await fetch(`${address}api/${path}`)).status
  const statuses = await Promise.all(Array.from({ length: 40 }, () => ask('chain?host=')))
  expect(statuses).toContain(400)
  expect(statuses).toContain(429)
  expect(await ask('health')).toBe(200)
})
