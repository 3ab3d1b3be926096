/** A model of OkHttp, the compilers and OkHttp itself over everything that we print for it. */
import { rmSync } from 'node:fs'
import * as fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { ktorOkhttp } from '../../../../src/core/formats/android/ktor-okhttp.ts'
import { okhttpJava } from '../../../../src/core/formats/android/okhttp-java.ts'
import { okhttpKotlin } from '../../../../src/core/formats/android/okhttp-kotlin.ts'
import { isText } from '../../../../src/core/formats/format.ts'
import { planPins, type PlanRow } from '../../../../src/core/pins/plan-pins.ts'
import { issue, type Issued } from '../../../api/support/certificates.ts'
import { serveTls } from '../../../api/support/servers.ts'
import {
  connects,
  matchingPins as modelPins,
  readPins,
  type OkHttpPin,
  type SourceLanguage,
} from '../../../oracles/okhttp.ts'
import { alsoPinning, CASE_STAMP, pinning, pinOfKey, PLAN_CASES, row } from '../../../support/cases.ts'
import {
  compileJava,
  compileKotlin,
  handshakes,
  kotlinc,
  matchingPins,
  okhttp3,
  okhttp4,
  type Compiled,
  type PinnedClient,
} from '../../../support/okhttp/judge.ts'
import { runs } from '../../../support/runs.ts'
import { isMissing, openssl, opensslPin, type Judgement } from '../../../support/tools.ts'
import { drafts, KEYS, rowsOf, STRANGER } from '../any-rows.ts'
import { hostsAround, wantedEntries, wantedOnAndroid } from '../wanted.ts'

const FORMATS = [
  { format: okhttpJava, language: 'java' },
  { format: okhttpKotlin, language: 'kotlin' },
  { format: ktorOkhttp, language: 'kotlin' },
] as const satisfies readonly { format: unknown; language: SourceLanguage }[]

type AnyFormat = (typeof FORMATS)[number]['format']

/** Null when there is nothing to pin. */
function clientOf(format: AnyFormat, rows: readonly PlanRow[]): PinnedClient | null {
  const snippets = format.render(planPins(rows), {}, CASE_STAMP).filter(isText)
  const contentOf = (id: string) => snippets.find((snippet) => snippet.id === id)?.content
  const [pins, usage] = [contentOf('pins'), contentOf('usage')]
  return pins !== undefined && usage !== undefined ? { pins, usage } : null
}

function read(client: PinnedClient | null, language: SourceLanguage): readonly OkHttpPin[] {
  const { accepted, problem } = readPins(client?.pins ?? '', language)
  if (problem !== undefined) throw new Error(`OkHttp refuses the pins: ${problem}`)
  return accepted
}

const pinnedCases = PLAN_CASES.filter(({ rows, settings }) => !settings && wantedEntries(rows).length > 0)

describe.each(FORMATS)('the model of OkHttp, given $format.id', ({ format, language }) => {
  it.each(pinnedCases)('enforces exactly the wanted pins for every host, at every depth: $name', ({ rows }) => {
    const pins = read(clientOf(format, rows), language)
    expect(hostsAround(rows).map((host) => [host, modelPins(pins, host)])).toEqual(
      hostsAround(rows).map((host) => [host, wantedOnAndroid(rows, host)]),
    )
  })

  it('enforces exactly the wanted pins of any rows', () => {
    fc.assert(
      fc.property(drafts, (all) => {
        const rows = rowsOf(all)
        const client = clientOf(format, rows)
        expect(client === null).toBe(wantedEntries(rows).length === 0)
        const pins = read(client, language)
        expect(hostsAround(rows).map((host) => [host, modelPins(pins, host)])).toEqual(
          hostsAround(rows).map((host) => [host, wantedOnAndroid(rows, host)]),
        )
      }),
      runs(200),
    )
  })

  it('connects exactly when one of the pins of the plan is in the chain', () => {
    const served = fc.array(fc.constantFrom(...KEYS, 'stranger').map(pinOfKey), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(drafts, served, (all, chainPins) => {
        const rows = rowsOf(all)
        const pins = read(clientOf(format, rows), language)
        for (const policy of planPins(rows).policies) {
          const isMet = policy.pins.some(({ pin }) => chainPins.includes(pin))
          expect([policy.host, connects(pins, policy.host, chainPins)]).toEqual([policy.host, isMet])
          expect(connects(pins, policy.host, [STRANGER])).toBe(false)
        }
      }),
      runs(200),
    )
  })

  it('reads the same whatever the certificates are called', () => {
    fc.assert(
      fc.property(drafts, (all) => {
        const harmless = rowsOf(all, () => 'name')
        expect(read(clientOf(format, rowsOf(all)), language)).toEqual(read(clientOf(format, harmless), language))
      }),
      runs(200),
    )
  })

  it.each([250, 251, 252, 253])(
    'pins a host of %i characters, where the pattern for every depth may be too long',
    (length) => {
      const host = `${'a'.repeat(60)}.`.repeat(4).slice(0, length - 5) + 'b.com'
      const rows = [
        row({ host, includeSubdomains: true, choices: alsoPinning(pinning(), [], [{ pin: STRANGER, role: 'ca' }]) }),
      ]
      const pins = read(clientOf(format, rows), language)
      const longest = [host, `x.${host}`].filter((name) => name.length <= 253)
      expect(longest.map((name) => modelPins(pins, name))).toEqual(longest.map(() => new Set([STRANGER])))
    },
  )

  it('says which version sub-domains need, where there are any', () => {
    for (const { rows } of pinnedCases) {
      const hasSubdomains = wantedEntries(rows).some(({ includeSubdomains }) => includeSubdomains)
      expect(clientOf(format, rows)?.pins.includes(`Needs ${format.abilities.minimumVersion} or later`)).toBe(
        hasSubdomains,
      )
    }
  })
})

function valueOfJudgement<T>({ accepted, problem }: Judgement<T>): T {
  if (problem !== undefined) throw new Error(problem)
  return accepted
}

const HOST = 'api.example.com'
const HOSTS = ['example.com', HOST, 'eu.api.example.com', 'notexample.com']

interface Served {
  readonly root: Issued
  readonly intermediate: Issued
  readonly leaf: Issued
}

/** A real chain, for handshakes. */
async function issueServed(): Promise<Served> {
  const root = await issue({ subject: 'Root' })
  const intermediate = await issue({ subject: 'Intermediate', issuer: root })
  return { root, intermediate, leaf: await issue({ subject: HOST, issuer: intermediate, hosts: HOSTS }) }
}

const pinned = (host: string, pins: readonly string[], includeSubdomains = false) =>
  row({
    host,
    includeSubdomains,
    rowId: host,
    choices: alsoPinning(
      pinning(),
      [],
      pins.map((pin) => ({ pin: pin as typeof STRANGER, role: 'ca' as const })),
    ),
  })

/** What a server of that chain is met with, by exact hosts and by a parent with its sub-domains. */
function plansFor({ root, intermediate, leaf }: Served) {
  const [leafPin, intermediatePin, rootPin] = [leaf, intermediate, root].map(({ pem }) =>
    valueOfJudgement(opensslPin(pem)),
  ) as [string, string, string]
  return {
    exact: [
      [pinned(HOST, [leafPin])],
      [pinned(HOST, [intermediatePin])],
      [pinned(HOST, [STRANGER, rootPin])],
      [pinned(HOST, [STRANGER])],
      [pinned('example.com', [STRANGER])],
    ],
    parents: [
      [pinned('example.com', [rootPin], true)],
      [pinned('example.com', [STRANGER], true)],
      // The child's own pin is enough for the child, and for nobody else.
      [pinned('example.com', [STRANGER], true), pinned(HOST, [rootPin])],
    ],
  }
}

const THOUSAND_HOSTS = Array.from({ length: 1000 }, (_, index) =>
  pinned(`h${index}.example.com`, [pinOfKey(`first of ${index}`), pinOfKey(`second of ${index}`)]),
)

interface Everything {
  readonly compiled: Compiled
  readonly served: Served
  /** The packages of the clients. */
  readonly cases: readonly string[]
  readonly thousand: string
  readonly exact: readonly string[]
  readonly parents: readonly string[]
}

/** Kotlin's compiler is slow, and the pins of Ktor are the file that the other output for Kotlin has. */
function compiledCases(format: AnyFormat) {
  const few = new Set(['three-levels', 'hostile-subjects', 'many-hosts'])
  return format === ktorOkhttp ? pinnedCases.filter(({ name }) => few.has(name)) : pinnedCases
}

/** A compiler takes seconds to start: everything of one format is compiled at once, and only once. */
const compilations = new Map<AnyFormat, Promise<Everything>>()

function compiledOf(format: AnyFormat): Promise<Everything> {
  const compilation = compilations.get(format) ?? compileAll(format)
  compilations.set(format, compilation)
  return compilation
}

afterAll(async () => {
  for (const compilation of await Promise.allSettled(compilations.values())) {
    if (compilation.status === 'fulfilled') rmSync(compilation.value.compiled.folder, { recursive: true, force: true })
  }
})

async function compileAll(format: AnyFormat): Promise<Everything> {
  const served = await issueServed()
  const { exact, parents } = plansFor(served)
  const plans = [
    format === ktorOkhttp ? THOUSAND_HOSTS.slice(-1) : THOUSAND_HOSTS,
    ...exact,
    ...parents,
    ...compiledCases(format).map(({ rows }) => rows),
  ]
  const clients = plans.flatMap((rows) => clientOf(format, rows) ?? [])
  const compiled = valueOfJudgement(
    format === okhttpJava
      ? compileJava(clients, okhttp3)
      : compileKotlin(clients, format === ktorOkhttp ? 'ktor' : 'okhttp'),
  )
  const [thousand = '', ...packages] = compiled.packages
  return {
    compiled,
    served,
    thousand,
    exact: packages.slice(0, exact.length),
    parents: packages.slice(exact.length, exact.length + parents.length),
    cases: packages.slice(exact.length + parents.length),
  }
}

/** One line for each host of each case, so that a difference says where it is. */
const answersTo = (format: AnyFormat, answer: (rows: readonly PlanRow[], host: string) => ReadonlySet<string> | null) =>
  compiledCases(format).flatMap(({ name, rows }) =>
    hostsAround(rows).map((host) => [name, host, [...(answer(rows, host) ?? [])].toSorted()]),
  )

/** Of hosts that are named exactly; a pattern for every depth is accepted and matches nothing. */
function wantedBefore43(rows: readonly PlanRow[], host: string): ReadonlySet<string> | null {
  const entry = wantedEntries(rows).find((one) => one.host === host && !one.includeSubdomains)
  return entry ? new Set([...entry.leaf, ...entry.ca, ...entry.unknown]) : null
}

async function askedOf(format: AnyFormat, library: typeof okhttp3) {
  const { compiled, cases } = await compiledOf(format)
  const questions = compiledCases(format).flatMap(({ rows }, index) =>
    hostsAround(rows).map((host) => [cases[index] ?? '', host] as const),
  )
  const answers = valueOfJudgement(matchingPins(compiled, library, questions))
  let at = 0
  return answersTo(format, () => new Set(answers[at++]))
}

describe.each(FORMATS)('OkHttp itself, given $format.id', { timeout: 180_000 }, ({ format }) => {
  const isUnusable = isMissing(okhttp3, openssl, ...(format === okhttpJava ? [] : [kotlinc]))

  it.skipIf(isUnusable || isMissing(okhttp4))(
    '4.3 or later enforces exactly the wanted pins for every host',
    async () => {
      expect(await askedOf(format, okhttp4)).toEqual(answersTo(format, wantedOnAndroid))
    },
  )

  it.skipIf(isUnusable)('3.x enforces exactly the wanted pins of exact hosts, and nothing behind **.', async () => {
    expect(await askedOf(format, okhttp3)).toEqual(answersTo(format, wantedBefore43))
  })

  /** Each client meets a server that sends leaf and intermediate; the root is trusted. */
  async function outcomes(library: typeof okhttp3, plans: 'exact' | 'parents', hosts: readonly string[]) {
    const { compiled, served, ...packages } = await compiledOf(format)
    const { port } = await serveTls([served.leaf, served.intermediate])
    const attempts = packages[plans].flatMap((name) => hosts.map((host) => [name, host, port] as const))
    return handshakes(compiled, library, served.root.pem, attempts)
  }

  it.skipIf(isUnusable)(
    'connects with the pin of any certificate of the chain, the root included, and with no other',
    async () => {
      expect(await outcomes(okhttp3, 'exact', [HOST])).toEqual([
        'connected',
        'connected',
        'connected',
        'pins missed',
        'connected',
      ])
    },
  )

  it.skipIf(isUnusable || isMissing(okhttp4))(
    '4.3 or later holds hosts of every depth to the pins of their parent',
    async () => {
      expect(await outcomes(okhttp4, 'parents', HOSTS)).toEqual([
        'connected',
        'connected',
        'connected',
        'connected',
        'pins missed',
        'pins missed',
        'pins missed',
        'connected',
        'pins missed',
        'connected',
        'pins missed',
        'connected',
      ])
    },
  )
})

// The pins of Ktor are the file of Kotlin.
describe.each(FORMATS.filter(({ format }) => format !== ktorOkhttp))(
  '$format.id',
  { timeout: 180_000 },
  ({ format }) => {
    const isUnusable = isMissing(okhttp3, openssl, ...(format === okhttpJava ? [] : [kotlinc]))

    it.skipIf(isUnusable)('is given a plan of a thousand hosts, which the compiler takes', async () => {
      const { compiled, thousand } = await compiledOf(format)
      const pins = valueOfJudgement(matchingPins(compiled, okhttp3, [[thousand, 'h999.example.com']]))
      expect(pins).toEqual([[pinOfKey('first of 999'), pinOfKey('second of 999')].toSorted()])
    })
  },
)
