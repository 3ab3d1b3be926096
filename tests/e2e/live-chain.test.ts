import { beforeAll, describe, expect, it } from 'vitest'
import { issueChain } from '../api/support/certificates.ts'
import { serveTls } from '../api/support/servers.ts'
import { expectSound } from './support/axe.ts'
import { domainRow, open, openTab, shownText, useBrowser } from './support/browser.ts'
import { pinByOpenssl } from './support/pem.ts'
import { leadNames, serve } from './support/server.ts'

useBrowser()

const CONFIG = 'Network security configuration'
/** Chromium says so for every answer that is not 2xx. */
const REFUSED_BY_ENDPOINT = [/Failed to load resource: the server responded with a status of 4/]

let certificates: Awaited<ReturnType<typeof issueChain>>

beforeAll(async () => {
  certificates = await issueChain()
})

/** A TLS server on this machine that sends leaf and intermediate, and what Pinsmith needs to dial its port. */
async function serveChain() {
  const { port, accepted } = await serveTls([certificates.leaf, certificates.intermediate])
  return { host: `localhost:${port}`, accepted, environment: { PINSMITH_PORTS: String(port) } }
}

describe('fetching the live chain', () => {
  it('pins what the server sends, in the order in which it sends it', async () => {
    const { host, environment } = await serveChain()
    const page = await open(await serve({ ...environment, PINSMITH_ALLOW_PRIVATE: '1' }))
    const row = domainRow(page, 1)
    await row.getByLabel('Domain', { exact: true }).fill(host)
    await row.getByLabel('Pin intermediate certificate').check()
    await row.getByRole('button', { name: 'Fetch live chain' }).click()
    await row.getByText('Ready: 2 certificates').waitFor()

    await openTab(page, 'Results')
    const card = page.getByRole('region', { name: 'localhost', exact: true })
    expect(await card.innerText()).toContain(`Live chain of ${host}`)
    expect(await card.innerText()).toContain('Incomplete: the issuer CN=Root is missing')
    await openTab(page, 'Android')
    const xml = await shownText(page, CONFIG)
    expect([...xml.matchAll(/<pin digest="SHA-256">(.*?)<\/pin>/g)].map(([, pin]) => pin)).toEqual([
      pinByOpenssl(certificates.leaf.pem),
      pinByOpenssl(certificates.intermediate.pem),
    ])
    expect(xml).toContain('<domain includeSubdomains="true">localhost</domain>')
  })

  it('happens for every row without a file on Generate, which then opens Results', async () => {
    const { host, environment } = await serveChain()
    const page = await open(await serve({ ...environment, PINSMITH_ALLOW_PRIVATE: '1' }))
    await domainRow(page, 1).getByLabel('Domain', { exact: true }).fill(host)
    await page.getByRole('button', { name: 'Generate' }).click()
    await page.getByRole('tab', { name: 'Results', selected: true }).waitFor()
    expect(new URL(page.url()).hash).toBe('#results')
    await page.getByText(pinByOpenssl(certificates.leaf.pem)).waitFor()
  })

  it('is refused for a private address, and says how to go on by hand', async () => {
    const { host, accepted, environment } = await serveChain()
    const page = await open(await serve(environment), {}, REFUSED_BY_ENDPOINT)
    const row = domainRow(page, 1)
    await row.getByLabel('Domain', { exact: true }).fill(host)
    await row.getByRole('button', { name: 'Fetch live chain' }).click()
    await row
      .getByRole('list', { name: 'Certificate sources' })
      .getByText(/resolves to a private or special/)
      .waitFor()
    const [name, port] = host.split(':')
    await row
      .getByText(`openssl s_client -connect ${name}:${port} -servername ${name} -showcerts </dev/null`, { exact: true })
      .waitFor()
    expect(accepted()).toBe(0)
    await openTab(page, 'Results')
    await page
      .getByRole('list', { name: 'Failures' })
      .getByText(/^openssl s_client -connect/)
      .waitFor()
    await openTab(page, 'Config')

    await row.getByRole('button', { name: 'Paste its output' }).click()
    const dialog = page.getByRole('dialog', { name: 'Paste certificates' })
    await dialog
      .getByLabel('Certificates as text')
      .fill(`CONNECTED(00000003)\n---\nCertificate chain\n 0 s:CN = localhost\n${certificates.leaf.pem}---\nDONE\n`)
    await dialog.getByRole('button', { name: 'Add certificates' }).click()
    await row.getByText('Ready: 1 certificate, 1 source failed').waitFor()
  })

  it('has its command for PowerShell too, chosen by keyboard for all of them and remembered', async () => {
    const page = await open(await serve(), {}, REFUSED_BY_ENDPOINT)
    // What is asked here is what the page does when the endpoint cannot help.
    await page.route('**/api/chain*', (route) => route.fulfill({ status: 403, json: { kind: 'private-address' } }))
    await domainRow(page, 1).getByLabel('Domain', { exact: true }).fill('a.example')
    await page.getByRole('button', { name: 'Add another domain' }).click()
    await domainRow(page, 2).getByLabel('Domain', { exact: true }).fill('b.example:8443')
    await page.getByRole('button', { name: 'Generate' }).click()
    await page.getByRole('tab', { name: 'Results', selected: true }).waitFor()
    const failures = page.getByRole('list', { name: 'Failures' })
    await failures.getByRole('radio', { name: 'Shell', exact: true, checked: true }).first().focus()
    await page.keyboard.press('ArrowRight')
    const commands = [
      "'Q' | openssl s_client -connect 'a.example:443' -servername 'a.example' -showcerts",
      "'Q' | openssl s_client -connect 'b.example:8443' -servername 'b.example' -showcerts",
    ]
    for (const command of commands) await failures.getByText(command, { exact: true }).waitFor()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await expectSound(page, `Results with commands for PowerShell, ${colorScheme}`)
    }

    await page.reload()
    for (const command of commands) await failures.getByText(command, { exact: true }).waitFor()
    await failures.getByRole('radio', { name: 'Shell', exact: true }).last().check()
    await failures
      .getByText('openssl s_client -connect a.example:443 -servername a.example -showcerts </dev/null')
      .waitFor()
  })

  it('of 200 hosts goes on until all are there, though others use up the same limit', async () => {
    const hosts = Array.from({ length: 200 }, (_, index) => `h${index}.many.test`)
    const { host, environment } = await serveChain()
    const port = host.split(':')[1] ?? ''
    const address = await serve({
      ...environment,
      ...leadNames(Object.fromEntries(hosts.map((name) => [name, ['127.0.0.1']]))),
      PINSMITH_ALLOW_PRIVATE: '1',
      // Twenty a second.
      PINSMITH_RATE: '1200',
      PINSMITH_BURST: '0',
    })
    const page = await open(address, {}, REFUSED_BY_ENDPOINT)
    const statuses: number[] = []
    const others: Promise<unknown>[] = []
    page.on('response', (response) => {
      if (!response.url().includes('/api/chain')) return
      statuses.push(response.status())
      // A slow machine would keep to the limit by itself: now and then somebody else takes what is left of a second.
      if (statuses.length % 20 !== 0) return
      for (let count = 0; count < 20; count += 1) others.push(fetch(`${address}api/chain?host=`))
    })
    await page.getByRole('button', { name: 'Paste a list', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Paste a list of domains' })
    await dialog.getByLabel('Domains', { exact: true }).fill(hosts.map((name) => `${name}:${port}`).join('\n'))
    await dialog.getByRole('button', { name: 'Add 200 domains' }).click()
    await page.getByRole('button', { name: 'Generate' }).click()
    await page.getByText(/^Fetching \d+ of 200, paused by the endpoint…$/).waitFor({ timeout: 60_000 })
    await page.getByRole('tab', { name: 'Results', selected: true }).waitFor({ timeout: 60_000 })
    await Promise.all(others)

    expect(statuses.filter((status) => status === 200)).toHaveLength(200)
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(2)
    expect(new Set(statuses)).toEqual(new Set([200, 429]))
    await openTab(page, 'Config')
    const rows = page.getByRole('list', { name: 'Domains' }).getByRole('group')
    expect(await rows.count()).toBe(200)
    expect(await rows.filter({ hasText: 'Ready: 2 certificates' }).count()).toBe(200)
    await openTab(page, 'Android')
    const xml = await shownText(page, CONFIG)
    const written = [...xml.matchAll(/<domain includeSubdomains="true">(.*?)<\/domain>/g)].map(([, name]) => name ?? '')
    expect(written.toSorted()).toEqual(hosts.toSorted())
  }, 150_000)

  it('can be cancelled', async () => {
    const { host, environment } = await serveChain()
    const page = await open(await serve({ ...environment, PINSMITH_ALLOW_PRIVATE: '1' }), {}, [/net::ERR_/])
    // The answer never comes: what is asked here is what the page does meanwhile.
    await page.route('**/api/chain*', () => new Promise(() => undefined))
    const row = domainRow(page, 1)
    await row.getByLabel('Domain', { exact: true }).fill(host)
    await page.getByRole('button', { name: 'Generate' }).click()
    await page.getByText('Fetching 0 of 1…').waitFor()
    await page.getByRole('button', { name: 'Cancel', exact: true }).click()
    await row.getByText('No certificates yet').waitFor()
    await page.getByRole('button', { name: 'Generate' }).waitFor()
    expect(new URL(page.url()).hash).toBe('')
  })
})
