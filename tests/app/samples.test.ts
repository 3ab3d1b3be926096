import { describe, expect, it } from 'vitest'
import { createReportSelector } from '../../src/app/report.ts'
import { isBlank } from '../../src/app/row.ts'
import { loadSample } from '../../src/app/samples/load-sample.ts'
import { SAMPLES, type SampleName } from '../../src/app/samples/samples.ts'
import { createAppStore } from '../../src/app/store.ts'
import { failed } from '../../src/core/result.ts'
import { lookUpSuffix } from '../../src/host/suffix.ts'
import { createInProcessEngine } from '../support/in-process-engine.ts'
import { TEST_NOW } from '../support/issue-chain.ts'

const IN_2035 = Date.parse('2035-01-01T00:00:00Z')

/** A sample, loaded as the page does, with the real engine and the real suffix list. */
async function load(name: SampleName, now = TEST_NOW) {
  const store = createAppStore({
    engine: createInProcessEngine(),
    fetchLiveChain: () => Promise.resolve(failed({ kind: 'endpoint-missing' })),
    fetchIssuer: () => Promise.resolve(failed({ kind: 'endpoint-missing' })),
    lookUpSuffix,
    now: () => now,
  })
  const app = () => store.getState()
  await loadSample(app(), name)
  await expect.poll(() => app().rows.every(({ suffix }) => suffix !== null)).toBe(true)
  const { findings, plan } = createReportSelector(() => now, 'test')(app())
  return { app, plan, findings: findings.map(({ severity, ruleId, title }) => `${severity} ${ruleId}: ${title}`) }
}

/** The sound set comes without its roots, as servers send chains. */
const ENDS: Readonly<Record<SampleName, string>> = {
  sound: 'issuer-missing',
  breaking: 'private-root',
  'private-root': 'private-root',
}

describe.each(Object.keys(SAMPLES) as SampleName[])('the sample %s', (name) => {
  it('is read whole, into chains that end as they are meant to', async () => {
    const { app } = await load(name)
    for (const { sources, reading } of app().rows) {
      const read = { status: 'read', damaged: [], ignored: [] }
      expect(sources.map(({ state }) => state)).toEqual(sources.map(() => expect.objectContaining(read)))
      if (reading.status !== 'done') throw new Error(reading.status)
      expect(reading.report.superfluous).toEqual([])
      expect(reading.report.chains.map(({ end }) => end.kind)).toEqual(sources.map(() => ENDS[name]))
    }
  })

  it('is taken back by one undo, and brought back by the next', async () => {
    const { app } = await load(name)
    const hosts = app().rows.map(({ hostText }) => hostText)
    app().undo()
    expect(app().rows.map(isBlank)).toEqual([true])
    app().undo()
    expect(app().rows.map(({ hostText }) => hostText)).toEqual(hosts)
    expect(app().undoable).toBeNull()
  })

  it('shows the same in 2035, beside the age of the root stores', async () => {
    const later = (await load(name, IN_2035)).findings
    const ofAge = later.filter((finding) => finding.startsWith('warning root-data-old: '))
    expect(ofAge).toHaveLength(1)
    expect(later.filter((finding) => !ofAge.includes(finding))).toEqual((await load(name)).findings)
  })
})

it('the sound set has neither a blocker nor a warning, and the same two keys on both platforms', async () => {
  const { findings, plan } = await load('sound')
  expect(findings).toEqual([
    'note android-reach: Not everything in an Android app obeys this file',
    'note ios-reach: Not everything in an iOS app obeys this Info.plist',
    'note static-pinning: Static pins can cut off installed apps',
  ])
  for (const { pins } of plan.policies) expect(pins.map(({ role }) => role)).toEqual(['leaf', 'leaf'])
})

it('the set that will break shows each way to break', async () => {
  const { findings } = await load('breaking')
  expect(findings).toEqual([
    'blocker certificate-validity: The leaf shop.pinsmith.example expired on 2024-02-29',
    'blocker host-not-covered: The certificate www.other.example is not valid for files.pinsmith-app.example',
    'warning ios-private-root: iPhones have to trust the root of pinsmith.example, shop.pinsmith.example and files.pinsmith-app.example first',
    'warning no-backup-pin: No backup pin for pinsmith.example',
    'warning no-backup-pin: No backup pin for shop.pinsmith.example',
    'warning no-backup-pin: No backup pin for files.pinsmith-app.example',
    'warning overlapping-rows: shop.pinsmith.example is also covered by pinsmith.example',
    'note android-ios-parity: Android and iOS differ in which pins count and how far sub-domains reach',
    'note android-private-root: The app brings the root of pinsmith.example, shop.pinsmith.example and files.pinsmith-app.example along',
    'note android-reach: Not everything in an Android app obeys this file',
    'note ios-leaf-and-ca: The leaf pins are left out on iOS',
    'note ios-reach: Not everything in an iOS app obeys this Info.plist',
    'note ios-subdomain-depth: On iOS, sub-domains reach one label',
    'note static-pinning: Static pins can cut off installed apps',
  ])
})

it('the private root has no backup, and says so', async () => {
  const { findings } = await load('private-root')
  expect(findings).toEqual([
    'warning ios-private-root: iPhones have to trust the root of intranet.pinsmith.example first',
    'warning no-backup-pin: No backup pin for intranet.pinsmith.example',
    'note android-ios-parity: Android and iOS differ in how far sub-domains reach',
    'note android-private-root: The app brings the root of intranet.pinsmith.example along',
    'note android-reach: Not everything in an Android app obeys this file',
    'note ios-reach: Not everything in an iOS app obeys this Info.plist',
    'note ios-subdomain-depth: On iOS, sub-domains reach one label',
    'note static-pinning: Static pins can cut off installed apps',
  ])
})
