import { describe, expect, it } from 'vitest'
import { ktorOkhttp } from '../../../src/core/formats/android/ktor-okhttp.ts'
import { networkSecurityConfig } from '../../../src/core/formats/android/network-security-config.ts'
import { okhttpJava } from '../../../src/core/formats/android/okhttp-java.ts'
import { okhttpKotlin } from '../../../src/core/formats/android/okhttp-kotlin.ts'
import { singleLine } from '../../../src/core/single-line.ts'
import {
  defineFormat,
  isText,
  optionValue,
  PLATFORMS,
  stampText,
  type FormatSettings,
  type Platform,
} from '../../../src/core/formats/format.ts'
import { expoAndroid, expoIos } from '../../../src/core/formats/cross/expo.ts'
import { pinnedDomains } from '../../../src/core/formats/ios/pinned-domains.ts'
import { trustKit } from '../../../src/core/formats/ios/trustkit.ts'
import { xcodeGenerators } from '../../../src/core/formats/ios/xcode-generators.ts'
import { FORMATS, isForPlatform, renderAll, settingsFor } from '../../../src/core/formats/registry.ts'
import { planPins } from '../../../src/core/pins/plan-pins.ts'
import { CASE_STAMP, HOSTILE_TEXT, PLAN_CASES, planCase } from '../../support/cases.ts'

describe('the values of options', () => {
  it('are the initial ones when nothing is set', () => {
    expect(pinnedDomains.valuesOf({})).toEqual({ lists: 'ca', wholeFile: false })
    expect(networkSecurityConfig.valuesOf({})).toEqual({
      expiration: { kind: 'none' },
      trust: 'ship',
      unpinned: [],
      noCleartext: false,
      certificateTransparency: false,
      debugUserCas: false,
      debugProjectCa: false,
      partAlone: false,
    })
  })

  it('are what was set', () => {
    expect(pinnedDomains.valuesOf({ lists: 'both', wholeFile: true })).toEqual({ lists: 'both', wholeFile: true })
    const expiration = { kind: 'date', date: '2027-01-01' } as const
    expect(networkSecurityConfig.valuesOf({ expiration, trust: 'as-is' })).toMatchObject({ expiration, trust: 'as-is' })
    expect(networkSecurityConfig.valuesOf({ unpinned: '*.a.example, no_host!' }).unpinned).toEqual([
      { host: 'a.example', includeSubdomains: true },
    ])
  })

  it.each([
    ['a choice that is none', { lists: 'neither' }],
    ['a choice that was taken away', { lists: '' }],
    ['a switch where a choice is asked', { lists: true }],
    ['text where a switch is asked', { wholeFile: 'true' }],
    ['a date where a switch is asked', { wholeFile: { kind: 'computed' } }],
    ['an option that does not exist', { colour: 'red' }],
  ] satisfies [string, FormatSettings][])('are the initial ones for %s', (_what, settings) => {
    expect(pinnedDomains.valuesOf(settings)).toEqual({ lists: 'ca', wholeFile: false })
  })

  it('are never an expiration that is no expiration', () => {
    expect(networkSecurityConfig.valuesOf({ expiration: '2027-01-01' }).expiration).toEqual({ kind: 'none' })
    expect(networkSecurityConfig.valuesOf({ expiration: true }).expiration).toEqual({ kind: 'none' })
  })

  it('are never hosts that are no text', () => {
    expect(networkSecurityConfig.valuesOf({ unpinned: true }).unpinned).toEqual([])
    expect(networkSecurityConfig.valuesOf({ unpinned: { kind: 'computed' } }).unpinned).toEqual([])
  })

  it('are not shared between options: one bad value leaves the others', () => {
    expect(pinnedDomains.valuesOf({ lists: 'nonsense', wholeFile: true })).toEqual({ lists: 'ca', wholeFile: true })
  })

  it('of a switch that starts as on can be switched off', () => {
    const option = { kind: 'switch', label: 'x', initial: true } as const
    expect([optionValue(option, undefined), optionValue(option, false), optionValue(option, 'no')]).toEqual([
      true,
      false,
      true,
    ])
  })

  it('are what render receives, whatever was set', () => {
    const { unpinned: _none, ...rest } = pinnedDomains
    const format = defineFormat({
      ...rest,
      id: 'probe',
      options: pinnedDomains.options,
      render: (_plan, values) => [{ ...snippet, content: JSON.stringify(values) }],
    })
    const render = (settings: FormatSettings) =>
      format.render({ policies: [], leftOut: [] }, settings, CASE_STAMP).find(isText)?.content
    expect(render({ lists: 'gone', extra: true })).toBe('{"lists":"ca","wholeFile":false}')
    expect(render({ lists: 'leaf' })).toBe('{"lists":"leaf","wholeFile":false}')
  })
})

function appsOf(platform: Platform) {
  return FORMATS.filter((format) => format.kind === 'app' && isForPlatform(format, platform)).map(({ id }) => id)
}

const snippet = { kind: 'text', id: 'x', title: 'x', path: 'x', fileName: null, language: 'xml', place: 'x' } as const

describe('the settings of a format', () => {
  const settings = { 'ios-pinned-domains': { lists: 'leaf' }, 'ios-trustkit': { language: 'swift' } } as const

  it('are its own, or those of the format that says the same', () => {
    expect(settingsFor(trustKit, settings)).toEqual({ language: 'swift' })
    expect(settingsFor(pinnedDomains, settings)).toEqual({ lists: 'leaf' })
    expect(settingsFor(expoIos, settings)).toEqual({ lists: 'leaf' })
    expect(settingsFor(xcodeGenerators, settings)).toEqual({ lists: 'leaf' })
    expect(settingsFor(expoAndroid, settings)).toEqual({})
  })

  it('are never of one that is not there', () => {
    expect(() => settingsFor({ ...expoIos, settingsOf: { id: 'ios-pinned-domain' } }, settings)).toThrow(
      'expo-ios is printed with the settings of ios-pinned-domain',
    )
  })
})

describe('the formats', () => {
  it('have ids of their own, a platform and a document over https', () => {
    expect(new Set(FORMATS.map(({ id }) => id)).size).toBe(FORMATS.length)
    for (const { platforms, docs } of FORMATS) {
      expect(platforms.length).toBeGreaterThan(0)
      expect(new URL(docs).protocol).toBe('https:')
    }
  })

  it.each(PLATFORMS)('of %s alone have its name in front, and stand above what serves others too', (platform) => {
    const ids = appsOf(platform)
    const own = ids.filter((id) => id.startsWith(`${platform}-`))
    expect(own).not.toEqual([])
    expect(ids.slice(0, own.length)).toEqual(own)
    for (const id of own) expect(FORMATS.find((format) => format.id === id)?.platforms).toEqual([platform])
    for (const other of PLATFORMS.filter((one) => one !== platform)) {
      expect(ids.filter((id) => id.startsWith(`${other}-`))).toEqual([])
    }
  })

  it('that are tools are in the menus of both platforms, below what goes into apps', () => {
    for (const platform of ['android', 'ios'] as const) {
      const kinds = FORMATS.filter((format) => isForPlatform(format, platform)).map(({ kind }) => kind)
      expect(kinds).toEqual([...kinds].toSorted())
      expect(kinds.filter((kind) => kind === 'tool')).toHaveLength(FORMATS.filter(({ kind }) => kind === 'tool').length)
    }
  })

  it('claim the abilities that the platforms have', () => {
    // platforms.md A.4, A.6, B.2.
    expect(networkSecurityConfig.abilities).toMatchObject({
      subdomainDepth: 'all',
      expiry: 'device-local-midnight',
      lists: 'any',
    })
    // C.1 and C.2.
    for (const { abilities } of [okhttpJava, okhttpKotlin, ktorOkhttp]) {
      expect(abilities).toMatchObject({ subdomainDepth: 'all', expiry: 'none', lists: 'any', minimumPins: 1 })
    }
    expect(pinnedDomains.abilities).toMatchObject({
      subdomainDepth: 'one-label',
      expiry: 'none',
      lists: 'leaf-and-ca',
    })
  })

  it.each(PLAN_CASES)('give every snippet an id, a title, a path and a place: $name', ({ rows, settings = {} }) => {
    for (const { snippets } of renderAll(planPins(rows), settings, CASE_STAMP)) {
      expect(new Set(snippets.map(({ id }) => id)).size).toBe(snippets.length)
      for (const printed of snippets) {
        const { id, title, path, fileName, place } = printed
        const content = printed.kind === 'text' ? printed.content : printed.certificate
        for (const text of [id, title, path, place, content]) expect(text.trim()).not.toBe('')
        expect(fileName ?? 'none').toMatch(/^[\w.-]+$/)
      }
    }
  })

  it('print nothing when there is nothing to pin', () => {
    const outputs = renderAll(planPins(planCase('nothing-pinned').rows), {}, CASE_STAMP)
    expect(outputs.map(({ format, snippets }) => [format.id, snippets])).toEqual(FORMATS.map(({ id }) => [id, []]))
  })

  it('print the same bytes for the same plan and stamp', () => {
    const plan = planPins(planCase('many-hosts').rows)
    expect(renderAll(plan, {}, CASE_STAMP).map(({ snippets }) => snippets)).toEqual(
      renderAll(plan, {}, CASE_STAMP).map(({ snippets }) => snippets),
    )
  })

  it('carry the day and the version of the stamp', () => {
    const stamp = { now: Date.parse('2031-05-06T23:59:59Z'), toolVersion: '7.8.9' }
    for (const { format, snippets } of renderAll(planPins(planCase('leaf-alone').rows), {}, stamp)) {
      // A certificate has no place for it.
      if (snippets.every(({ kind }) => kind === 'certificate')) continue
      const [head = ''] = snippets.find(isText)?.content.split('api.example.com') ?? []
      expect([format.id, head]).toEqual([
        format.id,
        expect.stringContaining('Certificate pins made by Pinsmith 7.8.9 on 2031-05-06'),
      ])
    }
  })

  it.each(PLAN_CASES)('say in their head how many keys or certificates they have: $name', ({ rows, settings = {} }) => {
    for (const { format, snippets } of renderAll(planPins(rows), settings, CASE_STAMP)) {
      const text = snippets.find(isText)?.content
      if (text === undefined) continue
      const [, count, what] = / on 2026-11-21: (\d+) (key|certificate)s? for /.exec(text) ?? []
      const certificates = snippets.filter(({ kind }) => kind === 'certificate').length
      const isWhole = format.abilities.lists === 'certificates'
      expect([format.id, what, Number(count)]).toEqual(
        isWhole ? [format.id, 'certificate', certificates] : [format.id, 'key', hashesIn(text)],
      )
    }
  })

  it('ask which list is meant only when a host has both kinds', () => {
    const lists = pinnedDomains.options['lists']
    if (lists?.kind !== 'choice') throw new Error('the lists are no choice')
    const matters = (name: string) => lists.matters(planPins(planCase(name).rows))
    expect(matters('leaf-and-root')).toBe(true)
    expect(matters('leaf-alone')).toBe(false)
    expect(matters('intermediate-and-root')).toBe(false)
    expect(matters('nothing-pinned')).toBe(false)
  })
})

/** How many different SHA-256 hashes a text has, as base64 or as the hexadecimal digits of a TLSA record. */
function hashesIn(text: string): number {
  const found = text.match(/(?<=["'>\t]|sha256\/\/?)[\w+/]{43}=|(?<=TLSA \d \d \d )[\da-f]{64}/g)
  return new Set(found).size
}

const pinned = (...hosts: readonly string[]) => hosts.map((host) => ({ host, pins: [{ pin: `pin of ${host}` }] }))

describe('the head of an output', () => {
  const MADE = 'Certificate pins made by Pinsmith 1.0.0 on 2026-11-21'

  it.each([
    ['nothing', [], ''],
    ['one host', pinned('a.example'), ': 1 key for a.example'],
    ['two', pinned('a.example', 'b.example'), ': 2 keys for a.example and b.example'],
    ['three', pinned('a.example', 'b.example', 'c.example'), ': 3 keys for a.example, b.example and 1 more'],
    [
      'hosts that share a key',
      [...pinned('a.example'), { ...pinned('a.example')[0]!, host: 'b.example' }],
      ': 1 key for a.example and b.example',
    ],
    ['a host without pins', [{ host: 'a.example', pins: [] }, ...pinned('b.example')], ': 1 key for b.example'],
    ['a long host', pinned(`${'a'.repeat(60)}.example`), `: 1 key for ${'a'.repeat(45)}…`],
    [
      'a short host beside a long one, which has its room',
      pinned('a.example', `${'b'.repeat(60)}.example`),
      `: 2 keys for a.example and ${'b'.repeat(36)}…`,
    ],
  ])('names %s', (_what, hosts, text) => {
    expect(stampText(CASE_STAMP, hosts)).toBe(MADE + text)
  })

  it('is one short line, whatever hosts are called', () => {
    const hosts = Array.from({ length: 2_000 }, (_, index) => `${index} ${HOSTILE_TEXT.repeat(5)}`)
    const head = stampText(CASE_STAMP, pinned(...hosts))
    expect(head).toBe(singleLine(head))
    expect(head.length).toBeLessThanOrEqual(132)
    expect(stampText({ ...CASE_STAMP, purpose: 'negative-test' }, pinned('a.example'))).toBe(
      `WRONG PINS for a test, never ship them. ${MADE}: 1 key for a.example`,
    )
  })
})
