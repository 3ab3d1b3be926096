import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isMissing, openssl } from '../support/tools.ts'
import { open, openTab, shownText, useBrowser } from './support/browser.ts'
import { pinByOpenssl, splitPem } from './support/pem.ts'
import { serve } from './support/server.ts'

useBrowser()

const CERTIFICATES = join(import.meta.dirname, '../../src/app/samples/certificates')

function certificates(name: string): string[] {
  return splitPem(readFileSync(join(CERTIFICATES, `${name}.pem`), 'utf8'))
}

describe.skipIf(isMissing(openssl))('a sample', () => {
  it('is loaded with one click, from the page’s own files alone', async () => {
    const address = await serve()
    const page = await open(address)
    const requests: string[] = []
    page.on('request', (request) => requests.push(new URL(request.url()).pathname))
    await page.getByRole('button', { name: 'A sound set' }).click()
    await expect.poll(() => page.getByText(/^Ready: \d/).count()).toBe(2)
    await openTab(page, 'Android')

    const expected = ['api', 'login'].flatMap((name) => {
      const [leaf = ''] = certificates(`${name}.pinsmith.example`)
      const [reserveLeaf = ''] = certificates(`${name}.pinsmith.example-reserve`)
      return [leaf, reserveLeaf]
    })
    const xml = await shownText(page, 'Network security configuration')
    const pins = [...xml.matchAll(/<pin digest="SHA-256">(.*?)<\/pin>/g)].map(([, pin]) => pin)
    expect(pins).toEqual(expected.map(pinByOpenssl))
    expect(requests.filter((path) => !path.startsWith('/assets/') && path !== '/favicon.svg')).toEqual([])
  })

  it('gives way to an undo, and the keyboard is in its first row until then', async () => {
    const page = await open(await serve())
    await page.getByRole('button', { name: 'A private root' }).focus()
    await page.keyboard.press('Enter')
    const domain = page.getByLabel('Domain', { exact: true })
    await expect.poll(() => domain.inputValue()).toBe('intranet.pinsmith.example')
    const hasKeyboard = () => domain.evaluate((field) => field.closest('fieldset')?.contains(document.activeElement))
    await expect.poll(hasKeyboard).toBe(true)
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'A private root' }).waitFor()
    expect(await domain.inputValue()).toBe('')
  })
})
