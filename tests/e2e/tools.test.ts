import { readFileSync } from 'node:fs'
import { X509Certificate } from 'node:crypto'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { isMissing, jsonschema, jsonschemaAccepts, openssl, python, zipfileRead } from '../support/tools.ts'
import { expectSound } from './support/axe.ts'
import { domainRow, file, fillRow, open, openTab, shownText, useBrowser } from './support/browser.ts'
import { fixture, pinByOpenssl, splitPem } from './support/pem.ts'
import { serve } from './support/server.ts'

useBrowser()

const CHAIN = fixture('chains--cloudflare.com-2026-05-12-dd599564.pem')
const [LEAF = '', INTERMEDIATE = ''] = splitPem(CHAIN)
const MENU = 'Output'

/** cloudflare.com with its chain; leaf and intermediate are pinned. */
async function openWithPins(hash = '') {
  const page = await open((await serve()) + hash)
  await page.getByRole('tab', { name: /^Config/ }).click()
  const row = domainRow(page, 1)
  await fillRow(row, 'cloudflare.com', [file('chain.pem', CHAIN)])
  await row.getByLabel('Pin intermediate certificate').check()
  return page
}

const choose = (page: Page, id: string) => page.getByLabel(MENU, { exact: true }).selectOption(id)
const chosen = (page: Page) => page.getByLabel(MENU, { exact: true }).inputValue()

async function download(page: Page, name: string) {
  const waiting = page.waitForEvent('download')
  await page.getByRole('button', { name, exact: true }).click()
  const file_ = await waiting
  return { name: file_.suggestedFilename(), content: readFileSync(await file_.path()) }
}

function fingerprints(pems: readonly string[]) {
  return pems.map((pem) => new X509Certificate(pem).fingerprint256)
}

function unzip(content: Uint8Array): ReadonlyMap<string, Buffer> {
  const { accepted, problem } = zipfileRead(content)
  if (problem !== undefined) throw new Error(problem)
  return new Map(accepted)
}

/** Of the archive of this output. */
const READ_ME = 'README-certificates.md'

describe('an output for tools', () => {
  it.skipIf(isMissing(openssl))(
    'is chosen by keyboard, stands in the address, and is there again after a reload',
    async () => {
      const page = await openWithPins()
      await openTab(page, 'Android')
      await page.getByLabel(MENU, { exact: true }).focus()
      await page.keyboard.type('curl')
      await expect.poll(() => new URL(page.url()).hash).toBe('#android/curl')
      expect(await shownText(page, 'curl commands')).toContain(
        `--pinnedpubkey 'sha256//${pinByOpenssl(LEAF)}' https://cloudflare.com/`,
      )
      expect(
        await page.getByRole('heading', { level: 4, name: 'curl: --pinnedpubkey leaves CA pins out' }).count(),
      ).toBe(1)
      await page.reload()
      await page.getByLabel(MENU, { exact: true }).waitFor()
      expect(await chosen(page)).toBe('curl')
      await openTab(page, 'iOS')
      expect(await chosen(page)).toBe('ios-pinned-domains')
    },
  )

  it.skipIf(isMissing(jsonschema))('has a schema on the site that holds for the plan', async () => {
    const page = await openWithPins()
    await openTab(page, 'iOS')
    await choose(page, 'json')
    const place = await page.getByText('This site has its JSON Schema at').innerText()
    const path = /\/schemas\/\S+\.json/.exec(place)?.[0] ?? ''
    const schema = await (await fetch(new URL(path, page.url()))).text()
    expect(jsonschemaAccepts(schema, [await shownText(page, 'Pin plan')])).toEqual({ accepted: true })
  })

  it.each(['light', 'dark'] as const)('is shown soundly in the %s theme', async (colorScheme) => {
    const page = await open(await serve(), { colorScheme })
    await fillRow(domainRow(page, 1), 'cloudflare.com', [file('chain.pem', CHAIN)])
    await openTab(page, 'Android')
    for (const id of ['curl', 'json', 'plain-list', 'dane-tlsa', 'certificates']) {
      await choose(page, id)
      await page.getByRole('heading', { level: 3 }).first().waitFor()
      await expectSound(page, id)
    }
  })
})

describe.skipIf(isMissing(python))('a zip', () => {
  it('holds all files of an output, each certificate byte for byte', async () => {
    const page = await openWithPins()
    await openTab(page, 'Android')
    await choose(page, 'certificates')
    const { name, content } = await download(page, 'Download all (zip)')
    expect(name).toBe('certificates.zip')
    const files = unzip(content)
    expect(files.get(READ_ME)?.toString()).toMatch(/^# Pinned certificates\n/)
    const pems = new Map(Array.from(files).filter(([path]) => path !== READ_ME))
    expect([...pems.keys()].every((path) => /^certificates\/[a-z\d_]+\.pem$/.test(path))).toBe(true)
    expect(fingerprints(Array.from(pems.values(), String))).toEqual(fingerprints([LEAF, INTERMEDIATE]))
    const again = await download(page, 'Download all (zip)')
    expect(again.content.equals(content)).toBe(true)

    await page.getByRole('radio', { name: 'DER' }).check()
    const ders = unzip((await download(page, 'Download all (zip)')).content)
    expect(Array.from(ders).flatMap(([path, der]) => (path === READ_ME ? [] : [der.toString('hex')]))).toEqual(
      [LEAF, INTERMEDIATE].map((pem) => new X509Certificate(pem).raw.toString('hex')),
    )
  })

  it('holds every output of a platform as it is shown, and is offered for one output only where that has several files', async () => {
    const page = await openWithPins()
    await openTab(page, 'iOS')
    expect(await page.getByRole('button', { name: 'Download all (zip)' }).count()).toBe(0)
    const { name, content } = await download(page, 'Download every output (zip)')
    expect(name).toBe('pinsmith-ios.zip')
    const files = unzip(content)
    const menu = await page
      .getByLabel(MENU, { exact: true })
      .locator('option')
      .evaluateAll((options) => options.map((option) => option.getAttribute('value')))
    expect(new Set(Array.from(files.keys(), (path) => path.split('/')[0]))).toEqual(new Set(menu))
    const shown = await shownText(page, 'NSAppTransportSecurity part of Info.plist')
    expect(files.get('ios-pinned-domains/NSAppTransportSecurity.xml')?.toString().trim()).toBe(shown.trim())
  })
})
