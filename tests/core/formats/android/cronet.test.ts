/** A model of Cronet, a grammar and Kotlin's compiler over everything that we print for Cronet and HttpEngine. */
import { rmSync } from 'node:fs'
import * as fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { cronet } from '../../../../src/core/formats/android/cronet.ts'
import { httpEngine } from '../../../../src/core/formats/android/http-engine.ts'
import { isText, type ExpirationChoice } from '../../../../src/core/formats/format.ts'
import { shortfallsOf } from '../../../../src/core/formats/shortfalls.ts'
import { isoDay } from '../../../../src/core/instant.ts'
import type { HostName } from '../../../../src/core/pins/host-rule.ts'
import { planPins, type PlanRow } from '../../../../src/core/pins/plan-pins.ts'
import { pinsByCronet, readCronetPins, type CronetEntry } from '../../../oracles/cronet.ts'
import {
  alsoPinning,
  CASE_NOW,
  CASE_STAMP,
  exampleChain,
  otherChain,
  pinning,
  pinOfKey,
  PLAN_CASES,
  row,
} from '../../../support/cases.ts'
import {
  callsOf,
  compileEngines,
  JUDGES,
  kotlinProblem,
  type CompiledEngines,
  type EngineCode,
} from '../../../support/cronet/judge.ts'
import { parseProblems } from '../../../support/grammar.ts'
import { runs, RUNS_TIMEOUT } from '../../../support/runs.ts'
import { isMissing, type Judgement } from '../../../support/tools.ts'
import { drafts, rowsOf, STRANGER, until } from '../any-rows.ts'
import { hostsAround, wantedEntries, wantedOnAndroid } from '../wanted.ts'

const FORMATS = [
  { format: cronet, engine: 'cronet' },
  { format: httpEngine, engine: 'http-engine' },
] as const

type AnyFormat = (typeof FORMATS)[number]['format']

const NEVER = Date.parse('9999-12-31T00:00:00Z')

/** Null when there is nothing to pin. */
function codeOf(format: AnyFormat, rows: readonly PlanRow[], expiration: ExpirationChoice = { kind: 'none' }) {
  const snippets = format.render(planPins(rows), { expiration }, CASE_STAMP).filter(isText)
  const [pins, usage] = ['pins', 'usage'].map((id) => snippets.find((snippet) => snippet.id === id)?.content)
  return pins !== undefined && usage !== undefined ? { pins, usage } : null
}

async function read(code: EngineCode | null): Promise<readonly CronetEntry[]> {
  return code ? readCronetPins(code.pins) : []
}

const pinnedCases = PLAN_CASES.filter(({ rows, settings }) => !settings && wantedEntries(rows).length > 0)

/**
 * As on Android, but below a host without its sub-domains that lies below one with them: there Cronet looks no further
 * than the nearer name, so that one's pins hold, which are the parent's and its own.
 */
function wantedByCronet(rows: readonly PlanRow[], host: string): ReadonlySet<string> | null {
  if (wantedOnAndroid(rows, host) === null) return null
  const names = host.split('.').map((_, index, labels) => labels.slice(index).join('.'))
  const nearest = names.find((name) => wantedEntries(rows).some((entry) => entry.host === name))
  return nearest === undefined ? null : wantedOnAndroid(rows, nearest)
}

describe.each(FORMATS)('the model of Cronet, given $format.id', ({ format }) => {
  it.each(pinnedCases)('enforces exactly the wanted pins for every host, at every depth: $name', async ({ rows }) => {
    const entries = await read(codeOf(format, rows))
    expect(hostsAround(rows).map((host) => [host, pinsByCronet(entries, host, CASE_NOW)])).toEqual(
      hostsAround(rows).map((host) => [host, wantedByCronet(rows, host)]),
    )
  })

  it('enforces the wanted pins of any rows, and pins whatever is to be pinned', { timeout: RUNS_TIMEOUT }, async () => {
    await fc.assert(
      fc.asyncProperty(drafts, async (all) => {
        const rows = rowsOf(all)
        const code = codeOf(format, rows)
        expect(code === null).toBe(wantedEntries(rows).length === 0)
        const entries = await read(code)
        expect(new Set(entries.map(({ host }) => host)).size).toBe(entries.length)
        for (const host of hostsAround(rows)) {
          const [pins, wanted] = [pinsByCronet(entries, host, CASE_NOW), wantedOnAndroid(rows, host)]
          expect([host, pins]).toEqual([host, wantedByCronet(rows, host)])
          expect([host, pins === null]).toEqual([host, wanted === null])
          expect([host, [...(wanted ?? [])].filter((pin) => !pins?.has(pin))]).toEqual([host, []])
        }
      }),
      runs(60),
    )
  })

  it(
    'reads the same whatever the certificates are called, and the grammar takes it',
    { timeout: RUNS_TIMEOUT },
    async () => {
      await fc.assert(
        fc.asyncProperty(drafts, async (all) => {
          const code = codeOf(format, rowsOf(all))
          fc.pre(code !== null)
          expect(await parseProblems('kotlin', code.pins)).toEqual([])
          expect(await read(code)).toEqual(
            await read(
              codeOf(
                format,
                rowsOf(all, () => 'name'),
              ),
            ),
          )
        }),
        runs(60),
      )
    },
  )

  it('stops at the start of the chosen day in UTC, and without one as good as never', async () => {
    const [first] = pinnedCases
    const ends = async (choice: ExpirationChoice) =>
      (await read(codeOf(format, first?.rows ?? [], choice))).map(({ end }) => end)
    expect(await ends({ kind: 'date', date: '2027-02-01' })).toEqual([Date.parse('2027-02-01T00:00:00Z')])
    expect(await ends({ kind: 'computed' })).toEqual([Date.parse('2027-03-31T00:00:00Z')])
    for (const choice of [
      { kind: 'none' },
      { kind: 'date', date: '2026-11-21' },
      { kind: 'date', date: '' },
    ] as const) {
      expect(await ends(choice)).toEqual([NEVER])
      expect(codeOf(format, first?.rows ?? [], choice)?.pins).toContain('9999-12-31 stands for none')
    }
  })

  it('never has an end that has begun', { timeout: RUNS_TIMEOUT }, async () => {
    await fc.assert(
      fc.asyncProperty(drafts, until, async (all, date) => {
        for (const { end } of await read(codeOf(format, rowsOf(all), { kind: 'date', date }))) {
          expect(end).toBeGreaterThan(CASE_NOW)
        }
      }),
      runs(60),
    )
  })
})

describe.each(FORMATS)('ends that are computed, for $format.id,', ({ format }) => {
  it('never leave a host to the pins of its parents alone', { timeout: RUNS_TIMEOUT }, async () => {
    await fc.assert(
      fc.asyncProperty(drafts, async (all) => {
        const rows = rowsOf(all)
        const entries = await read(codeOf(format, rows, { kind: 'computed' }))
        for (const host of hostsAround(rows)) {
          const today = pinsByCronet(entries, host, CASE_NOW)
          for (const { end } of entries) {
            const later = pinsByCronet(entries, host, end + 1)
            expect([host, later ?? today]).toEqual([host, today])
          }
        }
      }),
      runs(60),
    )
  })

  it('are the first of those that overlap, and each host’s own elsewhere', async () => {
    const wild = row({
      host: 'example.com',
      includeSubdomains: true,
      chains: [exampleChain('example.com')],
      choices: pinning('root'),
    })
    const below = row({ host: 'api.example.com', chains: [otherChain('api.example.com')] })
    const apart = row({ host: 'example.org', chains: [exampleChain('example.org', { until: '2027-06-30' })] })
    const entries = await read(codeOf(format, [wild, below, apart], { kind: 'computed' }))
    const days = new Map(entries.map(({ host, end }) => [host, isoDay(end)]))
    expect(days.get('example.com')).toBe(days.get('api.example.com'))
    expect(days.get('example.org')).toBe('2027-06-30')
  })
})

const pinnedHost = (host: string) =>
  row({ host, rowId: host, choices: alsoPinning(pinning(), [], [{ pin: STRANGER, role: 'ca' }]) })

/** Some that Java's own rules for names refuse. */
const SPELLINGS = ['a.example', 'a-b.example', '7.example', 'xn--bcher-kva.example', 'a_b.example', '_a.example', 'com']

const manyHosts = Array.from({ length: 1000 }, (_, index) =>
  row({
    host: `h${index}.example.com`,
    rowId: `row ${index}`,
    choices: alsoPinning(
      pinning(),
      [],
      [
        { pin: pinOfKey(`first of ${index}`), role: 'ca' },
        { pin: pinOfKey(`second of ${index}`), role: 'ca' },
      ],
    ),
  }),
)

function valueOfJudgement<T>({ accepted, problem }: Judgement<T>): T {
  if (problem !== undefined) throw new Error(problem)
  return accepted
}

/** A compiler takes seconds to start: everything of one engine is compiled at once, and only once. */
const compilations = new Map<string, CompiledEngines>()

/** Kotlin's compiler is slow, and the code for HttpEngine differs in names alone. */
function compiledCases(format: AnyFormat) {
  const few = new Set(['three-levels', 'hostile-subjects'])
  return format === httpEngine ? pinnedCases.filter(({ name }) => few.has(name)) : pinnedCases
}

function compiledOf({ format, engine }: (typeof FORMATS)[number]): CompiledEngines {
  const plans = [
    format === httpEngine ? manyHosts.slice(-1) : manyHosts,
    ...SPELLINGS.map((host) => [pinnedHost(host)]),
    ...compiledCases(format).map(({ rows }) => rows),
  ]
  const compiled =
    compilations.get(engine) ??
    valueOfJudgement(
      compileEngines(
        plans.flatMap((rows) => codeOf(format, rows) ?? []),
        engine,
      ),
    )
  compilations.set(engine, compiled)
  return compiled
}

afterAll(() => {
  for (const { folder } of compilations.values()) rmSync(folder, { recursive: true, force: true })
})

const NATIVE = 'App-Packaged-Cronet-Provider true'
const FALLBACK = 'Fallback-Cronet-Provider true'

/** Without the line that says which provider was taken. */
function told(one: (typeof FORMATS)[number], packages: readonly string[]): string[][] {
  const answers = valueOfJudgement(
    callsOf(
      compiledOf(one),
      packages.map((name) => [name, NATIVE] as const),
    ),
  )
  return answers.map((lines) => lines.filter((line) => !line.startsWith('provider')))
}

describe.each(FORMATS)('Kotlin, given $format.id', { timeout: 300_000 }, (one) => {
  const { format } = one
  const isUnusable = isMissing(...JUDGES)
  it.skipIf(isUnusable)('tells the builder every pin as 32 bytes, after the bypass is off', async () => {
    const packages = compiledOf(one).packages.slice(1 + SPELLINGS.length)
    const wanted = await Promise.all(
      compiledCases(format).map(async ({ rows }) => {
        const entries = await read(codeOf(format, rows))
        return entries.map(({ host, includeSubdomains, end, pins }) =>
          ['pins', host, includeSubdomains, end, [...pins].toSorted().join(' ')].join('\t'),
        )
      }),
    )
    const lines = told(one, packages)
    expect(new Set(lines.map(([first]) => first))).toEqual(new Set(['bypass\tfalse']))
    expect(lines.map((calls) => calls.slice(1))).toEqual(wanted)
  })

  it.skipIf(isUnusable)('throws for exactly the names that are said to be refused', () => {
    const packages = compiledOf(one).packages.slice(1, 1 + SPELLINGS.length)
    const thrown = told(one, packages).map((lines) => lines.at(-1)?.startsWith('threw') ?? false)
    const { refusesHost } = format.abilities
    expect(thrown).toEqual(SPELLINGS.map((host) => refusesHost?.(host as HostName, false)))
    expect(thrown).toContain(true)
    const kinds = shortfallsOf(format, planPins([pinnedHost('a_b.example')]), {}, []).map(({ kind }) => kind)
    expect(kinds).toEqual(['refused-hosts'])
  })
})

describe('Kotlin, given Cronet alone', { timeout: 300_000 }, () => {
  const isUnusable = isMissing(...JUDGES)
  const [one] = FORMATS

  it.skipIf(isUnusable)('takes a plan of a thousand hosts', () => {
    const [lines] = told(one, compiledOf(one).packages.slice(0, 1))
    expect(lines).toHaveLength(1001)
    expect(lines?.at(-1)).toContain([pinOfKey('first of 999'), pinOfKey('second of 999')].toSorted().join(' '))
  })

  it.skipIf(isUnusable)('takes no provider that ignores pins, and fails without another', () => {
    const compiled = compiledOf(one)
    const [name = ''] = compiled.packages.slice(-1)
    const [both, alone, disabled] = valueOfJudgement(
      callsOf(compiled, [
        [name, FALLBACK, 'Google-Play-Services-Cronet-Provider false', NATIVE],
        [name, FALLBACK],
        [name, 'Google-Play-Services-Cronet-Provider false'],
      ]),
    )
    expect(both?.slice(0, 2)).toEqual(['provider\tApp-Packaged-Cronet-Provider', 'bypass\tfalse'])
    expect([alone, disabled]).toEqual([['threw\tNoSuchElementException'], ['threw\tNoSuchElementException']])
  })

  it.skipIf(isUnusable)('is refused by the compiler when a call is none of the builder’s', () => {
    const code = codeOf(one.format, pinnedCases[0]?.rows ?? [])
    expect(kotlinProblem(code?.pins.replaceAll('addPublicKeyPins', 'addPins') ?? '')).toContain('addPins')
  })
})
