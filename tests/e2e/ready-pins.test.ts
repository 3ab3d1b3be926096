import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import { domainRow, file, fillRow, open, openTab, shownText, useBrowser } from './support/browser.ts'
import { fixture, pinByOpenssl, splitPem } from './support/pem.ts'
import { serve } from './support/server.ts'

useBrowser()

const CHAIN = fixture('chains--cloudflare.com-2026-05-12-dd599564.pem')
const [LEAF = '', INTERMEDIATE = ''] = splitPem(CHAIN)
const LEAF_FINGERPRINT = 'dd5995641dbd592129db326df082e400d8627add8b8c7db48193139391edf61c'
const ISRG_ROOT_X1 = 'C5+lpZ7tcVwmwQIMcRtPbsQtWLABXhQzejna0wHFr8M='
const STRANGER = createHash('sha256').update('a key that nobody here knows').digest('base64')
const REQUEST_PIN = 'bP2O1PC4oGiAawCTjizoCS8au9wifCxDsz7IBydo2ek='

const androidPins = async (page: Page) => {
  await openTab(page, 'Android')
  const xml = await shownText(page, 'Network security configuration')
  return [...xml.matchAll(/<pin digest="SHA-256">(.*?)<\/pin>/g)].map(([, pin]) => pin)
}

const iosPins = async (page: Page) => {
  await openTab(page, 'iOS')
  const plist = await shownText(page, 'NSAppTransportSecurity part of Info.plist')
  return [...plist.matchAll(/<string>([\w+/]{43}=)<\/string>/g)].map(([, pin]) => pin)
}

async function openPinDialog(page: Page, row: Locator, text: string) {
  await row.getByRole('button', { name: 'Add ready pins' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add ready pins' })
  await dialog.getByLabel('Pins as text').fill(text)
  return dialog
}

describe('ready pins', () => {
  it('in a log of a megabyte are found after a moment, and what was not read is told', async () => {
    const page = await open(await serve(), { permissions: ['clipboard-read', 'clipboard-write'] })
    const dialog = await openPinDialog(page, domainRow(page, 1), 'before ')
    const lines = `sha256/${STRANGER}\nGET /\n`.repeat(20_000).slice(0, 1_000_000)
    await page.evaluate((text) => navigator.clipboard.writeText(text), lines)
    const field = dialog.getByLabel('Pins as text')
    await field.focus()
    await page.keyboard.press('End')
    const started = Date.now()
    await page.keyboard.press('Control+v')
    await dialog.getByText('1 pin will be added; the text is too long, and its end was not read.').waitFor()
    expect(Date.now() - started).toBeLessThan(15_000)
    expect(await field.inputValue()).toBe(`before ${lines}`.slice(0, 200_001))
  })

  it('are judged before they are added, and stand in both outputs where they belong', async () => {
    const page = await open(await serve())
    const row = domainRow(page, 1)
    await fillRow(row, 'cloudflare.com', [file('chain.pem', CHAIN)])
    const hex = Buffer.from(ISRG_ROOT_X1, 'base64').toString('hex')
    const dialog = await openPinDialog(
      page,
      row,
      [
        `sha256//${STRANGER}`,
        hex.match(/../g)?.join(':'),
        '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
        'sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
        'sha1/VGhpcyBpcyBub3QgYSBrZXkh',
        LEAF_FINGERPRINT,
      ].join('\n'),
    )
    await dialog.getByText('2 pins will be added').waitFor()
    await dialog.getByText('The key of the root ISRG Root X1.').waitFor()
    await dialog.getByText('SHA-256 of no bytes at all').waitFor()
    await dialog.getByText('This is a placeholder').waitFor()
    await dialog.getByText('the fingerprint of the certificate cloudflare.com').waitFor()
    // What was meant is offered, never added unasked.
    const meant = dialog.getByRole('checkbox', { name: `Add ${pinByOpenssl(LEAF)}` })
    expect(await meant.isChecked()).toBe(false)
    await dialog.getByRole('button', { name: 'Add 2 pins' }).click()
    await row.getByText('Ready: 2 certificates, 2 typed pins').waitFor()

    expect(await androidPins(page)).toEqual([pinByOpenssl(LEAF), ISRG_ROOT_X1, STRANGER])
    // The CA list alone is the default; nobody said whose key the stranger is.
    expect(await iosPins(page)).toEqual([ISRG_ROOT_X1])
    await page.getByRole('heading', { name: 'A typed pin is left out for cloudflare.com on iOS' }).waitFor()

    await openTab(page, 'Config')
    await row.getByLabel(`Whose key is ${STRANGER}`).selectOption('ca')
    expect(await iosPins(page)).toEqual([ISRG_ROOT_X1, STRANGER].toSorted())
    await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).toContain(STRANGER)
    await page.reload()
    await openTab(page, 'Config')
    await row.getByText('Ready: 2 certificates, 2 typed pins').waitFor()
    expect(await iosPins(page)).toEqual([ISRG_ROOT_X1, STRANGER].toSorted())
    await openTab(page, 'Config')
    await row.getByRole('button', { name: `Remove the typed pin ${STRANGER}` }).click()
    expect(await androidPins(page)).toEqual([pinByOpenssl(LEAF), ISRG_ROOT_X1])
  })

  it('are taken from OkHttp’s log, where the user says which', async () => {
    const page = await open(await serve())
    const row = domainRow(page, 1)
    await row.getByLabel('Domain', { exact: true }).fill('cloudflare.com')
    const dialog = await openPinDialog(
      page,
      row,
      `javax.net.ssl.SSLPeerUnverifiedException: Certificate pinning failure!
  Peer certificate chain:
    sha256/${pinByOpenssl(LEAF)}: CN=cloudflare.com
    sha256/${pinByOpenssl(INTERMEDIATE)}: CN=WE1,O=Google Trust Services,C=US
  Pinned certificates for cloudflare.com:
    sha256/${STRANGER}
	at okhttp3.CertificatePinner.check(CertificatePinner.kt:199)`,
    )
    await dialog.getByText('The server presented it: CN=cloudflare.com.').waitFor()
    await dialog.getByText('The app that wrote this log pinned it for cloudflare.com.').waitFor()
    expect(await dialog.getByRole('button', { name: 'Add pins' }).isDisabled()).toBe(true)
    await dialog.getByRole('checkbox', { name: `Add ${pinByOpenssl(INTERMEDIATE)}` }).check()
    expect(await dialog.getByLabel(`Whose key is ${pinByOpenssl(INTERMEDIATE)}`).inputValue()).toBe('ca')
    await dialog.getByRole('button', { name: 'Add 1 pin' }).click()
    expect(await iosPins(page)).toEqual([pinByOpenssl(INTERMEDIATE)])
  })

  it('can be added with the keyboard alone', async () => {
    const page = await open(await serve())
    const row = domainRow(page, 1)
    await row.getByLabel('Domain', { exact: true }).fill('cloudflare.com')
    await row.getByRole('button', { name: 'Add ready pins' }).focus()
    await page.keyboard.press('Enter')
    await page.getByLabel('Pins as text').waitFor()
    await page.keyboard.insertText(STRANGER)
    await page.getByText('1 pin will be added').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await page.getByText('0 pins will be added').waitFor()
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await row.getByText('Ready: 1 typed pin').waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Add ready pins')
    expect(await row.getByLabel(`Whose key is ${STRANGER}`).inputValue()).toBe('leaf')
  })
})

describe('a backup key', () => {
  it('of a request is pinned when its box is ticked, and after a reload', async () => {
    const page = await open(await serve())
    const row = domainRow(page, 1)
    await fillRow(row, 'cloudflare.com', [file('chain.pem', CHAIN), file('b.csr', fixture('csr--rsa-sha256.pem'))])
    const box = row.getByRole('checkbox', { name: /^Pin as backup: key of a certificate request, CN=cryptography\.io/ })
    expect(await androidPins(page)).toEqual([pinByOpenssl(LEAF)])
    await page.getByRole('tab', { name: /^Results/ }).click()
    await page.getByText('No backup pin').first().waitFor()
    await openTab(page, 'Config')
    await box.check()
    expect(await androidPins(page)).toEqual([pinByOpenssl(LEAF), REQUEST_PIN])
    await openTab(page, 'Results')
    await expect.poll(() => page.getByText('No backup pin').count()).toBe(0)
    await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).toContain(REQUEST_PIN)
    await page.reload()
    expect(await androidPins(page)).toEqual([pinByOpenssl(LEAF), REQUEST_PIN])
  })

  it('of a private key is its public half, and the key is nowhere afterwards', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const keyInfo = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
    const pin = createHash('sha256').update(keyInfo).digest('base64')
    const page = await open(await serve())
    const row = domainRow(page, 1)
    await row.getByLabel('Domain', { exact: true }).fill('cloudflare.com')
    await row.getByLabel('Certificate files').setInputFiles([file('server.key', pem)])
    await row.getByRole('button', { name: 'Use its public half as backup pin' }).click()
    expect(await androidPins(page)).toEqual([pin])
    await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).toContain(pin)
    const secret = Buffer.from(String(privateKey.export({ format: 'jwk' }).d), 'base64url')
    const stored = await page.evaluate(() =>
      JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
    )
    for (const written of [secret.toString('base64'), secret.toString('hex'), pem.split('\n')[1] ?? '']) {
      expect(stored).not.toContain(written)
      expect(await page.content()).not.toContain(written)
    }
  })
})
