import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isText } from '../../../src/core/formats/format.ts'
import { rulingOf, type HostRuling } from '../../../src/core/formats/host-ruling.ts'
import { pinnedDomains } from '../../../src/core/formats/ios/pinned-domains.ts'
import { FORMATS, type FormatId, type OutputSettings } from '../../../src/core/formats/registry.ts'
import { planPins, type PlannedPin, type PlanRow } from '../../../src/core/pins/plan-pins.ts'
import { enforcedPins, parseNetworkSecurityConfig } from '../../oracles/android-nsc.ts'
import { csharpPinnedHosts, csharpPins } from '../../oracles/csharp-pins.ts'
import { pinsByCronet, readCronetPins } from '../../oracles/cronet.ts'
import { parsePlist, pinRequirements } from '../../oracles/ios-ats.ts'
import { matchingPins, readPins, type SourceLanguage } from '../../oracles/okhttp.ts'
import { swiftPinnedHosts, swiftPins } from '../../oracles/swift-pins.ts'
import { trustKitConfiguration, trustKitPins } from '../../oracles/trustkit.ts'
import { trustKitAndroidPins, trustKitPolicies } from '../../oracles/trustkit-android.ts'
import { CASE_NOW, CASE_STAMP, PLAN_CASES, planCase, row } from '../../support/cases.ts'
import { runs, RUNS_TIMEOUT } from '../../support/runs.ts'
import { isMissing, python } from '../../support/tools.ts'
import { drafts, rowsOf } from './any-rows.ts'
import { hostsAround } from './wanted.ts'

/** What a reader that is not ours finds in the printed text for a host. */
type Found =
  | 'not-pinned'
  | 'refused'
  | { readonly any: ReadonlySet<string> }
  | { readonly leaf: ReadonlySet<string> | null; readonly ca: ReadonlySet<string> | null }
  | { readonly either: ReadonlySet<string> }

/** Outputs whose own tests hold their text against the wanted pins, or which say the same as another in other words. */
const READ_ELSEWHERE: ReadonlySet<FormatId> = new Set([
  'ios-pinned-domains',
  'ios-xcode-generators',
  'react-native',
  'expo-android',
  'expo-ios',
  'flutter',
  'capacitor',
  'cordova',
])

type Ask = (host: string) => Found

const anyOf = (pins: ReadonlySet<string> | null): Found => (pins ? { any: pins } : 'not-pinned')

/** Of each output that enforces something: its text → what it does with a host. */
const READERS: Readonly<Partial<Record<FormatId, (text: string) => Ask | Promise<Ask>>>> = {
  'android-network-security-config': (text) => {
    const { accepted } = parseNetworkSecurityConfig(text)
    if (!accepted) throw new Error('Android refuses the file')
    return (host) => anyOf(enforcedPins(accepted, host, { now: CASE_NOW, utcOffsetMinutes: 0 }))
  },
  'android-okhttp-java': (text) => okHttp(text, 'java'),
  'android-okhttp-kotlin': (text) => okHttp(text, 'kotlin'),
  'android-ktor-okhttp': (text) => okHttp(text, 'kotlin'),
  'ios-ktor-darwin': (text) => {
    const code = text.replaceAll(/^ *\/\/.*$/gm, '')
    const calls = Array.from(
      code.matchAll(/pin\(\s*"([^"]+)",\s*(true|false),([^)]*)\)/g),
      ([, host = '', included, list = '']) =>
        [
          host,
          {
            includesSubdomains: included === 'true',
            pins: new Set(Array.from(list.matchAll(/"sha256\/([^"]+)"/g), ([, pin = '']) => pin)),
          },
        ] as const,
    )
    const hosts = new Map(calls)
    return (host) => anyOf(swiftPins(hosts, host))
  },
  'dotnet-maui': async (text) => {
    const pinned = await csharpPinnedHosts(text)
    return (host) => {
      const leaf = csharpPins(pinned, host)
      return leaf ? { leaf, ca: null } : 'not-pinned'
    }
  },
  'android-cronet': (text) => cronet(text),
  'android-http-engine': (text) => cronet(text),
  'android-trustkit': (text) => {
    const { accepted } = trustKitPolicies(text)
    if (!accepted || accepted.some((policy) => hasNoRegistry(policy.host))) return () => 'refused'
    return (host) => anyOf(trustKitAndroidPins(accepted, host))
  },
  'ios-trustkit': async (text) => {
    const { accepted, problem } = await trustKitConfiguration('swift', text)
    if (problem !== undefined || [...accepted.keys()].some(hasNoRegistry)) return () => 'refused'
    return (host) => anyOf(trustKitPins(accepted, host))
  },
  'ios-urlsession': async (text) => {
    const hosts = await swiftPinnedHosts(text, 'pinnedHosts')
    return (host) => anyOf(swiftPins(hosts, host))
  },
  'ios-alamofire': async (text) => {
    const evaluators = await swiftPinnedHosts(text, 'evaluators')
    return (host) => anyOf(evaluators.get(host)?.pins ?? null)
  },
  curl: (text) => {
    const commands = [...text.matchAll(/--pinnedpubkey '?([^' ]+)'? https:\/\/(\S+)\/$/gm)]
    return (host) => {
      const pins = commands.find(([, , asked]) => asked === host)?.[1]?.split(';')
      return pins ? { leaf: new Set(pins.map((pin) => pin.replace('sha256//', ''))), ca: null } : 'not-pinned'
    }
  },
  'dane-tlsa': (text) => {
    const records = [...text.matchAll(/^_443\._tcp\.(\S+)\.\s.*TLSA\s+[23] 1 1 ([\da-f]{64})$/gim)]
    return (host) => {
      const own = records.filter(([, owner]) => owner === host).map(([, , hex = '']) => Buffer.from(hex, 'hex'))
      return own.length > 0 ? { either: new Set(own.map((digest) => digest.toString('base64'))) } : 'not-pinned'
    }
  },
}

async function cronet(text: string): Promise<Ask> {
  const entries = await readCronetPins(text)
  return (host) => anyOf(pinsByCronet(entries, host, CASE_NOW))
}

/** Of the hosts in these tests; both kinds of TrustKit throw for a host without a registry's suffix (platforms.md C.3). */
function hasNoRegistry(host: string): boolean {
  return !host.includes('.') || host.endsWith('.example')
}

function okHttp(text: string, language: SourceLanguage): Ask {
  const { accepted } = readPins(text, language)
  if (!accepted) throw new Error('OkHttp refuses the pins')
  return (host) => anyOf(matchingPins(accepted, host))
}

const values = (pins: readonly PlannedPin[] | null) => pins && new Set(pins.map(({ pin }) => pin as string))

function foundOf(ruling: HostRuling | null): Found {
  if (ruling === null) throw new Error('this output enforces something')
  if (ruling.kind === 'not-pinned') return 'not-pinned'
  if (ruling.kind === 'refuses-configuration') return 'refused'
  const { requirement } = ruling
  switch (requirement.kind) {
    case 'any':
      return { any: new Set(values(requirement.pins)) }
    case 'lists':
      return { leaf: values(requirement.leaf), ca: values(requirement.ca) }
    case 'leaf-or-ca':
      return { either: new Set(values(requirement.pins)) }
    case 'certificates':
      throw new Error('no reader for certificates')
  }
}

const readable = FORMATS.filter(({ id }) => READERS[id] !== undefined)

/** What the model says of the hosts around these rows, and what the reader finds. */
async function bothAnswers(format: (typeof FORMATS)[number], rows: readonly PlanRow[]) {
  const plan = planPins(rows)
  const text = format.render(plan, {}, CASE_STAMP).find(isText)?.content
  const read = READERS[format.id]
  if (!read) throw new Error(`${format.id} has no reader`)
  const ask: Ask = text === undefined ? () => 'not-pinned' : await read(text)
  const hosts = hostsAround(rows)
  return {
    ruled: hosts.map((host) => [host, foundOf(rulingOf(format, plan, {}, host))]),
    found: hosts.map((host) => [host, ask(host)]),
  }
}

describe('what an output does with a host', () => {
  it.each(readable)(
    'is what a reader finds in the text, in every case: $id',
    { timeout: RUNS_TIMEOUT },
    async (one) => {
      for (const { rows } of PLAN_CASES) {
        const { ruled, found } = await bothAnswers(one, rows)
        expect(ruled).toEqual(found)
      }
    },
  )

  it.each(readable)('is what a reader finds in the text of any plan: $id', { timeout: RUNS_TIMEOUT }, async (one) => {
    await fc.assert(
      fc.asyncProperty(drafts, async (all) => {
        const { ruled, found } = await bothAnswers(one, rowsOf(all))
        expect(ruled).toEqual(found)
      }),
      runs(60),
    )
  })

  it.skipIf(isMissing(python))('is what iOS merges from its entries', { timeout: RUNS_TIMEOUT }, () => {
    const lists = fc.constantFrom('ca', 'leaf', 'both')
    fc.assert(
      fc.property(drafts, lists, (all, choice) => {
        const rows = rowsOf(all)
        const plan = planPins(rows)
        const settings: OutputSettings = { 'ios-pinned-domains': { lists: choice, wholeFile: true } }
        const text = pinnedDomains.render(plan, settings['ios-pinned-domains'] ?? {}, CASE_STAMP).find(isText)?.content
        fc.pre(text !== undefined)
        const { accepted } = parsePlist(text)
        const hosts = hostsAround(rows)
        const ruled = hosts.map((host) => foundOf(rulingOf(pinnedDomains, plan, settings, host)))
        const wanted = hosts.map((host): Found => {
          const { leafPins, caPins } = pinRequirements(accepted!, host)
          return leafPins || caPins ? { leaf: leafPins, ca: caPins } : 'not-pinned'
        })
        expect(ruled).toEqual(wanted)
      }),
      runs(40),
    )
  })

  it('is nothing where an option takes a host out of the pins of its parent', { timeout: RUNS_TIMEOUT }, () => {
    const names = [
      'status.example.com',
      '*.api.example.com',
      'eu.api.example.com',
      '*.example.com',
      'example.com',
      'x.test',
    ]
    fc.assert(
      fc.property(drafts, fc.subarray(names), (all, unpinned) => {
        const rows = rowsOf(all)
        const plan = planPins(rows)
        const settings: OutputSettings = { 'android-network-security-config': { unpinned: unpinned.join(' ') } }
        const format = formatOf('android-network-security-config')
        const text = format.render(plan, settings[format.id] ?? {}, CASE_STAMP).find(isText)?.content
        const { accepted } = parseNetworkSecurityConfig(text ?? '<none/>')
        fc.pre(accepted !== undefined)
        const hosts = [...hostsAround(rows), 'status.example.com', 'a.eu.api.example.com', 'a.status.example.com']
        expect(hosts.map((host) => foundOf(rulingOf(format, plan, settings, host)))).toEqual(
          hosts.map((host) => anyOf(enforcedPins(accepted, host, { now: CASE_NOW, utcOffsetMinutes: 0 }))),
        )
      }),
      runs(200),
    )
  })

  it('names the entries that speak for it, the closest first', () => {
    const { rows } = planCase('three-levels')
    const plan = planPins(rows)
    const ruling = (id: FormatId, host: string) => rulingOf(formatOf(id), plan, {}, host)
    const deepest = plan.policies.map(({ host }) => host).toSorted((one, other) => other.length - one.length)[0] ?? ''
    expect(ruling('android-network-security-config', deepest)).toMatchObject({ entries: [deepest] })
    const merged = ruling('android-okhttp-java', deepest)
    expect(merged?.kind === 'pinned' && merged.entries[0]).toBe(deepest)
    expect(merged?.kind === 'pinned' && merged.entries.length).toBeGreaterThan(1)
  })

  it('is nothing for an output that enforces nothing by itself', () => {
    expect(rulingOf(formatOf('json'), planPins([row({ host: 'a.example' })]), {}, 'a.example')).toBeNull()
  })

  it('is told for every host where an output does not tell them apart', () => {
    const plan = planPins(planCase('two-hosts-sharing-pins').rows)
    expect(rulingOf(formatOf('cordova'), plan, {}, 'unrelated.test')).toMatchObject({
      kind: 'pinned',
      requirement: { kind: 'certificates' },
    })
    expect(rulingOf(formatOf('flutter'), plan, {}, 'unrelated.test')).toEqual({ kind: 'not-pinned' })
  })

  it('is known for every output', () => {
    const untold = FORMATS.filter(
      ({ id, abilities }) => abilities.lists !== 'none' && READERS[id] === undefined && !READ_ELSEWHERE.has(id),
    )
    expect(untold.map(({ id }) => id)).toEqual([])
  })
})

function formatOf(id: FormatId) {
  const format = FORMATS.find((one) => one.id === id)
  if (!format) throw new Error(`${id} is no format`)
  return format
}
