/**
 * The survival table of any plan, held against models of the platforms and libraries that read the printed texts and
 * judge chains of pins. Reading a text with another program or a grammar takes
 * long, so of those outputs each plan has one.
 */
import { basename } from 'node:path'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { PublicKeyDescription } from '../../../src/core/certificate/certificate.ts'
import { isText, type ExpirationChoice } from '../../../src/core/formats/format.ts'
import { settingsFor, type FormatId, type OutputSettings } from '../../../src/core/formats/registry.ts'
import type { PinRole, TypedPin } from '../../../src/core/pins/pin-choices.ts'
import { planPins, type PlanRow } from '../../../src/core/pins/plan-pins.ts'
import type { SpkiPin } from '../../../src/core/pins/spki-pin.ts'
import { APP_FORMATS, survivalTable } from '../../../src/core/survival/survival-table.ts'
import {
  anchorsFor as sourcesFor,
  connects as passesAndroid,
  parseNetworkSecurityConfig,
} from '../../oracles/android-nsc.ts'
import { evaluate, parsePlist } from '../../oracles/ios-ats.ts'
import { connects as passesOkHttp, readPins } from '../../oracles/okhttp.ts'
import { meets, READERS } from '../../oracles/printed-output.ts'
import { swiftPinnedHosts, swiftPins } from '../../oracles/swift-pins.ts'
import { trustKitConfiguration, trustKitConnects } from '../../oracles/trustkit.ts'
import { CASE_NOW, CASE_STAMP, pinOfKey } from '../../support/cases.ts'
import { RUNS_TIMEOUT, runs } from '../../support/runs.ts'
import { isMissing, python } from '../../support/tools.ts'
import { drafts, OFFLINE_KEYS, rowsOf, STRANGER, until } from '../formats/any-rows.ts'
import {
  ENDED_ROOT,
  expectedSurvival,
  KEYLESS_PINS,
  type Judge,
  type Outcome,
  type Presented,
} from './expected-survival.ts'

const DRAW = runs(200)
const DAY = 24 * 3600 * 1000

/** Whether a connection passes; null where the app does not start, or the host is not pinned. */
interface Verdict {
  readonly starts: boolean
  readonly passes: (host: string, chainPins: readonly string[], now?: number) => boolean
  /** The roots by pin that alone count for a host, and whether the phone's own list and what is installed do; null: that list. */
  readonly anchorsFor?: (host: string) => Anchors | null
}

interface Anchors {
  readonly pins: ReadonlySet<string>
  readonly store: boolean
  readonly installed: boolean
}

const NOTHING: Verdict = { starts: true, passes: () => true }

const CHEAP: readonly FormatId[] = ['android-network-security-config', 'android-okhttp-java']
const COSTLY = APP_FORMATS.map(({ id }) => id).filter((id) => !CHEAP.includes(id))

/** What the models make of the texts of these outputs. */
async function verdictsOf(
  judged: readonly FormatId[],
  rows: readonly PlanRow[],
  settings: OutputSettings,
): Promise<ReadonlyMap<string, Verdict>> {
  const plan = planPins(rows)
  const snippetsOf = (id: FormatId) => {
    const format = APP_FORMATS.find((one) => one.id === id)
    return format?.render(plan, settingsFor(format, settings), CASE_STAMP) ?? []
  }
  const textOf = (id: FormatId) => snippetsOf(id).find(isText)?.content ?? null
  const verdicts = new Map<string, Verdict>()
  const judge = async (id: FormatId, verdict: (text: string) => Verdict | Promise<Verdict>) => {
    if (!judged.includes(id)) return
    const text = textOf(id)
    verdicts.set(id, text === null ? NOTHING : await verdict(text))
  }
  await judge('android-network-security-config', (text) => {
    const { accepted, refused } = parseNetworkSecurityConfig(text)
    if (!accepted) throw new Error(refused)
    const passes: Verdict['passes'] = (host, pins, now = CASE_NOW) =>
      passesAndroid(accepted, host, pins, {
        now,
        utcOffsetMinutes: 0,
        anchor: sourcesFor(accepted, host)[0]?.src ?? '',
      })
    const snippets = snippetsOf('android-network-security-config')
    const certificates = rows.flatMap(({ chains }) =>
      chains.flatMap(({ links }) => links.map((one) => one.certificate)),
    )
    const anchorsFor = (host: string): Anchors | null => {
      const sources = sourcesFor(accepted, host)
      if (sources.every(({ src }) => src === 'system')) return null
      const files = sources.flatMap(({ src }) =>
        snippets.filter((one) => one.kind === 'certificate' && src === `@raw/${basename(one.path, '.der')}`),
      )
      const named = new Set(files.flatMap((file) => (file.kind === 'certificate' ? file.certificate : [])))
      return {
        pins: new Set(certificates.filter(({ sha256 }) => named.has(sha256)).map(({ pin }) => pin)),
        store: sources.some(({ src }) => src === 'system'),
        installed: sources.some(({ src }) => src === 'user'),
      }
    }
    return { starts: true, passes, anchorsFor }
  })
  await judge('ios-pinned-domains', (text) => {
    const { accepted, problem } = parsePlist(text)
    if (accepted === undefined) throw new Error(problem)
    return { starts: true, passes: (host, pins) => evaluate(accepted, host, pins).connects }
  })
  for (const [id, language] of [
    ['android-okhttp-java', 'java'],
    ['android-okhttp-kotlin', 'kotlin'],
    ['android-ktor-okhttp', 'kotlin'],
  ] as const) {
    await judge(id, (text) => {
      const { accepted, problem } = readPins(text, language)
      if (accepted === undefined) throw new Error(problem)
      return { starts: true, passes: (host, pins) => passesOkHttp(accepted, host, pins) }
    })
  }
  await judge('ios-trustkit', async (text) => {
    const { accepted } = await trustKitConfiguration('swift', text)
    // Its table of suffixes is no part of the model: it knows neither names without a dot nor `.example`.
    const hosts = rows.flatMap(({ hostRule }) => (hostRule ? [hostRule.host as string] : []))
    const isRefused = hosts.some(
      (host) => text.includes(`"${host}": [`) && (host === 'com' || host.endsWith('.example')),
    )
    return accepted && !isRefused
      ? { starts: true, passes: (host, pins) => trustKitConnects(accepted, host, pins) }
      : { starts: false, passes: () => false }
  })
  for (const [id, table] of [
    ['ios-urlsession', 'pinnedHosts'],
    ['ios-alamofire', 'evaluators'],
  ] as const) {
    await judge(id, async (text) => {
      const hosts = await swiftPinnedHosts(text, table)
      const passes: Verdict['passes'] = (host, pins) => {
        const pinned = swiftPins(hosts, host)
        return pinned === null || pins.some((pin) => pinned.has(pin))
      }
      return { starts: true, passes }
    })
  }
  for (const id of COSTLY.filter((one) => !verdicts.has(one) && one !== 'ios-pinned-domains')) {
    const read = READERS[id]
    if (read) {
      await judge(id, async (text) => {
        const ask = await read(text)
        return { starts: ask('any.test') !== 'refused', passes: (host, pins) => meets(ask(host), pins) }
      })
    }
  }
  return verdicts
}

const expiration: fc.Arbitrary<ExpirationChoice> = fc.oneof(
  fc.constant<ExpirationChoice>({ kind: 'none' }),
  fc.constant<ExpirationChoice>({ kind: 'computed' }),
  until.map((date): ExpirationChoice => ({ kind: 'date', date })),
)
const settings: fc.Arbitrary<OutputSettings> = fc.record({
  'android-network-security-config': fc.record({ expiration, trust: fc.constantFrom('ship', 'installed', 'as-is') }),
  'ios-pinned-domains': fc.record({ lists: fc.constantFrom('ca', 'leaf', 'both'), wholeFile: fc.constant(true) }),
})

const KEY_TYPES: readonly PublicKeyDescription[] = [
  { algorithm: 'EC', bits: 256, curve: 'P-256' },
  { algorithm: 'EC', bits: 521, curve: 'P-521' },
  { algorithm: 'RSA', bits: 2048, curve: null },
  { algorithm: 'RSA', bits: 1024, curve: null },
  { algorithm: 'Ed25519', bits: null, curve: null },
]

/** What the rows of the other tests do not have. */
interface Oddities {
  /** Chains that end at a root of their owner's, by row and chain. */
  readonly own: readonly (readonly boolean[])[]
  /** Of the keys that are in no certificate. */
  readonly keyTypes: readonly PublicKeyDescription[]
  /** Pins that no key has, or a root that has ended, by row. */
  readonly useless: readonly (TypedPin | null)[]
}

const oddities: fc.Arbitrary<Oddities> = fc.record({
  own: fc.array(fc.array(fc.boolean(), { minLength: 2, maxLength: 2 }), { minLength: 6, maxLength: 6 }),
  keyTypes: fc.array(fc.constantFrom(...KEY_TYPES), { minLength: 2, maxLength: 2 }),
  useless: fc.array(
    fc.option(
      fc.record({
        pin: fc.constantFrom(...[...KEYLESS_PINS, ENDED_ROOT].map((pin) => pin as SpkiPin)),
        role: fc.constantFrom<PinRole>('leaf', 'ca', 'unknown'),
      }),
    ),
    { minLength: 6, maxLength: 6 },
  ),
})

function withOddities(rows: readonly PlanRow[], { own, keyTypes, useless }: Oddities): PlanRow[] {
  const types = new Map(OFFLINE_KEYS.map((key, index) => [pinOfKey(key), keyTypes[index]]))
  return rows.map((row, index): PlanRow => {
    const typed = useless[index]
    return {
      ...row,
      chains: row.chains.map((chain, at) =>
        own[index]?.[at]
          ? { ...chain, end: { kind: chain.links.length > 1 ? 'private-root' : 'self-signed-leaf' } }
          : chain,
      ),
      keys: row.keys.map((key) => ({ ...key, publicKey: types.get(key.pin) ?? key.publicKey })),
      bundledRoots: new Map([...row.bundledRoots, [ENDED_ROOT as SpkiPin, 'DST Root CA X3']]),
      choices: { ...row.choices, typedPins: [...row.choices.typedPins, ...(typed ? [typed] : [])] },
    }
  })
}

/** What the trust in the root comes to, where the pins match. */
function trusted({ pins, end }: Presented, isOfOwnCa: boolean, anchors: Anchors | null, isLeftAsIs: boolean): Outcome {
  if (pins.at(-1) === ENDED_ROOT) return 'blocked'
  // The text that could have named its own root does not.
  if (end === 'kept-own') return isLeftAsIs ? 'depends' : 'connects'
  if (end === 'kept' || !isOfOwnCa || anchors?.pins.has(pins.at(-1) ?? '')) return 'connects'
  if (end === 'public') return anchors && !anchors.store ? 'blocked' : 'connects'
  // Somebody may have installed it; and of a CA that nobody knows it may be in the phone’s own list.
  const mayBeThere = anchors === null || anchors.installed || (anchors.store && end === 'unknown')
  return mayBeThere ? 'depends' : 'blocked'
}

function isOrdinary({ algorithm, bits }: PublicKeyDescription): boolean {
  return (algorithm === 'EC' && bits === 256) || (algorithm === 'RSA' && bits === 2048)
}

it('the models are there for every output that can be a column', async () => {
  const verdicts = await verdictsOf([...CHEAP, ...COSTLY], [], {})
  expect(APP_FORMATS.map(({ id }) => id).filter((id) => !verdicts.has(id))).toEqual([])
})

it.skipIf(isMissing(python))(
  `of ${DRAW.numRuns} plans every cell says what the models of the printed texts say`,
  { timeout: RUNS_TIMEOUT },
  async () => {
    const seen = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(drafts, oddities, settings, fc.constantFrom(...COSTLY), async (all, odd, chosen, costly) => {
        const rows = withOddities(rowsOf(all), odd)
        const plan = planPins(rows)
        const judged = [...CHEAP, costly]
        const verdicts = await verdictsOf(judged, rows, chosen)
        const formats = APP_FORMATS.filter(({ id }) => judged.includes(id))
        for (const row of rows) {
          const question = { rowId: row.rowId, rows, plan, settings: chosen, formats, now: CASE_NOW }
          const table = survivalTable(question)
          const host = row.hostRule?.host ?? ''
          const isPinned = plan.policies.some(({ rowIds }) => rowIds.includes(row.rowId))
          expect(table === null).toBe(!isPinned || row.chains.length === 0)
          for (const [index, { format, phase }] of (table?.columns ?? []).entries()) {
            const { starts, passes, anchorsFor } = verdicts.get(format.id) ?? NOTHING
            // Those outputs find keys of some types alone, and their texts do not tell of which a pin is.
            if (format.abilities.keys === 'rebuilt' && !odd.keyTypes.every(isOrdinary)) continue
            const now = phase?.kind === 'after' ? Date.parse(`${phase.date}T00:00:00Z`) + 2 * DAY : CASE_NOW
            const isUnpinned = starts && passes(host, [STRANGER, STRANGER], now)
            const judge: Judge = (presented, isOfOwnCa) =>
              passes(host, presented.pins, now)
                ? trusted(presented, isOfOwnCa, anchorsFor?.(host) ?? null, anchorsFor?.(host) === null)
                : 'blocked'
            const expected = Object.entries(expectedSurvival(rows, row, judge)).map(([event, outcome]) => [
              event,
              isUnpinned && outcome === 'connects' ? 'unpinned' : outcome,
            ])
            const told = table?.rows.map(({ event, cells }) => [event, cells[index]?.outcome])
            for (const [, outcome] of told ?? []) seen.set(`${outcome}`, (seen.get(`${outcome}`) ?? 0) + 1)
            expect({ host, format: format.id, phase, ...Object.fromEntries(told ?? []) }).toEqual({
              host,
              format: format.id,
              phase,
              ...Object.fromEntries(expected),
            })
          }
        }
      }),
      DRAW,
    )
    expect(new Set(seen.keys())).toEqual(new Set(['connects', 'blocked', 'depends', 'unpinned']))
  },
)
