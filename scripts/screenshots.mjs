/**
 * `npm run screenshots`: pictures of the built page, of the samples, at a fixed time, so that they change only when the
 * page does. Build first: `npm run build`.
 *
 * Usage: screenshots.mjs               the few of the README, into docs/screenshots
 *        screenshots.mjs --all <folder> every tab, theme and width, with nothing, 1, 20 and 200 rows, to look at
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { pasteList, withBuiltPage } from './built-page.mjs'

/** @typedef {import('playwright-core').Page} Page */

const ROOT = join(import.meta.dirname, '..')
/** Its certificate is for `*.pinsmith.example` as well. */
const WILDCARD = join(ROOT, 'src/app/samples/certificates/pinsmith.example.pem')

const NOW = '2026-11-21T12:00:00Z'
const THEMES = /** @type {const} */ (['light', 'dark'])
const TABS = ['Config', 'Results', 'Android', 'iOS', 'FAQ']
const WIDTHS = [320, 768, 1440, 2560]
const ROW_COUNTS = [0, 1, 20, 200]

/** Chromium draws no higher picture. */
const GREATEST_HEIGHT = 16_000

const { values: options } = parseArgs({ options: { all: { type: 'string' } } })

await withBuiltPage(async (built) => {
  for (const theme of THEMES) {
    if (options.all) await takeAll(built, theme, resolve(options.all))
    else await takeForReadme(built, theme)
  }
})

/**
 * @typedef {{ address: string, browser: import('playwright-core').Browser }} Built
 *
 * @param {Built} built
 * @param {'light' | 'dark'} theme
 */
async function takeForReadme(built, theme) {
  const folder = join(ROOT, 'docs/screenshots')
  mkdirSync(folder, { recursive: true })
  for (const { tab, sample } of [
    { tab: 'Config', sample: 'A sound set' },
    { tab: 'Results', sample: 'A set that will break' },
    { tab: 'Android', sample: 'A sound set' },
    { tab: 'iOS', sample: 'A sound set' },
  ]) {
    await withPage(built, theme, async (page) => {
      await page.setViewportSize({ width: 1280, height: 640 })
      await loadSample(page, sample)
      await openTab(page, tab)
      await page.screenshot({ path: join(folder, `${tab.toLowerCase()}-${theme}.png`), animations: 'disabled' })
    })
  }
}

/**
 * @param {Built} built
 * @param {'light' | 'dark'} theme
 * @param {string} folder
 */
async function takeAll(built, theme, folder) {
  mkdirSync(folder, { recursive: true })
  for (const rows of ROW_COUNTS) {
    await withPage(built, theme, async (page) => {
      await fillRows(page, rows)
      for (const tab of TABS) {
        await openTab(page, tab)
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 900 })
          const height = await page.evaluate(() => document.documentElement.scrollHeight)
          await page.screenshot({
            path: join(folder, `${tab.toLowerCase()}-${rows}-rows-${width}-${theme}.png`),
            animations: 'disabled',
            fullPage: true,
            clip: { x: 0, y: 0, width, height: Math.min(height, GREATEST_HEIGHT) },
          })
        }
      }
      console.log(`${theme}, ${rows} rows: ${TABS.length * WIDTHS.length} pictures`)
    })
  }
}

/**
 * @param {Built} built
 * @param {'light' | 'dark'} colorScheme
 * @param {(page: Page) => Promise<void>} use
 */
async function withPage({ address, browser }, colorScheme, use) {
  const context = await browser.newContext({
    colorScheme,
    reducedMotion: 'reduce',
    viewport: { width: 1440, height: 900 },
  })
  try {
    const page = await context.newPage()
    await page.clock.setFixedTime(NOW)
    await page.goto(address)
    await page.getByLabel('Domain', { exact: true }).waitFor()
    await use(page)
  } finally {
    await context.close()
  }
}

/**
 * Rows with certificates, and every tenth without.
 *
 * @param {Page} page
 * @param {number} count
 */
async function fillRows(page, count) {
  if (count === 0) return
  if (count === 1) {
    await loadSample(page, 'A private root')
    return
  }
  await loadSample(page, 'A sound set')
  await pasteList(
    page,
    Array.from({ length: count - 2 }, (_, index) => `service-${index + 1}.pinsmith.example`),
  )
  await page.getByRole('button', { name: 'Unfold all' }).click()
  await page
    .getByLabel('Certificate files')
    .nth(count - 1)
    .waitFor()
  // In the page, since two hundred choices from outside take minutes.
  await page.evaluate(
    (pem) => {
      const inputs = [...document.querySelectorAll('input')].filter(({ type }) => type === 'file')
      for (const [row, input] of inputs.entries()) {
        if (row < 2 || row % 10 === 0) continue
        const chosen = new DataTransfer()
        chosen.items.add(new File([pem], 'wildcard.pem'))
        input.files = chosen.files
        input.dispatchEvent(new Event('change', { bubbles: true }))
      }
    },
    readFileSync(WILDCARD, 'utf8'),
  )
  await page.getByText('Reading…').first().waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Fold all', exact: true }).click()
  await dismiss(page)
}

/**
 * @param {Page} page
 * @param {string} sample the words on its button
 */
async function loadSample(page, sample) {
  await page.getByRole('button', { name: sample }).click()
  await page
    .getByText(/^Ready: /)
    .first()
    .waitFor()
  await page.getByText('Reading…').first().waitFor({ state: 'detached' })
  await dismiss(page)
}

/**
 * The bar that offers to undo.
 *
 * @param {Page} page
 */
async function dismiss(page) {
  const button = page.getByRole('button', { name: 'Dismiss' })
  if (await button.isVisible()) await button.click()
}

/**
 * @param {Page} page
 * @param {string} name
 */
async function openTab(page, name) {
  await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click()
  const panel = page.getByRole('tabpanel', { name: new RegExp(`^${name}`) })
  await panel.waitFor()
  await panel.getByText('Loading…').waitFor({ state: 'detached' })
  await page.evaluate(() => {
    scrollTo(0, 0)
    // A focus ring is drawn around what the script has clicked.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  })
}
