import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { issueCertificate } from '../support/issue-chain.ts'
import { domainRow, file, fillRow, open, openTab, useBrowser } from './support/browser.ts'
import { fixture } from './support/pem.ts'
import { serve } from './support/server.ts'

useBrowser()

const CHAIN = fixture('chains--cloudflare.com-2026-05-12-dd599564.pem')
const ISRG_ROOT_X1 = 'C5+lpZ7tcVwmwQIMcRtPbsQtWLABXhQzejna0wHFr8M='

/** The files of roots that are asked for from now on, without what the build adds to their names. */
function collectRootFiles(page: Page): string[] {
  const files: string[] = []
  page.context().on('request', (request) => {
    const name = /\/(root-[a-z]+)-[^/]*\.json$/.exec(request.url())?.[1]
    if (name !== undefined) files.push(name)
  })
  return files
}

async function addFile(page: Page, name: string, content: string) {
  await domainRow(page, 1)
    .getByLabel('Certificate files')
    .setInputFiles([file(name, content)])
  await domainRow(page, 1)
    .getByRole('button', { name: `Remove ${name}` })
    .waitFor()
}

describe('the files of roots', () => {
  it('are not loaded with the page, which tells their day', async () => {
    const page = await open(await serve())
    const files = collectRootFiles(page)
    await page.reload()
    await page.getByText(/^Pinsmith .*, root stores of 2026-11-21$/).waitFor()
    await page.waitForLoadState('networkidle')
    expect(files).toEqual([])
  })

  it('are the table alone for typed pins', async () => {
    const page = await open(await serve())
    const files = collectRootFiles(page)
    await domainRow(page, 1).getByRole('button', { name: 'Add ready pins' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add ready pins' })
    await dialog.getByLabel('Pins as text').fill(ISRG_ROOT_X1)
    await dialog.getByText('The key of the root ISRG Root X1.').waitFor()
    expect(files).toEqual(['root-table'])
  })

  it('are the table alone for a private CA, and both once for public chains', async () => {
    const ca = await issueCertificate({ subject: 'Private CA', isCa: true })
    const leaf = await issueCertificate({ subject: 'leaf.example', dnsNames: ['leaf.example'], issuer: ca })
    const page = await open(await serve())
    const files = collectRootFiles(page)
    await fillRow(domainRow(page, 1), 'leaf.example', [file('private.pem', leaf.pem)])
    await domainRow(page, 1).getByText('Ready: 1 certificate').waitFor()
    expect(files).toEqual(['root-table'])
    await addFile(page, 'public.pem', CHAIN)
    await openTab(page, 'Results')
    await page.getByRole('figure').getByText('GTS Root R4').first().waitFor()
    await openTab(page, 'Config')
    await addFile(page, 'again.pem', CHAIN)
    await page.waitForLoadState('networkidle')
    expect(files).toEqual(['root-table', 'root-certificates'])
  })

  it('that do not load cost the root alone, and the next file brings it', async () => {
    const page = await open(await serve(), {}, [/Failed to load resource/])
    await page.context().route('**/root-certificates-*.json', (route) => route.abort())
    await fillRow(domainRow(page, 1), 'cloudflare.com', [file('chain.pem', CHAIN)])
    await openTab(page, 'Results')
    const failure = page.getByText('The bundled root store could not be loaded')
    await failure.waitFor()
    await page.context().unroute('**/root-certificates-*.json')
    await openTab(page, 'Config')
    await addFile(page, 'again.pem', CHAIN)
    await openTab(page, 'Results')
    await page.getByText('Ends at a root of the bundled root store.').first().waitFor()
    expect(await failure.count()).toBe(0)
  })
})
