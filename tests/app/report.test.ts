import { execFileSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FAQ_ANSWERS } from '../../src/app/faq/answers.ts'
import { attention, createReportSelector } from '../../src/app/report.ts'
import { createAppStore, type AppState } from '../../src/app/store.ts'
import { isText } from '../../src/core/formats/format.ts'
import { renderAll, type FormatId } from '../../src/core/formats/registry.ts'
import type { SpkiPin } from '../../src/core/pins/spki-pin.ts'
import type { Finding } from '../../src/core/risks/risk-rule.ts'
import { failed } from '../../src/core/result.ts'
import { lookUpSuffix } from '../../src/host/suffix.ts'
import { createInProcessEngine } from '../support/in-process-engine.ts'
import { isMissing, openssl } from '../support/tools.ts'
import { issueChain, TEST_NOW, type IssuedCertificate } from '../support/issue-chain.ts'

const VERSION = '1.2.3'

function setUp() {
  const store = createAppStore({
    engine: createInProcessEngine(),
    fetchLiveChain: () => Promise.resolve(failed({ kind: 'endpoint-missing' })),
    fetchIssuer: () => Promise.resolve(failed({ kind: 'endpoint-missing' })),
    lookUpSuffix,
    now: () => TEST_NOW,
  })
  const app = () => store.getState()
  /** A row whose suffix is known and whose certificates are read. */
  const addRow = async (host: string, ...certificates: readonly IssuedCertificate[]) => {
    const id = app().rows.find(({ hostText }) => hostText === '')?.id ?? app().addRow()
    app().typeHost(id, host)
    await expect.poll(() => app().rows.find((row) => row.id === id)?.suffix).not.toBeNull()
    await app().addText(id, certificates.map(({ pem }) => pem).join(''))
    return id
  }
  return { app, addRow }
}

/** By OpenSSL inside Node, not by Pinsmith. */
function expectedPin({ pem }: Pick<IssuedCertificate, 'pem'>): string {
  const spki = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(spki).digest('base64')
}

const reportOf = (state: Pick<AppState, 'rows' | 'settings'>, now = TEST_NOW) =>
  createReportSelector(() => now, VERSION)(state)

function contentOf(state: Pick<AppState, 'rows' | 'settings'>, format: FormatId, now = TEST_NOW): string {
  const output = reportOf(state, now).outputs.find((candidate) => candidate.format.id === format)
  return (
    output?.snippets
      .filter(isText)
      .map(({ content }) => content)
      .join('\n') ?? ''
  )
}
const ANDROID = 'android-network-security-config'
const IOS = 'ios-pinned-domains'
const androidPins = (content: string) =>
  [...content.matchAll(/<pin digest="SHA-256">([^<]*)<\/pin>/g)].map(([, pin]) => pin)
const iosPins = (content: string, list: string) =>
  [...(content.split(`<key>${list}</key>`)[1]?.split('</array>')[0] ?? '').matchAll(/<string>([^<]*)<\/string>/g)].map(
    ([, pin]) => pin,
  )

describe('the report selector', () => {
  it('gives the same object for the same rows and settings', async () => {
    const { app, addRow } = setUp()
    let asked = 0
    const select = createReportSelector(() => TEST_NOW + (asked += 1), VERSION)
    await addRow('same.test', (await issueChain('same.test')).leaf)
    const first = select(app())
    expect(select(app())).toBe(first)
    app().dismissUndo()
    expect(select({ rows: app().rows, settings: app().settings })).toBe(first)
  })

  it('gives the same object for settings that no rule reads, such as the words of a review, and another for those that rules read', async () => {
    const { app, addRow } = setUp()
    const select = createReportSelector(() => TEST_NOW, VERSION)
    await addRow('same.test', (await issueChain('same.test')).leaf)
    const first = select(app())
    for (const owner of ['review', 'strategy', 'survival'] as const) app().set(owner, 'any', 'value')
    expect(select(app())).toBe(first)
    for (const owner of ['rotation', 'stacks', IOS] as const) {
      const before = select(app())
      app().set(owner, 'any', 'value')
      expect(select(app())).not.toBe(before)
    }
  })

  it('computes anew when an hour has passed, since dates pass while a page stays open', async () => {
    const { app, addRow } = setUp()
    let now = TEST_NOW
    const select = createReportSelector(() => now, VERSION)
    await addRow('open.test', (await issueChain('open.test')).leaf)
    app().set(ANDROID, 'expiration', { kind: 'date', date: '2026-06-03' })
    const content = () => select(app()).outputs[0]?.snippets.find(isText)?.content
    expect(content()).toContain('expiration="2026-06-03"')
    now += 96 * 60 * 60 * 1000
    expect(content()).not.toContain('expiration=')
    expect(select(app()).findings.map(({ ruleId }) => ruleId)).toContain('android-expiration-not-written')
  })

  it('computes anew for other rows and for other settings', async () => {
    const { app, addRow } = setUp()
    const select = createReportSelector(() => TEST_NOW, VERSION)
    await addRow('anew.test', (await issueChain('anew.test')).leaf)
    const first = select(app())
    app().set(IOS, 'wholeFile', true)
    const second = select(app())
    expect(second).not.toBe(first)
    expect(second.outputs.find(({ format }) => format.id === IOS)?.snippets.at(0)?.id).toBe('whole-file')
    app().addRow()
    expect(select(app())).not.toBe(second)
  })

  it('says for which instant it holds', () => {
    const { app } = setUp()
    expect(reportOf(app(), 12_345).now).toBe(12_345)
  })
})

const backupFindings = (state: AppState) =>
  reportOf(state).findings.flatMap(({ ruleId }) => (ruleId.endsWith('no-backup-pin') ? [ruleId] : []))

describe('a backup', () => {
  it.skipIf(isMissing(openssl))('is what the recipe of the FAQ makes', async () => {
    const recipe = FAQ_ANSWERS.find(({ id }) => id === 'backup-pin')?.blocks.find((block) => block.kind === 'code')
    const folder = mkdtempSync(join(tmpdir(), 'pinsmith-backup-'))
    execFileSync('sh', ['-ec', recipe?.text ?? 'false'], { cwd: folder, stdio: 'ignore' })
    const backup = readFileSync(join(folder, 'backup.csr'), 'utf8')
    const publicKey = execFileSync('openssl', ['pkey', '-in', join(folder, 'backup.key'), '-pubout', '-outform', 'DER'])
    rmSync(folder, { recursive: true })
    const { leaf, intermediate, root } = await issueChain('api.example.com')
    const { app, addRow } = setUp()
    const rowId = await addRow('api.example.com', leaf, intermediate, root)
    expect(backupFindings(app())).toEqual(['no-backup-pin'])
    await app().addText(rowId, backup)
    expect(backupFindings(app())).toEqual(['no-backup-pin'])
    const pin = createHash('sha256').update(publicKey).digest('base64') as SpkiPin
    app().pinBackupKey(rowId, pin, true)
    expect(backupFindings(app())).toEqual([])
    expect(androidPins(contentOf(app(), ANDROID))).toEqual([expectedPin(leaf), pin])
  })

  it('is the root of a second CA, once it is switched on', async () => {
    const { leaf, intermediate, root } = await issueChain('api.example.com')
    const { root: second } = await issueChain('second.example')
    const { app, addRow } = setUp()
    const rowId = await addRow('api.example.com', leaf, intermediate, root, second)
    app().pinRole(rowId, 'leaf', false)
    app().pinRole(rowId, 'root', true)
    expect(androidPins(contentOf(app(), ANDROID))).toEqual([expectedPin(root)])
    expect(backupFindings(app())).toEqual(['no-backup-pin'])
    const { reading } = app().rows[0] ?? {}
    const [reserve] = reading?.status === 'done' ? reading.report.superfluous : []
    if (!reserve) throw new Error('the second root is in a chain')
    app().pinReserve(rowId, reserve.sha256, true)
    expect(androidPins(contentOf(app(), ANDROID))).toEqual([expectedPin(root), expectedPin(second)])
    expect(iosPins(contentOf(app(), IOS), 'NSPinnedCAIdentities')).toEqual([expectedPin(root), expectedPin(second)])
    expect(backupFindings(app())).toEqual([])
    app().pinReserve(rowId, reserve.sha256, false)
    expect(androidPins(contentOf(app(), ANDROID))).toEqual([expectedPin(root)])
  })
})

describe('the outputs', () => {
  it('hold exactly the pins of leaf and root, each list of iOS its own', async () => {
    const { leaf, intermediate, root } = await issueChain('api.example.com')
    const { app, addRow } = setUp()
    const rowId = await addRow('https://API.example.com:8443/', leaf, intermediate, root)
    app().pinRole(rowId, 'root', true)

    const android = contentOf(app(), ANDROID)
    expect(androidPins(android)).toEqual([expectedPin(leaf), expectedPin(root)])
    expect(android).toContain('<domain includeSubdomains="true">api.example.com</domain>')
    expect(android).not.toContain('8443')

    const ios = contentOf(app(), IOS)
    expect(ios).not.toContain('NSPinnedLeafIdentities')
    expect(iosPins(ios, 'NSPinnedCAIdentities')).toEqual([expectedPin(root)])
    expect(ios).not.toContain(expectedPin(leaf))
    expect(ios).toContain('<key>api.example.com</key>')
    expect(ios).not.toContain('8443')

    app().set(IOS, 'lists', 'both')
    const both = contentOf(app(), IOS)
    expect(iosPins(both, 'NSPinnedLeafIdentities')).toEqual([expectedPin(leaf)])
    expect(iosPins(both, 'NSPinnedCAIdentities')).toEqual([expectedPin(root)])
  })

  it('follow the switch of a single certificate', async () => {
    const { leaf, intermediate, root } = await issueChain('api.example.com')
    const { app, addRow } = setUp()
    const rowId = await addRow('api.example.com', leaf, intermediate, root)
    const reading = app().rows[0]?.reading
    const links = reading?.status === 'done' ? (reading.report.chains[0]?.links ?? []) : []
    const ca = links.find(({ role }) => role === 'intermediate')
    if (!ca) throw new Error('There is no intermediate')
    app().pinCertificate(rowId, ca, true)
    app().pinRole(rowId, 'leaf', false)
    expect(androidPins(contentOf(app(), ANDROID))).toEqual([expectedPin(intermediate)])
    expect(iosPins(contentOf(app(), IOS), 'NSPinnedCAIdentities')).toEqual([expectedPin(intermediate)])
  })

  it('are empty for a row without a host, with a refused one, and with a public suffix and its sub-domains', async () => {
    const { leaf } = await issueChain('co.uk')
    const { app, addRow } = setUp()
    const rowId = await addRow('co.uk', leaf)
    expect(reportOf(app()).plan.policies).toEqual([])
    expect(contentOf(app(), ANDROID)).toBe('')
    app().includeSubdomains(rowId, false)
    expect(androidPins(contentOf(app(), ANDROID))).toEqual([expectedPin(leaf)])
    app().typeHost(rowId, '192.0.2.1')
    expect(contentOf(app(), ANDROID)).toBe('')
    app().typeHost(rowId, '')
    expect(contentOf(app(), IOS)).toBe('')
  })

  it('leave a row out while its suffix is being looked up', async () => {
    const { leaf } = await issueChain('a.test')
    const { app, addRow } = setUp()
    const rowId = await addRow('a.test', leaf)
    expect(reportOf(app()).plan.policies.map(({ host }) => host)).toEqual(['a.test'])
    app().typeHost(rowId, 'b.test')
    expect(app().rows[0]?.suffix).toBeNull()
    expect(reportOf(app()).plan.policies).toEqual([])
  })

  it('know the registrable domain and the rows of every host', async () => {
    const { leaf } = await issueChain('a.example.co.uk')
    const { app, addRow } = setUp()
    const first = await addRow('a.example.co.uk', leaf)
    const second = await addRow('b.example.co.uk')
    const { plan } = reportOf(app())
    expect(plan.policies).toMatchObject([{ host: 'a.example.co.uk', rowIds: [first] }])
    expect(plan.leftOut).toEqual([{ rowId: second, host: 'b.example.co.uk', reason: 'no-certificate' }])
    expect(app().rows[0]?.suffix).toEqual({ registrableDomain: 'example.co.uk', isPublicSuffix: false })
  })
})

const withoutStamp = (content: string) => content.replace(/<!-- Certificate pins made by .*? -->/, '')

describe('a finding', () => {
  it('even a blocker, alters no snippet', async () => {
    const { leaf, intermediate, root } = await issueChain('api.example.com')
    const { app, addRow } = setUp()
    const rowId = await addRow('api.example.com', leaf, intermediate, root)
    app().pinRole(rowId, 'root', true)
    // The certificates of tests end with the year 2026.
    const expired = Date.parse('2027-06-01T00:00:00Z')
    const severities = (now: number) => reportOf(app(), now).findings.map(({ severity }) => severity)
    expect(severities(TEST_NOW)).not.toContain('blocker')
    expect(severities(expired)).toContain('blocker')
    for (const format of [ANDROID, IOS] as const) {
      const sound = withoutStamp(contentOf(app(), format))
      expect(sound).toContain(expectedPin(root))
      expect(withoutStamp(contentOf(app(), format, expired))).toBe(sound)
    }
  })

  it('stands beside exactly what the formats make of the plan', async () => {
    const { leaf, root } = await issueChain('other.example')
    const { app, addRow } = setUp()
    await addRow('api.example.com', leaf, root)
    app().set(ANDROID, 'expiration', { kind: 'date', date: '2026-12-31' })
    const { findings, outputs, plan } = reportOf(app())
    expect(findings.filter(({ severity }) => severity === 'blocker').map(({ ruleId }) => ruleId)).toEqual([
      'host-not-covered',
    ])
    expect(outputs).toEqual(renderAll(plan, app().settings, { now: TEST_NOW, toolVersion: VERSION }))
    expect(androidPins(contentOf(app(), ANDROID))).toEqual([expectedPin(leaf)])
    expect(contentOf(app(), ANDROID)).toContain('expiration="2026-12-31"')
  })
})

const finding = (severity: Finding['severity'], tab: Finding['tab']): Finding => ({
  id: `${severity} ${tab}`,
  ruleId: 'rule',
  severity,
  tab,
  title: 'Title',
  why: 'Why.',
  rowIds: [],
  faq: 'backup-pin',
  source: 'https://example.com/',
  isOfEveryOutput: false,
  fixes: [],
})

describe('attention', () => {
  const FINDINGS = [
    finding('blocker', 'android'),
    finding('blocker', 'android'),
    finding('warning', 'android'),
    finding('warning', 'results'),
    finding('note', 'results'),
    finding('note', 'ios'),
  ]

  it('counts blockers and warnings of the tab they belong to, and no notes', () => {
    expect(attention(FINDINGS, 'android')).toEqual({ blockers: 2, warnings: 1 })
    expect(attention(FINDINGS, 'results')).toEqual({ blockers: 0, warnings: 1 })
    expect(attention(FINDINGS, 'ios')).toEqual({ blockers: 0, warnings: 0 })
    expect(attention([], 'ios')).toEqual({ blockers: 0, warnings: 0 })
  })
})
