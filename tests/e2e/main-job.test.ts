import { describe, expect, it } from 'vitest'
import { enforcedPins, parseNetworkSecurityConfig } from '../oracles/android-nsc.ts'
import { parseStrictXml } from '../oracles/strict-xml.ts'
import { issueCertificate } from '../support/issue-chain.ts'
import {
  aapt,
  aaptCompile,
  isMissing,
  openssl,
  plistlibRead,
  plparse,
  plparseAccepts,
  python,
  xmllint,
  xmllintAccepts,
  type PlistValue,
} from '../support/tools.ts'
import { domainRow, file, fillRow, open, openTab, shownText, useBrowser } from './support/browser.ts'
import { fixture, pinByOpenssl, rootOfNode, splitPem } from './support/pem.ts'
import { serve } from './support/server.ts'

useBrowser()

const CHAIN = fixture('chains--cloudflare.com-2026-05-12-dd599564.pem')
const CONFIG = 'Network security configuration'
const PART = 'NSAppTransportSecurity part of Info.plist'
const NOW = { now: Date.now(), utcOffsetMinutes: 0 }

/** cloudflare.com with the chain as its server sent it, without the root; leaf and root are pinned. */
async function openWithLeafAndRoot() {
  const page = await open(await serve())
  const row = domainRow(page, 1)
  await fillRow(row, 'cloudflare.com', [file('chain.pem', CHAIN)])
  await row.getByLabel('Pin root certificate').check()
  return page
}

function expectedPins() {
  return { leaf: pinByOpenssl(splitPem(CHAIN)[0] ?? ''), root: pinByOpenssl(rootOfNode('GTS Root R4')) }
}

function wholePlist(part: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict>${part}</dict></plist>`
}

/** What the plist says for cloudflare.com, with each list as its pins. */
function pinnedDomain(plist: PlistValue | undefined) {
  return (plist as { NSAppTransportSecurity: { NSPinnedDomains: Record<string, PlistValue> } }).NSAppTransportSecurity
    .NSPinnedDomains['cloudflare.com']
}

function identities(...pins: readonly string[]) {
  return pins.map((pin) => ({ 'SPKI-SHA256-BASE64': pin }))
}

describe.skipIf(isMissing(openssl))('a host, its chain as a file, leaf and root', () => {
  it('gives an Android file with exactly the two pins that OpenSSL computes', async () => {
    const page = await openWithLeafAndRoot()
    const { leaf, root } = expectedPins()
    await openTab(page, 'Android')
    const xml = await shownText(page, CONFIG)
    expect([...xml.matchAll(/<pin digest="SHA-256">(.*?)<\/pin>/g)].map(([, pin]) => pin)).toEqual([leaf, root])
    const parsed = parseNetworkSecurityConfig(xml)
    if (!parsed.accepted) throw new Error(parsed.refused)
    expect(enforcedPins(parsed.accepted, 'cloudflare.com', NOW)).toEqual(new Set([leaf, root]))
    expect(enforcedPins(parsed.accepted, 'a.b.cloudflare.com', NOW)).toEqual(new Set([leaf, root]))
    expect(enforcedPins(parsed.accepted, 'example.com', NOW)).toBeNull()
  })

  it.skipIf(isMissing(aapt))('gives an Android file and a manifest line that the resource compiler takes', async () => {
    const page = await openWithLeafAndRoot()
    await openTab(page, 'Android')
    const { accepted, problem } = aaptCompile({
      networkSecurityConfig: await shownText(page, CONFIG),
      applicationAttributes: await shownText(page, 'Manifest attribute'),
    })
    expect(problem).toBeUndefined()
    expect(accepted?.config.name).toBe('network-security-config')
    expect(Object.keys(accepted?.manifest.children[0]?.attributes ?? {})).toContain('android:networkSecurityConfig')
  })

  it.skipIf(isMissing(python))('gives iOS the CA list alone, and the other lists when asked', async () => {
    const page = await openWithLeafAndRoot()
    const { leaf, root } = expectedPins()
    await openTab(page, 'iOS')
    const read = async () => pinnedDomain(plistlibRead(wholePlist(await shownText(page, PART))).accepted)
    expect(await read()).toEqual({ NSIncludesSubdomains: true, NSPinnedCAIdentities: identities(root) })

    await page.getByRole('radio', { name: 'Leaf list alone' }).check()
    expect(await read()).toEqual({ NSIncludesSubdomains: true, NSPinnedLeafIdentities: identities(leaf) })

    await page.getByRole('radio', { name: 'Both lists' }).check()
    expect(await read()).toEqual({
      NSIncludesSubdomains: true,
      NSPinnedLeafIdentities: identities(leaf),
      NSPinnedCAIdentities: identities(root),
    })
    await page.getByRole('heading', { name: 'iOS must match a leaf pin AND a CA pin' }).waitFor()
  })

  it.skipIf(isMissing(python))('gives iOS a whole Info.plist on a switch', async () => {
    const page = await openWithLeafAndRoot()
    await openTab(page, 'iOS')
    await page.getByLabel('Show a whole minimal Info.plist').check()
    const plist = await shownText(page, 'Info.plist')
    expect(pinnedDomain(plistlibRead(plist).accepted)).toEqual({
      NSIncludesSubdomains: true,
      NSPinnedCAIdentities: identities(expectedPins().root),
    })
  })

  it('copies and downloads exactly what is shown', async () => {
    const page = await openWithLeafAndRoot()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    for (const { tab, title, fileName } of [
      { tab: 'Android', title: CONFIG, fileName: 'network_security_config.xml' },
      { tab: 'iOS', title: PART, fileName: 'NSAppTransportSecurity.xml' },
    ] as const) {
      await openTab(page, tab)
      const shown = await page.getByRole('region', { name: `${title}, text` }).textContent()
      await page.getByRole('button', { name: `Copy ${title}` }).click()
      await page.getByRole('button', { name: `Copied ${title}` }).waitFor()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown)
      const waiting = page.waitForEvent('download')
      await page.getByRole('button', { name: `Download ${fileName}` }).click()
      const download = await waiting
      expect(download.suggestedFilename()).toBe(fileName)
      expect(await textOf(await download.createReadStream())).toBe(shown)
    }
  })

  it('shows the chain with the root from the store, and hands out the certificate behind a pin', async () => {
    const page = await openWithLeafAndRoot()
    await openTab(page, 'Results')
    const links = page.getByRole('list', { name: 'Chain, leaf to root' }).getByRole('listitem')
    expect(await links.count()).toBe(3)
    const root = links.nth(2)
    expect(await root.innerText()).toContain('from the bundled store')
    expect(await root.innerText()).toContain(expectedPins().root)
    expect(await links.nth(0).innerText()).toMatch(/Source\s+chain\.pem/)

    await root.getByText('Reproduce this pin with OpenSSL').click()
    const waiting = page.waitForEvent('download')
    await root.getByRole('button', { name: /^Download root-/ }).click()
    expect(pinByOpenssl(await textOf(await (await waiting).createReadStream()))).toBe(expectedPins().root)
  })

  it('unfolds all that is decoded of a certificate', async () => {
    const page = await openWithLeafAndRoot()
    await openTab(page, 'Results')
    const leaf = page.getByRole('list', { name: 'Chain, leaf to root' }).getByRole('listitem').first()
    expect(await leaf.innerText()).not.toContain('Serial number')
    await leaf.getByText('Details of cloudflare.com').click()
    const details = await leaf.getByRole('group').filter({ hasText: 'Serial number' }).innerText()
    expect(details).toMatch(/Embedded SCTs\s+2, signatures not checked/)
    expect(details).toMatch(/Policies\s+2\.23\.140\.1\.2\.1 \(domain validated, DV\)/)
    expect(details).toMatch(/SHA-256 fingerprint, not a pin\s+dd5995641dbd/)
    expect(details).not.toContain(expectedPins().leaf)
    expect(await leaf.getByRole('link').count()).toBe(0)
  })

  it('pins a CA that is in no chain when it is switched on in Results', async () => {
    const page = await openWithLeafAndRoot()
    const second = rootOfNode('ISRG Root X1')
    await domainRow(page, 1)
      .getByLabel('Certificate files')
      .setInputFiles([file('second.pem', second)])
    await domainRow(page, 1).getByText('Ready: 3 certificates').waitFor()
    await openTab(page, 'Results')
    await page
      .getByRole('group', { name: 'Not in a chain' })
      .getByLabel(/^Pin ISRG Root X1/)
      .check()
    await openTab(page, 'Android')
    const { leaf, root } = expectedPins()
    const xml = await shownText(page, CONFIG)
    expect([...xml.matchAll(/<pin digest="SHA-256">(.*?)<\/pin>/g)].map(([, pin]) => pin)).toEqual([
      leaf,
      root,
      pinByOpenssl(second),
    ])
  })

  it('keeps the switches of a row and of its certificates in step', async () => {
    const page = await openWithLeafAndRoot()
    await openTab(page, 'Results')
    await page.getByLabel('Pin this certificate: cloudflare.com').uncheck()
    await page.getByLabel('Pin this certificate: WE1').check()
    await openTab(page, 'Config')
    const row = domainRow(page, 1)
    expect(await row.getByLabel('Pin leaf certificate').isChecked()).toBe(false)
    expect(await row.getByLabel('Pin intermediate certificate').isChecked()).toBe(true)
    expect(await row.getByLabel('Pin root certificate').isChecked()).toBe(true)
    await openTab(page, 'Android')
    expect(await shownText(page, CONFIG)).not.toContain(expectedPins().leaf)
  })
})

describe('names inside a certificate', () => {
  const HOSTILE = '--><script>globalThis.broken=1</script>"\'\r\n]]>&amp;\u202e<img src=x onerror="broken=1">'

  it('are text everywhere: nothing runs, and every output stays well formed', async () => {
    const page = await open(await serve())
    const certificate = await issueCertificate({
      subject: [
        { type: 'CN', text: HOSTILE },
        { type: 'O', text: HOSTILE },
      ],
      dnsNames: ['hostile.example'],
    })
    await fillRow(domainRow(page, 1), 'hostile.example', [file('<img src=x onerror="broken=1">.pem', certificate.pem)])
    await domainRow(page, 1).getByText('<img src=x onerror="broken=1">.pem', { exact: true }).first().waitFor()
    await openTab(page, 'Results')
    await page.getByRole('figure').getByText('<script>globalThis.broken=1</script>').first().waitFor()
    await openTab(page, 'Android')
    const config = await shownText(page, CONFIG)
    const waiting = page.waitForEvent('download')
    await page.getByRole('button', { name: /^Download .*\.der$/ }).click()
    const anchor = (await waiting).suggestedFilename()
    await openTab(page, 'iOS')
    const part = wholePlist(await shownText(page, PART))
    await page.getByLabel('Show a whole minimal Info.plist').check()
    const plist = await shownText(page, 'Info.plist')

    expect(parseNetworkSecurityConfig(config).refused).toBeUndefined()
    for (const output of [config, part, plist]) {
      expect(output).toContain('globalThis.broken=1')
      expect(parseStrictXml(output).problem).toBeUndefined()
    }
    const judgements = [
      ...(isMissing(xmllint) ? [] : [config, part, plist].map(xmllintAccepts)),
      ...(isMissing(plparse) ? [] : [plparseAccepts(plist)]),
      ...(isMissing(python) ? [] : [plistlibRead(plist)]),
      ...(isMissing(aapt) ? [] : [aaptCompile({ networkSecurityConfig: config, raw: { [anchor]: certificate.der } })]),
    ]
    expect(judgements.map(({ problem }) => problem)).toEqual(judgements.map(() => undefined))
    expect(await page.evaluate('globalThis.broken')).toBeUndefined()
    expect(await page.locator('img[src=x]').count()).toBe(0)
  })
})

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
