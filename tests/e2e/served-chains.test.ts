// tsyringe, which @peculiar/x509 is built on, throws at import unless this polyfill was loaded before it.
import 'reflect-metadata'
import { AuthorityInfoAccessExtension } from '@peculiar/x509'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Issued } from '../api/support/certificates.ts'
import { serveHttp, serveTls, serveTlsOfSeveralKeys } from '../api/support/servers.ts'
import { issueCertificate, type CertificateOrder, type IssuedCertificate } from '../support/issue-chain.ts'
import { expectSound } from './support/axe.ts'
import { domainRow, open, openTab, shownText, useBrowser } from './support/browser.ts'
import { pinByOpenssl } from './support/pem.ts'
import { leadNames, serve } from './support/server.ts'

useBrowser()

const CONFIG = 'Network security configuration'
const HOST = 'several.test'
const FIRST = '127.0.0.1'
const SECOND = '127.0.0.2'

let root: IssuedCertificate
let intermediate: IssuedCertificate

beforeAll(async () => {
  root = await issueCertificate({ subject: 'Root', isCa: true, notAfter: FAR })
  intermediate = await issueCertificate({ subject: 'Intermediate', isCa: true, issuer: root, notAfter: FAR })
})

const FAR = '2096-01-01'

function issueServer(order: Partial<CertificateOrder> = {}): Promise<IssuedCertificate> {
  return issueCertificate({ subject: HOST, dnsNames: [HOST], issuer: intermediate, notAfter: FAR, ...order })
}

/** What a TLS server sends, with the keys that it would need for it. */
function sent(...certificates: readonly IssuedCertificate[]): Promise<Issued[]> {
  return Promise.all(
    certificates.map(async ({ der, pem, keys }) => {
      const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
      const keyPem = `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`
      const base64 = Buffer.from(der).toString('base64')
      return { subject: HOST, keyKind: 'ecdsa' as const, base64, pem, keyPem, keys }
    }),
  )
}

/** Starts Pinsmith and fetches the live chain of the host, which has these addresses. */
async function fetchFrom(port: number, addresses: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const page = await open(
    await serve({
      PINSMITH_ALLOW_PRIVATE: '1',
      PINSMITH_PORTS: String(port),
      ...leadNames({ [HOST]: addresses, 'files.test': [FIRST] }),
      ...more,
    }),
    {},
    [/Failed to load resource: the server responded with a status of [45]/],
  )
  const row = domainRow(page, 1)
  await row.getByLabel('Domain', { exact: true }).fill(`${HOST}:${port}`)
  await row.getByRole('button', { name: 'Fetch live chain' }).click()
  await row.getByText(/^Ready: /).waitFor()
  return page
}

async function pinsOf(page: Page): Promise<(string | undefined)[]> {
  await openTab(page, 'Android')
  const xml = await shownText(page, CONFIG)
  return [...xml.matchAll(/<pin digest="SHA-256">(.*?)<\/pin>/g)].map(([, pin]) => pin)
}

/** Another key on each of two addresses, and no intermediate from the second. */
async function fetchDiffering() {
  const [one, other] = await Promise.all([issueServer({ keyName: 'one' }), issueServer({ keyName: 'other' })])
  const { port } = await serveTls(await sent(one, intermediate))
  await serveTls(await sent(other), {}, { address: SECOND, port })
  return { page: await fetchFrom(port, [FIRST, SECOND]), one, other }
}

/** The leaf alone, with the addresses of files that hold what `answer` gives. */
async function fetchIncomplete(
  answer: (url: string) => { readonly status: number; readonly body: Uint8Array },
  addressesAt: (origin: string) => readonly string[] = (origin) => [`${origin}/intermediate.cer`],
) {
  const asked: string[] = []
  const files = await serveHttp((request, response) => {
    asked.push(request.url ?? '')
    const { status, body } = answer(request.url ?? '')
    response.writeHead(status).end(body)
  })
  const addresses = addressesAt(`http://files.test:${files.port}`)
  const leaf = await issueServer({ extensions: [new AuthorityInfoAccessExtension({ caIssuers: [...addresses] })] })
  const { port } = await serveTls(await sent(leaf))
  const page = await fetchFrom(port, [FIRST], { PINSMITH_ISSUER_PORTS: String(files.port) })
  await openTab(page, 'Results')
  await finding(page, 'several.test may lack an intermediate certificate').waitFor()
  return { page, address: addresses[0] ?? '', asked }
}

const offer = (page: Page) => page.getByRole('button', { name: /^Fetch the missing certificate/ })

const finding = (page: Page, title: string) => page.getByRole('heading', { name: title })

describe('a host whose addresses present different keys', () => {
  it('has them side by side, and all its leaf pins offered', async () => {
    const { page, one, other } = await fetchDiffering()
    await domainRow(page, 1).getByText('2 chains from 2 addresses, 3 certificates').waitFor()
    expect(await pinsOf(page)).toEqual([pinByOpenssl(one.pem), pinByOpenssl(other.pem)])

    await openTab(page, 'Results')
    await page.getByText('1 of 2 addresses presents another key').waitFor()
    const table = page.getByRole('table', { name: /^What the server presented/ })
    expect(await table.getByRole('row', { name: new RegExp(FIRST) }).count()).toBeGreaterThan(0)
    const line = table.getByRole('row').filter({ hasText: SECOND }).first()
    expect(await line.innerText()).toMatch(/any key[\s\S]*another key[\s\S]*1 certificate[\s\S]*TLS 1\.3/)
    await finding(page, 'several.test presents 2 different keys').waitFor()
  })

  it('is a blocker once one of them is not pinned', async () => {
    const { page } = await fetchDiffering()
    await openTab(page, 'Results')
    await page.getByLabel('Pin this certificate: several.test').last().uncheck()
    await finding(page, '1 of 2 addresses of several.test presents a key that is not pinned').waitFor()
  })

  it.each(['light', 'dark'] as const)('is shown so that axe finds nothing, in the %s theme', async (colorScheme) => {
    const { page } = await fetchDiffering()
    await page.emulateMedia({ colorScheme })
    await openTab(page, 'Results')
    await page.getByRole('table', { name: /^What the server presented/ }).waitFor()
    await expectSound(page, 'Results')
  })

  it('keeps them over a reload', async () => {
    const { page } = await fetchDiffering()
    await page.getByText('Kept in this browser').waitFor()
    await page.reload()
    await domainRow(page, 1).getByText('2 chains from 2 addresses').waitFor()
  })
})

describe('a chain that the endpoint has at hand', () => {
  it('says how old it is', async () => {
    const { port } = await serveTls(await sent(await issueServer(), intermediate))
    const page = await fetchFrom(port, [FIRST])
    await openTab(page, 'Results')
    await page.getByText(/1 address, one chain$/).waitFor()
    await page.getByText(/^TLS 1\.3, no ALPN, handshake in \d+ ms$/).waitFor({ state: 'attached' })
    await openTab(page, 'Config')
    // Younger than a second it counts as fresh.
    await page.waitForTimeout(1000)
    const answered = page.waitForResponse(/api\/chain/)
    await domainRow(page, 1).getByRole('button', { name: 'Fetch live chain' }).click()
    await answered
    await openTab(page, 'Results')
    await page.getByText(/1 address, one chain; fetched \d+ s before you asked$/).waitFor()
  })
})

describe('a host with a key of each type', () => {
  it('shows which clients get which', async () => {
    const [ecdsa, rsa] = await Promise.all([issueServer(), issueServer({ key: 'RSA', keyName: 'of RSA' })])
    const { port } = await serveTlsOfSeveralKeys([await sent(ecdsa, intermediate), await sent(rsa, intermediate)])
    const page = await fetchFrom(port, [FIRST])
    expect(await pinsOf(page)).toEqual([pinByOpenssl(ecdsa.pem), pinByOpenssl(rsa.pem)])
    await openTab(page, 'Results')
    await page.getByText('1 address presents another key to clients that verify one type alone').waitFor()
    const line = page.getByRole('row').filter({ hasText: 'RSA alone' })
    expect(await line.innerText()).toContain('another key')
  })
})

describe('a chain without its intermediate', () => {
  it('is completed from the address in the certificate, which is shown first', async () => {
    const { page, address, asked } = await fetchIncomplete(() => ({ status: 200, body: intermediate.der }))
    await offer(page).click()
    const dialog = page.getByRole('dialog', { name: 'Fetch the missing certificate' })
    await dialog.getByText(address, { exact: true }).waitFor()
    await expectSound(page, 'the dialog for an issuer')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    expect(asked).toEqual([])

    await offer(page).click()
    await dialog.getByRole('button', { name: 'Fetch' }).click()
    await finding(page, 'several.test does not send an intermediate certificate').waitFor()
    await page.getByText('Incomplete: the issuer CN=Root is missing').waitFor()
    await page.getByText(`Issuer from ${address}`).waitFor()
    expect(asked).toEqual(['/intermediate.cer'])
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('FIGURE')
    await openTab(page, 'Config')
    await domainRow(page, 1).getByText('Ready: 2 certificates').waitFor()
  })

  it('says what went wrong, and what to do', async () => {
    const { page } = await fetchIncomplete(() => ({ status: 404, body: new Uint8Array() }))
    await offer(page).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Fetch' }).click()
    await page.getByRole('alert').getByText('There is no file at that address.').waitFor()
    await expectSound(page, 'Results')
  })

  it('may name several addresses, of which one is chosen, by keyboard too', async () => {
    const { page, asked } = await fetchIncomplete(
      (url) =>
        url === '/good.cer' ? { status: 200, body: intermediate.der } : { status: 404, body: new Uint8Array() },
      (origin) => [
        'ldap://files.test/cn=Intermediate',
        `${origin}/gone.cer`,
        'https://files.test/intermediate.cer',
        `${origin}/good.cer`,
        `${origin}/third.cer`,
        `${origin}/fourth.cer`,
      ],
    )
    const dialog = page.getByRole('dialog', { name: 'Fetch the missing certificate' })
    const addresses = dialog.getByRole('group', { name: 'Address' }).getByRole('radio')
    await offer(page).click()
    // Only what the endpoint may fetch, and no more than anybody would try.
    const names = await addresses.evaluateAll((radios) => radios.map((radio) => radio.closest('label')?.innerText))
    expect(names.map((name) => new URL(name ?? '').pathname)).toEqual(['/gone.cer', '/good.cer', '/third.cer'])
    expect(await addresses.first().isChecked()).toBe(true)
    await expectSound(page, 'the dialog for an issuer with several addresses')
    await dialog.getByRole('button', { name: 'Fetch' }).click()
    await page.getByRole('alert').getByText('There is no file at that address.').waitFor()
    expect(asked).toEqual(['/gone.cer'])

    await offer(page).click()
    await addresses.first().focus()
    await page.keyboard.press('ArrowDown')
    expect(await addresses.nth(1).isChecked()).toBe(true)
    await dialog.getByRole('button', { name: 'Fetch' }).click()
    await finding(page, 'several.test does not send an intermediate certificate').waitFor()
    await page.getByText(/^Issuer from http:\/\/files\.test:\d+\/good\.cer$/).waitFor()
    expect(asked).toEqual(['/gone.cer', '/good.cer'])
  })

  it('says so when the file is of another CA', async () => {
    const stranger = await issueCertificate({ subject: 'Stranger', isCa: true, notAfter: FAR })
    const { page } = await fetchIncomplete(() => ({ status: 200, body: stranger.der }))
    await offer(page).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Fetch' }).click()
    await page
      .getByRole('alert')
      .getByText(/did not issue several\.test/)
      .waitFor()
  })
})

describe('hosts that failed', () => {
  it('are fetched again from Results, and no others', async () => {
    const leaf = await issueServer()
    const place = await serveTls(await sent(leaf, intermediate))
    const page = await fetchFrom(place.port, [FIRST])
    await page.getByRole('button', { name: 'Add another domain' }).click()
    await domainRow(page, 2).getByLabel('Domain', { exact: true }).fill('localhost:1')
    await page.getByRole('button', { name: 'Generate' }).click()
    await page.getByRole('tab', { name: 'Results', selected: true }).waitFor()
    await page.getByText('The live chain of 1 domain could not be fetched.').waitFor()
    const requests: string[] = []
    page.on('request', (request) => requests.push(new URL(request.url()).search))
    await Promise.all([page.waitForResponse(/api\/chain/), page.getByRole('button', { name: 'Fetch again' }).click()])
    await page.getByRole('button', { name: 'Fetch again' }).waitFor()
    expect(requests).toEqual(['?host=localhost&port=1'])
  })
})
