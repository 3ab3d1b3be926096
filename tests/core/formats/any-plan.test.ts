/** Any rows at all: nested, equal and unlike hosts, any pins, any names, any day. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { networkSecurityConfig } from '../../../src/core/formats/android/network-security-config.ts'
import { isText, type ExpirationChoice, type FormatSettings } from '../../../src/core/formats/format.ts'
import { pinnedDomains } from '../../../src/core/formats/ios/pinned-domains.ts'
import { trustKit } from '../../../src/core/formats/ios/trustkit.ts'
import { urlSession } from '../../../src/core/formats/ios/urlsession.ts'
import { planPins, type PlanRow } from '../../../src/core/pins/plan-pins.ts'
import {
  anchorsFor,
  connects,
  enforcedPins,
  expiryInstant,
  lintFindings,
  parseNetworkSecurityConfig,
} from '../../oracles/android-nsc.ts'
import { evaluate, parsePlist, pinRequirements } from '../../oracles/ios-ats.ts'
import { codeAround, swiftPinnedHosts, swiftPins } from '../../oracles/swift-pins.ts'
import { trustKitConfiguration, trustKitPins } from '../../oracles/trustkit.ts'
import { CASE_NOW, HOSTILE_TEXT, pinOfKey } from '../../support/cases.ts'
import { runs, RUNS_TIMEOUT } from '../../support/runs.ts'
import { isMissing, python } from '../../support/tools.ts'
import { drafts, KEYS, rowsOf, STRANGER, until } from './any-rows.ts'
import { hostsAround, wantedEntries, wantedIosEntries, wantedOnAndroid, wantedOnIos, wantedUnpinned } from './wanted.ts'

const expiration: fc.Arbitrary<ExpirationChoice> = fc.oneof(
  fc.constant<ExpirationChoice>({ kind: 'none' }),
  fc.constant<ExpirationChoice>({ kind: 'computed' }),
  fc.oneof(until, fc.string({ maxLength: 12 })).map((date): ExpirationChoice => ({ kind: 'date', date })),
)

const lists = fc.constantFrom('ca' as const, 'leaf' as const, 'both' as const)
const now = fc.integer({ min: 0, max: 48 * 3600 }).map((seconds) => CASE_NOW + seconds * 1000)

function androidFile(rows: readonly PlanRow[], choice: ExpirationChoice, instant: number): string | null {
  const stamp = { now: instant, toolVersion: '1.0.0' }
  return networkSecurityConfig.render(planPins(rows), { expiration: choice }, stamp).find(isText)?.content ?? null
}

function iosFile(rows: readonly PlanRow[], choice: string): string | null {
  const settings = { lists: choice, wholeFile: true }
  return (
    pinnedDomains.render(planPins(rows), settings, { now: CASE_NOW, toolVersion: '1.0.0' }).find(isText)?.content ??
    null
  )
}

/** The file without what stands between `<!--` and the first `-->`: all that a reader acts on. */
function withoutComments(xml: string | null): string | null {
  return xml && xml.split('<!--').reduce((before, after) => before + after.slice(after.indexOf('-->') + 3))
}

const clock = { now: CASE_NOW, utcOffsetMinutes: 0 }

describe('any rows on Android', () => {
  it('give a file that is accepted, and none when nothing is pinned', { timeout: RUNS_TIMEOUT }, () => {
    fc.assert(
      fc.property(drafts, expiration, now, (all, choice, instant) => {
        const rows = rowsOf(all)
        const xml = androidFile(rows, choice, instant)
        expect(xml === null).toBe(wantedEntries(rows).length === 0)
        fc.pre(xml !== null)
        expect(parseNetworkSecurityConfig(xml).refused).toBeUndefined()
        const findings = lintFindings(xml, { now: instant, utcOffsetMinutes: 0 })
        expect(findings.filter(({ severity }) => severity === 'fatal')).toEqual([])
      }),
      runs(300),
    )
  })

  it('enforce exactly the wanted pins for every host, at every depth', { timeout: RUNS_TIMEOUT }, () => {
    fc.assert(
      fc.property(drafts, (all) => {
        const rows = rowsOf(all)
        const { accepted } = parseNetworkSecurityConfig(androidFile(rows, { kind: 'none' }, CASE_NOW) ?? '<none/>')
        fc.pre(accepted !== undefined)
        const hosts = hostsAround(rows)
        expect(hosts.map((host) => [host, enforcedPins(accepted, host, clock)])).toEqual(
          hosts.map((host) => [host, wantedOnAndroid(rows, host)]),
        )
      }),
      runs(300),
    )
  })

  it('connect exactly when one of the pins of the plan is in the chain', { timeout: RUNS_TIMEOUT }, () => {
    const served = fc.array(fc.constantFrom(...KEYS, 'stranger').map(pinOfKey), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(drafts, served, (all, chainPins) => {
        const rows = rowsOf(all)
        const plan = planPins(rows)
        const { accepted } = parseNetworkSecurityConfig(androidFile(rows, { kind: 'none' }, CASE_NOW) ?? '<none/>')
        fc.pre(accepted !== undefined)
        for (const { host, pins } of plan.policies) {
          const isMet = pins.some(({ pin }) => chainPins.includes(pin))
          expect([host, connects(accepted, host, chainPins, clock)]).toEqual([host, isMet])
        }
      }),
      runs(300),
    )
  })

  it('never have an expiration that has begun anywhere on earth', { timeout: RUNS_TIMEOUT }, () => {
    // Around the midnight that opens the day in Kiribati, where it comes first.
    const minutes = fc.integer({ min: -16 * 60, max: -12 * 60 })
    fc.assert(
      fc.property(drafts, until, minutes, fc.boolean(), (all, day, minute, isComputed) => {
        const instant = Date.parse(`${day}T00:00:00Z`) + minute * 60_000
        const ending = all.map(({ chains, ...rest }) => ({
          ...rest,
          chains: chains.map(({ held }) => ({ held, end: day })),
          // Nothing to compute a date from when these are alone.
          ...(isComputed && { backups: [], typed: [] }),
        }))
        const choice: ExpirationChoice = isComputed ? { kind: 'computed' } : { kind: 'date', date: day }
        const { accepted } = parseNetworkSecurityConfig(androidFile(rowsOf(ending), choice, instant) ?? '<none/>')
        fc.pre(accepted !== undefined)
        const hasBegun = Date.parse(`${day}T00:00:00+14:00`) <= instant
        for (const { settings } of accepted.domains) {
          const end = settings.pinSet?.expiration
          expect(settings.pinSet?.pins.size).toBeGreaterThan(0)
          expect(end ? expiryInstant(end, 14 * 60) : null).toBe(hasBegun ? null : Date.parse(`${day}T00:00:00+14:00`))
        }
      }),
      runs(300),
    )
  })

  it('say the same whatever the certificates are called', { timeout: RUNS_TIMEOUT }, () => {
    fc.assert(
      fc.property(drafts, expiration, (all, choice) => {
        const [hostile, harmless] = [rowsOf(all), rowsOf(all, () => 'name')]
        expect(withoutComments(androidFile(hostile, choice, CASE_NOW))).toBe(
          withoutComments(androidFile(harmless, choice, CASE_NOW)),
        )
      }),
      runs(300),
    )
  })
})

/** Hosts of rows, below them and beside them, as people and others write them. */
const unpinnedText = fc
  .array(
    fc.oneof(
      fc.constantFrom('example.com', '*.example.com', 'status.example.com', '*.Status.example.com', 'a.example.org'),
      fc.constantFrom(
        'api.example.com',
        '*.eu.api.example.com',
        'a.b.eu.api.example.com',
        '*.com',
        'com',
        'xexample.com',
      ),
      fc.constantFrom('https://example.com', 'example.com.', '10.0.0.1', '*', '--><!--', '"/><pin-set/>', HOSTILE_TEXT),
      fc.string({ maxLength: 20 }),
    ),
    { maxLength: 6 },
  )
  .chain((words) => fc.constantFrom(' ', '\n', ', ', ';').map((between) => words.join(between)))

const forms = fc.record({
  unpinned: unpinnedText,
  noCleartext: fc.boolean(),
  certificateTransparency: fc.boolean(),
  debugUserCas: fc.boolean(),
  debugProjectCa: fc.boolean(),
  partAlone: fc.boolean(),
})

/** The main file, with the elements alone put into one. */
function formOf(rows: readonly PlanRow[], settings: FormatSettings): string | null {
  const snippets = networkSecurityConfig.render(planPins(rows), settings, { now: CASE_NOW, toolVersion: '1.0.0' })
  const main = snippets.filter(isText).find(({ id }) => id === 'config' || id === 'part')
  if (!main) return null
  return main.id === 'part' ? `<network-security-config>${main.content}</network-security-config>` : main.content
}

describe('any rows on Android, with any options', () => {
  it('enforce exactly the wanted pins, and none for hosts that stay unpinned', { timeout: RUNS_TIMEOUT }, () => {
    fc.assert(
      fc.property(drafts, forms, (all, settings) => {
        const rows = rowsOf(all)
        const { accepted } = parseNetworkSecurityConfig(formOf(rows, settings) ?? '<none/>')
        fc.pre(accepted !== undefined)
        const unpinned = wantedUnpinned(rows, settings.unpinned).map(({ host }) => host)
        const hosts = [...hostsAround(rows), ...unpinned.flatMap((host) => [host, `a.${host}`, `x${host}`])]
        expect(hosts.map((host) => [host, enforcedPins(accepted, host, clock)])).toEqual(
          hosts.map((host) => [host, wantedOnAndroid(rows, host, settings.unpinned)]),
        )
        expect(unpinned.map((host) => connects(accepted, host, [STRANGER], clock))).toEqual(unpinned.map(() => true))
      }),
      runs(200),
    )
  })

  it(
    'give a file that Android and lint accept, with what was asked for and nothing else',
    { timeout: RUNS_TIMEOUT },
    () => {
      fc.assert(
        fc.property(drafts, forms, (all, settings) => {
          const rows = rowsOf(all)
          const xml = formOf(rows, settings)
          fc.pre(xml !== null)
          const { accepted, refused } = parseNetworkSecurityConfig(xml, { debuggable: true })
          expect(refused).toBeUndefined()
          expect(lintFindings(xml, clock).filter(({ severity }) => severity === 'fatal')).toEqual([])
          const plain = parseNetworkSecurityConfig(formOf(rows, {}) ?? '').accepted
          for (const { domain, settings: own } of accepted?.domains ?? []) {
            expect(own.cleartextTrafficPermitted).toBe(settings.noCleartext ? false : null)
            expect(own.certificateTransparency).toBe(settings.certificateTransparency ? true : null)
            expect(anchorsFor(accepted!, domain)).toEqual(anchorsFor(plain!, domain))
          }
          expect(accepted?.debugAnchors).toEqual([])
        }),
        runs(200),
      )
    },
  )
})

describe('any rows on iOS', () => {
  it('say the same whatever the certificates are called', { timeout: RUNS_TIMEOUT }, () => {
    fc.assert(
      fc.property(drafts, lists, (all, choice) => {
        const [hostile, harmless] = [rowsOf(all), rowsOf(all, () => 'name')]
        expect(withoutComments(iosFile(hostile, choice))).toBe(withoutComments(iosFile(harmless, choice)))
      }),
      runs(300),
    )
  })

  it.skipIf(isMissing(python))('give a list that asks for exactly the wanted pins', { timeout: RUNS_TIMEOUT }, () => {
    fc.assert(
      fc.property(drafts, lists, (all, choice) => {
        const rows = rowsOf(all)
        const xml = iosFile(rows, choice)
        expect(xml === null).toBe(wantedIosEntries(rows).length === 0)
        fc.pre(xml !== null)
        const { accepted, problem } = parsePlist(xml)
        expect(problem).toBeUndefined()
        const hosts = hostsAround(rows)
        expect(hosts.map((host) => [host, pinRequirements(accepted!, host)])).toEqual(
          hosts.map((host) => [host, wantedOnIos(rows, host, choice)]),
        )
        for (const { host } of wantedIosEntries(rows)) {
          const { pinned, connects: passes } = evaluate(accepted!, host, [STRANGER, STRANGER])
          expect([host, pinned, passes]).toEqual([host, true, false])
        }
      }),
      runs(60),
    )
  })
})

const printed = (rows: readonly PlanRow[], language: string) =>
  trustKit.render(planPins(rows), { language }, { now: CASE_NOW, toolVersion: '1.0.0' }).find(isText)?.content ?? null

const withoutSlashes = (code: string | null) => code?.split('\n').filter((line) => !line.trim().startsWith('//'))

describe('any rows for TrustKit', () => {
  it(
    'give code that asks for exactly the wanted pins, or that TrustKit refuses',
    { timeout: RUNS_TIMEOUT },
    async () => {
      await fc.assert(
        fc.asyncProperty(drafts, fc.constantFrom('swift' as const, 'objectivec' as const), async (all, language) => {
          const rows = rowsOf(all)
          const code = printed(rows, language)
          expect(code === null).toBe(wantedEntries(rows).length === 0)
          fc.pre(code !== null)
          const { accepted, problem } = await trustKitConfiguration(language, code)
          const isShort = wantedEntries(rows).some(
            ({ leaf, ca, unknown }) => new Set([...leaf, ...ca, ...unknown]).size < 2,
          )
          expect(problem?.startsWith('too few pins') ?? false).toBe(isShort)
          fc.pre(accepted !== undefined)
          const hosts = hostsAround(rows)
          expect(hosts.map((host) => [host, trustKitPins(accepted, host)])).toEqual(
            hosts.map((host) => [host, wantedOnAndroid(rows, host)]),
          )
        }),
        runs(60),
      )
    },
  )

  it('say the same whatever the certificates are called', { timeout: RUNS_TIMEOUT }, () => {
    fc.assert(
      fc.property(drafts, (all) => {
        const [hostile, harmless] = [rowsOf(all), rowsOf(all, () => 'name')]
        for (const language of ['swift', 'objectivec']) {
          expect(withoutSlashes(printed(hostile, language))).toEqual(withoutSlashes(printed(harmless, language)))
        }
        expect(withoutComments(printed(hostile, 'plist'))).toBe(withoutComments(printed(harmless, 'plist')))
      }),
      runs(100),
    )
  })
})

describe('any rows for a URLSession delegate', () => {
  it('give the same code around a table that asks for exactly the wanted pins', { timeout: RUNS_TIMEOUT }, async () => {
    const around = new Set<string>()
    await fc.assert(
      fc.asyncProperty(drafts, async (all) => {
        const rows = rowsOf(all)
        const stamp = { now: CASE_NOW, toolVersion: '1.0.0' }
        const code = urlSession.render(planPins(rows), {}, stamp).find(isText)?.content
        expect(code === undefined).toBe(wantedEntries(rows).length === 0)
        fc.pre(code !== undefined)
        around.add(codeAround(code))
        const pinned = await swiftPinnedHosts(code, 'pinnedHosts')
        const hosts = hostsAround(rows)
        expect(hosts.map((host) => [host, swiftPins(pinned, host)])).toEqual(
          hosts.map((host) => [host, wantedOnAndroid(rows, host)]),
        )
      }),
      runs(60),
    )
    expect(around.size).toBe(1)
  })
})
