import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { FIXTURES, labelledFiles, SHARED, type LabelledFile } from '../engine/labelled-files.ts'
import { keystoreOf, mutationSeeds, zipOf } from '../engine/mutation-seeds.ts'
import { isMissing, openssl } from '../support/tools.ts'
import { sharedData } from '../support/shared-data.ts'
import { domainRow, file, open, useBrowser } from './support/browser.ts'
import { serve } from './support/server.ts'

useBrowser()

const DIST = join(import.meta.dirname, '../../dist')

/** What the build made, as paths from the root of the site. */
function builtPaths(): readonly string[] {
  return readdirSync(DIST, { recursive: true, encoding: 'utf8' }).map((path) => `/${path.replaceAll('\\', '/')}`)
}

const seeds = new Map(mutationSeeds().map(({ name, bytes }) => [name, bytes]))
function seed(name: string): Uint8Array {
  const bytes = seeds.get(name)
  if (!bytes) throw new Error(`There is no seed ${name}`)
  return bytes
}

interface Answer {
  readonly outcome: string
  readonly certificates: readonly { readonly sha256: string; readonly pin: string }[]
  readonly keyPins: readonly string[]
}

/** What the worker that the build made answers, asked from a page of its origin with the messages of `protocol.ts`. */
function askWorker(page: Page, files: readonly LabelledFile[]): Promise<readonly Answer[]> {
  const worker = builtPaths().find((path) => /^\/assets\/worker-[\w-]+\.js$/.test(path)) ?? ''
  const requests = files.map(({ bytes, password }) => ({
    base64: Buffer.from(bytes).toString('base64'),
    options: password === null ? {} : { password },
  }))
  return page.evaluate(
    async ({ script, jobs }) => {
      const engine = new Worker(script, { type: 'module' })
      const answers = []
      for (const [id, { base64, options }] of jobs.entries()) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
        const reply = new Promise<MessageEvent>((resolve, reject) => {
          engine.addEventListener('message', resolve, { once: true })
          engine.addEventListener('error', () => reject(new Error('The worker broke')), { once: true })
        })
        engine.postMessage({ id, job: 'inspect', bytes, options }, [bytes.buffer])
        const { result } = (await reply).data
        const found = result.ok ? result.value : { certificates: [], keys: [] }
        answers.push({
          outcome: result.ok ? 'read' : result.failure.kind,
          certificates: found.certificates.map(({ sha256, pin }: Answer['certificates'][number]) => ({ sha256, pin })),
          keyPins: found.keys.map(({ pin }: { pin: string }) => pin),
        })
      }
      engine.terminate()
      return answers
    },
    { script: worker, jobs: requests },
  )
}

function expectedAnswer({ outcome, certificates, keyPins }: LabelledFile, answer: Answer) {
  const listed = certificates.map(({ sha256, pin }) => ({ sha256, pin }))
  // Refused, or read as listed.
  if (outcome === 'lenient' && answer.outcome !== 'read') return { certificates: [], keyPins: [] }
  return { certificates: listed, keyPins }
}

function inOrder({ isOrdered }: LabelledFile, certificates: Answer['certificates']) {
  return isOrdered ? certificates : certificates.toSorted((one, other) => (one.sha256 < other.sha256 ? -1 : 1))
}

function comparable(labelled: LabelledFile, { certificates, keyPins }: Omit<Answer, 'outcome'>) {
  return { file: labelled.file, certificates: inOrder(labelled, certificates), keyPins }
}

function testFolder(folder: string): void {
  it('gives exactly the certificates and pins that OpenSSL lists, for every file', async () => {
    const files = labelledFiles(folder)
    expect(files.length).toBeGreaterThan(20)
    const answers = await askWorker(await open(await serve()), files)
    const found = files.map((labelled, index) => comparable(labelled, answers[index] as Answer))
    const listed = files.map((labelled, index) =>
      comparable(labelled, expectedAnswer(labelled, answers[index] as Answer)),
    )
    expect(found).toEqual(listed)
    const refused = files.flatMap(({ outcome }, index) => (outcome === 'error' ? [answers[index]?.outcome] : []))
    expect(refused).not.toContain('read')
    expect(refused).not.toContain('engine-crashed')
  })
}

describe('the worker of the built page', () => {
  describe('with the fixtures', () => {
    testFolder(FIXTURES)
  })

  describe.skipIf(isMissing(sharedData))('with the reference certificates', () => {
    testFolder(SHARED)
  })
})

/** Addresses that the page and its worker ask for, from now on. */
function collectRequests(page: Page): URL[] {
  const requests: URL[] = []
  page.context().on('request', (request) => requests.push(new URL(request.url())))
  return requests
}

/** Adds a file to the first row, gives its password if it asks for one, and waits until it was read. */
async function addFile(page: Page, name: string, bytes: Uint8Array, password?: string) {
  const row = domainRow(page, 1)
  await row.getByLabel('Certificate files').setInputFiles([file(name, bytes)])
  if (password !== undefined) await unlock(page, name, password)
  await row.getByRole('button', { name: `Remove ${name}` }).waitFor()
}

async function unlock(page: Page, name: string, password: string) {
  const dialog = page.getByRole('dialog', { name: 'Password needed' })
  await dialog.getByLabel(`Password of ${name}`).fill(password)
  await dialog.getByRole('button', { name: 'Unlock' }).click()
}

const text = (content: string) => new TextEncoder().encode(content)

describe('while files are read', () => {
  const KINDS: readonly {
    readonly kind: string
    readonly extension: string
    readonly bytes: () => Uint8Array
    readonly password?: string
  }[] = [
    { kind: 'PEM', extension: 'pem', bytes: () => seed('leaf.cer as PEM') },
    { kind: 'PKCS#7', extension: 'p7b', bytes: () => seed('chain.p7b') },
    { kind: 'PKCS#12', extension: 'p12', bytes: () => seed('modern.p12'), password: 'seed' },
    { kind: 'PKCS#12 with old ciphers', extension: 'pfx', bytes: () => seed('legacy.p12'), password: 'seed' },
    { kind: 'JKS', extension: 'jks', bytes: () => keystoreOf([seed('leaf.cer')], { magic: 'feedfeed', version: 2 }) },
    { kind: 'request', extension: 'csr', bytes: () => seed('request.der') },
    { kind: 'zip', extension: 'zip', bytes: () => zipOf({ 'leaf.cer': seed('leaf.cer'), 'a.txt': text('nothing') }) },
  ]

  it.for(KINDS)('$kind: only build assets are requested, and for a second file nothing', async (kind) => {
    const page = await open(await serve())
    const built = new Set(builtPaths())
    const requests = collectRequests(page)
    await domainRow(page, 1).getByLabel('Domain', { exact: true }).fill('seed.example')
    await addFile(page, `first.${kind.extension}`, kind.bytes(), kind.password)
    await domainRow(page, 1)
      .getByText(/^(?:Ready|Failed)/)
      .waitFor()
    await page.waitForLoadState('networkidle')
    const { origin } = new URL(page.url())
    expect(requests.map((url) => url.origin).filter((other) => other !== origin)).toEqual([])
    expect(requests.map(({ search }) => search).filter(Boolean)).toEqual([])
    expect(requests.map(({ pathname }) => pathname).filter((path) => !built.has(path))).toEqual([])

    requests.length = 0
    await addFile(page, `second.${kind.extension}`, kind.bytes(), kind.password)
    await page.waitForTimeout(300)
    expect(requests.map(String)).toEqual([])
  })
})

/** All that the origin keeps, as one text. */
function keptByBrowser(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const kept: unknown[] = [Object.entries(localStorage), Object.entries(sessionStorage)]
    // oxlint-disable-next-line unicorn/consistent-function-scoping -- only this function is taken to the page
    const finished = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(new Error('IndexedDB failed')))
      })
    for (const { name } of await indexedDB.databases()) {
      const database = await finished(indexedDB.open(name ?? ''))
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store)
        const [keys, values] = await Promise.all([finished(objects.getAllKeys()), finished(objects.getAll())])
        kept.push(keys, values)
      }
      database.close()
    }
    return JSON.stringify(kept, (_, value: unknown) =>
      value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value,
    )
  })
}

describe('a locked file', () => {
  it('asks for one password at a time, in the order of the files, also of files within others', async () => {
    const page = await open(await serve())
    const row = domainRow(page, 1)
    await row.getByLabel('Domain', { exact: true }).fill('seed.example')
    const locked = readFileSync(join(FIXTURES, 'synthetic--aes256-sha256.p12'))
    const archive = zipOf({ 'leaf.pem': seed('leaf.cer as PEM'), 'inner.p12': locked })
    await row.getByLabel('Certificate files').setInputFiles([file('one.p12', locked), file('two.zip', archive)])
    const dialog = page.getByRole('dialog', { name: 'Password needed' })
    for (const name of ['one.p12', 'two.zip']) {
      await dialog.getByLabel(`Password of ${name}`).waitFor()
      expect(await dialog.count()).toBe(1)
      await page.keyboard.type('correct horse')
      await page.keyboard.press('Enter')
    }
    await row.getByText('Ready: 3 certificates').waitFor()
    expect(await dialog.count()).toBe(0)
    expect(await row.getByRole('button', { name: 'Enter password' }).count()).toBe(0)
  })

  it('says that a password was wrong, asks again, and keeps none of them', async () => {
    const page = await open(await serve())
    const row = domainRow(page, 1)
    await row.getByLabel('Domain', { exact: true }).fill('seed.example')
    await row.getByLabel('Certificate files').setInputFiles([file('store.p12', seed('modern.p12'))])
    await unlock(page, 'store.p12', 'wrong-Zq81-password')
    await page.getByText('That was not its password. Try another one.').waitFor()
    await unlock(page, 'store.p12', 'seed')
    await row.getByText(/^Ready: /).waitFor()
    // What is kept is written a moment later.
    await expect.poll(() => keptByBrowser(page), { timeout: 5000 }).toContain('store.p12')
    await page.waitForTimeout(1000)
    const kept = await keptByBrowser(page)
    expect(kept).not.toContain('wrong-Zq81-password')
    // "seed" alone is part of the domain and of names in the certificate.
    expect(kept).not.toMatch(/["\s]seed["\s]/)
    expect(await page.content()).not.toContain('wrong-Zq81-password')
  })
})

describe('a private key', () => {
  it('is refused, and its public half can be pinned as a backup', async () => {
    const page = await open(await serve())
    const row = domainRow(page, 1)
    await row.getByLabel('Domain', { exact: true }).fill('seed.example')
    await addFile(page, 'server.key', seed('rsa-pkcs8.key as PEM'))
    await row.getByRole('button', { name: 'Use its public half as backup pin' }).click()
    await row.getByRole('button', { name: 'Use its public half as backup pin' }).waitFor({ state: 'detached' })
    await addFile(page, 'leaf.pem', seed('leaf.cer as PEM'))
    await expect.poll(() => row.innerText()).toMatch(/backup/i)
    await expect.poll(() => keptByBrowser(page), { timeout: 5000 }).toContain('seed.example')
    expect(await keptByBrowser(page)).not.toContain('PRIVATE KEY')
  })
})

/** A PKCS#12 whose passwords are as hard to try as one file may ask for. */
function slowPkcs12(): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'pinsmith-slow-'))
  try {
    const [certificate, store] = [join(folder, 'leaf.pem'), join(folder, 'store.p12')]
    writeFileSync(certificate, seed('leaf.cer as PEM'))
    const order = ['pkcs12', '-export', '-nokeys', '-in', certificate, '-passout', 'pass:seed', '-iter', '1000000']
    execFileSync('openssl', [...order, '-macalg', 'sha1', '-certpbe', 'NONE', '-out', store])
    return new Uint8Array(readFileSync(store))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

// No input is known that runs into the worker's deadline; `tests/engine/client.test.ts` has a worker that never answers.
describe.skipIf(isMissing(openssl))('an archive of files that are slow to open', () => {
  it('is answered, and the page goes on with the next', async () => {
    const page = await open(await serve())
    const row = domainRow(page, 1)
    await row.getByLabel('Domain', { exact: true }).fill('seed.example')
    // One of them is within what an input may ask for; so many together are not.
    const slow = slowPkcs12()
    const files = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`${index}.p12`, slow]))
    await row.getByLabel('Certificate files').setInputFiles([file('many.zip', zipOf(files))])
    await page.getByRole('dialog', { name: 'Password needed' }).waitFor({ timeout: 10_000 })
    await page.keyboard.press('Escape')
    await addFile(page, 'leaf.pem', seed('leaf.cer as PEM'))
    await row.getByText(/^Ready: /).waitFor()
  })
})
