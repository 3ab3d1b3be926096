import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { childElements, parseStrictXml } from '../oracles/strict-xml.ts'
import { issueCertificate } from '../support/issue-chain.ts'
import { icalendar, icalendarRead, isMissing } from '../support/tools.ts'
import { expectSound } from './support/axe.ts'
import { domainRow, file, fillRow, open, openTab, useBrowser } from './support/browser.ts'
import { fixture } from './support/pem.ts'
import { serve } from './support/server.ts'

useBrowser()

const DAY = 86_400_000
const CLOUDFLARE = fixture('chains--cloudflare.com-2026-05-12-dd599564.pem')

const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString()
/** The day in UTC, some days after an instant. */
const dayAfter = (instant: string, days: number) =>
  new Date(Date.parse(instant) + days * DAY).toISOString().slice(0, 10)

const timeline = (page: Page) => page.getByRole('region', { name: 'Timeline' })
const planner = (page: Page) => page.getByRole('region', { name: 'Rotation planner' })

/** A leaf of a CA of its own that ends at the last second of a day. */
async function leafFor(host: string, days: number, name = host) {
  const ends = `${dayAfter(inDays(days), 0)}T23:59:59Z`
  const ca = await issueCertificate({ subject: `CA of ${name}`, isCa: true, notAfter: '2049-12-31T23:59:59Z' })
  const leaf = await issueCertificate({
    subject: name,
    dnsNames: [host],
    issuer: ca,
    notBefore: inDays(-30),
    notAfter: ends,
  })
  return { ends, file: file('chain.pem', leaf.pem + ca.pem) }
}

/** A row that is in time, and one of a public CA. */
async function openWithRows(options: Parameters<typeof open>[1] = {}, name?: string) {
  const page = await open(await serve(), options)
  const leaf = await leafFor('own.example', 300, name)
  await fillRow(domainRow(page, 1), 'own.example', [leaf.file])
  await page.getByRole('button', { name: 'Add another domain' }).click()
  await fillRow(domainRow(page, 2), 'cloudflare.com', [file('chain.pem', CLOUDFLARE)])
  await openTab(page, 'Results')
  await timeline(page).getByRole('img').waitFor()
  return { page, ends: leaf.ends }
}

async function download(page: Page, button: string) {
  const waiting = page.waitForEvent('download')
  await timeline(page).getByRole('button', { name: button }).click()
  const done = await waiting
  return { name: done.suggestedFilename(), bytes: await readFile(await done.path()) }
}

/** The days of the table as it is shown, in its order. */
function shownDays(page: Page): Promise<(string | null)[]> {
  const days = page.getByRole('table', { name: 'Days to come' }).locator('time')
  return days.evaluateAll((times) => times.map((time) => time.getAttribute('datetime')))
}

it.skipIf(isMissing(icalendar))('the calendar has the days of the table, to another’s parser', async () => {
  const { page, ends } = await openWithRows()
  const shown = await shownDays(page)
  const { name, bytes } = await download(page, 'Calendar (.ics)')
  const calendar = icalendarRead(bytes.toString()).accepted
  expect(name).toBe('pinsmith-dates.ics')
  expect(shown.length).toBeGreaterThan(4)
  expect(calendar?.events.map(({ start }) => start)).toEqual(shown)
  const dayOf = (summary: string) => calendar?.events.find((event) => event.summary === summary)?.start
  expect(dayOf('The leaf own.example ends')).toBe(dayAfter(ends, 0))
  expect(dayOf('Last safe release with the next pin: own.example')).toBe(dayAfter(ends, -180))
  expect(dayOf('Public CAs issue for 47 days at most')).toBe('2029-03-15')
})

it.skipIf(isMissing(icalendar))(
  'the ends that outputs are given are in the table and the calendar, on their days',
  async () => {
    const { page } = await openWithRows()
    const chosen = [
      ['android-network-security-config', dayAfter(inDays(120), 0)],
      ['android-cronet', dayAfter(inDays(150), 0)],
      ['react-native', dayAfter(inDays(120), 0)],
    ] as const
    await openTab(page, 'Android')
    for (const [output, day] of chosen) {
      await page.getByLabel('Output', { exact: true }).selectOption(output)
      await page.getByLabel('On a date').check()
      await page.getByLabel('Expiration date').fill(day)
    }
    await openTab(page, 'Results')
    const ends = page.getByRole('table', { name: 'Days to come' }).getByRole('row', { name: /^\d+\. \S+ Expiration/ })
    await expect.poll(() => ends.count()).toBe(2)
    const shown = await ends.locator('time').evaluateAll((times) => times.map((time) => time.getAttribute('datetime')))
    expect(shown).toEqual([chosen[0][1], chosen[1][1]])
    const { bytes } = await download(page, 'Calendar (.ics)')
    const events = icalendarRead(bytes.toString()).accepted?.events.filter(({ uid }) => uid.startsWith('pins-expire'))
    expect(events?.map(({ start, summary }) => [start, summary.split(' end in ')[1]])).toEqual([
      [chosen[0][1], 'Network Security Config and React Native: ssl-public-key-pinning'],
      [chosen[1][1], 'Cronet'],
    ])
  },
)

it('the pictures stand alone, hostile names are text, and the policy of the page refuses nothing', async () => {
  const { page } = await openWithRows({}, `<script>globalThis.broken=1</script>]]>`)
  const shown = await shownDays(page)
  const svg = await download(page, 'Picture (SVG)')
  const { root } = parseStrictXml(svg.bytes.toString())
  const texts = root ? childElements(root).map(({ textContent }) => textContent ?? '') : []
  for (const [index, day] of shown.entries()) {
    expect(texts.some((text) => text.startsWith(`${index + 1}. `) && text.includes(day ?? '-'))).toBe(true)
  }
  expect(texts.join('\n')).toContain('<script>globalThis.broken=1</script>]]>')
  const png = await download(page, 'Picture (PNG)')
  expect(png.bytes.subarray(0, 8)).toEqual(Buffer.from('89504e470d0a1a0a', 'hex'))
  // Width and height, which are those of the other file twice over.
  const [width, height] = [png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)]
  expect([width, height]).toEqual(['width', 'height'].map((name) => 2 * Number(root?.getAttribute(name))))
  // More than a surface of one colour.
  expect(png.bytes.length).toBeGreaterThan(10_000)
})

it('the planner is used with the keyboard alone, tells what is wrong, and outlives a reload', async () => {
  const { page, ends } = await openWithRows()
  const plan = page.getByRole('table', { name: 'Changes of keys' })
  const own = plan.getByRole('row', { name: /^own\.example/ })
  await expect.poll(() => own.locator('time').allInnerTexts()).toContain(dayAfter(ends, -180))
  const adoption = page.getByLabel('Days until nearly all phones have a release')
  await page.getByLabel('Days between releases of the app').focus()
  await page.keyboard.press('Tab')
  expect(await adoption.evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.press('Control+a')
  for (const [wrong, what] of [
    ['5000', 'Too many days.'],
    ['12abc', 'This is no whole number in digits alone.'],
    ['Backspace', 'No number of days is entered.'],
  ] as const) {
    await page.keyboard.press('Control+a')
    await (wrong === 'Backspace' ? page.keyboard.press(wrong) : page.keyboard.type(wrong))
    await planner(page)
      .getByRole('alert')
      .getByText(`${what} Enter whole days from 0 to 1095. The plan still uses 180.`)
      .waitFor()
    await expect.poll(() => own.locator('time').allInnerTexts()).toContain(dayAfter(ends, -180))
  }
  // What is wrong stays where it is, and is told until it is mended.
  await page.keyboard.type('12abc')
  await page.keyboard.press('Tab')
  await planner(page).getByRole('alert').waitFor()
  expect(await adoption.inputValue()).toBe('12abc')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('90')
  await planner(page).getByRole('alert').waitFor({ state: 'detached' })
  await expect.poll(() => own.locator('time').allInnerTexts()).toContain(dayAfter(ends, -90))
  // The leaf of the other row has ended, or ends before any plan can be complete.
  await plan
    .getByRole('row', { name: /^cloudflare\.com/ })
    .getByText('Too late for this plan.')
    .waitFor()
  await expect
    .poll(() => page.evaluate(() => Object.values(localStorage).join('\n')))
    .toContain('"rotation":{"adoption":"90"}')
  // With no pins in released versions nothing is too late.
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowDown')
  await planner(page).getByText('No released version has pins, so no phone can be cut off today.').waitFor()
  expect(await plan.getByText('Too late for this plan.').count()).toBe(0)
  await expect
    .poll(() => page.evaluate(() => Object.values(localStorage).join('\n')))
    .toContain('"rotation":{"adoption":"90","released":"no"}')
  await page.reload()
  await planner(page).waitFor()
  expect(await page.getByRole('radio', { name: 'No, the next release is the first with pins' }).isChecked()).toBe(true)
  expect(await page.getByLabel('Days until nearly all phones have a release').inputValue()).toBe('90')
  await expect.poll(() => own.locator('time').allInnerTexts()).toContain(dayAfter(ends, -90))
})

it.each(['light', 'dark'] as const)(
  'axe finds nothing, at any width, in the %s theme',
  async (colorScheme) => {
    const { page } = await openWithRows({ colorScheme })
    for (const summary of await page.locator('section[aria-labelledby] > details > summary').all())
      await summary.click()
    await page.getByLabel('Days between releases of the app').fill('0')
    await planner(page).getByRole('alert').waitFor()
    await expectSound(page, 'the timeline')
  },
  120_000,
)

it('many rows are one picture and tables that begin short', async () => {
  const page = await open(await serve())
  const leaves = await Promise.all(Array.from({ length: 30 }, (_, index) => leafFor(`h${index}.example`, 250 + index)))
  const transfer = await page.evaluateHandle(
    (texts) => {
      const chosen = new DataTransfer()
      for (const [index, text] of texts.entries()) chosen.items.add(new File([text], `${index}.pem`))
      return chosen
    },
    leaves.map(({ file: { buffer } }) => buffer.toString()),
  )
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
  await expect.poll(() => page.getByRole('group', { name: /^Domain \d+/ }).count(), { timeout: 20_000 }).toBe(30)
  await openTab(page, 'Results')
  await timeline(page).getByRole('img').waitFor()
  // Thirty leaves and thirty CAs, of which seven and five are shown.
  await timeline(page).getByText('and 48 certificates more').waitFor()
  const rows = page.getByRole('table', { name: 'Days to come' }).getByRole('row')
  expect(await rows.count()).toBe(21)
  // With a key, since the bars of a page this long lie over it.
  await timeline(page)
    .getByRole('button', { name: /^Show 20 more of \d+ days$/ })
    .press('Enter')
  await expect.poll(() => rows.count()).toBe(41)
  expect(await page.getByRole('table', { name: 'Changes of keys' }).getByRole('row').count()).toBe(21)
})
