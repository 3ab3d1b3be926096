import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { domainRow, file, fillRow, open, openTab, useBrowser } from './support/browser.ts'
import { fixture } from './support/pem.ts'
import { serve } from './support/server.ts'

useBrowser()

const TABS = ['Config', 'Results', 'Android', 'iOS', 'FAQ'] as const

/** What axe finds, as `rule: element`, without what it calls minor or moderate. */
async function seriousViolations(page: Page): Promise<string[]> {
  // Through the debugger, since the page's own policy rightly refuses an injected script.
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: () => Promise<axe.AxeResults> } }).axe.run(),
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
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

describe.each(['light', 'dark'] as const)('in the %s theme, axe finds nothing serious', (colorScheme) => {
  it('on the empty page', async () => {
    const page = await open(await serve(), { colorScheme })
    for (const tab of TABS) {
      await openTab(page, tab)
      expect({ tab, violations: await seriousViolations(page) }).toEqual({ tab, violations: [] })
    }
  })

  it.each([1440, 320])('on any tab of a full page, %i px wide', async (width) => {
    const page = await open(await serve(), { colorScheme, viewport: { width, height: 900 } })
    await fillPage(page)
    for (const tab of TABS) {
      await openTab(page, tab)
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect({ tab, overflow, violations: await seriousViolations(page) }).toEqual({ tab, overflow: 0, violations: [] })
    }
  })
})
