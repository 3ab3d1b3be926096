import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { domainRow, file, fillRow, open, openTab, useBrowser } from './support/browser.ts'
import { fixture, splitPem } from './support/pem.ts'
import { serve } from './support/server.ts'

useBrowser()

const CHAIN = fixture('chains--cloudflare.com-2026-05-12-dd599564.pem')
const [LEAF = ''] = splitPem(CHAIN)

/** Follows a link with the keyboard. */
async function follow(page: Page, link: ReturnType<Page['getByRole']>) {
  await link.focus()
  await page.keyboard.press('Enter')
}

/** What has the keyboard, and whether it begins in sight and below the header. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement, body } = document
    if (!activeElement || activeElement === body) return 'nothing'
    const role = activeElement.getAttribute('role') ?? activeElement.tagName.toLowerCase()
    const { top, height } = activeElement.getBoundingClientRect()
    const header = document.querySelector('header')?.getBoundingClientRect().bottom ?? 0
    const isCovered = role !== 'tabpanel' && (top < header || top + Math.min(height, 20) > window.innerHeight)
    return isCovered ? `${role}, covered` : role
  })

describe('a link', () => {
  it('to another tab begins at its top, with the keyboard there', async () => {
    const page = await open(await serve())
    await fillRow(domainRow(page, 1), 'cloudflare.com', [file('chain.pem', CHAIN)])
    await openTab(page, 'Results')
    const incident = page.getByRole('link', { name: 'Apps no longer connect?' })
    await incident.scrollIntoViewIfNeeded()
    expect(await page.evaluate(() => window.scrollY)).toBeGreaterThan(0)
    await follow(page, incident)
    await page.getByRole('heading', { name: 'The pins already broke: what to do' }).waitFor()
    await expect.poll(() => focused(page)).toBe('tabpanel')
    expect(await page.evaluate(() => window.scrollY)).toBe(0)
    await follow(page, page.getByRole('link', { name: 'All questions and answers' }))
    await page.getByLabel('Search questions, error messages and words').waitFor()
    await expect.poll(() => focused(page)).toBe('tabpanel')
    await follow(page, page.getByRole('link', { name: 'The pins already broke: a checklist' }))
    await expect.poll(() => focused(page)).toBe('tabpanel')
    await page.goBack()
    await page.goBack()
    await page.goBack()
    await page.getByRole('tab', { name: /^Results/, selected: true }).waitFor()
    await expect.poll(() => focused(page)).toBe('tabpanel')
  })

  it('to an answer, an error message or a word shows it below the header, with the keyboard on it', async () => {
    const page = await open(await serve(), { viewport: { width: 1280, height: 700 } })
    await fillRow(domainRow(page, 1), 'cloudflare.com', [file('leaf.pem', LEAF)])
    await openTab(page, 'Results')
    await follow(page, page.getByRole('link', { name: 'More in the FAQ' }).first())
    await page.locator('details[id^="faq-"][open]').waitFor()
    await expect.poll(() => focused(page)).toBe('summary')
    for (const [hash, role] of [
      ['error-okhttp-pin', 'summary'],
      ['term-spki', 'div'],
      ['glossary', 'summary'],
      ['errors', 'h2'],
    ]) {
      await page.evaluate((target) => {
        window.location.hash = `faq/${target}`
      }, hash)
      await expect.poll(() => focused(page)).toBe(role)
    }
  })

  it('to an output, in the table of what an app uses, leads to that output', async () => {
    const page = await open(await serve())
    await fillRow(domainRow(page, 1), 'cloudflare.com', [file('chain.pem', CHAIN)])
    await openTab(page, 'Android')
    await page.getByText('What does your app use?').click()
    await page.getByLabel('OkHttp or Retrofit').check()
    await follow(page, page.getByRole('link', { name: /^OkHttp/ }).first())
    await expect.poll(() => focused(page)).toBe('h3')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('OkHttp')
    const menu = page.getByLabel('Output', { exact: true })
    await menu.focus()
    await menu.selectOption({ index: 0 })
    await expect.poll(() => focused(page)).toBe('select')
  })
})

describe('a button that goes with what it does', () => {
  it('leaves the keyboard in the tab', async () => {
    const page = await open(await serve())
    await page.locator('input[type="file"][hidden]').setInputFiles([file('chain.pem', CHAIN)])
    const dismiss = page.getByRole('button', { name: /^Dismiss what became/ })
    await dismiss.focus()
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe('tabpanel')
    await page.getByRole('button', { name: 'Undo' }).focus()
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe('tabpanel')
  })
})

describe('many files at once', () => {
  const files = Array.from({ length: 200 }, (_, index) => file(`${index}.pem`, `${CHAIN}\n${index}`))

  it('say how many were read, let the page work, and can be cancelled', async () => {
    const page = await open(await serve())
    await page.getByLabel('Certificate files').waitFor()
    await page.locator('input[type="file"][hidden]').setInputFiles(files)
    const progress = page.getByRole('progressbar', { name: 'Files that were read' })
    await expect.poll(() => progress.getAttribute('value')).toMatch(/^[1-9]/)
    expect(await progress.getAttribute('max')).toBe('200')
    await page.getByRole('button', { name: 'Cancel reading the dropped files' }).click()
    await progress.waitFor({ state: 'detached' })
    await domainRow(page, 1).getByText('No certificates yet').waitFor()

    await page.getByLabel('Certificate files').setInputFiles(files)
    await domainRow(page, 1)
      .getByText(/^Reading… \d+ of 200$/)
      .waitFor()
    await domainRow(page, 1).getByLabel('Domain', { exact: true }).fill('cloudflare.com')
    await domainRow(page, 1).getByRole('button', { name: 'Cancel all' }).click()
    await page.getByText('Reading…').waitFor({ state: 'detached' })
    expect(
      await domainRow(page, 1)
        .getByRole('button', { name: /^Cancel/ })
        .count(),
    ).toBe(0)
    expect(await domainRow(page, 1).getByLabel('Domain', { exact: true }).inputValue()).toBe('cloudflare.com')
  })
})
