import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { isMissing, python, zipfileRead } from '../support/tools.ts'
import { expectSound } from './support/axe.ts'
import { domainRow, file, fillRow, open, openTab, shownText, useBrowser } from './support/browser.ts'
import { fixture } from './support/pem.ts'
import { serve } from './support/server.ts'

useBrowser()

const CHAIN = fixture('chains--cloudflare.com-2026-05-12-dd599564.pem')

/** cloudflare.com with sub-domains; leaf and intermediate are pinned. */
async function openWithPins() {
  const page = await open(await serve())
  const row = domainRow(page, 1)
  await fillRow(row, 'cloudflare.com', [file('chain.pem', CHAIN)])
  await row.getByLabel('Pin intermediate certificate').check()
  return page
}

describe('a host that is tried', () => {
  it('shows which output covers it, by keyboard', async () => {
    const page = await openWithPins()
    await openTab(page, 'Results')
    const tester = page.getByRole('region', { name: 'Try a host' })
    await tester.locator('summary').first().focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.type('a.b.Cloudflare.com')
    await tester.getByText('is pinned on Android, not on iOS').waitFor()
    const cell = (output: string) => tester.getByRole('row', { name: new RegExp(`^${output}`) }).getByRole('cell')
    expect(await cell('Network Security Config').innerText()).toContain(
      'Pinned by the entry cloudflare.com: connects when one of the 2 pinned keys is in the chain.',
    )
    expect(await cell('Info.plist').innerText()).toBe('Not pinned: no entry covers this host.')
    await expectSound(page, 'a host that is tried')
  })

  it('that cannot be one is refused with a reason', async () => {
    const page = await openWithPins()
    await openTab(page, 'Results')
    await page.getByText('Try a host').click()
    await page.getByLabel('Host to try').fill('https://10.0.0.1/')
    expect(await page.getByRole('region', { name: 'Try a host' }).innerText()).toContain('IP address')
    expect(await page.getByRole('table', { name: 'What each output does' }).count()).toBe(0)
    await page.getByLabel('Host to try').fill('*.api.cloudflare.com')
    await page.getByText('A wildcard stands for many hosts.').waitFor()
    expect(await page.getByRole('table', { name: 'What each output does' }).count()).toBe(0)
  })

  it('stays within a narrow screen, however long it is', async () => {
    const page = await openWithPins()
    await openTab(page, 'Results')
    await page.setViewportSize({ width: 320, height: 700 })
    await page.getByText('Try a host').click()
    const host = [...['a', 'b', 'c'].map((letter) => letter.repeat(63)), 'cloudflare.com'].join('.')
    await page.getByLabel('Host to try').fill(host)
    await page.getByText('is pinned on Android, not on iOS').waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  })
})

describe('a pin in an output', () => {
  it('says what it stands for, by pointer and by keyboard, and the text stays as it is', async () => {
    const page = await openWithPins()
    await openTab(page, 'Android')
    const text = await shownText(page, 'Network security configuration')
    const [leaf, intermediate] = [...text.matchAll(/<pin digest="SHA-256">(.*)<\/pin>/g)].map(([, pin = '']) => pin)
    const explanation = (of: string) => page.getByText(new RegExp(`^For cloudflare\\.com: ${of}`))
    await page.getByRole('button', { name: leaf!, exact: true }).hover()
    await explanation('leaf: cloudflare.com, valid until').waitFor()
    await page.getByRole('button', { name: leaf!, exact: true }).focus()
    await page.keyboard.press('ArrowDown')
    await explanation('intermediate: WE1').waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(intermediate)
    expect(await page.locator('[data-pin][tabindex="0"]').count()).toBe(1)
    expect(await shownText(page, 'Network security configuration')).toBe(text)
  })

  it.each(['Enter', 'Space'])('is explained again, and read out, by %s', async (key) => {
    const page = await openWithPins()
    await openTab(page, 'Android')
    const [first, second] = [page.locator('[data-pin]').nth(0), page.locator('[data-pin]').nth(1)]
    await second.focus()
    await first.hover()
    const scrolled = await page.evaluate(() => window.scrollY)
    expect(await second.getAttribute('aria-describedby')).toBeNull()
    await page.keyboard.press(key)
    await page.getByRole('status').getByText('For cloudflare.com: intermediate: WE1').waitFor()
    expect(await second.getAttribute('aria-describedby')).not.toBeNull()
    expect(await page.evaluate(() => window.scrollY)).toBe(scrolled)
  })
})

describe('an output of wrong pins', () => {
  it('is marked on the page, in its text and in the name of its file', async () => {
    const page = await openWithPins()
    await openTab(page, 'Android')
    const right = await shownText(page, 'Network security configuration')
    await page.getByLabel('Show wrong pins, for a negative test').check()
    const note = page.getByRole('note', { name: 'Negative test' })
    expect(await note.innerText()).toContain('CertificateException: Pin verification failed')
    const wrong = await shownText(page, 'Network security configuration')
    expect(wrong).toContain('WRONG PINS for a test, never ship them.')
    for (const [, pin = ''] of right.matchAll(/SHA-256">(.*)<\/pin>/g)) expect(wrong).not.toContain(pin)
    await expectSound(page, 'wrong pins')
    const waiting = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download wrong-pins-network_security_config.xml' }).click()
    const download = await waiting
    expect(download.suggestedFilename()).toBe('wrong-pins-network_security_config.xml')
    expect(readFileSync(await download.path(), 'utf8')).toBe(wrong)
    // The next output shows the right pins again.
    await page.getByLabel('Output', { exact: true }).selectOption('android-okhttp-java')
    expect(await page.getByLabel('Show wrong pins, for a negative test').isChecked()).toBe(false)
  })
})

describe('an output of certificates', () => {
  it('has a wrong one for a test, whose file is the one that the page shows', async () => {
    const page = await openWithPins()
    await openTab(page, 'Android')
    await page.getByLabel('Output', { exact: true }).selectOption('cordova')
    await page.getByLabel('Show a wrong certificate, for a negative test').check()
    await page.getByText('No server has the certificate below. Never ship it.').waitFor()
    const card = page.getByRole('region', { name: 'Certificate WRONG ON PURPOSE, never ship this' })
    const fingerprint = (await card.locator('code').innerText()).trim()
    await expectSound(page, 'a wrong certificate')
    const waiting = page.waitForEvent('download')
    await card.getByRole('button', { name: /^Download wrong_on_purpose/ }).click()
    const download = await waiting
    expect(download.suggestedFilename()).toMatch(/^wrong_on_purpose_never_ship_this_.*\.cer$/)
    const der = readFileSync(await download.path())
    expect(createHash('sha256').update(der).digest('hex')).toBe(fingerprint)
  })
})

describe('a way out beside a finding', () => {
  it('is taken by one click, and taken back by another', async () => {
    const page = await openWithPins()
    await openTab(page, 'iOS')
    await page.getByLabel('Both lists').check()
    const heading = page.getByRole('heading', { name: 'iOS must match a leaf pin AND a CA pin' })
    await heading.waitFor()
    await page.getByRole('button', { name: 'Ask for the CA list alone' }).focus()
    await page.keyboard.press('Enter')
    await heading.waitFor({ state: 'detached' })
    expect(await page.getByLabel('CA list alone').isChecked()).toBe(true)
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('tabpanel')
    await page.getByRole('button', { name: 'Undo' }).click()
    await heading.waitFor()
    expect(await page.getByLabel('Both lists').isChecked()).toBe(true)
  })
})

describe('an address of an output that the platform has not', () => {
  it('becomes that of the output that is shown, and the back button leads past it', async () => {
    const page = await openWithPins()
    await openTab(page, 'Results')
    for (const wrong of ['ios-trustkit', 'no-such-output']) {
      await page.evaluate((id) => {
        window.location.hash = `android/${id}`
      }, wrong)
      await page.getByRole('heading', { name: 'Network Security Config', exact: true }).waitFor()
      await expect.poll(() => new URL(page.url()).hash).toBe('#android/android-network-security-config')
      await page.goBack()
      await expect.poll(() => new URL(page.url()).hash).toBe('#results')
    }
    await openTab(page, 'Android')
    expect(new URL(page.url()).hash).toBe('#android/android-network-security-config')
    expect(await page.getByLabel('Output', { exact: true }).inputValue()).toBe('android-network-security-config')
  })
})

describe('what the app connects with', () => {
  it.skipIf(isMissing(python))(
    'leads to its outputs, shows what none covers, and is there after a reload and on the other platform',
    async () => {
      const page = await openWithPins()
      await openTab(page, 'Android')
      const picker = page.locator('details').filter({ hasText: 'What does your app use?' })
      await picker.locator('summary').first().focus()
      await page.keyboard.press('Enter')
      await picker.getByLabel('Flutter: dart:io').check()
      await picker.getByLabel('Custom Tabs').check()
      const row = (name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) })
      expect(await row('Flutter').innerText()).toContain('Needs an output of its own.')
      expect(await row('Custom Tabs').innerText()).toContain('No output covers it.')
      await expectSound(page, 'the stack picker')
      const files = await downloadedPaths(page, 'Download these outputs for Android and iOS (zip)')
      expect(new Set(files.map((path) => path.split('/')[0]))).toEqual(new Set(['flutter', 'ios-pinned-domains']))
      await row('Flutter').getByRole('link', { name: 'Flutter and Dart' }).click()
      await expect.poll(() => new URL(page.url()).hash).toBe('#android/flutter')
      const focused = () =>
        page.evaluate(() => `${document.activeElement?.tagName} ${document.activeElement?.textContent}`)
      await expect.poll(focused).toBe('H3 Flutter and Dart: trusted certificates')
      // To the one that is shown already, too; choosing from the list stays at the list.
      await row('Flutter').getByRole('link', { name: 'Flutter and Dart' }).focus()
      await page.keyboard.press('Enter')
      await expect.poll(focused).toBe('H3 Flutter and Dart: trusted certificates')
      await page.getByLabel('Output', { exact: true }).focus()
      await page.getByLabel('Output', { exact: true }).selectOption('curl')
      await page.getByLabel('Output', { exact: true }).selectOption('flutter')
      await page.getByRole('heading', { name: 'Flutter and Dart: trusted certificates' }).waitFor()
      expect(await focused()).toMatch(/^SELECT/)
      expect(await page.getByLabel('Output', { exact: true }).locator('optgroup').first().textContent()).toContain(
        'Flutter',
      )
      await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).toContain('flutter')
      await page.reload()
      await openTab(page, 'iOS')
      await page.getByText('What does your app use?').click()
      expect(await row('Flutter').innerText()).toContain('Covered.')
    },
  )
})

async function downloadedPaths(page: Page, name: string): Promise<readonly string[]> {
  const waiting = page.waitForEvent('download')
  await page.getByRole('button', { name }).click()
  const { accepted, problem } = zipfileRead(readFileSync(await (await waiting).path()))
  if (problem !== undefined) throw new Error(problem)
  return Array.from(new Map(accepted).keys())
}
