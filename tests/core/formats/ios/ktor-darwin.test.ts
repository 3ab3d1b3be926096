/** Kotlin's compiler, and the compiled handler with a stand-in for Ktor's pinner, over everything that we print for it. */
import { rmSync } from 'node:fs'
import * as fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { isText } from '../../../../src/core/formats/format.ts'
import { ktorDarwin } from '../../../../src/core/formats/ios/ktor-darwin.ts'
import { planPins, type PlanRow } from '../../../../src/core/pins/plan-pins.ts'
import { readStrings } from '../../../oracles/okhttp.ts'
import { alsoPinning, CASE_STAMP, pinning, pinOfKey, PLAN_CASES, row } from '../../../support/cases.ts'
import { parseProblems } from '../../../support/grammar.ts'
import { answersOfDarwin, compileDarwin, type CompiledClients } from '../../../support/ktor-darwin/judge.ts'
import { kotlinc } from '../../../support/okhttp/judge.ts'
import { runs } from '../../../support/runs.ts'
import { isMissing } from '../../../support/tools.ts'
import { drafts, rowsOf, STRANGER } from '../any-rows.ts'
import { hostsAround, wantedEntries, wantedOnAndroid, type WantedPins } from '../wanted.ts'

function clientOf(rows: readonly PlanRow[]): { pins: string; usage: string } | null {
  const snippets = ktorDarwin.render(planPins(rows), {}, CASE_STAMP).filter(isText)
  const contentOf = (id: string) => snippets.find((snippet) => snippet.id === id)?.content
  const [pins, usage] = [contentOf('pins'), contentOf('usage')]
  return pins !== undefined && usage !== undefined ? { pins, usage } : null
}

const printedPins = (rows: readonly PlanRow[]) => clientOf(rows)?.pins ?? ''

/** The text without its comments, which alone hold names. */
const codeOf = (text: string) => text.split('\n').filter((line) => !line.trim().startsWith('//'))

/** The same without the calls for the hosts. */
const around = (text: string) =>
  codeOf(text)
    .join('\n')
    .replace(/ {4}init \{[\s\S]*/, '')

const pinnedCases = PLAN_CASES.filter(({ rows, settings }) => !settings && wantedEntries(rows).length > 0)

const THOUSAND_HOSTS = Array.from({ length: 1000 }, (_, index) =>
  row({
    host: `h${index}.example.com`,
    rowId: `row ${index}`,
    choices: alsoPinning(pinning(), [], [{ pin: pinOfKey(`key ${index}`), role: 'ca' }]),
  }),
)

/** Two hosts that share nothing, for what a pinner of both would confuse. */
const TWO_HOSTS = [
  row({ host: 'a.example', rowId: 'a', choices: alsoPinning(pinning(), [], [{ pin: pinOfKey('A'), role: 'ca' }]) }),
  row({ host: 'b.example', rowId: 'b', choices: alsoPinning(pinning(), [], [{ pin: pinOfKey('B'), role: 'ca' }]) }),
]

/** One chain for each pin that lets it pass, and one with every other pin of the plan. */
function questionsAbout(rows: readonly PlanRow[], host: string) {
  const wanted = wantedOnAndroid(rows, host)
  const all = new Set(wantedEntries(rows).flatMap(pinsOf))
  const others = Array.from(all).filter((pin) => !wanted?.has(pin))
  return Array.from(wanted ?? [], (pin) => ({ chainPins: [STRANGER as string, pin], answer: 'pinned' })).concat({
    chainPins: [STRANGER, ...others],
    answer: wanted === null ? 'not pinned' : 'Certificate pinning failure!',
  })
}

function pinsOf({ leaf, ca, unknown }: WantedPins): string[] {
  return [...leaf, ...ca, ...unknown]
}

describe('the pins for Ktor on iOS', () => {
  it.each(pinnedCases)('are Kotlin with one call for each host: $name', async ({ rows }) => {
    expect(await parseProblems('kotlin', printedPins(rows))).toEqual([])
    const { accepted: strings = [] } = readStrings(printedPins(rows), 'kotlin')
    const hosts = wantedEntries(rows).map(({ host }) => host)
    expect(strings.filter((text) => hosts.includes(text))).toEqual(hosts)
  })

  it('are the same whatever the certificates are called', () => {
    fc.assert(
      fc.property(drafts, (all) => {
        expect(codeOf(printedPins(rowsOf(all)))).toEqual(codeOf(printedPins(rowsOf(all, () => 'name'))))
      }),
      runs(200),
    )
  })

  it('differ in the calls alone, so what is compiled here holds for every plan', () => {
    const all = new Set(pinnedCases.map(({ rows }) => around(printedPins(rows))))
    expect(all.size).toBe(1)
  })
})

describe.skipIf(isMissing(kotlinc))('the compiled handler', () => {
  const anyPlans = fc
    .sample(drafts, { numRuns: 6, seed: 20261121 })
    .map((all) => rowsOf(all))
    .filter((rows) => wantedEntries(rows).length > 0)
  // The compiler is slow, and the calls alone differ.
  const few = new Set(['three-levels', 'hostile-subjects', 'many-hosts', 'same-host-twice', 'typed-pins'])
  const plans = [...pinnedCases.filter(({ name }) => few.has(name)).map(({ rows }) => rows), ...anyPlans]
  let clients: CompiledClients | undefined

  function compiled(): CompiledClients {
    if (clients) return clients
    const all = [TWO_HOSTS, THOUSAND_HOSTS, ...plans].flatMap((rows) => clientOf(rows) ?? [])
    const { accepted, problem } = compileDarwin(all)
    if (problem !== undefined) throw new Error(problem)
    clients = accepted
    return accepted
  }

  afterAll(() => {
    if (clients) rmSync(clients.folder, { recursive: true, force: true })
  })

  function ask(questions: readonly (readonly [plan: number, host: string, chainPins: readonly string[]])[]) {
    const { packages } = compiled()
    const { accepted, problem } = answersOfDarwin(
      compiled(),
      questions.map(([plan, host, pins]) => [packages[plan] ?? '', host, pins]),
    )
    if (problem !== undefined) throw new Error(problem)
    return accepted
  }

  it('lets each wanted pin of a host pass and no other chain, at every depth', { timeout: 300_000 }, () => {
    const asked = plans.flatMap((rows, index) =>
      hostsAround(rows).flatMap((host) =>
        questionsAbout(rows, host).map(({ chainPins, answer }) => ({
          question: [index + 2, host, chainPins] as const,
          answer,
        })),
      ),
    )
    const answers = ask(asked.map(({ question }) => question))
    expect(asked.map(({ question }, at) => [question[1], answers[at]])).toEqual(
      asked.map(({ question, answer }) => [question[1], answer]),
    )
  })

  it('never takes the pin of another host', { timeout: 300_000 }, () => {
    expect(
      ask([
        [0, 'a.example', [pinOfKey('A')]],
        [0, 'a.example', [pinOfKey('B')]],
        [0, 'b.example', [pinOfKey('A')]],
      ]),
    ).toEqual(['pinned', 'Certificate pinning failure!', 'Certificate pinning failure!'])
  })

  it('refuses a pinned host in another spelling, which Ktor would not check', { timeout: 300_000 }, () => {
    expect(
      ask([
        [0, 'A.Example', [pinOfKey('A')]],
        [0, 'a.example.', [STRANGER]],
        [0, 'C.Example', [STRANGER]],
      ]),
    ).toEqual(['cancelled', 'cancelled', 'not pinned'])
  })

  it('holds a thousand hosts', { timeout: 300_000 }, () => {
    expect(
      ask([
        [1, 'h999.example.com', [pinOfKey('key 999')]],
        [1, 'h0.example.com', [pinOfKey('key 1')]],
      ]),
    ).toEqual(['pinned', 'Certificate pinning failure!'])
  })
})
