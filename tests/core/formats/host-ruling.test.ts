import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isText } from '../../../src/core/formats/format.ts'
import { rulingOf, type HostRuling } from '../../../src/core/formats/host-ruling.ts'
import { pinnedDomains } from '../../../src/core/formats/ios/pinned-domains.ts'
import { FORMATS, type FormatId, type OutputSettings } from '../../../src/core/formats/registry.ts'
import { planPins, type PlannedPin, type PlanRow } from '../../../src/core/pins/plan-pins.ts'
import { enforcedPins, parseNetworkSecurityConfig } from '../../oracles/android-nsc.ts'
import { parsePlist, pinRequirements } from '../../oracles/ios-ats.ts'
import { anyOf, READERS, type Ask, type Found } from '../../oracles/printed-output.ts'
import {
  alsoPinning,
  backupKey,
  CASE_NOW,
  CASE_STAMP,
  pinning,
  PLAN_CASES,
  planCase,
  row,
} from '../../support/cases.ts'
import { runs, RUNS_TIMEOUT } from '../../support/runs.ts'
import { isMissing, python } from '../../support/tools.ts'
import { drafts, rowsOf } from './any-rows.ts'
import { hostsAround } from './wanted.ts'

/** Outputs whose own tests hold their text against the wanted pins, or which say the same as another in other words. */
const READ_ELSEWHERE: ReadonlySet<FormatId> = new Set([
  'ios-pinned-domains',
  'ios-xcode-generators',
  'expo-android',
  'expo-ios',
  'flutter',
  'capacitor',
  'cordova',
])

const values = (pins: readonly PlannedPin[] | null) => pins && new Set(pins.map(({ pin }) => pin as string))

const withRole = (pins: readonly PlannedPin[], role: PlannedPin['role']) =>
  new Set<string>(pins.filter((pin) => pin.role === role).map(({ pin }) => pin))

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
      return { either: { leaf: withRole(requirement.pins, 'leaf'), ca: withRole(requirement.pins, 'ca') } }
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
    ruled: hosts.map((host) => [host, foundOf(rulingOf(format, plan, {}, host, rows))]),
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
        const ruled = hosts.map((host) => foundOf(rulingOf(pinnedDomains, plan, settings, host, rows)))
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
        expect(hosts.map((host) => foundOf(rulingOf(format, plan, settings, host, rows)))).toEqual(
          hosts.map((host) => anyOf(enforcedPins(accepted, host, { now: CASE_NOW, utcOffsetMinutes: 0 }))),
        )
      }),
      runs(200),
    )
  })

  it('names the entries that speak for it, the closest first', () => {
    const { rows } = planCase('three-levels')
    const plan = planPins(rows)
    const ruling = (id: FormatId, host: string) => rulingOf(formatOf(id), plan, {}, host, rows)
    const deepest = plan.policies.map(({ host }) => host).toSorted((one, other) => other.length - one.length)[0] ?? ''
    expect(ruling('android-network-security-config', deepest)).toMatchObject({ entries: [deepest] })
    const merged = ruling('android-okhttp-java', deepest)
    expect(merged?.kind === 'pinned' && merged.entries[0]).toBe(deepest)
    expect(merged?.kind === 'pinned' && merged.entries.length).toBeGreaterThan(1)
  })

  it('is that no key is found, where the library cannot put any of them together', () => {
    const held = backupKey('a key', { publicKey: { algorithm: 'Ed25519', bits: null, curve: null } })
    const rows = [row({ host: 'a.test', keys: [held], choices: alsoPinning(pinning(), [held]) })]
    const found = (id: FormatId) => {
      const ruling = rulingOf(formatOf(id), planPins(rows), {}, 'a.test', rows)
      return ruling?.kind === 'pinned' && ruling.findsNone
    }
    expect([found('ios-urlsession'), found('ios-alamofire'), found('ios-ktor-darwin')]).toEqual([true, true, true])
    expect([found('android-okhttp-java'), found('android-network-security-config'), found('curl')]).toEqual([
      false,
      false,
      false,
    ])
  })

  it('is nothing for an output that enforces nothing by itself', () => {
    expect(rulingOf(formatOf('json'), planPins([row({ host: 'a.example' })]), {}, 'a.example', [])).toBeNull()
  })

  it('is told for every host where an output does not tell them apart', () => {
    const plan = planPins(planCase('two-hosts-sharing-pins').rows)
    expect(rulingOf(formatOf('cordova'), plan, {}, 'unrelated.test', [])).toMatchObject({
      kind: 'pinned',
      requirement: { kind: 'certificates' },
    })
    expect(rulingOf(formatOf('flutter'), plan, {}, 'unrelated.test', [])).toEqual({ kind: 'not-pinned' })
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
