import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { issueCertificate } from '../support/issue-chain.ts'
import { domainRow, file, fillRow, open, openTab, useBrowser } from './support/browser.ts'
import { fixture } from './support/pem.ts'
import { serve } from './support/server.ts'

useBrowser()

const CHAIN = fixture('chains--cloudflare.com-2026-05-12-dd599564.pem')

/** As people have them at hand: URLs, CSV remains, wildcards, repetitions, a hosts file, comments, typing errors. */
const MIXED_LIST = `# Production
api.example.com, auth.example.com;img.example.com
https://www.Example.com/login?next=/home
*.cdn.example.com
cdn.example.com
"pay.example.com","static.example.com"
shop.bücher.example
10.0.0.7	db.example.com
https://api.example.com:8443/v1   # the same host
mail@example.com
bad_%.example.com
-edge.example.com
a..b.example.com
192.0.2.44
m.example.net
n.example.net
o.example.net
p.example.net
already.example.com
<script>globalThis.broken=1</script>
`

const ADDED = [
  'api.example.com',
  'auth.example.com',
  'img.example.com',
  'https://www.Example.com/login?next=/home',
  '*.cdn.example.com',
  'pay.example.com',
  'static.example.com',
  'shop.bücher.example',
  'm.example.net',
  'n.example.net',
  'o.example.net',
  'p.example.net',
]

const LEFT_OUT = [
  /^Line 5 cdn\.example\.com cdn\.example\.com stands in line 4 already\.$/,
  /^Line 8 10\.0\.0\.7\s+db\.example\.com This gives the address 10\.0\.0\.7 names, as a hosts file does\./,
  /^Line 9 https:\/\/api\.example\.com:8443\/v1 api\.example\.com stands in line 2 already\.$/,
  /^Line 10 mail@example\.com This is a mail address\./,
  /^Line 11 bad_%\.example\.com The character “%” cannot be in a host name\./,
  /^Line 12 -edge\.example\.com The part “-edge” starts or ends with a hyphen/,
  /^Line 13 a\.\.b\.example\.com A part between two dots is empty\./,
  /^Line 14 192\.0\.2\.44 192\.0\.2\.44 is an IP address/,
  /^Line 19 already\.example\.com Domain 1 is already\.example\.com already\.$/,
  /^Line 20 <script>globalThis\.broken=1<\/script> The character “<” cannot/,
]

async function openDialog(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Paste a list', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Paste a list of domains' })
  await dialog.waitFor()
  return dialog
}

/** The domains of all rows, folded or not, by the names of their groups. */
function rowNames(page: Page): Promise<string[]> {
  return page.getByRole('list', { name: 'Domains' }).getByRole('group').locator('legend').allInnerTexts()
}

const domains = (...hosts: readonly string[]) => hosts.map((host, index) => `Domain ${index + 1}: ${host}`)

describe('a pasted list', () => {
  it('is told apart before it is added, and undone as one', async () => {
    const page = await open(await serve())
    await domainRow(page, 1).getByLabel('Domain', { exact: true }).fill('already.example.com')
    const dialog = await openDialog(page)
    await dialog.getByLabel('Domains', { exact: true }).fill(MIXED_LIST)
    await dialog.getByText('12 domains will be added, 10 left out', { exact: true }).waitFor()
    await dialog.getByText('2 comments were passed over.').waitFor()
    const leftOut = dialog.getByRole('list', { name: 'Left out' }).getByRole('listitem')
    const reasons = await leftOut.allInnerTexts()
    expect(reasons.map((reason) => reason.replaceAll(/\s+/g, ' '))).toEqual(
      LEFT_OUT.map((expected) => expect.stringMatching(expected)),
    )

    await dialog.getByRole('button', { name: 'Add 12 domains' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('12 domains added', { exact: true }).waitFor()
    expect(await rowNames(page)).toHaveLength(1 + ADDED.length)
    expect(await rowNames(page)).toEqual(
      expect.arrayContaining(['Domain 2: api.example.com', 'Domain 9: shop.xn--bcher-kva.example']),
    )
    await page.getByRole('button', { name: 'Unfold all' }).click()
    const texts = await page
      .getByLabel('Domain', { exact: true })
      .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value))
    expect(texts).toEqual(['already.example.com', ...ADDED])

    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => rowNames(page)).toEqual(domains('already.example.com'))
    expect(await page.evaluate('globalThis.broken')).toBeUndefined()
  })

  it('may be a table; the columns that are not read are named', async () => {
    const page = await open(await serve())
    const dialog = await openDialog(page)
    await dialog
      .getByLabel('Domains', { exact: true })
      .fill('Owner;Host name;Note\n"Smith; Ann";a.example.com;"two\nlines"\nBob;B.example.com;\n')
    await dialog.getByText('The column “Host name” is read, not Owner and Note.').waitFor()
    await dialog.getByRole('button', { name: 'Add 2 domains' }).click()
    await expect.poll(() => rowNames(page)).toEqual(domains('a.example.com', 'b.example.com'))
  })

  it('works by keyboard alone, and Escape leaves everything as it was', async () => {
    const page = await open(await serve())
    const button = page.getByRole('button', { name: 'Paste a list', exact: true })
    await button.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Paste a list of domains' })
    await dialog.waitFor()
    await page.keyboard.type('a.example.com b.example.com')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true)
    expect(await rowNames(page)).toEqual(['Domain 1'])

    await page.keyboard.press('Enter')
    await dialog.waitFor()
    await page.keyboard.type('a.example.com b.example.com')
    await dialog.getByRole('button', { name: 'Add 2 domains' }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect.poll(() => rowNames(page)).toEqual(domains('a.example.com', 'b.example.com'))
    await page.keyboard.press('Control+z')
    await expect.poll(() => rowNames(page)).toEqual(['Domain 1'])
  })

  it('fits into a narrow page', async () => {
    const page = await open(await serve(), { viewport: { width: 320, height: 600 } })
    const dialog = await openDialog(page)
    await dialog.getByLabel('Domains', { exact: true }).fill(`${MIXED_LIST}${'long.'.repeat(40)}%example.com`)
    await dialog.getByRole('list', { name: 'Left out' }).waitFor()
    const overflow = await dialog.evaluate((element) => element.scrollWidth - element.clientWidth)
    expect(overflow).toBe(0)
    await dialog.getByRole('button', { name: 'Add 13 domains' }).click()
  })
})

async function transferOf(page: Page, files: readonly { readonly name: string; readonly text: string }[]) {
  return page.evaluateHandle((given) => {
    const data = new DataTransfer()
    for (const { name, text } of given) data.items.add(new File([text], name))
    return data
  }, files)
}

/** Drops files on the page beside every row. */
async function dropOnPage(page: Page, ...files: readonly { readonly name: string; readonly text: string }[]) {
  const dataTransfer = await transferOf(page, files)
  const place = page.getByRole('contentinfo')
  await place.dispatchEvent('dragover', { dataTransfer })
  await page.getByText('Drop certificate files: they go to the domains that they are for.').waitFor()
  await place.dispatchEvent('drop', { dataTransfer })
}

const summaryOf = (page: Page) => page.getByRole('region', { name: 'Dropped files' })

describe('files dropped anywhere', () => {
  it('make a row where there is none, and offer the other names of the certificate', async () => {
    const page = await open(await serve())
    await openTab(page, 'FAQ')
    const leaf = await issueCertificate({
      subject: 'many',
      dnsNames: ['*.a.example', 'b.example', '*.c.example', '<img src=x onerror="broken=1">.example'],
    })
    await dropOnPage(page, { name: '<b>many</b>.pem', text: leaf.pem })
    const summary = summaryOf(page)
    await summary.getByText('1 file sorted into domains, 1 domain added.').waitFor()
    await summary.getByText('<b>many</b>.pem', { exact: true }).waitFor()
    await summary.getByText('A row was made for a.example.').waitFor()
    await summary.getByRole('button', { name: /^Dismiss/ }).click()
    await summary.waitFor({ state: 'detached' })

    await openTab(page, 'Config')
    const row = domainRow(page, 1)
    await row.getByText('Ready: 1 certificate').waitFor()
    expect(await rowNames(page)).toEqual(domains('a.example'))
    expect(await row.getByLabel('Pin sub-domains').isChecked()).toBe(true)
    await row.getByText('The certificate also names 2 other domains.').waitFor()
    await row.getByRole('button', { name: 'Add *.c.example' }).click()
    await domainRow(page, 2).getByText('Ready: 1 certificate').waitFor()
    expect(await rowNames(page)).toEqual(domains('a.example', 'c.example'))
    await row.getByRole('button', { name: 'Add b.example' }).click()
    await expect.poll(() => rowNames(page)).toEqual(domains('a.example', 'b.example', 'c.example'))
    await row.getByText('The certificate also names').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await row.getByText('The certificate also names another domain.').waitFor()
    await row.getByRole('button', { name: 'No, thanks' }).click()
    await row.getByText('The certificate also names').waitFor({ state: 'detached' })
  })

  it('go to the rows that they cover, and what fails is named beside them', async () => {
    const page = await open(await serve())
    await domainRow(page, 1).getByLabel('Domain', { exact: true }).fill('other.example')
    await page.getByRole('button', { name: 'Add another domain' }).click()
    await domainRow(page, 2).getByLabel('Domain', { exact: true }).fill('cloudflare.com')
    await dropOnPage(
      page,
      { name: 'chain.pem', text: CHAIN },
      { name: 'page.crt', text: fixture('synthetic--html-error-page.crt') },
    )
    await domainRow(page, 2).getByText('Ready: 2 certificates').waitFor()
    await domainRow(page, 1).getByText('No certificates yet').waitFor()
    const summary = summaryOf(page)
    await summary.getByText('1 file sorted into domains, 1 file failed.').waitFor()
    await summary.getByText('Went to cloudflare.com.').waitFor()
    await summary.getByText(/it looks like a web page/).waitFor()
    await dropOnPage(page, { name: 'chain.pem', text: CHAIN })
    await summary.getByText('cloudflare.com had it already.').waitFor()
    await domainRow(page, 2).getByText('Ready: 2 certificates').waitFor()
  })

  it('complete the chain of a row with a CA, and say which CA completes none', async () => {
    const root = await issueCertificate({ subject: 'Private Root', isCa: true })
    const stranger = await issueCertificate({ subject: 'Stranger', isCa: true })
    const leaf = await issueCertificate({ subject: 'a.example', dnsNames: ['a.example'], issuer: root })
    const page = await open(await serve())
    await fillRow(domainRow(page, 1), 'a.example', [file('leaf.pem', leaf.pem)])
    await dropOnPage(page, { name: 'root.pem', text: root.pem }, { name: 'stranger.pem', text: stranger.pem })
    await domainRow(page, 1).getByText('Ready: 2 certificates').waitFor()
    const summary = summaryOf(page)
    await summary.getByText('1 file sorted into domains, 1 file without a place.').waitFor()
    await summary.getByText('The CA certificate “Stranger” completes no row’s chain.').waitFor()
  })

  it('on a row stay with that row', async () => {
    const page = await open(await serve())
    await domainRow(page, 1).getByLabel('Domain', { exact: true }).fill('other.example')
    const dataTransfer = await transferOf(page, [{ name: 'chain.pem', text: CHAIN }])
    await domainRow(page, 1).dispatchEvent('dragover', { dataTransfer })
    await domainRow(page, 1).dispatchEvent('drop', { dataTransfer })
    await domainRow(page, 1).getByText('Ready: 2 certificates').waitFor()
    expect(await rowNames(page)).toEqual(domains('other.example'))
    expect(await summaryOf(page).count()).toBe(0)
    expect(await page.getByText('Drop certificate files').count()).toBe(0)
  })

  it('have their twin for the keyboard', async () => {
    const page = await open(await serve())
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Add files', exact: true }).press('Enter')
    await (await choosing).setFiles([file('chain.pem', CHAIN)])
    await summaryOf(page).getByText('A row was made for cloudflare.com.').waitFor()
    await domainRow(page, 1).getByText('Ready: 2 certificates').waitFor()
  })
})
