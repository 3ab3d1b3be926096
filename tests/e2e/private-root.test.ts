import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anchorsFor, connects, parseNetworkSecurityConfig } from '../oracles/android-nsc.ts'
import { aapt, aaptCompile, isMissing, openssl } from '../support/tools.ts'
import { expectSound } from './support/axe.ts'
import { domainRow, file, fillRow, open, openTab, shownText, useBrowser } from './support/browser.ts'
import { fixture, pinByOpenssl } from './support/pem.ts'
import { serve } from './support/server.ts'

useBrowser()

const HOST = 'intranet.example.com'
const CONFIG = 'Network security configuration'
const NOW = { now: Date.now(), utcOffsetMinutes: 0 }

let folder: string

const bytes = (name: string) => readFileSync(join(folder, name))
const pem = (name: string) => bytes(name).toString()

function runOpenssl(...args: readonly string[]) {
  execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
}

/** A root, and a server certificate below it, made by OpenSSL as its manual shows. */
function issue(name: string, subject: string) {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc']
  const usage = ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign']
  runOpenssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca.key',
    '-out',
    `${name}.pem`,
    '-subj',
    subject,
    '-days',
    '90',
    ...usage,
  )
  runOpenssl('x509', '-in', `${name}.pem`, '-outform', 'der', '-out', `${name}.der`)
  runOpenssl('req', ...key, '-keyout', 'server.key', '-out', 'server.csr', '-subj', `/CN=${HOST}`)
  writeFileSync(join(folder, 'server.ext'), `subjectAltName=DNS:${HOST}\nextendedKeyUsage=serverAuth\n`)
  const signing = ['-CA', `${name}.pem`, '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'server.ext', '-days', '30']
  runOpenssl('x509', '-req', '-in', 'server.csr', '-out', `${name}-server.pem`, ...signing)
}

async function openWith(...files: readonly ReturnType<typeof file>[]): Promise<Page> {
  const page = await open(await serve())
  const row = domainRow(page, 1)
  await fillRow(row, HOST, files)
  await row.getByLabel('Pin root certificate').check()
  return page
}

/** Clicks the one button that downloads a certificate. */
async function downloadRoot(page: Page) {
  const waiting = page.waitForEvent('download')
  await page.getByRole('button', { name: /^Download .*\.der$/ }).click()
  const download = await waiting
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) }
}

/** How many findings have a title. */
function found(page: Page, title: string): Promise<number> {
  return page.getByRole('heading', { level: 4, name: title }).count()
}

function accepted(xml: string) {
  const { accepted: config, refused } = parseNetworkSecurityConfig(xml)
  if (!config) throw new Error(refused)
  return config
}

describe.skipIf(isMissing(openssl))('a server with a private root', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'pinsmith-private-'))
    issue('own', '/O=Example/CN=Example Private Root 1')
    issue('proxy', '/O=mitmproxy/CN=mitmproxy')
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('gets trust anchors on Android, and the root as a file, byte for byte', async () => {
    const page = await openWith(file('chain.pem', pem('own-server.pem') + pem('own.pem')))
    await openTab(page, 'Android')
    const { name, content } = await downloadRoot(page)
    expect(content.equals(bytes('own.der'))).toBe(true)
    expect(name).toMatch(/^example_private_root_1_[\da-f]{12}\.der$/)

    const config = accepted(await shownText(page, CONFIG))
    const anchor = `@raw/${name.replace(/\.der$/, '')}`
    expect(anchorsFor(config, HOST)).toEqual([{ src: anchor, overridePins: false }])
    expect(connects(config, HOST, [pinByOpenssl(pem('own.pem'))], { ...NOW, anchor })).toBe(true)
    expect(connects(config, HOST, [], { ...NOW, anchor })).toBe(false)
    expect(await found(page, `The app brings the root of ${HOST} along`)).toBe(1)
  })

  it.skipIf(isMissing(aapt))(
    'gives a project that the resource compiler takes with the file, and not without',
    async () => {
      const page = await openWith(file('chain.pem', pem('own-server.pem') + pem('own.pem')))
      await openTab(page, 'Android')
      const { name, content } = await downloadRoot(page)
      const networkSecurityConfig = await shownText(page, CONFIG)
      expect(aaptCompile({ networkSecurityConfig, raw: { [name]: content } }).problem).toBeUndefined()
      expect(aaptCompile({ networkSecurityConfig }).problem).toContain(name.replace(/\.der$/, ''))
    },
  )

  it('is asked how phones get to trust it, and does as it is told', async () => {
    const page = await openWith(file('chain.pem', pem('own-server.pem') + pem('own.pem')))
    await openTab(page, 'Android')
    const sources = async () => anchorsFor(accepted(await shownText(page, CONFIG)), HOST).map(({ src }) => src)
    const files = page.getByRole('button', { name: /^Download .*\.der$/ })

    await page.getByRole('radio', { name: 'It is installed on the devices (MDM)' }).check()
    expect([await sources(), await files.count()]).toEqual([['user'], 0])
    expect(await found(page, `The app trusts every CA that was added to the phone for ${HOST}`)).toBe(1)

    await page.getByRole('radio', { name: 'Leave trust as it is' }).check()
    expect([await sources(), await files.count()]).toEqual([['system'], 0])
    expect(await found(page, `Android would not trust ${HOST}`)).toBe(1)
  })

  it('is told on iOS what each device needs, and how the chain ends in Results', async () => {
    const page = await openWith(file('chain.pem', pem('own-server.pem') + pem('own.pem')))
    await openTab(page, 'iOS')
    const findings = await page.getByRole('list', { name: /^Findings for Info.plist/ }).innerText()
    expect(findings).toContain(`iPhones have to trust the root of ${HOST} first`)
    expect(findings).toContain('Certificate Trust Settings')
    expect(findings).not.toContain('iOS refuses the certificate')
    await openTab(page, 'Results')
    expect(await page.getByText(/^Ends at a private root, which no phone ships with\./).count()).toBe(1)
    const coverage = page.getByRole('region', { name: 'Which phones connect' })
    expect(await coverage.getByText(/^No phone has this root by itself\. The app connects where/).count()).toBe(1)
    expect(await coverage.getByText('does not trust the chain at all').count()).toBe(0)
  })

  it('is stopped where the chain is a proxy’s, and its root is not shipped', async () => {
    const page = await openWith(file('chain.pem', pem('proxy-server.pem') + pem('proxy.pem')))
    await openTab(page, 'Results')
    expect(await found(page, `Stop: the chain of ${HOST} looks like one of mitmproxy, not of the server`)).toBe(1)
    expect(await page.getByText(/does not trust the chain at all/).count()).toBe(1)
    await openTab(page, 'Android')
    expect(anchorsFor(accepted(await shownText(page, CONFIG)), HOST).map(({ src }) => src)).toEqual(['system'])
    expect(await page.getByRole('button', { name: /\.der$/ }).count()).toBe(0)
    expect(await found(page, 'No trust anchor is written for the CA of mitmproxy')).toBe(1)
  })

  it('leaves a public host without anchors, a question or a file', async () => {
    const page = await open(await serve())
    await fillRow(domainRow(page, 1), 'cloudflare.com', [
      file('chain.pem', fixture('chains--cloudflare.com-2026-05-12-dd599564.pem')),
    ])
    await openTab(page, 'Android')
    expect(await shownText(page, CONFIG)).not.toContain('certificates')
    expect(await page.getByText('How do phones get to trust it?').count()).toBe(0)
    expect(await page.getByRole('button', { name: /\.der$/ }).count()).toBe(0)
  })

  it.each(['light', 'dark'] as const)('is shown soundly in the %s theme', async (colorScheme) => {
    const page = await open(await serve(), { colorScheme })
    const row = domainRow(page, 1)
    await fillRow(row, HOST, [file('chain.pem', pem('own-server.pem') + pem('own.pem'))])
    await row.getByLabel('Pin root certificate').check()
    for (const tab of ['Android', 'iOS', 'Results'] as const) {
      await openTab(page, tab)
      await expectSound(page, tab)
    }
  })
})
