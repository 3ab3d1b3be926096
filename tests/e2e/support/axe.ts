import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

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
export async function expectSound(page: Page, what: string) {
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
