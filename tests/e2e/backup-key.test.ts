import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { isMissing, openssl, opensslKeyPin, opensslRequest, opensslRequestPin, run } from '../support/tools.ts'
import { expectSound } from './support/axe.ts'
import { domainRow, file, fillRow, open, openTab, shownText, useBrowser } from './support/browser.ts'
import { firefox, openInFirefox, useFirefox } from './support/firefox.ts'
import { fixture, pinByOpenssl, splitPem } from './support/pem.ts'
import { serve } from './support/server.ts'

useBrowser('--host-resolver-rules=MAP pinsmith.test 127.0.0.1')

const CHAIN = fixture('chains--cloudflare.com-2026-05-12-dd599564.pem')
const [LEAF = ''] = splitPem(CHAIN)
/** Many steps, each with a key whose passphrase is costly to try, or with every width. */
const PATIENCE = 120_000
const PASSPHRASE = 'größer als „gedacht“ 🔑'

const dialogOf = (page: Page) => page.getByRole('dialog')
const title = (page: Page) => page.getByRole('heading', { name: 'Your backup key' })

async function openKit(page: Page, host = 'api.example.com') {
  const row = domainRow(page, 1)
  await row.getByLabel('Domain', { exact: true }).fill(host)
  await row.getByRole('button', { name: 'Make a backup key' }).click()
  await dialogOf(page).getByLabel('Kind of key').waitFor()
}

async function makeKey(page: Page, passphrase = PASSPHRASE) {
  await dialogOf(page).getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await dialogOf(page).getByLabel('Passphrase again').fill(passphrase)
  await dialogOf(page).getByRole('button', { name: 'Make the key' }).click()
  await title(page).waitFor()
}

/** Clicks what downloads, and reads what arrived. */
async function download(page: Page, button: Locator) {
  const waiting = page.waitForEvent('download')
  await button.click()
  const arrived = await waiting
  return { name: arrived.suggestedFilename(), text: readFileSync(await arrived.path(), 'utf8') }
}

const downloadKey = (page: Page) =>
  download(
    page,
    dialogOf(page)
      .getByRole('button', { name: /^Download the key/ })
      .first(),
  )
const downloadRequest = (page: Page) =>
  download(page, dialogOf(page).getByRole('button', { name: 'Download the request' }))

/** What a row has its certificates and keys from. */
function sources(row: Locator): Promise<readonly string[]> {
  // Behind an open dialog nothing has a role.
  return row.locator('[aria-label="Certificate sources"] > li > div > span').allInnerTexts()
}

async function androidPins(page: Page) {
  await openTab(page, 'Android')
  const xml = await shownText(page, 'Network security configuration')
  return [...xml.matchAll(/<pin digest="SHA-256">(.*?)<\/pin>/g)].map(([, pin]) => pin)
}

/** Every way in which a script might write bytes down. */
function spellings(bytes: Buffer): readonly string[] {
  // Base64 of something longer has them in one of three positions; the characters at the edges hold other bits too.
  const base64 = [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .slice(4, -4),
  )
  const urlSafe = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  const numbers = [...bytes].join(',')
  return [...base64, ...urlSafe, bytes.toString('hex'), bytes.toString('hex').toUpperCase(), numbers]
}

/** What must be nowhere: the numbers that only the private key has, its plain file, and its encrypted one. */
function secretsOf(encryptedKey: string): readonly (readonly [string, readonly string[]])[] {
  const plain = run('openssl', ['pkey', '-passin', `pass:${PASSPHRASE}`, '-outform', 'der'], encryptedKey).accepted
  const text = run('openssl', ['pkey', '-passin', `pass:${PASSPHRASE}`, '-noout', '-text'], encryptedKey).accepted
  const scalar = /priv:\s+([\da-f:\s]+)pub:/.exec(text?.toString() ?? '')?.[1]?.replaceAll(/[:\s]/g, '') ?? ''
  if (!plain || scalar.length < 60) throw new Error('OpenSSL does not open the key')
  const encrypted = Buffer.from(encryptedKey.replaceAll(/-----.*-----|\s/g, ''), 'base64')
  return [
    ['the private number', spellings(Buffer.from(scalar, 'hex').subarray(-30))],
    ['the plain file', spellings(plain.subarray(0, 60))],
    ['the encrypted file', spellings(encrypted.subarray(-60))],
    ['the passphrase', [PASSPHRASE, encodeURIComponent(PASSPHRASE), ...spellings(Buffer.from(PASSPHRASE))]],
  ]
}

/** All that a page has stored or shows, as text: bytes in hexadecimal, since that is how `spellings` looks for them. */
async function storedBy(page: Page): Promise<string> {
  const stored = await page.evaluate(async () => {
    const shown = (value: unknown): unknown => {
      if (value instanceof ArrayBuffer) return shown(new Uint8Array(value))
      if (ArrayBuffer.isView(value)) {
        const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
        return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
      }
      if (value instanceof CryptoKey) return `CryptoKey ${value.type}`
      if (value instanceof Map || value instanceof Set) return [...value].map(shown)
      if (Array.isArray(value)) return value.map(shown)
      if (typeof value === 'object' && value !== null) {
        return Object.entries(value).map(([key, item]) => [key, shown(item)])
      }
      return String(value)
    }
    // oxlint-disable-next-line unicorn/consistent-function-scoping -- it runs in the page
    const asked = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(new Error('IndexedDB does not answer')))
      })
    const databases = []
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await asked(indexedDB.open(name))
      for (const store of database.objectStoreNames) {
        const reading = database.transaction(store).objectStore(store)
        databases.push([name, store, shown(await asked(reading.getAllKeys())), shown(await asked(reading.getAll()))])
      }
      database.close()
    }
    const files = []
    for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name)
    return JSON.stringify([
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      databases,
      await caches.keys(),
      files,
      document.cookie,
      window.name,
      JSON.stringify(history.state),
      location.href,
      performance.getEntries().map(({ name }) => name),
    ])
  })
  const cookies = JSON.stringify(await page.context().cookies())
  return `${stored}\n${cookies}`
}

/** All that a page sends from now on, by any frame or worker. */
function sentBy(page: Page): () => string {
  const sent: string[] = []
  page.context().on('request', (request) => {
    sent.push(request.method(), request.url(), JSON.stringify(request.headers()))
    const body = request.postDataBuffer()
    if (body) sent.push(body.toString('latin1'), body.toString('hex'))
  })
  page.on('websocket', (socket) => sent.push(`websocket ${socket.url()}`))
  return () => sent.join('\n')
}

const found = (text: string, secrets: ReturnType<typeof secretsOf>) =>
  secrets.filter(([, written]) => written.some((one) => text.includes(one))).map(([what]) => what)

describe.skipIf(isMissing(openssl))('a backup key', () => {
  it(
    'is made for the hosts of a row, and its pin stands in the output once the key is downloaded',
    async () => {
      const page = await open(await serve())
      const row = domainRow(page, 1)
      await fillRow(row, 'cloudflare.com', [file('chain.pem', CHAIN)])
      await openKit(page, 'bücher.example')
      expect(await dialogOf(page).getByLabel('Names in the request').inputValue()).toBe(
        'xn--bcher-kva.example\n*.xn--bcher-kva.example',
      )
      await makeKey(page)
      expect(await sources(row)).toEqual(['chain.pem'])
      const request = await downloadRequest(page)
      expect(await sources(row)).toEqual(['chain.pem'])
      const key = await downloadKey(page)
      await dialogOf(page).getByRole('checkbox', { name: 'Pin as backup' }).waitFor()
      await downloadKey(page)
      await dialogOf(page).getByRole('button', { name: 'Done' }).click()
      await dialogOf(page).waitFor({ state: 'detached' })
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Make a backup key')

      const [, stem] = /^(backup-xn--bcher-kva\.example-[\da-f]{8})\.key$/.exec(key.name) ?? []
      expect(request.name).toBe(`${stem}.csr`)
      // Once, however often the key was downloaded.
      expect(await sources(row)).toEqual(['chain.pem', `${stem}.csr`])
      expect(opensslRequest(request.text, '-text').accepted).toContain(
        'DNS:xn--bcher-kva.example, DNS:*.xn--bcher-kva.example',
      )
      const pin = opensslRequestPin(request.text).accepted
      expect(opensslKeyPin(key.text, PASSPHRASE).accepted).toBe(pin)
      expect(opensslKeyPin(key.text, `${PASSPHRASE}.`).problem).toContain('Could not read key')
      expect(await androidPins(page)).toEqual([pinByOpenssl(LEAF), pin])

      await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).toContain(pin)
      await page.reload()
      // The chain comes out of its storage, and later than the rest.
      await expect.poll(() => androidPins(page)).toEqual([pinByOpenssl(LEAF), pin])
      await openTab(page, 'Config')
      await row.getByRole('button', { name: `Remove ${stem}.csr` }).click()
      await expect.poll(() => androidPins(page)).toEqual([pinByOpenssl(LEAF)])
    },
    PATIENCE,
  )

  it.each(['p-384', 'rsa-2048'])(
    'of kind %s, for the names that were typed, opens with OpenSSL as well',
    async (kind) => {
      const page = await open(await serve())
      await openKit(page)
      const long = `${'a'.repeat(60)}.example.com`
      await dialogOf(page).getByLabel('Names in the request').fill(`${long}, *.${long}\nb.example.com`)
      await dialogOf(page).getByLabel('Kind of key').selectOption(kind)
      await makeKey(page, 'пароль от ключа')
      const [key, request] = [await downloadKey(page), await downloadRequest(page)]
      expect(opensslKeyPin(key.text, 'пароль от ключа').accepted).toBe(opensslRequestPin(request.text).accepted)
      expect(opensslRequest(request.text, '-text').accepted).toContain(`DNS:${long}, DNS:*.${long}, DNS:b.example.com`)
      expect(opensslRequest(request.text, '-subject').accepted).toBe('subject=CN = b.example.com\n')
    },
  )

  it(
    'is nowhere but in the file: not in storage, addresses or requests, before and after the dialog',
    async () => {
      const page = await open(await serve())
      const sent = sentBy(page)
      await openKit(page)
      await makeKey(page)
      const beforeDownload = await storedBy(page)
      const key = await downloadKey(page)
      const secrets = secretsOf(key.text)
      const pin = opensslKeyPin(key.text, PASSPHRASE).accepted ?? ''
      expect(found(beforeDownload, secrets)).toEqual([])
      await expect.poll(() => storedBy(page)).toContain(pin)
      expect(found(await storedBy(page), secrets)).toEqual([])
      expect(found(await page.content(), secrets)).toEqual([])

      await dialogOf(page).getByRole('button', { name: 'Done' }).click()
      await dialogOf(page).waitFor({ state: 'detached' })
      // The worker that made it has ended; one is left at most, which reads files.
      await expect.poll(() => page.workers().length).toBeLessThanOrEqual(1)
      expect(found(await storedBy(page), secrets)).toEqual([])
      expect(found(await page.content(), secrets)).toEqual([])
      await page.reload()
      await domainRow(page, 1)
        .getByText(/\.csr$/)
        .first()
        .waitFor()
      expect(found(await storedBy(page), secrets)).toEqual([])
      expect(sent()).toContain('/assets/')
      expect(found(sent(), secrets)).toEqual([])

      // Would it be seen? As bytes, as a text in a database, and in an address.
      const plain = run('openssl', ['pkey', '-passin', `pass:${PASSPHRASE}`, '-outform', 'der'], key.text).accepted
      await page.evaluate(
        (hex) => {
          localStorage.setItem('leak', btoa(`x${String.fromCharCode(...hex.map(Number))}`))
        },
        [...(plain ?? [])].map(String),
      )
      expect(found(await storedBy(page), secrets)).toEqual(['the private number', 'the plain file'])
      await page.evaluate(async (text) => {
        localStorage.removeItem('leak')
        await new Promise((resolve) => {
          const opening = indexedDB.open('leak')
          opening.addEventListener('upgradeneeded', () => {
            opening.result.createObjectStore('leak').put(
              Uint8Array.from(atob(text), (character) => character.charCodeAt(0)),
              'leak',
            )
          })
          opening.addEventListener('success', () => {
            opening.result.close()
            resolve(null)
          })
        })
      }, Buffer.from(PASSPHRASE).toString('base64'))
      expect(found(await storedBy(page), secrets)).toEqual(['the passphrase'])
      await page.evaluate((text) => fetch(`/?${encodeURIComponent(text)}`), PASSPHRASE)
      expect(found(sent(), secrets)).toEqual(['the passphrase'])
    },
    PATIENCE,
  )
})

describe('the kit', () => {
  it('warns before a key goes that was not downloaded, and adds no pin of it', async () => {
    const page = await open(await serve())
    await openKit(page)
    await makeKey(page)
    await downloadRequest(page)
    await page.keyboard.press('Escape')
    const warning = dialogOf(page).getByRole('alert')
    await warning.getByText('The key was not downloaded.').waitFor()
    await warning.getByText('Throw away the request as well').waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Download the key')
    await warning.getByRole('button', { name: 'Close without the key' }).click()
    await dialogOf(page).waitFor({ state: 'detached' })
    expect(
      await domainRow(page, 1)
        .getByText(/\.csr$/)
        .count(),
    ).toBe(0)
    expect(await domainRow(page, 1).getByText('No certificates yet').count()).toBe(1)

    await domainRow(page, 1).getByRole('button', { name: 'Make a backup key' }).click()
    await makeKey(page)
    await page.keyboard.press('Escape')
    await download(page, warning.getByRole('button', { name: 'Download the key' }))
    await dialogOf(page).getByRole('checkbox', { name: 'Pin as backup', checked: true }).waitFor()
    expect(await warning.count()).toBe(0)
    await page.keyboard.press('Escape')
    await dialogOf(page).waitFor({ state: 'detached' })
    await domainRow(page, 1).getByText('Ready: 1 key').waitFor()
  })

  it('warns before Back, Forward, a link and a reload take such a key away, and holds up nothing else', async () => {
    const page = await open(await serve())
    await openTab(page, 'FAQ')
    await openTab(page, 'Config')
    await openTab(page, 'Android')
    await page.goBack()
    await openKit(page)
    await makeKey(page)
    const warning = dialogOf(page).getByRole('alert')
    const hash = () => page.evaluate(() => window.location.hash)
    await page.goBack()
    await warning.getByText('The key was not downloaded.').waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Download the key')
    await page.goForward()
    await page.evaluate(() => {
      window.location.hash = 'results'
    })
    expect(await hash()).toBe('#config')

    page.removeAllListeners('dialog')
    const asked = page.waitForEvent('dialog')
    const reloading = page.evaluate(() => window.location.reload())
    const question = await asked
    expect(question.type()).toBe('beforeunload')
    await question.dismiss()
    await reloading
    await download(page, warning.getByRole('button', { name: 'Download the key' }))
    await dialogOf(page).getByRole('checkbox', { name: 'Pin as backup', checked: true }).waitFor()

    await page.goBack()
    await dialogOf(page).waitFor({ state: 'detached' })
    expect(await hash()).not.toBe('#config')
    // The request is stored a moment after it is pinned.
    await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).toContain('.csr')
    await page.reload()
    await openTab(page, 'Config')
    await domainRow(page, 1).getByText('Ready: 1 key').waitFor()
  })

  it('is left by Back as before while there is no key', async () => {
    const page = await open(await serve())
    await openTab(page, 'FAQ')
    await openTab(page, 'Config')
    await openKit(page)
    await page.goBack()
    await dialogOf(page).waitFor({ state: 'detached' })
    await page.getByRole('tab', { name: 'FAQ', selected: true }).waitFor()
    await page.goForward()
    await openKit(page)
    await makeKey(page)
    await page.goBack()
    await dialogOf(page).getByRole('button', { name: 'Close without the key' }).click()
    await dialogOf(page).waitFor({ state: 'detached' })
    await page.goBack()
    await page.getByRole('tab', { name: 'FAQ', selected: true }).waitFor()
  })

  it('says what is missing, at the field, and makes no key', async () => {
    const page = await open(await serve())
    await openKit(page)
    const dialog = dialogOf(page)
    const make = dialog.getByRole('button', { name: 'Make the key' })
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-invalid'))
    await make.click()
    await dialog.getByText('The passphrase needs at least 12 characters.').waitFor()
    expect(await focused()).toBe('true')
    await dialog.getByLabel('Passphrase', { exact: true }).fill('correct horse')
    await dialog.getByLabel('Passphrase again').fill('correct house')
    await make.click()
    await dialog.getByText('The two passphrases differ.').waitFor()
    await dialog.getByLabel('Passphrase again').fill('correct horse')
    await dialog.getByLabel('Names in the request').fill('a..b')
    await dialog.getByText('“a..b” cannot be a name in a request.').waitFor()
    await make.click()
    expect(await title(page).count()).toBe(0)
    await dialog.getByLabel('Names in the request').fill('')
    await dialog.getByText('Type at least one name').waitFor()
    await dialog.getByLabel('Names in the request').fill('b.example')
    await make.click()
    await title(page).waitFor()
    await downloadKey(page)
  })

  it('can be used with the keyboard alone, and cancelled while it works', async () => {
    const page = await open(await serve())
    await domainRow(page, 1).getByLabel('Domain', { exact: true }).fill('api.example.com')
    const button = domainRow(page, 1).getByRole('button', { name: 'Make a backup key' })
    await button.focus()
    const fillByKeyboard = async (kind: string) => {
      await page.keyboard.press('Enter')
      await dialogOf(page).getByLabel('Names in the request').focus()
      await page.keyboard.press('Tab')
      await page.keyboard.type(kind)
      await page.keyboard.press('Tab')
      await page.keyboard.type('correct horse battery')
      await page.keyboard.press('Tab')
      await page.keyboard.type('correct horse battery')
      await page.keyboard.press('Enter')
    }
    await fillByKeyboard('RSA, 4096')
    await dialogOf(page).getByRole('progressbar', { name: 'Making the key' }).waitFor()
    await page.keyboard.press('Escape')
    await dialogOf(page).waitFor({ state: 'detached' })
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true)
    await expect.poll(() => page.workers().length).toBe(0)

    await fillByKeyboard('Elliptic')
    await title(page).waitFor()
    expect(await title(page).evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press('Tab')
    const waiting = page.waitForEvent('download')
    await page.keyboard.press('Enter')
    expect((await waiting).suggestedFilename()).toMatch(/\.key$/)
    await dialogOf(page).getByRole('button', { name: 'Done' }).focus()
    await page.keyboard.press('Enter')
    await domainRow(page, 1).getByText('Ready: 1 key').waitFor()
  })

  it('prints a sheet in the place of the page, with all that its holder needs and no secret', async () => {
    const page = await open(await serve())
    await openKit(page)
    await makeKey(page)
    const key = await downloadKey(page)
    const request = await downloadRequest(page)
    await page.evaluate(() => {
      window.print = () => document.documentElement.setAttribute('data-printed', '')
    })
    await dialogOf(page).getByRole('button', { name: 'Print the sheet' }).click()
    expect(await page.locator('html[data-printed]').count()).toBe(1)
    expect(await page.getByRole('heading', { name: 'Backup key for' }).count()).toBe(0)
    await page.emulateMedia({ media: 'print' })
    const printed = await page.evaluate(() => document.body.innerText)
    expect(printed.trim().startsWith('Backup key for api.example.com')).toBe(true)
    const today = new Date().toISOString().slice(0, 10)
    const der = run('openssl', ['req', '-outform', 'der'], request.text).accepted ?? ''
    const fingerprint = run('openssl', ['dgst', '-sha256', '-r'], der).accepted?.toString().slice(0, 64) ?? ''
    for (const part of [
      key.name,
      request.name,
      opensslRequestPin(request.text).accepted ?? '?',
      'Elliptic curve P-256',
      'api.example.com, *.api.example.com',
      `openssl pkey -in ${key.name}`,
      'two places',
    ]) {
      expect(printed).toContain(part)
    }
    expect(printed).toContain(today)
    expect(printed.replaceAll(' ', '')).toContain(fingerprint)
    expect(printed).not.toContain(PASSPHRASE)
    expect(printed).not.toContain(key.text.split('\n')[1])
    // One page of A4 holds it.
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1')
    expect(/\/Type \/Pages[^>]*?\/Count (\d+)/s.exec(pdf)?.[1]).toBe('1')

    await page.emulateMedia({ media: 'screen' })
    await dialogOf(page).getByRole('button', { name: 'Done' }).click()
    await dialogOf(page).waitFor({ state: 'detached' })
    await page.emulateMedia({ media: 'print' })
    expect(await page.evaluate(() => document.body.innerText)).not.toContain('Backup key for')
  })

  it('opens from Results too', async () => {
    const page = await open(await serve())
    await fillRow(domainRow(page, 1), 'cloudflare.com', [file('chain.pem', CHAIN)])
    await openTab(page, 'Results')
    await page.getByText('No backup pin').first().waitFor()
    await page.getByRole('button', { name: 'Make a backup key' }).click()
    await makeKey(page)
    await downloadKey(page)
    await dialogOf(page).getByRole('button', { name: 'Done' }).click()
    await expect.poll(() => page.getByText('No backup pin').count()).toBe(0)
    await page.getByRole('checkbox', { name: /^Pin as backup: key of a certificate request/, checked: true }).waitFor()
  })

  it.each(['light', 'dark'] as const)(
    'is shown soundly in the %s theme',
    async (colorScheme) => {
      const page = await open(await serve(), { colorScheme })
      await openKit(page)
      await dialogOf(page).getByRole('button', { name: 'Make the key' }).click()
      await expectSound(page, 'the form with a fault')
      await makeKey(page)
      await page.keyboard.press('Escape')
      await dialogOf(page).getByRole('alert').waitFor()
      await expectSound(page, 'the warning')
      await downloadKey(page)
      await expectSound(page, 'a key that was downloaded')
      // Browsers print as in the light theme.
      await page.emulateMedia({ media: 'print', colorScheme: 'light' })
      await expectSound(page, 'the sheet')
    },
    PATIENCE,
  )

  it('tells how OpenSSL does it where a page served over plain http has no WebCrypto', async () => {
    const address = new URL(await serve({ PINSMITH_HOSTS: 'pinsmith.test' }))
    address.hostname = 'pinsmith.test'
    // Chromium ignores one header there, and says so.
    const page = await open(address.href, {}, [/Cross-Origin-Opener-Policy header has been ignored/])
    await openKit(page)
    const dialog = dialogOf(page)
    await dialog.getByText('Browsers make keys only on pages opened over https or at localhost.').waitFor()
    expect(await dialog.getByRole('button', { name: 'Make the key' }).count()).toBe(0)
    await dialog.getByLabel('Kind of key').selectOption('rsa-3072')
    await dialog.getByText('rsa_keygen_bits:3072').waitFor()
    await dialog.getByText('subjectAltName=DNS:api.example.com,DNS:*.api.example.com').waitFor()
    await dialog.getByRole('button', { name: 'Copy the command for the key' }).waitFor()
    await expectSound(page, 'the commands')
    await dialog.getByRole('button', { name: 'Close' }).click()
    await dialog.waitFor({ state: 'detached' })
  })
})

describe.skipIf(isMissing(firefox, openssl))('in Firefox', () => {
  useFirefox()

  it.each(['p-256', 'rsa-2048'])('a key of kind %s opens with OpenSSL as well', async (kind) => {
    const page = await openInFirefox(await serve())
    await page.locator('aria/Domain[role="textbox"]').fill('api.example.com')
    await page.locator('::-p-text(Make a backup key)').click()
    await (await page.waitForSelector('dialog select'))?.select(kind)
    for (const field of await page.$$('dialog [type=password]')) await field.type(PASSPHRASE)
    await page.locator('::-p-text(Make the key)').click()
    await page.locator('::-p-text(Your backup key)').wait()
    // The bytes of a download, on their way to the disk.
    await page.evaluate(() => {
      const original = URL.createObjectURL.bind(URL)
      URL.createObjectURL = (blob: Blob) => {
        void blob.text().then((text) => document.documentElement.setAttribute('data-download', text))
        return original(blob)
      }
    })
    await page.locator('dialog li button').click()
    const pin = await (
      await page.waitForSelector('dialog [type=checkbox]:checked')
    )?.evaluate((checkbox) => checkbox.closest('div')?.querySelector('code')?.textContent)
    const html = await page.waitForSelector('html[data-download]')
    const key = await html?.evaluate((element) => element.getAttribute('data-download') ?? '')
    expect(opensslKeyPin(key ?? '', PASSPHRASE).accepted).toBe(pin)
  })
})
