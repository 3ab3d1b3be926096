/**
 * The survival table of any plan, held against models of the platforms and libraries that read the printed texts and
 * judge chains of pins. Reading a text with another program or a grammar takes
 * long, so of those outputs each plan has one.
 */
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { isText, type ExpirationChoice } from '../../../src/core/formats/format.ts'
import { settingsFor, type FormatId, type OutputSettings } from '../../../src/core/formats/registry.ts'
import { planPins, type PlanRow } from '../../../src/core/pins/plan-pins.ts'
import { APP_FORMATS, survivalTable } from '../../../src/core/survival/survival-table.ts'
import { connects as passesAndroid, parseNetworkSecurityConfig } from '../../oracles/android-nsc.ts'
import { evaluate, parsePlist } from '../../oracles/ios-ats.ts'
import { connects as passesOkHttp, readPins } from '../../oracles/okhttp.ts'
import { meets, READERS } from '../../oracles/printed-output.ts'
import { swiftPinnedHosts, swiftPins } from '../../oracles/swift-pins.ts'
import { trustKitConfiguration, trustKitConnects } from '../../oracles/trustkit.ts'
import { CASE_NOW, CASE_STAMP } from '../../support/cases.ts'
import { RUNS_TIMEOUT, samePlans } from '../../support/runs.ts'
import { isMissing, python } from '../../support/tools.ts'
import { drafts, rowsOf, STRANGER, until } from '../formats/any-rows.ts'
import { expectedSurvival } from './expected-survival.ts'

const DRAW = samePlans(200)
const DAY = 24 * 3600 * 1000

/** Whether a connection passes; null where the app does not start, or the host is not pinned. */
interface Verdict {
  readonly starts: boolean
  readonly passes: (host: string, chainPins: readonly string[], now?: number) => boolean
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
  const textOf = (id: FormatId) => {
    const format = APP_FORMATS.find((one) => one.id === id)
    return format?.render(plan, settingsFor(format, settings), CASE_STAMP).find(isText)?.content ?? null
  }
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
      passesAndroid(accepted, host, pins, { now, utcOffsetMinutes: 0 })
    return { starts: true, passes }
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
  'android-network-security-config': fc.record({ expiration, trust: fc.constant('as-is') }),
  'ios-pinned-domains': fc.record({ lists: fc.constantFrom('ca', 'leaf', 'both'), wholeFile: fc.constant(true) }),
})

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
      fc.asyncProperty(drafts, settings, fc.constantFrom(...COSTLY), async (all, chosen, costly) => {
        const rows = rowsOf(all)
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
            const { starts, passes } = verdicts.get(format.id) ?? NOTHING
            const now = phase?.kind === 'after' ? Date.parse(`${phase.date}T00:00:00Z`) + 2 * DAY : CASE_NOW
            const isUnpinned = starts && passes(host, [STRANGER, STRANGER], now)
            const expected = Object.entries(expectedSurvival(rows, row, (pins) => passes(host, pins, now))).map(
              ([event, outcome]) => [event, isUnpinned ? 'unpinned' : outcome],
            )
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
