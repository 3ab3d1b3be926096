/** Any rows at all: nested, equal and unlike hosts, any pins, any names, any day. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChainRole } from '../../../src/core/chain/chain.ts'
import { networkSecurityConfig } from '../../../src/core/formats/android/network-security-config.ts'
import { isText, type ExpirationChoice } from '../../../src/core/formats/format.ts'
import { pinnedDomains } from '../../../src/core/formats/ios/pinned-domains.ts'
import { trustKit } from '../../../src/core/formats/ios/trustkit.ts'
import { urlSession } from '../../../src/core/formats/ios/urlsession.ts'
import { isoDay, MILLISECONDS_PER_DAY } from '../../../src/core/instant.ts'
import type { PinRole } from '../../../src/core/pins/pin-choices.ts'
import { planPins, type PlanRow } from '../../../src/core/pins/plan-pins.ts'
import {
  connects,
  enforcedPins,
  expiryInstant,
  lintFindings,
  parseNetworkSecurityConfig,
} from '../../oracles/android-nsc.ts'
import { evaluate, parsePlist, pinRequirements } from '../../oracles/ios-ats.ts'
import { codeAround, swiftPinnedHosts, swiftPins } from '../../oracles/swift-pins.ts'
import { trustKitConfiguration, trustKitPins } from '../../oracles/trustkit.ts'
import { backupKey, certificate, chain, CASE_NOW, HOSTILE_TEXT, pinning, pinOfKey, row } from '../../support/cases.ts'
import { isMissing, python } from '../../support/tools.ts'
import { hostsAround, wantedEntries, wantedIosEntries, wantedOnAndroid, wantedOnIos } from './wanted.ts'

const HOSTS = [
  'example.com',
  'api.example.com',
  'eu.api.example.com',
  'x.eu.api.example.com',
  'notexample.com',
  'com',
  'example.org',
  'xn--bcher-kva.example',
  null,
]
const KEYS = ['K1', 'K2', 'K3', 'K4', 'K5']
/** Of no certificate. */
const OFFLINE_KEYS = ['K6', 'K7']
const STRANGER = pinOfKey('stranger')

const hostileName = fc.oneof(
  fc.constantFrom(HOSTILE_TEXT, '-->', '--->', '<!--', ']]>', '</pin-set>', '</dict>', '\ud800', '', '-'.repeat(500)),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: fc.constantFrom('-', '>', '<', '!', '\n', 'x'), maxLength: 30 }),
)

/** Above all the days on which some of the earth is a day ahead. */
const until = fc
  .oneof(fc.integer({ min: -2, max: 4 }), fc.integer({ min: -400, max: 4000 }))
  .map((days) => isoDay(CASE_NOW + days * MILLISECONDS_PER_DAY))

interface Draft {
  readonly host: string | null
  readonly includeSubdomains: boolean
  readonly roles: readonly ChainRole[]
  readonly chains: readonly {
    readonly end: string
    readonly held: readonly { readonly key: string; readonly name: string }[]
  }[]
  readonly exceptions: readonly boolean[]
  readonly backups: readonly { readonly key: string; readonly name: string; readonly isPinned: boolean }[]
  readonly typed: readonly { readonly key: string; readonly role: PinRole }[]
  /** Keys of bundled roots, and what those are called. */
  readonly roots: readonly { readonly key: string; readonly name: string }[]
}

const draft: fc.Arbitrary<Draft> = fc.record({
  host: fc.constantFrom(...HOSTS),
  includeSubdomains: fc.boolean(),
  roles: fc.subarray<ChainRole>(['leaf', 'intermediate', 'root']),
  chains: fc.array(
    fc.record({
      end: until,
      held: fc.array(fc.record({ key: fc.constantFrom(...KEYS), name: hostileName }), { minLength: 1, maxLength: 4 }),
    }),
    { maxLength: 2 },
  ),
  exceptions: fc.array(fc.boolean(), { maxLength: 3 }),
  backups: fc.array(
    fc.record({ key: fc.constantFrom(...KEYS, ...OFFLINE_KEYS), name: hostileName, isPinned: fc.boolean() }),
    { maxLength: 2 },
  ),
  typed: fc.uniqueArray(
    fc.record({
      key: fc.constantFrom(...KEYS, ...OFFLINE_KEYS),
      role: fc.constantFrom<PinRole>('leaf', 'ca', 'unknown'),
    }),
    { maxLength: 2, selector: ({ key }) => key },
  ),
  roots: fc.array(fc.record({ key: fc.constantFrom('K5', 'K6'), name: hostileName }), { maxLength: 1 }),
})

const drafts = fc.array(draft, { maxLength: 6 })

const expiration: fc.Arbitrary<ExpirationChoice> = fc.oneof(
  fc.constant<ExpirationChoice>({ kind: 'none' }),
  fc.constant<ExpirationChoice>({ kind: 'computed' }),
  fc.oneof(until, fc.string({ maxLength: 12 })).map((date): ExpirationChoice => ({ kind: 'date', date })),
)

const lists = fc.constantFrom('ca' as const, 'leaf' as const, 'both' as const)
const now = fc.integer({ min: 0, max: 48 * 3600 }).map((seconds) => CASE_NOW + seconds * 1000)

/** Names differ and nothing else does when `rename` differs. */
function rowsOf(all: readonly Draft[], rename = (name: string) => name): PlanRow[] {
  return all.map(({ host, includeSubdomains, roles, chains, exceptions, backups, typed, roots }, index) => {
    const built = chains.map(({ end, held }, position) =>
      chain(
        held.map(({ key, name }, depth) =>
          certificate({
            name: `certificate ${position} ${depth}`,
            key,
            issuer: depth === held.length - 1 && depth > 0 ? `certificate ${position} ${depth}` : 'another',
            isCa: depth > 0,
            until: end,
            subject: { text: rename(name), commonName: rename(name), organization: null },
          }),
        ),
      ),
    )
    const certificates = built.flatMap(({ links }) => links.map((link) => link.certificate.sha256))
    return row({
      host,
      includeSubdomains,
      rowId: `row ${index}`,
      chains: built,
      keys: backups.map(({ key, name }) => backupKey(rename(name), { pin: pinOfKey(key) })),
      bundledRoots: new Map(roots.map(({ key, name }) => [pinOfKey(key), rename(name)])),
      choices: {
        ...pinning(...roles),
        backupKeys: new Set(backups.filter(({ isPinned }) => isPinned).map(({ key }) => pinOfKey(key))),
        typedPins: typed.map(({ key, role }) => ({ pin: pinOfKey(key), role })),
        exceptions: new Map(certificates.flatMap((id, at) => exceptionAt(exceptions, id, at))),
      },
    })
  })
}

function exceptionAt<Id>(exceptions: readonly boolean[], id: Id, at: number): [Id, boolean][] {
  const pinned = exceptions[at]
  return pinned === undefined ? [] : [[id, pinned]]
}

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
  it('give a file that is accepted, and none when nothing is pinned', () => {
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
      { numRuns: 300 },
    )
  })

  it('enforce exactly the wanted pins for every host, at every depth', () => {
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
      { numRuns: 300 },
    )
  })

  it('connect exactly when one of the pins of the plan is in the chain', () => {
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
      { numRuns: 300 },
    )
  })

  it('never have an expiration that has begun anywhere on earth', () => {
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
      { numRuns: 300 },
    )
  })

  it('say the same whatever the certificates are called', () => {
    fc.assert(
      fc.property(drafts, expiration, (all, choice) => {
        const [hostile, harmless] = [rowsOf(all), rowsOf(all, () => 'name')]
        expect(withoutComments(androidFile(hostile, choice, CASE_NOW))).toBe(
          withoutComments(androidFile(harmless, choice, CASE_NOW)),
        )
      }),
      { numRuns: 300 },
    )
  })
})

describe('any rows on iOS', () => {
  it('say the same whatever the certificates are called', () => {
    fc.assert(
      fc.property(drafts, lists, (all, choice) => {
        const [hostile, harmless] = [rowsOf(all), rowsOf(all, () => 'name')]
        expect(withoutComments(iosFile(hostile, choice))).toBe(withoutComments(iosFile(harmless, choice)))
      }),
      { numRuns: 300 },
    )
  })

  it.skipIf(isMissing(python))('give a list that asks for exactly the wanted pins', { timeout: 60_000 }, () => {
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
      { numRuns: 60 },
    )
  })
})

const printed = (rows: readonly PlanRow[], language: string) =>
  trustKit.render(planPins(rows), { language }, { now: CASE_NOW, toolVersion: '1.0.0' }).find(isText)?.content ?? null

const withoutSlashes = (code: string | null) => code?.split('\n').filter((line) => !line.trim().startsWith('//'))

describe('any rows for TrustKit', () => {
  it('give code that asks for exactly the wanted pins, or that TrustKit refuses', { timeout: 60_000 }, async () => {
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
      { numRuns: 60 },
    )
  })

  it('say the same whatever the certificates are called', () => {
    fc.assert(
      fc.property(drafts, (all) => {
        const [hostile, harmless] = [rowsOf(all), rowsOf(all, () => 'name')]
        for (const language of ['swift', 'objectivec']) {
          expect(withoutSlashes(printed(hostile, language))).toEqual(withoutSlashes(printed(harmless, language)))
        }
        expect(withoutComments(printed(hostile, 'plist'))).toBe(withoutComments(printed(harmless, 'plist')))
      }),
      { numRuns: 100 },
    )
  })
})

describe('any rows for a URLSession delegate', () => {
  it('give the same code around a table that asks for exactly the wanted pins', { timeout: 60_000 }, async () => {
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
      { numRuns: 60 },
    )
    expect(around.size).toBe(1)
  })
})
