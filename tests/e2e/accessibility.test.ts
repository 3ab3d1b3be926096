import { createHash, generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, it } from 'vitest'
import { expectSound } from './support/axe.ts'
import { domainRow, file, fillRow, open, openTab, useBrowser } from './support/browser.ts'
import { fixture, FIXTURES } from './support/pem.ts'
import { serve } from './support/server.ts'

useBrowser()

const TABS = ['Config', 'Results', 'Android', 'iOS', 'FAQ'] as const

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
    file('error.crt', fixture('synthetic--html-error-page.crt')),
    file('backup.csr', fixture('csr--rsa-sha256.pem')),
    file('server.key', generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
  ])
  await addPin(page)
  await domainRow(page, 2).getByText('is a public suffix').waitFor()
  await domainRow(page, 4).getByRole('button', { name: 'Erase' }).click()
  await page.getByRole('button', { name: 'Undo' }).waitFor()
}

async function addPin(page: Page) {
  const dialog = await openPinDialog(page, createHash('sha256').update('typed').digest('base64'))
  await dialog.getByRole('button', { name: 'Add 1 pin' }).click()
  await domainRow(page, 3).getByRole('list', { name: 'Typed pins' }).waitFor()
}

async function openPinDialog(page: Page, text: string) {
  await domainRow(page, 3).getByRole('button', { name: 'Add ready pins' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Pins as text').fill(text)
  return dialog
}

it('axe finds nothing on the results of two rows with one host', async () => {
  const page = await open(await serve())
  await page.getByRole('button', { name: 'Add another domain' }).click()
  for (const [number, host] of ['cloudflare.com', 'cloudflare.com:8443'].entries()) {
    await fillRow(domainRow(page, number + 1), host, [
      file('chain.pem', fixture('chains--cloudflare.com-2026-05-12-dd599564.pem')),
    ])
  }
  await openTab(page, 'Results')
  await page
    .getByRole('region', { name: /^CA and provider of / })
    .last()
    .waitFor()
  await expectSound(page, 'two cards')
})

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
      for (const details of await page.getByText(/^Details of /).all()) await details.click()
      await expectSound(page, tab)
    }
  })

  it('on the dialogs for passwords and pins', async () => {
    const page = await open(await serve(), { colorScheme })
    await fillPage(page)
    const typed = createHash('sha256').update('another').digest('base64')
    const pins = await openPinDialog(page, `${typed}\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nsha1/x`)
    await pins.getByText('1 pin will be added').waitFor()
    await expectSound(page, 'the dialog for pins')
    await page.keyboard.press('Escape')
    const locked = file('bundle.p12', readFileSync(join(FIXTURES, 'synthetic--aes256-sha256.p12')))
    await domainRow(page, 1).getByLabel('Certificate files').setInputFiles([locked])
    const password = page.getByRole('dialog', { name: 'Password needed' })
    await password.getByLabel('Password of bundle.p12').fill('wrong')
    await page.keyboard.press('Enter')
    await password.getByText('That was not its password').waitFor()
    await expectSound(page, 'the dialog for a password')
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
