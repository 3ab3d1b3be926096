import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectSound } from './support/axe.ts'
import { domainRow, file, fillRow, open, openTab, useBrowser } from './support/browser.ts'
import { fixture } from './support/pem.ts'
import { serve } from './support/server.ts'

useBrowser()

const CHAIN = fixture('chains--cloudflare.com-2026-05-12-dd599564.pem')

const OKHTTP_LOG = `javax.net.ssl.SSLPeerUnverifiedException: Certificate pinning failure!
  Peer certificate chain:
    sha256/J2Rs/XhqmFqx7ihj0wVdUwVKMp9txlbWZCUK6zdaylg=: CN=<img src=x onerror=alert(1)>
    sha256/C5+lpZ7tcVwmwQIMcRtPbsQtWLABXhQzejna0wHFr8M=: CN=ISRG Root X1
  Pinned certificates for ecc384.badssl.com:
    sha256/NYbU7PBwV4y9J67c4guWTki8FJ+uudrXL0a4V4aRcrg=
    sha256/jQJTbIh0grw0/1TkHSumWb+Fs0Ggogr621gT3PvPKG0=`

const LOG = 'Error message or log lines'
const SEARCH = 'Search questions, error messages and words'

const goTo = (page: Page, hash: string) =>
  page.evaluate((target) => {
    window.location.hash = target
  }, hash)

const focusedId = (page: Page) => page.evaluate(() => document.activeElement?.closest('[id]')?.id ?? '')

describe('the address', () => {
  it('leads to an answer, an error message, a word and each part, and back again', async () => {
    const page = await open(`${await serve()}#faq/error-okhttp-pin`)
    await page.locator('#faq-error-okhttp-pin[open]').waitFor()
    await goTo(page, 'faq/term-spki')
    await expect.poll(() => focusedId(page)).toBe('faq-term-spki')
    expect(await page.locator('#faq-term-spki').isVisible()).toBe(true)
    await goTo(page, 'faq/frameworks')
    await page.locator('#faq-frameworks[open]').waitFor()
    await goTo(page, 'faq/errors')
    await expect.poll(() => focusedId(page)).toBe('faq-group-errors')
    await goTo(page, 'faq/pins-broke')
    await page.getByRole('heading', { name: 'The pins already broke: what to do' }).waitFor()
    await page.goBack()
    await page.getByLabel(LOG).waitFor()
    await page.goBack()
    await page.locator('#faq-frameworks[open]').waitFor()
  })
})

describe('the search', () => {
  it('finds questions, error messages and words, and says how many', async () => {
    const page = await open(`${await serve()}#faq`)
    await page.getByLabel(LOG).waitFor()
    await page.getByLabel(SEARCH).fill('subjectAltNames')
    await page.getByText('0 questions and 1 error message match').waitFor()
    expect(await page.locator('#faq-error-okhttp-hostname').isVisible()).toBe(true)
    await page.getByLabel(SEARCH).fill('receipt proof')
    expect(await page.locator('#faq-term-sct').isVisible()).toBe(true)
    await page.getByLabel(SEARCH).fill('nothing has these words')
    await page.getByRole('button', { name: 'Clear the search' }).click()
    expect(await page.getByLabel(LOG).isVisible()).toBe(true)
  })
})

describe('an error message', () => {
  it('is pasted by keyboard and explained, and what is not known says what to look for', async () => {
    const page = await open(`${await serve()}#faq/errors`)
    await page.getByLabel(LOG).waitFor()
    await expect.poll(() => focusedId(page)).toBe('faq-group-errors')
    await page.keyboard.press('Tab')
    await page.keyboard.insertText('Caused by: java.security.cert.CertificateException: Pin verification failed')
    await page.getByText('1 known message is in this text.').waitFor()
    await page.getByRole('listitem').getByRole('link', { name: 'More in the FAQ' }).first().waitFor()
    await page.getByLabel(LOG).fill('java.lang.NullPointerException')
    await page.getByText('That does not mean that nothing is wrong.').waitFor()
  })

  it('in a log of a megabyte is found after a moment, and what was not read is told', async () => {
    const page = await open(`${await serve()}#faq/errors`, { permissions: ['clipboard-read', 'clipboard-write'] })
    const log = page.getByLabel(LOG)
    await log.fill('<b>before</b> ')
    const lines = `${OKHTTP_LOG}\n`.repeat(25_000).slice(0, 1_000_000)
    await page.evaluate((text) => navigator.clipboard.writeText(text), lines)
    await log.focus()
    await page.keyboard.press('End')
    const started = Date.now()
    await page.keyboard.press('Control+v')
    await page.getByText('It is too long, and was read up to 200,000 characters.').waitFor()
    expect(Date.now() - started).toBeLessThan(15_000)
    expect(await log.inputValue()).toBe(`<b>before</b> ${lines}`.slice(0, 200_000))
    expect(await page.getByRole('list', { name: 'Presented keys' }).locator('img').count()).toBe(0)
    await log.fill('Pin verification failed')
    await page.getByText('1 known message is in this text.', { exact: true }).waitFor()
  })

  it('of OkHttp lists both sides, and its pins go to Config as what shipped', async () => {
    const page = await open(`${await serve()}#faq/errors`)
    await page.getByLabel(LOG).fill(OKHTTP_LOG)
    const presented = page.getByRole('list', { name: 'Presented keys' })
    expect(await presented.innerText()).toContain('CN=<img src=x onerror=alert(1)>')
    expect(await presented.innerText()).toContain('a root of Let’s Encrypt')
    await page.getByRole('button', { name: 'Add ecc384.badssl.com with these 2 pins to Config' }).click()
    await page.getByRole('link', { name: 'the checklist' }).click()
    await page.getByText('find out what').first().waitFor()
    await openTab(page, 'Config')
    const row = domainRow(page, 1)
    expect(await row.getByLabel('Domain', { exact: true }).inputValue()).toBe('ecc384.badssl.com')
    await expect.poll(() => row.getByRole('list', { name: 'Typed pins' }).getByRole('listitem').count()).toBe(2)
  })
})

describe('the checklist', () => {
  it('works without rows, and with them names what can be served', async () => {
    const page = await open(`${await serve()}#faq/pins-broke`)
    await page.getByText('Put the old key back').waitFor()
    await openTab(page, 'Config')
    await fillRow(domainRow(page, 1), 'cloudflare.com', [file('chain.pem', CHAIN)])
    await domainRow(page, 1).getByLabel('Pin root certificate').check()
    await openTab(page, 'Results')
    await page.getByRole('link', { name: 'Apps no longer connect?' }).click()
    await page.getByText('a chain that runs through').first().waitFor()
    const boxes = page.getByRole('checkbox')
    await boxes.first().focus()
    await page.keyboard.press('Space')
    expect(await boxes.first().isChecked()).toBe(true)
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false)
    expect(await page.getByRole('heading', { name: '2. Serve a key or a chain that is pinned' }).isVisible()).toBe(true)
  })

  it('is copied as Markdown, ticked as on the page', async () => {
    const page = await open(`${await serve()}#faq/pins-broke`)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('checkbox').first().check()
    await page.getByRole('button', { name: 'Copy the checklist as Markdown' }).click()
    await page.getByRole('button', { name: 'Copied the checklist as Markdown' }).waitFor()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(copied).toMatch(/^# The pins already broke: what to do\n\n## 1\. .+\n\n.+\n\n- \[x\] Note since when/)
  })
})

/** The page has much text, and axe reads all of it at every width. */
const LONG_READ = 120_000

describe.each(['light', 'dark'] as const)('in the %s theme, axe finds nothing', (colorScheme) => {
  it(
    'on answers, errors and words',
    async () => {
      const page = await open(`${await serve()}#faq/protection-compared`, { colorScheme })
      await page.getByLabel(LOG).fill(OKHTTP_LOG)
      await page.getByRole('list', { name: 'Presented keys' }).waitFor()
      for (const place of ['attacks', 'frameworks', 'error-messages', 'term-pin']) {
        await goTo(page, `faq/${place}`)
        await expect.poll(() => focusedId(page)).toBe(`faq-${place}`)
      }
      await expectSound(page, 'the questions')
    },
    LONG_READ,
  )

  it('on the checklist', async () => {
    const page = await open(await serve(), { colorScheme })
    await fillRow(domainRow(page, 1), 'cloudflare.com', [file('chain.pem', CHAIN)])
    await goTo(page, 'faq/pins-broke')
    await page.getByText('Compare with this project').waitFor()
    await expectSound(page, 'the checklist')
  })
})
