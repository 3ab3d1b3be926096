import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { domainRow, file, fillRow, open, openTab, useBrowser } from './support/browser.ts'
import { fixture } from './support/pem.ts'
import { serve } from './support/server.ts'

useBrowser('--host-resolver-rules=MAP pinsmith.test 127.0.0.1')

const CHAIN = fixture('chains--cloudflare.com-2026-05-12-dd599564.pem')

describe('the address', () => {
  it('names the tab: links, reload and the back button work', async () => {
    const address = await serve()
    const page = await open(`${address}#android`)
    await page.getByRole('tab', { name: 'Android', selected: true }).waitFor()
    await page.getByText('Nothing to pin yet').waitFor()
    await openTab(page, 'iOS')
    await page.reload()
    await page.getByRole('tab', { name: 'iOS', selected: true }).waitFor()
    await openTab(page, 'FAQ')
    await page.goBack()
    await page.getByRole('tab', { name: 'iOS', selected: true }).waitFor()
    await page.goBack()
    await page.getByRole('tab', { name: 'Android', selected: true }).waitFor()
    await page.goForward()
    await page.getByRole('tab', { name: 'iOS', selected: true }).waitFor()
  })

  it('of an unknown place is Config', async () => {
    const page = await open(`${await serve()}#nowhere/at-all`)
    await page.getByRole('tab', { name: 'Config', selected: true }).waitFor()
  })

  it('of an answer opens it', async () => {
    const page = await open(`${await serve()}#faq/backup-pin`)
    await page.getByRole('tab', { name: 'FAQ', selected: true }).waitFor()
    await page
      .locator('details[open]', { hasText: /backup pin/i })
      .first()
      .waitFor()
  })
})

async function introductionOf(page: Page) {
  const heading = page.getByRole('heading', { level: 2, name: 'Which hosts, and which keys?' })
  const lead = page.locator('.introduction > p').first()
  return { heading: await heading.boundingBox(), text: await lead.innerText(), lead: await lead.boundingBox() }
}

describe('the first paint', () => {
  it('is the beginning of the page, so that nothing moves when the script has run', async () => {
    const address = await serve()
    const viewport = { width: 1280, height: 900 }
    const painted = await open(address, { javaScriptEnabled: false, viewport })
    const page = await open(address, { viewport })
    await page.getByRole('tab', { name: 'Config' }).waitFor()
    expect(await introductionOf(painted)).toEqual(await introductionOf(page))
  })
})

describe('a part of the page that cannot be loaded', () => {
  it('is said in its place, and costs nothing that was typed', async () => {
    const page = await open(await serve(), {}, [/Failed to load resource|Unable to preload CSS/])
    await fillRow(domainRow(page, 1), 'cloudflare.com', [file('chain.pem', CHAIN)])
    await page.route('**/assets/FaqTab*', (route) => route.abort())
    await page.getByRole('tab', { name: 'FAQ' }).click()
    await page.getByText('This part of the page could not be loaded.').waitFor()
    await openTab(page, 'Config')
    await domainRow(page, 1).getByText('Ready: 2 certificates').waitFor()
  })
})

describe('every alert', () => {
  it('links to an answer that exists', async () => {
    const page = await open(await serve())
    await fillRow(domainRow(page, 1), 'cloudflare.example', [file('chain.pem', CHAIN)])
    await openTab(page, 'Results')
    const links = page.getByRole('link', { name: 'More in the FAQ' })
    await links.first().waitFor()
    const targets = new Set(await links.evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? '')))
    expect(targets.size).toBeGreaterThan(3)
    for (const target of targets) {
      expect(target).toMatch(/^#faq\/[a-z-]+$/)
      await page.evaluate((hash) => {
        window.location.hash = hash
      }, target)
      await page.locator(`details[open]#faq-${target.replace('#faq/', '')}`).waitFor()
    }
  })
})

describe('a domain', () => {
  it('that was changed says how, and one that is refused says why', async () => {
    const page = await open(await serve())
    const row = domainRow(page, 1)
    const domain = row.getByLabel('Domain', { exact: true })
    await domain.fill('https://API.Bücher.example:8443/v1?x#y')
    const explanation = row.getByText(/^Used as/)
    await explanation.waitFor()
    expect(await explanation.innerText()).toContain('api.xn--bcher-kva.example')
    expect(await explanation.innerText()).toContain('port 8443 is used for the live fetch only')

    await row.getByLabel('Pin sub-domains').uncheck()
    await domain.fill('*.example.com')
    await row.getByText(/“\*\.” became “Pin sub-domains”/).waitFor()
    expect(await row.getByLabel('Pin sub-domains').isChecked()).toBe(true)

    for (const [typed, reason] of [
      ['a..b', 'A part between two dots is empty.'],
      ['--.com', 'has no letter or digit'],
      ['192.0.2.1', 'is an IP address'],
      ['[2001:db8::1]', 'is an IP address'],
      ['co.uk', 'is a public suffix'],
    ] as const) {
      await domain.fill(typed)
      await row.getByText(reason).waitFor()
      expect(await domain.getAttribute('aria-invalid')).toBe('true')
    }
    await row.getByLabel('Pin sub-domains').uncheck()
    await row.getByText('is a public suffix').waitFor({ state: 'detached' })
  })
})

describe('input that is no certificate', () => {
  it('is named with the way out, and costs the other files of the row nothing', async () => {
    const page = await open(await serve())
    const row = domainRow(page, 1)
    await row.getByLabel('Domain', { exact: true }).fill('cloudflare.com')
    await row
      .getByLabel('Certificate files')
      .setInputFiles([
        file('chain.pem', CHAIN),
        file('bundle.p7b', fixture('pkcs7--isrg.pem')),
        file('error.crt', fixture('synthetic--html-error-page.crt')),
        file('empty.pem', ''),
        file('cut.pem', fixture('synthetic--truncated.pem')),
        file('server.key', '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----\n'),
      ])
    const sources = row.getByRole('list', { name: 'Certificate sources' })
    await sources.getByText('it looks like a web page').waitFor()
    await sources.getByText('There is nothing in it.').waitFor()
    await sources.getByText('Pinsmith never needs one and has forgotten it.').waitFor()
    await row.getByText('Ready: 3 certificates, 4 sources failed').waitFor()
    await openTab(page, 'Results')
    await page.getByRole('list', { name: 'Failures' }).getByText('error.crt', { exact: true }).waitFor()
  })
})

describe('erasing', () => {
  it('can be undone, one row and all of them', async () => {
    const page = await open(await serve())
    await fillRow(domainRow(page, 1), 'cloudflare.com', [file('chain.pem', CHAIN)])
    await page.getByRole('button', { name: 'Add another domain' }).click()
    await domainRow(page, 2).getByLabel('Domain', { exact: true }).fill('second.example')
    await domainRow(page, 1).getByRole('button', { name: 'Erase' }).click()
    await expectDomains(page, ['second.example'])
    await page.getByRole('button', { name: 'Undo' }).click()
    await expectDomains(page, ['cloudflare.com', 'second.example'])
    await domainRow(page, 1).getByText('Ready: 2 certificates').waitFor()
    await page.getByRole('button', { name: 'Reset' }).click()
    await expectDomains(page, [''])
    await page.getByRole('button', { name: 'Undo' }).click()
    await expectDomains(page, ['cloudflare.com', 'second.example'])
  })
})

describe('a filter', () => {
  it('never hides the row that is typed in, nor one that was added since', async () => {
    const page = await open(await serve())
    for (const host of ['api1.example', 'api2.example', 'c.example', 'd.example', 'e.example']) {
      const last = page.getByLabel('Domain', { exact: true }).last()
      if ((await last.inputValue()) !== '') await page.getByRole('button', { name: 'Add another domain' }).click()
      await page.getByLabel('Domain', { exact: true }).last().fill(host)
    }
    await page.getByLabel('Filter', { exact: true }).fill('api')
    await expectDomains(page, ['api1.example', 'api2.example'])
    await page.getByRole('button', { name: 'Add another domain' }).click()
    await page.keyboard.type('new.example')
    await expectDomains(page, ['api1.example', 'api2.example', 'new.example'])
    await domainRow(page, 1).getByLabel('Domain', { exact: true }).fill('other.example')
    await page.keyboard.type('2')
    await expectDomains(page, ['other.example2', 'api2.example', 'new.example'])
    await page.getByLabel('Filter', { exact: true }).fill('nothing')
    await page.getByText('No domain matches.').waitFor()
    await page.getByRole('button', { name: 'Show all' }).click()
    await expectDomains(page, ['other.example2', 'api2.example', 'c.example', 'd.example', 'e.example', 'new.example'])
  })
})

describe('the undo shortcut', () => {
  it('takes back an erase right after it, and does nothing behind a dialog', async () => {
    const page = await open(await serve())
    await domainRow(page, 1).getByLabel('Domain', { exact: true }).fill('a.example')
    await page.keyboard.press('Enter')
    await page.keyboard.type('b.example')
    await domainRow(page, 1).getByRole('button', { name: 'Erase' }).focus()
    await page.keyboard.press('Enter')
    await expectDomains(page, ['b.example'])
    await domainRow(page, 1).getByRole('button', { name: 'Paste text' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).focus()
    await page.keyboard.press('Control+z')
    await expectDomains(page, ['b.example'])
    await page.keyboard.press('Escape')
    await domainRow(page, 1).getByRole('button', { name: 'Details of domain 1' }).focus()
    await page.keyboard.press('Control+z')
    await expectDomains(page, ['a.example', 'b.example'])
  })
})

describe('files', () => {
  it('can be dropped on a row', async () => {
    const page = await open(await serve())
    const row = domainRow(page, 1)
    await row.getByLabel('Domain', { exact: true }).fill('cloudflare.com')
    const transfer = await page.evaluateHandle((text) => {
      const data = new DataTransfer()
      data.items.add(new File([text], 'dropped.pem'))
      return data
    }, CHAIN)
    await row.dispatchEvent('drop', { dataTransfer: transfer })
    await row.getByText('dropped.pem').first().waitFor()
    await row.getByText('Ready: 2 certificates').waitFor()
  })
})

describe('the keyboard', () => {
  it('is enough for the whole job', async () => {
    const page = await open(await serve())
    const focused = () =>
      page.evaluate(() => document.activeElement?.closest('button, a, input, textarea')?.outerHTML ?? '')
    const tabTo = async (pattern: RegExp) => {
      for (let presses = 0; presses < 40; presses += 1) {
        await page.keyboard.press('Tab')
        if (pattern.test(await focused())) return
      }
      throw new Error(`Tab does not reach ${pattern}`)
    }
    await tabTo(/placeholder="api\.example\.com"/)
    await page.keyboard.type('cloudflare.com')
    await tabTo(/Paste text/)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Paste certificates' }).waitFor()
    await page.getByLabel('Certificates as text').focus()
    await page.keyboard.insertText(CHAIN)
    await tabTo(/Add certificates/)
    await page.keyboard.press('Enter')
    await domainRow(page, 1).getByText('Ready: 2 certificates').waitFor()
    await page.getByRole('tab', { name: 'Config' }).focus()
    for (const next of ['Results', 'Android']) {
      await page.keyboard.press('ArrowRight')
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent ?? '')).toContain(next)
    }
    await page.keyboard.press('Enter')
    await page.getByRole('tab', { name: 'Android', selected: true }).waitFor()
    await page.getByRole('region', { name: 'Network security configuration, text' }).waitFor()
    await tabTo(/Copy /)
  })
})

describe('a page served over plain http under another name', () => {
  it('gives the same pins, and says that signatures cannot be checked', async () => {
    const address = new URL(await serve({ PINSMITH_HOSTS: 'pinsmith.test' }))
    address.hostname = 'pinsmith.test'
    // Chromium ignores one header there, and says so.
    const page = await open(address.href, {}, [/Cross-Origin-Opener-Policy header has been ignored/])
    expect(await page.evaluate(() => window.isSecureContext)).toBe(false)
    await fillRow(domainRow(page, 1), 'cloudflare.com', [file('chain.pem', CHAIN)])
    await openTab(page, 'Results')
    await page.getByText('cannot be checked here: the page is not served over https or localhost').first().waitFor()
    await page.getByText('SWtbQbeoLWHpf/s8/5OhvrQxznGqc9nRwIaHUgfVuJY=').waitFor()
  })
})

describe('the policy', () => {
  it('stands in the header and in the page, and allows nothing inline', async () => {
    const address = await serve()
    const page = await open(address)
    const header = (await fetch(address)).headers.get('content-security-policy')
    const inPage = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')
    for (const policy of [header, inPage]) {
      expect(policy).toContain("default-src 'none'")
      expect(policy).not.toContain('unsafe')
      expect(policy).not.toContain('http')
    }
  })
})

async function expectDomains(page: Page, expected: readonly string[]) {
  await expect
    .poll(() =>
      page
        .getByLabel('Domain', { exact: true })
        .evaluateAll((fields) => fields.map((f) => (f as HTMLInputElement).value)),
    )
    .toEqual(expected)
}
