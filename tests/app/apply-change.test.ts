import { describe, expect, it } from 'vitest'
import { applyChange } from '../../src/app/apply-change.ts'
import { createReportSelector } from '../../src/app/report.ts'
import { chainsOf } from '../../src/app/row.ts'
import { createAppStore } from '../../src/app/store.ts'
import { alamofire } from '../../src/core/formats/ios/alamofire.ts'
import { curl } from '../../src/core/formats/tools/curl.ts'
import type { Format } from '../../src/core/formats/format.ts'
import { shortfallsOf, type Shortfall } from '../../src/core/formats/shortfalls.ts'
import { failed, ok } from '../../src/core/result.ts'
import type { SpkiPin } from '../../src/core/pins/spki-pin.ts'
import { shortfallFixes } from '../../src/core/risks/shortfall-fixes.ts'
import { createInProcessEngine } from '../support/in-process-engine.ts'
import { issueCertificate, TEST_NOW } from '../support/issue-chain.ts'
import { pinOfKey } from '../support/cases.ts'

const NAMES = ['example.test', '*.example.test', 'v1.api.example.test', '*.deep.api.example.test']

async function issueNames(...dnsNames: readonly string[]) {
  const root = await issueCertificate({ subject: 'Fix Root', isCa: true })
  const intermediate = await issueCertificate({ subject: 'Fix CA', isCa: true, issuer: root })
  const leaf = await issueCertificate({ subject: dnsNames[0] ?? '', dnsNames, issuer: intermediate })
  return [leaf, intermediate, root]
}

/** One row with sub-domains whose leaf has these names; `how` its certificates came. */
async function setUp(how: 'file' | 'live' = 'file', dnsNames: readonly string[] = NAMES) {
  const certificates = await issueNames(...dnsNames)
  const store = createAppStore({
    engine: createInProcessEngine(),
    fetchLiveChain: (host, port) =>
      Promise.resolve(ok({ host, port, chains: [certificates.map(({ der }) => der.slice())], addresses: [] })),
    fetchIssuer: () => Promise.resolve(failed({ kind: 'endpoint-missing' })),
    lookUpSuffix: (host) => Promise.resolve({ registrableDomain: host, isPublicSuffix: false }),
    now: () => TEST_NOW,
  })
  const app = () => store.getState()
  const rowId = app().rows[0]?.id ?? ''
  app().typeHost(rowId, 'example.test')
  app().includeSubdomains(rowId, true)
  if (how === 'live') await app().fetchLive(rowId)
  else await app().addFiles(rowId, [new File([certificates.map(({ pem }) => pem).join('')], 'chain.pem')])
  const select = createReportSelector(() => TEST_NOW, '1.0.0')
  const report = () => select(app())
  const finding = (ruleId: string) => report().findings.find((one) => one.ruleId === ruleId)
  const shortfall = (format: Format, kind: Shortfall['kind']) =>
    shortfallsOf(format, report().plan, app().settings, report().rows).find((one) => one.kind === kind)
  return { app, rowId, report, finding, shortfall }
}

const hostsOf = ({ app }: Awaited<ReturnType<typeof setUp>>) => app().rows.map(({ hostText }) => hostText)

describe('the way out of sub-domains that iOS does not reach', () => {
  it.each(['file', 'live'] as const)('adds rows with the same certificates, given as %s', async (how) => {
    const parts = await setUp(how)
    const before = parts.finding('ios-subdomain-depth')
    expect(before).toMatchObject({ severity: 'warning' })
    expect(before?.fixes.map(({ label }) => label)).toEqual([
      'Add rows for v1.api.example.test and *.deep.api.example.test',
    ])
    await applyChange(before!.fixes[0]!.change, parts.app())
    expect(hostsOf(parts)).toEqual(['example.test', 'v1.api.example.test', 'deep.api.example.test'])
    expect(parts.app().rows.map(({ includeSubdomains }) => includeSubdomains)).toEqual([true, false, true])
    for (const row of parts.app().rows) expect(chainsOf(row)).toHaveLength(1)
    expect(parts.finding('ios-subdomain-depth')).toMatchObject({ severity: 'note', fixes: [] })
    parts.app().undo()
    expect(hostsOf(parts)).toEqual(['example.test'])
  })

  it('is none where no certificate names a deeper host', async () => {
    const parts = await setUp('file', ['example.test', '*.example.test'])
    expect(parts.finding('ios-subdomain-depth')).toMatchObject({ severity: 'note', fixes: [] })
  })
})

describe('the way out of sub-domains that another output does not reach', () => {
  it('adds a row for every name that the certificate has below the host', async () => {
    const parts = await setUp()
    const fixes = shortfallFixes(parts.shortfall(alamofire, 'subdomains')!, parts.report().plan, parts.report().rows)
    for (const { change } of fixes) await applyChange(change, parts.app())
    expect(hostsOf(parts)).toEqual(['example.test', 'v1.api.example.test', 'deep.api.example.test'])
  })
})

describe('the role of typed pins', () => {
  it('is set right for those that are named, and taken back', async () => {
    const parts = await setUp()
    const [, ca] = chainsOf(parts.app().rows[0]!)[0]?.links ?? []
    const [named, other] = [ca!.certificate.pin, pinOfKey('another')]
    const roles = () => Object.fromEntries(parts.app().rows[0]!.choices.typedPins.map(({ pin, role }) => [pin, role]))
    await parts.app().addTypedPins(parts.rowId, [
      { pin: named, role: 'leaf' },
      { pin: other, role: 'leaf' },
    ])
    const [fix] = parts.finding('ios-typed-pin-role')?.fixes ?? []
    await applyChange(fix!.change, parts.app())
    expect(roles()).toEqual({ [named]: 'ca', [other]: 'leaf' })
    expect(parts.finding('ios-typed-pin-role')).toBeUndefined()
    parts.app().undo()
    expect(roles()).toEqual({ [named]: 'leaf', [other]: 'leaf' })
  })

  it('is told of all that nobody knows where none is named', async () => {
    const parts = await setUp()
    await parts.app().addTypedPins(parts.rowId, [
      { pin: pinOfKey('unknown'), role: 'unknown' },
      { pin: pinOfKey('told'), role: 'leaf' },
    ])
    const fix = parts.finding('ios-unknown-pin-left-out')?.fixes.find(({ label }) => label === 'They are CA pins')
    await applyChange(fix!.change, parts.app())
    expect(parts.app().rows[0]?.choices.typedPins.map(({ role }) => role)).toEqual(['ca', 'leaf'])
  })
})

describe('a choice of pins', () => {
  it('that an output needs is made, and taken back', async () => {
    const parts = await setUp()
    parts.app().pinRole(parts.rowId, 'leaf', false)
    parts.app().pinRole(parts.rowId, 'root', true)
    const [fix] = shortfallFixes(parts.shortfall(curl, 'no-leaf-pin')!, parts.report().plan, parts.report().rows)
    await applyChange(fix!.change, parts.app())
    expect(parts.shortfall(curl, 'no-leaf-pin')).toBeUndefined()
    expect(parts.app().rows[0]?.choices.roles).toEqual({ leaf: true, intermediate: false, root: true })
    parts.app().undo()
    expect(parts.app().rows[0]?.choices.roles).toEqual({ leaf: false, intermediate: false, root: true })
    expect(parts.app().undoable).toBeNull()
  })

  it('of a row that pins nothing is one of two', async () => {
    const parts = await setUp()
    parts.app().pinRole(parts.rowId, 'leaf', false)
    const fixes = parts.finding('row-without-pins')?.fixes ?? []
    expect(fixes.map(({ label }) => label)).toEqual(['Pin the leaf', 'Pin the root'])
    await applyChange(fixes[1]!.change, parts.app())
    expect(parts.finding('row-without-pins')).toBeUndefined()
    expect(parts.app().rows[0]?.choices.roles).toEqual({ leaf: false, intermediate: false, root: true })
  })

  it('keeps what was chosen since, when it is taken back', async () => {
    const parts = await setUp()
    const pin = pinOfKey('typed')
    await parts.app().addTypedPins(parts.rowId, [{ pin, role: 'unknown' }])
    const [leaf] = parts.finding('ios-unknown-pin-left-out')?.fixes ?? []
    await applyChange(leaf!.change, parts.app())
    expect(parts.app().rows[0]?.choices.typedPins).toEqual([{ pin, role: 'leaf' }])
    expect(parts.finding('ios-unknown-pin-left-out')).toBeUndefined()
    parts.app().pinRole(parts.rowId, 'root', true)
    const since = pinOfKey('since')
    await parts.app().addTypedPins(parts.rowId, [{ pin: since, role: 'ca' }])
    parts.app().undo()
    expect(parts.app().rows[0]?.choices.roles).toMatchObject({ root: true })
    expect(new Set(parts.app().rows[0]?.choices.typedPins)).toEqual(
      new Set([
        { pin, role: 'unknown' },
        { pin: since, role: 'ca' },
      ]),
    )
  })
})

it('a pin that no key has is taken out', async () => {
  const parts = await setUp()
  const placeholder = `${'A'.repeat(43)}=` as SpkiPin
  await parts.app().addTypedPins(parts.rowId, [
    { pin: placeholder, role: 'leaf' },
    { pin: pinOfKey('typed'), role: 'leaf' },
  ])
  const [fix] = parts.finding('sample-pin')?.fixes ?? []
  await applyChange(fix!.change, parts.app())
  expect(parts.finding('sample-pin')).toBeUndefined()
  expect(parts.app().rows[0]?.choices.typedPins).toEqual([{ pin: pinOfKey('typed'), role: 'leaf' }])
})

describe('an option', () => {
  it('is set, and taken back alone', async () => {
    const parts = await setUp()
    parts.app().set('android-network-security-config', 'expiration', { kind: 'date', date: '2020-01-01' })
    const [fix] = parts.finding('android-expiration-not-written')?.fixes ?? []
    await applyChange(fix!.change, parts.app())
    expect(parts.finding('android-expiration-not-written')).toBeUndefined()
    parts.app().set('android-network-security-config', 'trust', 'as-is')
    parts.app().undo()
    expect(parts.app().settings['android-network-security-config']).toEqual({
      expiration: { kind: 'date', date: '2020-01-01' },
      trust: 'as-is',
    })
  })

  it('that was not set before is not set afterwards', async () => {
    const parts = await setUp()
    parts.app().setUndoably('ios-pinned-domains', 'lists', 'leaf')
    parts.app().undo()
    expect(parts.app().settings['ios-pinned-domains']).toEqual({})
  })
})
