import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { domainRow, file, fillRow, open, openTab, shownText, useBrowser } from './support/browser.ts'
import { fixture } from './support/pem.ts'
import { serve } from './support/server.ts'

useBrowser()

const CHAIN = fixture('chains--cloudflare.com-2026-05-12-dd599564.pem')
const CONFIG = 'Network security configuration'

const hostField = (page: Page) => page.getByLabel('Domain', { exact: true }).first()

/** Types into the first row and waits until it is saved. */
async function typeHost(page: Page, host: string) {
  await hostField(page).fill(host)
  await expect.poll(() => storedProjects(page)).toContain(`"hostText":"${host}"`)
}

/** The texts of all stored projects. */
function storedProjects(page: Page): Promise<string> {
  return page.evaluate(() =>
    Object.entries(localStorage)
      .filter(([key]) => key.startsWith('pinsmith:project:'))
      .map(([, text]) => String(text))
      .join('\n'),
  )
}

function storedCertificates(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('pinsmith')
        opening.addEventListener('error', () => reject(new Error('The database does not open')))
        opening.addEventListener('success', () => {
          const database = opening.result
          const counting = database.transaction('certificates').objectStore('certificates').count()
          counting.addEventListener('success', () => {
            database.close()
            resolve(counting.result)
          })
        })
      }),
  )
}

async function chooseInMenu(page: Page, action: string) {
  await page.locator('summary', { hasText: 'Project:' }).click()
  await page.getByRole('button', { name: action, exact: true }).click()
}

async function currentProject(page: Page): Promise<string> {
  return (await page.locator('summary', { hasText: 'Project:' }).innerText()).replace('Project:', '').trim()
}

function androidPins(xml: string) {
  return [...xml.matchAll(/<pin digest="SHA-256">(.*?)<\/pin>/g)].map(([, pin]) => pin)
}

describe('a reload', () => {
  it('keeps rows, choices, settings and certificates', async () => {
    const page = await open(await serve())
    const row = domainRow(page, 1)
    await fillRow(row, 'cloudflare.com', [file('<b>chain</b>.pem', CHAIN)])
    await row.getByLabel('Pin root certificate').check()
    await row.getByLabel('Pin sub-domains').uncheck()
    await openTab(page, 'iOS')
    await page.getByRole('radio', { name: 'Both lists' }).check()
    await openTab(page, 'Android')
    const pins = androidPins(await shownText(page, CONFIG))
    expect(pins).toHaveLength(2)
    await page.reload()

    await page.getByRole('region', { name: `${CONFIG}, text` }).waitFor()
    expect(androidPins(await shownText(page, CONFIG))).toEqual(pins)
    await openTab(page, 'iOS')
    expect(await page.getByRole('radio', { name: 'Both lists' }).isChecked()).toBe(true)
    await openTab(page, 'Config')
    expect(await hostField(page).inputValue()).toBe('cloudflare.com')
    expect(await row.getByLabel('Pin root certificate').isChecked()).toBe(true)
    expect(await row.getByLabel('Pin sub-domains').isChecked()).toBe(false)
    await row.getByText(/^Ready: /).waitFor()
    await row.getByText('<b>chain</b>.pem', { exact: true }).first().waitFor()
  })

  it('shows the rows without waiting for the code that keeps them, and says when that is missing', async () => {
    const page = await open(await serve(), {}, [/net::ERR_FAILED/])
    await typeHost(page, 'painted.example')
    await page.route(/start-keeping/, (route) => route.abort())
    await page.reload()
    expect(await hostField(page).inputValue()).toBe('painted.example')
    await page.getByText('Not kept: part of the page did not load.').waitFor()
  })

  it('right after the last letter loses nothing', async () => {
    const page = await open(await serve())
    await hostField(page).focus()
    await page.locator('summary', { hasText: 'Project:' }).waitFor()
    await hostField(page).fill('quick.example')
    await page.reload()
    expect(await hostField(page).inputValue()).toBe('quick.example')
  })

  it('says which certificates are gone or were tampered with, and the others work', async () => {
    const page = await open(await serve())
    await fillRow(domainRow(page, 1), 'cloudflare.com', [file('chain.pem', CHAIN)])
    await expect.poll(() => storedCertificates(page)).toBe(2)
    await expect.poll(() => storedProjects(page)).toContain('chain.pem')
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const opening = indexedDB.open('pinsmith')
          opening.addEventListener('success', () => {
            const database = opening.result
            const transaction = database.transaction('certificates', 'readwrite')
            const certificates = transaction.objectStore('certificates')
            const walk = certificates.openCursor()
            walk.addEventListener('success', () => {
              walk.result?.update(new Uint8Array([48, 3, 2, 1, 1]))
            })
            transaction.addEventListener('complete', () => {
              database.close()
              resolve()
            })
          })
        }),
    )
    await page.reload()
    await domainRow(page, 1)
      .getByText('The browser no longer has the certificates of this source.', { exact: true })
      .waitFor()
    await domainRow(page, 1)
      .getByLabel('Certificate files')
      .setInputFiles([file('again.pem', CHAIN)])
    await domainRow(page, 1)
      .getByText(/^Ready: /)
      .waitFor()
  })
})

/** Both have changed the project; what the first one did is saved. */
async function conflictingTabs() {
  const address = await serve()
  const page = await open(address)
  await typeHost(page, 'first.example')
  const other = await page.context().newPage()
  await other.goto(address)
  expect(await hostField(other).inputValue()).toBe('first.example')
  await other.locator('summary', { hasText: 'Project:' }).waitFor()
  await typeHost(page, 'page.example')
  await other.getByText('This project was changed in another tab.').waitFor()
  await hostField(other).fill('other.example')
  await other.waitForTimeout(600)
  expect(await storedProjects(other)).not.toContain('other.example')
  return { page, other }
}

describe('two tabs with one project', () => {
  it('load the other version on request', async () => {
    const { other } = await conflictingTabs()
    await other.getByRole('button', { name: 'Load that version' }).click()
    expect(await hostField(other).inputValue()).toBe('page.example')
    await expect.poll(() => other.getByText('changed in another tab').count()).toBe(0)
  })

  it('keep this version on request', async () => {
    const { page, other } = await conflictingTabs()
    await other.getByRole('button', { name: 'Keep this one' }).click()
    await expect.poll(() => storedProjects(other)).toContain('other.example')
    await page.getByText('This project was changed in another tab.').waitFor()
    expect(await hostField(page).inputValue()).toBe('page.example')
  })

  it('do not disturb each other with different projects', async () => {
    const address = await serve()
    const page = await open(address)
    await typeHost(page, 'first.example')
    const other = await page.context().newPage()
    await other.goto(address)
    await chooseInMenu(other, 'New project')
    await typeHost(other, 'second.example')
    await typeHost(page, 'first.again.example')
    await expect.poll(() => storedProjects(page)).toContain('second.example')
    for (const tab of [page, other]) {
      expect(await tab.getByText('in another tab').count()).toBe(0)
      await tab.reload()
    }
    expect(await hostField(page).inputValue()).toBe('first.again.example')
    expect(await hostField(other).inputValue()).toBe('second.example')
  })
})

describe('projects', () => {
  it('are made, named, duplicated, switched and deleted', async () => {
    const page = await open(await serve())
    await typeHost(page, 'shop.example')
    await chooseInMenu(page, 'Rename')
    const name = page.getByLabel('Project name')
    await name.fill('<b>Shop</b>')
    await page.keyboard.press('Enter')
    expect(await currentProject(page)).toBe('<b>Shop</b>')

    await chooseInMenu(page, 'Duplicate')
    expect(await currentProject(page)).toBe('<b>Shop</b> copy')
    await typeHost(page, 'copy.example')
    await chooseInMenu(page, '<b>Shop</b>')
    expect(await hostField(page).inputValue()).toBe('shop.example')

    await chooseInMenu(page, 'New project')
    expect(await hostField(page).inputValue()).toBe('')
    await page.reload()
    expect(await currentProject(page)).toBe('Untitled project')

    await chooseInMenu(page, 'Delete project')
    await page.getByRole('dialog', { name: 'Delete this project?' }).getByRole('button', { name: 'Cancel' }).click()
    expect(await currentProject(page)).toBe('Untitled project')
    await chooseInMenu(page, 'Delete project')
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
    expect(await currentProject(page)).toMatch(/^<b>Shop<\/b>/)
  })

  it('have a menu that works by keyboard', async () => {
    const page = await open(await serve())
    // The first use of the page brings the menu.
    await page.keyboard.press('Tab')
    const summary = page.locator('summary', { hasText: 'Project:' })
    await summary.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'New project' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'New project' }).waitFor({ state: 'hidden' })
    expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Rename' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Rename this project' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true)
  })
})

describe('a saved text that cannot be read', () => {
  it('is set aside, can be downloaded, and the page works on', async () => {
    const page = await open(await serve())
    await typeHost(page, 'lost.example')
    const garbage = '{"version":1,"rows":"<img src=x onerror=broken=1>"'
    await page.evaluate((text) => {
      const key = Object.keys(localStorage).find((found) => found.startsWith('pinsmith:project:'))
      // Behind the page's back, after its last save.
      window.addEventListener('pagehide', () => localStorage.setItem(key ?? '', text))
    }, garbage)
    await page.reload()
    await page.getByText('A saved project is damaged and was set aside.').waitFor()
    const waiting = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download it' }).click()
    expect(await readFile(await (await waiting).path(), 'utf8')).toBe(garbage)
    await typeHost(page, 'next.example')
    await page.reload()
    expect(await hostField(page).inputValue()).toBe('next.example')
    await page.getByRole('button', { name: 'Remove it for good' }).click()
    await expect.poll(() => page.getByText('was set aside').count()).toBe(0)
  })
})

describe('a browser that stores nothing', () => {
  it('is said once, and the page works on', async () => {
    const page = await open(await serve())
    await page.evaluate(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError')
      }
    })
    await fillRow(domainRow(page, 1), 'cloudflare.com', [file('chain.pem', CHAIN)])
    await page.getByText('The browser has no more room for this site').waitFor()
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await hostField(page).fill('cloudflare.com.')
    await page.waitForTimeout(600)
    expect(await page.getByText('The browser has no more room for this site').count()).toBe(0)
    await page.getByText('Not kept', { exact: true }).waitFor()
    await openTab(page, 'Android')
    expect(androidPins(await shownText(page, CONFIG))).toHaveLength(1)
  })

  it('may forbid storage altogether', async () => {
    const page = await open(await serve())
    await page.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
        Object.defineProperty(window, name, {
          get: () => {
            throw new DOMException('denied', 'SecurityError')
          },
        })
      }
    })
    await page.reload()
    await fillRow(domainRow(page, 1), 'cloudflare.com', [file('chain.pem', CHAIN)])
    await page.getByText('The browser does not let this page keep anything').waitFor()
    await page.getByText('The browser does not keep your certificates').waitFor()
    await openTab(page, 'Android')
    expect(androidPins(await shownText(page, CONFIG))).toHaveLength(1)
  })
})

describe('forgetting everything', () => {
  it('leaves no key and no database, and is said', async () => {
    const address = await serve()
    const page = await open(address)
    await fillRow(domainRow(page, 1), 'cloudflare.com', [file('chain.pem', CHAIN)])
    await expect.poll(() => storedCertificates(page)).toBe(2)
    await expect.poll(() => storedProjects(page)).toContain('chain.pem')
    // A second tab has the database open as well.
    const other = await page.context().newPage()
    await other.goto(address)
    await domainRow(other, 1)
      .getByText(/^Ready: /)
      .waitFor()
    await chooseInMenu(page, 'Forget everything')
    await page.getByRole('dialog').getByRole('button', { name: 'Forget everything' }).click()
    await page.getByText('Everything that Pinsmith had stored in this browser is removed.').waitFor()
    expect(await hostField(page).inputValue()).toBe('')
    await page.waitForTimeout(600)
    const left = () =>
      page.evaluate(async () => ({
        local: Object.keys(localStorage),
        session: Object.keys(sessionStorage),
        databases: await indexedDB.databases(),
      }))
    expect(await left()).toEqual({ local: [], session: [], databases: [] })
    await other.getByText('This project was deleted in another tab.').waitFor()
    await page.reload()
    await domainRow(page, 1).waitFor()
    await page.waitForTimeout(600)
    expect(await hostField(page).inputValue()).toBe('')
    expect(await left()).toEqual({ local: [], session: [], databases: [] })
  })
})
