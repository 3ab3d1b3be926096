import { readFile } from 'node:fs/promises'
import { marked, type Tokens } from 'marked'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { issueCertificate } from '../support/issue-chain.ts'
import { expectSound } from './support/axe.ts'
import { domainRow, file, fillRow, open, openTab, useBrowser } from './support/browser.ts'
import { serve } from './support/server.ts'

useBrowser()

const DAY = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString()
const NAME = '`|<img src=x onerror=alert(1)>[x](https://evil.example)'

const review = (page: Page) => page.getByRole('region', { name: 'Pin review' })

/** A host with a key in service, one to come and one that has ended, of a CA with a hostile name. */
async function openWithRow(options: Parameters<typeof open>[1] = {}) {
  const ca = await issueCertificate({ subject: NAME, isCa: true, notAfter: '2049-12-31T23:59:59Z' })
  const spans = [
    [-30, 60],
    [10, 100],
    [-120, -5],
  ] as const
  const leaves = await Promise.all(
    spans.map(([from, until]) =>
      issueCertificate({
        subject: 'api.example.com',
        keyName: `key from day ${from}`,
        dnsNames: ['api.example.com'],
        issuer: ca,
        notBefore: inDays(from),
        notAfter: inDays(until),
      }),
    ),
  )
  const page = await open(await serve(), options)
  const chain = file('chain.pem', leaves.map(({ pem }) => pem).join('') + ca.pem)
  await fillRow(domainRow(page, 1), 'api.example.com', [chain])
  await domainRow(page, 1).getByRole('checkbox', { name: 'Pin root certificate' }).check()
  await openTab(page, 'Results')
  await review(page).locator('summary').press('Enter')
  await review(page).getByRole('table').waitFor()
  return page
}

/** Label and pin of each line, as the page shows them. */
function shownLabels(page: Page): Promise<string[][]> {
  return review(page)
    .locator('tbody tr:has(td)')
    .evaluateAll((rows) =>
      rows.map((row) => [row.querySelector('td')?.textContent ?? '', row.querySelector('code')?.textContent ?? '']),
    )
}

it('the report has the labels of the page, to another’s parser, and the names that were typed', async () => {
  const page = await openWithRow()
  const shown = await shownLabels(page)
  // The leaves in the order in which they were given, and the root.
  expect(shown.map(([label]) => label)).toEqual(['Current', 'Next', 'Retiring', 'Current'])
  await review(page).getByLabel('Owner of these pins').fill(`Mobile team ${NAME}`)
  const waiting = page.waitForEvent('download')
  await review(page).getByRole('button', { name: 'Download report (Markdown)' }).click()
  const done = await waiting
  expect(done.suggestedFilename()).toBe(`pinsmith-review-${inDays(0).slice(0, 10)}.md`)
  const report = await readFile(await done.path(), 'utf8')
  const tables = marked.lexer(report).filter((token): token is Tokens.Table => token.type === 'table')
  const told = tables.flatMap((table) => table.rows.map((cells) => cells.slice(0, 2).map(({ text }) => text)))
  expect(told).toEqual(shown.map(([label, pin]) => [label, `\`${pin}\``]))
  expect(report).toContain('- Owner of these pins: ``Mobile team `¦<img src=x')
  expect(report).toContain('- Who holds the backup key: …')

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await review(page).getByRole('button', { name: 'Copy as Markdown' }).click()
  await review(page).getByRole('button', { name: 'Copied as Markdown' }).waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(report)
})

it('the sheet is printed in the place of the page, with lines to write on, and leaves it', async () => {
  const page = await openWithRow()
  await review(page).getByLabel('Who holds the backup key').fill('Ada, safe 2')
  await page.evaluate(() => {
    window.print = () => document.documentElement.setAttribute('data-printed', '')
  })
  await review(page).getByRole('button', { name: 'Print the review sheet' }).click()
  expect(await page.locator('html[data-printed]').count()).toBe(1)
  await page.emulateMedia({ media: 'print', colorScheme: 'light' })
  const printed = await page.evaluate(() => document.body.innerText)
  expect(printed.trim().startsWith('Pin review')).toBe(true)
  for (const part of ['api.example.com', 'Current', 'Next', 'Retiring', 'Ada, safe 2', 'Reviewed on, by']) {
    expect(printed).toContain(part)
  }
  expect(printed).not.toContain('Download report')
  for (const [, pin = '?'] of await shownLabels(page)) expect(printed).toContain(pin)
  await expectSound(page, 'the sheet')
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  await expect.poll(() => page.evaluate(() => document.body.innerText)).toContain('Rotation planner')
  await page.emulateMedia({ media: 'screen' })
  await review(page).getByRole('button', { name: 'Print the review sheet' }).waitFor()
}, 60_000)

it('a renewal for the same key is told on the card and in the review', async () => {
  const first = await issueCertificate({
    subject: 'own.example',
    dnsNames: ['own.example'],
    notBefore: inDays(-60),
    notAfter: inDays(30),
  })
  const second = await issueCertificate({
    subject: 'own.example',
    dnsNames: ['own.example'],
    notBefore: inDays(-2),
    notAfter: inDays(90),
  })
  const page = await open(await serve())
  await fillRow(domainRow(page, 1), 'own.example', [file('both.pem', first.pem + second.pem)])
  await openTab(page, 'Results')
  const text = `Same key in two certificates, valid until ${inDays(30).slice(0, 10)} and ${inDays(90).slice(0, 10)}: the renewal kept your pin.`
  await page
    .getByRole('region', { name: /own\.example/ })
    .getByText(text)
    .waitFor()
  await review(page).getByText('Pin review').click()
  await review(page).getByText(text).waitFor()
})

it('what was typed outlives a reload', async () => {
  const page = await openWithRow()
  await review(page).getByLabel('Owner of these pins').fill('Mobile team')
  await expect
    .poll(() => page.evaluate(() => Object.values(localStorage).join('\n')))
    .toContain('"review":{"owner":"Mobile team"}')
  await page.reload()
  await review(page).getByText('Pin review').click()
  expect(await review(page).getByLabel('Owner of these pins').inputValue()).toBe('Mobile team')
})

it.each(['light', 'dark'] as const)(
  'axe finds nothing, at any width, in the %s theme',
  async (colorScheme) => {
    await expectSound(await openWithRow({ colorScheme }), 'the review')
  },
  120_000,
)
