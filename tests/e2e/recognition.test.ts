import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { CA_FAMILIES } from '../../src/core/trust/ca-families.ts'
import { expectSound } from './support/axe.ts'
import { domainRow, file, fillRow, open, openTab, shownText, useBrowser } from './support/browser.ts'
import { fixture, pinByOpenssl, splitPem } from './support/pem.ts'
import { serve } from './support/server.ts'

useBrowser()

const CHAIN = fixture('chains--cloudflare.com-2026-05-12-dd599564.pem')
const [LEAF = ''] = splitPem(CHAIN)
const rootsOf = (id: string) => CA_FAMILIES.find((family) => family.id === id)?.roots.map(({ pin }) => pin) ?? []

async function androidPins(page: Page) {
  await openTab(page, 'Android')
  const xml = await shownText(page, 'Network security configuration')
  return new Set([...xml.matchAll(/<pin digest="SHA-256">(.*?)<\/pin>/g)].map(([, pin]) => pin))
}

async function openCard(page: Page, host: string, pem: string): Promise<Locator> {
  await fillRow(domainRow(page, 1), host, [file('chain.pem', pem)])
  await openTab(page, 'Results')
  const card = page.getByRole('region', { name: /^CA and provider of / })
  await card.waitFor()
  return card
}

describe('a chain of a known CA', () => {
  it('has its roots listed before they are pinned in one click, which can be undone', async () => {
    const page = await open(await serve())
    const card = await openCard(page, 'cloudflare.com', CHAIN)
    await card.getByRole('heading', { name: 'Issued by Google Trust Services' }).waitFor()
    await card.getByRole('heading', { name: 'Served by Cloudflare, it seems' }).waitFor()
    await card.getByText('Paths of this chain end at GTS Root R4').waitFor()
    const google = rootsOf('google')
    await card.getByText(`${google.length} roots of Google Trust Services`, { exact: true }).click()
    for (const pin of google) expect(await card.getByText(pin, { exact: true }).isVisible()).toBe(true)
    expect(await androidPins(page)).toEqual(new Set([pinByOpenssl(LEAF)]))

    await openTab(page, 'Results')
    await card.getByRole('button', { name: 'Pin all roots of Google Trust Services' }).click()
    await card.getByText(`All ${google.length} roots of Google Trust Services are pinned.`).waitFor()
    expect(await androidPins(page)).toEqual(new Set([pinByOpenssl(LEAF), ...google]))
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' })
    expect(await androidPins(page)).toEqual(new Set([pinByOpenssl(LEAF)]))
  })

  it('is given a second CA as backup by keyboard alone, root by root if need be', async () => {
    const page = await open(await serve())
    const card = await openCard(page, 'cloudflare.com', CHAIN)
    const choice = card.getByLabel('Second CA')
    expect(await choice.getByRole('option', { name: 'Google Trust Services' }).count()).toBe(0)
    expect(await choice.getByRole('option', { name: 'Entrust', exact: true }).count()).toBe(0)
    await choice.focus()
    await page.keyboard.type('Let')
    await card.getByRole('heading', { name: 'Let’s Encrypt' }).waitFor()
    for (const name of ['Source', 'roots of', 'Pin all']) {
      await page.keyboard.press('Tab')
      expect(await page.evaluate(() => document.activeElement?.textContent)).toContain(name)
    }
    await page.keyboard.press('Enter')
    await card.getByText('All 4 roots of Let’s Encrypt are pinned as backup.').waitFor()
    // Its button has gone; the keyboard stays with the list.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('4 roots of Let’s Encrypt, 4 pinned')
    await page.keyboard.press('Enter')
    await card.getByRole('button', { name: 'Remove the pin of ISRG Root X2' }).focus()
    await page.keyboard.press('Enter')
    await card.getByRole('button', { name: 'Pin the other 1 root of Let’s Encrypt as backup' }).waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('4 roots of Let’s Encrypt, 3 pinned')
    const [x1 = '', , ...others] = rootsOf('lets-encrypt')
    expect(await androidPins(page)).toEqual(new Set([pinByOpenssl(LEAF), x1, ...others]))

    // What is pinned is shown again without being looked for.
    await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).toContain(x1)
    await page.reload()
    await openTab(page, 'Results')
    await card.getByText('4 roots of Let’s Encrypt, 3 pinned').waitFor()
  })

  it('without the issuer’s certificate has its family’s roots as candidates', async () => {
    const page = await open(await serve())
    const card = await openCard(page, 'cloudflare.com', LEAF)
    await card.getByRole('heading', { name: 'Issued by Google Trust Services, it says' }).waitFor()
    await card.getByText('The issuer’s certificate is missing').waitFor()
    await card.getByRole('button', { name: 'Pin all roots of Google Trust Services' }).waitFor()
  })
})

it('a certificate that signed itself has no such card', async () => {
  const page = await open(await serve())
  await fillRow(domainRow(page, 1), 'wrong.badssl.com', [file('self-signed.pem', fixture('badssl--self-signed.pem'))])
  await openTab(page, 'Results')
  await page.getByText('The certificate signed itself').first().waitFor()
  expect(await page.getByRole('region', { name: /^CA and provider of / }).count()).toBe(0)
})

it.each(['light', 'dark'] as const)('axe finds nothing on the card in the %s theme', async (colorScheme) => {
  const page = await open(await serve(), { colorScheme })
  const card = await openCard(page, 'cloudflare.com', CHAIN)
  await card.getByRole('button', { name: 'Pin all roots of Google Trust Services' }).click()
  await card.getByLabel('Second CA').selectOption('DigiCert')
  for (const summary of await card.locator('summary').all()) await summary.click()
  await expectSound(page, 'Results')
})
