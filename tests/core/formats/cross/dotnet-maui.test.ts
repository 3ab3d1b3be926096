/** C#'s grammar, Mono's compiler and the compiled callback over everything that we print for .NET MAUI. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { dotnetMaui } from '../../../../src/core/formats/cross/dotnet-maui.ts'
import { isText } from '../../../../src/core/formats/format.ts'
import { planPins, type PlanRow } from '../../../../src/core/pins/plan-pins.ts'
import { issue } from '../../../api/support/certificates.ts'
import { csharpPinnedHosts, csharpPins } from '../../../oracles/csharp-pins.ts'
import { alsoPinning, CASE_STAMP, pinning, pinOfKey, PLAN_CASES, row } from '../../../support/cases.ts'
import { answersOfCsharp, compileCsharp, mcs, type CompiledCsharp } from '../../../support/dotnet/judge.ts'
import { parseProblems } from '../../../support/grammar.ts'
import { runs } from '../../../support/runs.ts'
import { isMissing } from '../../../support/tools.ts'
import { drafts, KEYS, rowsOf } from '../any-rows.ts'
import { hostsAround, wantedLeafPins } from '../wanted.ts'

function printed(rows: readonly PlanRow[], id = 'pins') {
  const snippets = dotnetMaui.render(planPins(rows), {}, CASE_STAMP).filter(isText)
  return snippets.find((snippet) => snippet.id === id)?.content ?? null
}

/** The text without its comments, which alone hold names. */
const codeOf = (text: string | null) => text?.split('\n').filter((line) => !line.trim().startsWith('//'))

const cases = PLAN_CASES.filter(({ rows, settings }) => !settings && printed(rows) !== null)

describe.each(cases)('the handler for $name', ({ rows }) => {
  it('is C# with the wanted leaf pins for every host, at every depth', async () => {
    const text = printed(rows) ?? ''
    expect(await parseProblems('csharp', text)).toEqual([])
    const hosts = await csharpPinnedHosts(text)
    expect(hostsAround(rows).map((host) => [host, csharpPins(hosts, host)])).toEqual(
      hostsAround(rows).map((host) => [host, wantedLeafPins(rows, host)]),
    )
  })
})

describe('the handler for any rows', () => {
  it('has exactly the wanted leaf pins, whatever the certificates are called', async () => {
    await fc.assert(
      fc.asyncProperty(drafts, async (all) => {
        const rows = rowsOf(all)
        const text = printed(rows)
        expect(text === null).toBe(hostsAround(rows).every((host) => wantedLeafPins(rows, host) === null))
        expect(codeOf(text)).toEqual(codeOf(printed(rowsOf(all, () => 'name'))))
        fc.pre(text !== null)
        const hosts = await csharpPinnedHosts(text)
        expect(hostsAround(rows).map((host) => [host, csharpPins(hosts, host)])).toEqual(
          hostsAround(rows).map((host) => [host, wantedLeafPins(rows, host)]),
        )
      }),
      runs(60),
    )
  })
})

const THOUSAND_HOSTS = Array.from({ length: 1000 }, (_, index) =>
  row({
    host: `h${index}.example.com`,
    rowId: `row ${index}`,
    choices: alsoPinning(pinning(), [], [{ pin: pinOfKey(`key ${index}`), role: 'leaf' }]),
  }),
)

const usageIn = (namespace: string) => `using System.Net.Http;
namespace ${namespace}
{
    public static class Usage
    {
        public static HttpClient Client()
        {
            ${printed(THOUSAND_HOSTS, 'usage')}            return client;
        }
    }
}
`

describe.skipIf(isMissing(mcs))('the compiled callback', () => {
  const plans = fc
    .sample(drafts, { numRuns: 12, seed: 20261121 })
    .map((all) => rowsOf(all))
    .filter((rows) => printed(rows) !== null)
  let compiled: CompiledCsharp | undefined

  function compilation(): CompiledCsharp {
    if (compiled) return compiled
    const files = [THOUSAND_HOSTS, ...plans, ...cases.map(({ rows }) => rows)].flatMap((rows) => printed(rows) ?? [])
    const { accepted, problem } = compileCsharp(files, ['HttpClient.cs', 'MauiJudge.cs'], usageIn)
    if (problem !== undefined) throw new Error(problem)
    compiled = accepted
    return accepted
  }

  afterAll(() => {
    if (compiled) rmSync(compiled.folder, { recursive: true, force: true })
  })

  async function ask(questions: readonly (readonly [plan: number, host: string, errors: string, key: string])[]) {
    const { folder, namespaces } = compilation()
    const file = join(folder, 'any.pem')
    writeFileSync(file, (await issue({ subject: 'any' })).pem)
    const lines = questions.map(([plan, host, errors, key]) => [
      namespaces[plan] ?? '',
      host,
      errors,
      `public key ${key}`,
    ])
    const { accepted, problem } = answersOfCsharp(compilation(), lines, file)
    if (problem !== undefined) throw new Error(problem)
    return accepted
  }

  it(
    'accepts exactly the wanted leaf keys, and every key of a host that is not pinned',
    { timeout: 240_000 },
    async () => {
      const asked = plans.flatMap((rows, index) =>
        hostsAround(rows).flatMap((host) =>
          [...KEYS, 'K6', 'K7', 'stranger'].map((key) => ({
            question: [index + 1, host, 'None', key] as const,
            answer: wantedLeafPins(rows, host)?.has(pinOfKey(key)) ?? true,
          })),
        ),
      )
      const answers = await ask(asked.map(({ question }) => question))
      expect(answers).toEqual(asked.map(({ answer }) => (answer ? 'True' : 'False')))
    },
  )

  it('refuses whatever the platform refused, pinned or not', { timeout: 240_000 }, async () => {
    const problems = ['RemoteCertificateChainErrors', 'RemoteCertificateNameMismatch', 'RemoteCertificateNotAvailable']
    const answers = await ask(
      problems.flatMap((problem) => [
        [0, 'h7.example.com', problem, 'key 7'] as const,
        [0, 'unrelated.test', problem, 'key 7'] as const,
      ]),
    )
    expect(new Set(answers)).toEqual(new Set(['False']))
  })

  it('holds a thousand hosts, and knows one in capitals or with a dot at the end', { timeout: 240_000 }, async () => {
    expect(
      await ask([
        [0, 'h999.example.com', 'None', 'key 999'],
        [0, 'h999.example.com', 'None', 'key 998'],
        [0, 'H999.Example.COM', 'None', 'key 998'],
        [0, 'h999.example.com.', 'None', 'key 998'],
      ]),
    ).toEqual(['True', 'False', 'False', 'False'])
  })
})
