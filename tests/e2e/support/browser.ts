import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

let browser: Browser | null = null

/** One browser for the tests of a file. Call it at the top of the file. */
export function useBrowser(...flags: readonly string[]) {
  beforeAll(async () => {
    const executablePath = process.env['PINSMITH_CHROMIUM'] ?? ''
    browser = await chromium.launch({ executablePath, args: [...FLAGS, ...flags] })
  })
  afterAll(async () => {
    await browser?.close()
    browser = null
  })
}

/**
 * Opens an address in a fresh profile. At the end of the test nothing may have gone wrong in the page: no error, no
 * violation of the Content-Security-Policy, and no request to any other origin.
 *
 * @param expectedErrors console messages that the test provokes
 */
export async function open(
  address: string,
  options: BrowserContextOptions = {},
  expectedErrors: readonly RegExp[] = [],
): Promise<Page> {
  if (!browser) throw new Error('useBrowser() is missing')
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const problems: string[] = []
  const { origin } = new URL(address)
  context.on('request', (request) => {
    const url = new URL(request.url())
    if (url.origin !== origin && url.protocol !== 'data:' && url.protocol !== 'blob:') {
      problems.push(`request to ${url.origin}`)
    }
  })
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    const isExpected = expectedErrors.some((expected) => expected.test(message.text()))
    if (message.type() === 'error' && !isExpected) problems.push(message.text())
  })
  onTestFinished(async () => {
    await context.close()
    expect(problems).toEqual([])
  })
  await page.goto(address)
  return page
}

export function domainRow(page: Page, number: number): Locator {
  return page.getByRole('group', { name: new RegExp(`^Domain ${number}\\b`) })
}

export async function openTab(page: Page, name: 'Config' | 'Results' | 'Android' | 'iOS' | 'FAQ') {
  await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click()
  const panel = page.getByRole('tabpanel', { name: new RegExp(`^${name}`) })
  await panel.waitFor()
  await panel.getByText('Loading…').waitFor({ state: 'detached' })
}

/** A chosen or dropped file. */
export function file(name: string, content: string | Uint8Array) {
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) }
}

/** Fills a row by its accessible names, as a user does, and waits until its files are read. */
export async function fillRow(row: Locator, host: string, files: readonly ReturnType<typeof file>[]) {
  await row.getByLabel('Domain', { exact: true }).fill(host)
  await row.getByLabel('Certificate files').setInputFiles([...files])
  await row.getByText(/^Ready: /).waitFor()
}

/** The text of a snippet as the page shows it. */
export function shownText(page: Page, title: string): Promise<string> {
  return page.getByRole('region', { name: `${title}, text` }).innerText()
}
