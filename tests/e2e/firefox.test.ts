import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { describe, expect, it } from 'vitest'
import { isMissing, openssl, plistlibRead, python } from '../support/tools.ts'
import { firefox, openInFirefox, useFirefox } from './support/firefox.ts'
import { fixture, pinByOpenssl, rootOfNode, splitPem } from './support/pem.ts'
import { serve } from './support/server.ts'

const CHAIN = 'chains--cloudflare.com-2026-05-12-dd599564.pem'
const CHAIN_FILE = join(import.meta.dirname, '../fixtures/certificates', CHAIN)

/** cloudflare.com with its chain as a file; leaf and root are pinned. */
async function openWithLeafAndRoot(): Promise<Page> {
  const page = await openInFirefox(await serve())
  await page.locator('aria/Domain[role="textbox"]').fill('cloudflare.com')
  const files = await page.waitForSelector('input[type=file]')
  await (await files?.toElement('input'))?.uploadFile(CHAIN_FILE)
  await page.locator('::-p-text(Ready: )').wait()
  const root = await page.waitForSelector('aria/Pin root certificate[role="checkbox"]')
  await root?.evaluate((checkbox) => (checkbox as HTMLElement).click())
  return page
}

/** The text of a snippet on another tab. */
async function snippet(page: Page, tab: string, title: string): Promise<string> {
  // By keyboard: a click goes to a place, and what was there may have moved when a count appears beside a tab.
  const trigger = await page.waitForSelector(`::-p-xpath(//*[@role="tab"][starts-with(., "${tab}")])`)
  await trigger?.focus()
  await page.keyboard.press('Enter')
  const region = await page.waitForSelector(`aria/${title}, text[role="region"]`)
  return region?.evaluate((element) => (element as HTMLElement).innerText) ?? ''
}

describe.skipIf(isMissing(firefox, openssl))('in Firefox, a host, its chain as a file, leaf and root', () => {
  useFirefox()

  it('give an Android file with exactly the two pins that OpenSSL computes', async () => {
    const page = await openWithLeafAndRoot()
    const xml = await snippet(page, 'Android', 'Network security configuration')
    expect([...xml.matchAll(/<pin digest="SHA-256">(.*?)<\/pin>/g)].map(([, pin]) => pin)).toEqual([
      pinByOpenssl(splitPem(fixture(CHAIN))[0] ?? ''),
      pinByOpenssl(rootOfNode('GTS Root R4')),
    ])
  })

  it.skipIf(isMissing(python))('give iOS the CA list alone', async () => {
    const page = await openWithLeafAndRoot()
    const part = await snippet(page, 'iOS', 'NSAppTransportSecurity part of Info.plist')
    expect(plistlibRead(`<plist version="1.0"><dict>${part}</dict></plist>`).accepted).toEqual({
      NSAppTransportSecurity: {
        NSPinnedDomains: {
          'cloudflare.com': {
            NSIncludesSubdomains: true,
            NSPinnedCAIdentities: [{ 'SPKI-SHA256-BASE64': pinByOpenssl(rootOfNode('GTS Root R4')) }],
          },
        },
      },
    })
  })
})
