import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { CA_FAMILIES } from '../../src/core/trust/ca-families.ts'
import { expectSound } from './support/axe.ts'
import { domainRow, file, fillRow, open, openTab, shownText, useBrowser } from './support/browser.ts'
import { fixture, pinByOpenssl, rootOfNode, splitPem } from './support/pem.ts'
import { serve } from './support/server.ts'

useBrowser()

const HOST = 'cloudflare.com'
const CHAIN = fixture('chains--cloudflare.com-2026-05-12-dd599564.pem')
const [LEAF = ''] = splitPem(CHAIN)
const rootsOf = (id: string) => CA_FAMILIES.find((family) => family.id === id)?.roots.map(({ pin }) => pin) ?? []

async function androidPins(page: Page) {
  await openTab(page, 'Android')
  const xml = await shownText(page, 'Network security configuration')
  return new Set([...xml.matchAll(/<pin digest="SHA-256">(.*?)<\/pin>/g)].map(([, pin]) => pin))
}

async function fillHost(page: Page) {
  await fillRow(domainRow(page, 1), HOST, [file('chain.pem', CHAIN)])
}

/** The table, opened by keyboard. */
async function openTable(page: Page): Promise<Locator> {
  await openTab(page, 'Results')
  const section = page.getByRole('region', { name: `What ${HOST} survives` })
  await section.locator('summary', { hasText: 'What happens when the server changes' }).press('Enter')
  const table = section.getByRole('table', { name: `What ${HOST} survives` })
  await table.waitFor()
  return table
}

async function wordsOf(table: Locator, event: string): Promise<string[]> {
  const cells = table.getByRole('row', { name: event }).getByRole('cell').getByRole('button')
  return (await cells.allInnerTexts()).map((text) => text.replace(/\s*, why$/, ''))
}

describe('the table of what a host survives', () => {
  it('follows the pins, and tells by keyboard which of them saves a cell', async () => {
    const page = await open(await serve())
    await fillHost(page)
    const table = await openTable(page)
    expect(await wordsOf(table, 'Renewal, same key')).toEqual(['connects', 'connects'])
    expect(await wordsOf(table, 'New key, same CA')).toEqual(['blocked', 'blocked'])

    await openTab(page, 'Config')
    await domainRow(page, 1).getByLabel('Pin root certificate').check()
    await openTable(page)
    // iOS asks for the CA alone then, so a new root is where the two part.
    expect(await wordsOf(table, 'New key, same CA')).toEqual(['connects', 'connects'])
    expect(await wordsOf(table, 'New root of the same CA')).toEqual(['connects', 'blocked'])
    expect(await wordsOf(table, 'ECDSA to RSA')).toEqual(['depends', 'depends'])

    await table.getByRole('row', { name: 'New key, same CA' }).getByRole('button').first().focus()
    await page.keyboard.press('Enter')
    const why = page.getByRole('region', { name: 'New key, same CA, Android, connects' })
    await why.waitFor()
    expect(await why.innerText()).toContain(`GTS Root R4 ${pinByOpenssl(rootOfNode('GTS Root R4')).slice(0, 12)}…`)
    expect(await why.innerText()).toContain('a new key ← WE1 ← GTS Root R4')
    await page.keyboard.press('Escape')
    await why.waitFor({ state: 'hidden' })

    await table.getByRole('row', { name: 'Key stolen' }).getByRole('button').first().press('Space')
    await page.getByText('Until an update takes the stolen key’s pin out of the app').waitFor()
  })

  it('is printed with what its cells say, and without the controls of the page', async () => {
    const page = await open(await serve())
    await fillHost(page)
    const table = await openTable(page)
    await page.emulateMedia({ media: 'print' })
    expect(await table.getByRole('row', { name: 'Renewal, same key' }).getByText('connects').first().isVisible()).toBe(
      true,
    )
    const controls = page.getByRole('button', { name: /^(?:Copy|Calendar|Picture|Make a backup key)/ })
    expect(await controls.count()).toBe(0)
  })

  it('has a column for each output that is chosen, and two for Android when its pins expire', async () => {
    const page = await open(await serve())
    await fillHost(page)
    const table = await openTable(page)
    const section = page.getByRole('region', { name: `What ${HOST} survives` })
    await section.locator('summary', { hasText: 'Other outputs' }).press('Enter')
    await section.getByLabel('TrustKit', { exact: true }).press('Space')
    expect(await wordsOf(table, 'Renewal, same key')).toEqual(['connects', 'connects', 'blocked'])
    await table.getByRole('row', { name: 'Renewal, same key' }).getByRole('button').last().click()
    const why = page.getByRole('region', { name: 'Renewal, same key, TrustKit, blocked' })
    await why.getByText('TrustKit needs 2 different pins for each host').waitFor()

    await openTab(page, 'Android')
    await page.getByLabel('On a date').check()
    await page.getByLabel('Expiration date').fill('2099-02-01')
    await openTable(page)
    const heads = await table.getByRole('columnheader').allInnerTexts()
    expect(heads.slice(1)).toEqual(['Android until 2099-02-01', 'Android from 2099-02-01', 'iOS', 'TrustKit'])
    expect(await wordsOf(table, 'New key, same CA')).toEqual(['blocked', 'connects unpinned', 'blocked', 'blocked'])
  })
})

async function answer(page: Page, name: string) {
  await page.getByRole('radio', { name, exact: true }).press('Space')
}

describe('the strategy adviser', () => {
  it('is linked from Config, answers no by keyboard, and then gives Certificate Transparency', async () => {
    const page = await open(await serve())
    await page.getByRole('link', { name: 'Which strategy fits?' }).press('Enter')
    await page.getByRole('radio', { name: 'Somebody else' }).waitFor()
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SUMMARY')
    await answer(page, 'Somebody else')
    await page.getByRole('status').getByText('Do not pin').waitFor()
    expect(await shownText(page, 'Certificate Transparency')).toContain('<certificateTransparency enabled="true"/>')
    await page.getByText('There is no domain yet to apply it to.').waitFor()

    // The answers are there after a look elsewhere.
    await openTab(page, 'FAQ')
    await page.goBack()
    await page.getByRole('radio', { name: 'Somebody else' }).waitFor()
    expect(await page.getByRole('radio', { name: 'Somebody else' }).isChecked()).toBe(true)

    // They are of this project, and go with it.
    await openTab(page, 'Config')
    await page.getByRole('button', { name: 'Reset' }).click()
    await page.getByRole('link', { name: 'Which strategy fits?' }).click()
    await page.getByRole('radio', { name: 'Somebody else' }).waitFor()
    expect(await page.locator('input[type="radio"]:checked').count()).toBe(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('status').getByText('Do not pin').waitFor()
  })

  it('applies the roots of two CAs with one click, and takes them back', async () => {
    const page = await open(await serve())
    await fillHost(page)
    await page.getByRole('link', { name: 'Which strategy fits?' }).click()
    for (const name of ['We do', 'We do, with a new key', 'Within weeks', 'Money, health or the like']) {
      await page.getByRole('radio', { name, exact: true }).waitFor()
      await answer(page, name)
    }
    await page.getByRole('status').getByText('Pin the roots of two CAs').waitFor()
    const apply = page.getByRole('button', { name: 'Apply this strategy' })
    expect(await apply.isDisabled()).toBe(true)
    expect(
      await page.getByLabel('Second CA to pin').getByRole('option', { name: 'Google Trust Services' }).count(),
    ).toBe(0)
    await page.getByLabel('Second CA to pin').selectOption('DigiCert')
    await apply.press('Enter')
    await page.getByText('Applied to 1 domain.').first().waitFor()
    expect(await androidPins(page)).toEqual(new Set([...rootsOf('google'), ...rootsOf('digicert')]))

    await openTab(page, 'Config')
    expect(await domainRow(page, 1).getByLabel('Pin leaf certificate').isChecked()).toBe(false)
    await page.getByRole('button', { name: 'Undo' }).click()
    expect(await androidPins(page)).toEqual(new Set([pinByOpenssl(LEAF)]))
  })
})

it.each([
  ['light', 'We do', 'Second CA to pin'],
  ['dark', 'Somebody else', 'Certificate Transparency, text'],
] as const)('axe finds nothing on both in the %s theme', async (colorScheme, owner, shown) => {
  const page = await open(await serve(), { colorScheme })
  await fillHost(page)
  await domainRow(page, 1).getByLabel('Pin root certificate').check()
  await page.getByRole('link', { name: 'Which strategy fits?' }).click()
  for (const name of [owner, 'We do, with a new key', 'Within days', 'Money, health or the like']) {
    await page.getByRole('radio', { name, exact: true }).check()
  }
  await page.getByLabel(shown).waitFor()
  const table = await openTable(page)
  await page.locator('summary', { hasText: 'Other outputs' }).press('Enter')
  await table.getByRole('row', { name: 'ECDSA to RSA' }).getByRole('button').first().press('Enter')
  await expectSound(page, `Results with ${shown}`)
})
