import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { domainRow, file, fillRow, open, openTab, useBrowser } from './support/browser.ts'
import { fixture } from './support/pem.ts'
import { serve } from './support/server.ts'

useBrowser()

const TABS = ['Config', 'Results', 'Android', 'iOS', 'FAQ'] as const

const WIDTHS = [320, 768, 1440, 2560]

/** What axe finds, of any level, as `rule: element`. */
async function violationsOf(page: Page): Promise<string[]> {
  // Through the debugger, since the page's own policy rightly refuses an injected script.
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: () => Promise<axe.AxeResults> } }).axe.run(),
  )
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

/** At every width: nothing that axe finds, and nothing that has to be scrolled sideways. */
async function expectSound(page: Page, what: string) {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 })
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect({ what, width, overflow, violations: await violationsOf(page) }).toEqual({
      what,
      width,
      overflow: 0,
      violations: [],
    })
  }
}

/** Every kind of thing that can be on screen: rows that are ready, refused and failed, all findings, undo. */
async function fillPage(page: Page) {
  await fillRow(domainRow(page, 1), 'https://Cloudflare.com', [
    file('chain.pem', fixture('chains--cloudflare.com-2026-05-12-dd599564.pem')),
  ])
  await domainRow(page, 1).getByLabel('Pin root certificate').check()
  for (const host of ['co.uk', 'wrong.example', 'erased.example']) {
    await page.getByRole('button', { name: 'Add another domain' }).click()
    await page.getByLabel('Domain', { exact: true }).last().fill(host)
  }
  await fillRow(domainRow(page, 3), 'wrong.example', [
    file('self-signed.pem', fixture('badssl--self-signed.pem')),
    file('bundle.p7b', fixture('pkcs7--isrg.pem')),
  ])
  await domainRow(page, 2).getByText('is a public suffix').waitFor()
  await domainRow(page, 4).getByRole('button', { name: 'Erase' }).click()
  await page.getByRole('button', { name: 'Undo' }).waitFor()
}

describe.each(['light', 'dark'] as const)('in the %s theme, axe finds nothing', (colorScheme) => {
  it('on the empty page', async () => {
    const page = await open(await serve(), { colorScheme })
    for (const tab of TABS) {
      await openTab(page, tab)
      await expectSound(page, tab)
    }
  })

  it('on a full page', async () => {
    const page = await open(await serve(), { colorScheme })
    await fillPage(page)
    for (const tab of TABS) {
      await openTab(page, tab)
      await expectSound(page, tab)
    }
  })

  it('on folded rows', async () => {
    const page = await open(await serve(), { colorScheme })
    await fillPage(page)
    for (const host of ['fourth.example', 'fifth.example', 'sixth.example']) {
      await page.getByRole('button', { name: 'Add another domain' }).click()
      await page.getByLabel('Domain', { exact: true }).last().fill(host)
    }
    await page.getByRole('button', { name: 'Fold all', exact: true }).click()
    await expectSound(page, 'Config')
    await openTab(page, 'Results')
    await page.getByRole('button', { name: 'Fold all', exact: true }).click()
    await expectSound(page, 'Results')
  })
})
