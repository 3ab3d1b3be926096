/** C#'s grammar, and Mono with real certificates, over everything that we print for Unity. */
import { rmSync } from 'node:fs'
import * as fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { unity } from '../../../../src/core/formats/cross/unity.ts'
import { isText } from '../../../../src/core/formats/format.ts'
import { shortfallsOf } from '../../../../src/core/formats/shortfalls.ts'
import { planPins, type PlanRow } from '../../../../src/core/pins/plan-pins.ts'
import { issue } from '../../../api/support/certificates.ts'
import { csharpPinnedHosts, csharpPins } from '../../../oracles/csharp-pins.ts'
import { alsoPinning, CASE_STAMP, pinning, PLAN_CASES, row } from '../../../support/cases.ts'
import { answersOfCsharp, compileCsharp, mcs } from '../../../support/dotnet/judge.ts'
import { parseProblems } from '../../../support/grammar.ts'
import { runs } from '../../../support/runs.ts'
import { isMissing, openssl, opensslCertificate, opensslPin, type Judgement } from '../../../support/tools.ts'
import { drafts, rowsOf, STRANGER } from '../any-rows.ts'
import { hostsAround, wantedLeafPins } from '../wanted.ts'

function printed(rows: readonly PlanRow[], id = 'handler') {
  const snippets = unity.render(planPins(rows), {}, CASE_STAMP).filter(isText)
  return snippets.find((snippet) => snippet.id === id)?.content ?? null
}

const codeOf = (text: string | null) => text?.split('\n').filter((line) => !line.trim().startsWith('//'))

/** The same without the calls for the hosts. */
const around = (text: string | null) =>
  codeOf(text)
    ?.join('\n')
    .replace(/static PinnedCertificateHandler[\s\S]*/, '')

const cases = PLAN_CASES.filter(({ rows, settings }) => !settings && printed(rows) !== null)

describe.each(cases)('the handler for $name', ({ rows }) => {
  it('is C# with the wanted leaf pins for every host, at every depth', async () => {
    const text = printed(rows) ?? ''
    expect(await parseProblems('csharp', text)).toEqual([])
    const hosts = await csharpPinnedHosts(text)
    expect(hostsAround(rows).map((host) => [host, csharpPins(hosts, host)])).toEqual(
      hostsAround(rows).map((host) => [host, wantedLeafPins(rows, host)]),
    )
    expect(around(text)).toBe(around(printed(cases[0]?.rows ?? [])))
  })

  it('stands beside a finding that the chain is not checked', () => {
    const kinds = shortfallsOf(unity, planPins(rows), {}, rows).map(({ kind }) => kind)
    expect(kinds).toContain('validation-replaced')
  })
})

it('the handler has exactly the wanted leaf pins of any rows, whatever the certificates are called', async () => {
  await fc.assert(
    fc.asyncProperty(drafts, async (all) => {
      const rows = rowsOf(all)
      const text = printed(rows)
      expect(codeOf(text)).toEqual(codeOf(printed(rowsOf(all, () => 'name'))))
      const hosts = await csharpPinnedHosts(text ?? '')
      expect(hostsAround(rows).map((host) => [host, csharpPins(hosts, host)])).toEqual(
        hostsAround(rows).map((host) => [host, wantedLeafPins(rows, host)]),
      )
    }),
    runs(60),
  )
})

function valueOf<T>({ accepted, problem }: Judgement<T>): T {
  if (problem !== undefined) throw new Error(problem)
  return accepted
}

const derOf = (pem: string) => pem.replaceAll(/-----[^-]*-----|\s/g, '')

const KEYS = ['rsa:2048', 'rsa:4096', 'ec:P-256', 'ec:P-384', 'ed25519'] as const

/** What `openssl req` is told for a key. */
const ALGORITHMS: Readonly<Record<(typeof KEYS)[number], readonly [algorithm: string, ...options: string[]]>> = {
  'rsa:2048': ['rsa:2048'],
  'rsa:4096': ['rsa:4096'],
  'ec:P-256': ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  'ec:P-384': ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  ed25519: ['ed25519'],
}

const usageIn = (namespace: string) => `using System;
using System.Collections;
using UnityEngine.Networking;
namespace ${namespace}
{
    public static class Usage
    {
        public static IEnumerator Request(string url)
        {
${printed(cases[0]?.rows ?? [], 'usage')}        }
    }
}
`

describe.skipIf(isMissing(mcs, openssl))('the compiled handler', () => {
  const made = { folder: '' }
  afterAll(() => {
    if (made.folder !== '') rmSync(made.folder, { recursive: true, force: true })
  })

  it('accepts a pinned leaf key of every kind, and nothing else', { timeout: 240_000 }, async () => {
    const certificates = KEYS.map((key) => valueOf(opensslCertificate(...ALGORITHMS[key])))
    const expired = (await issue({ subject: 'made', expired: true })).pem
    const pins = [...certificates, expired].map((pem) => valueOf(opensslPin(pem)) as typeof STRANGER)
    const rows = pins.map((pin, index) =>
      row({
        host: `h${index}.example`,
        includeSubdomains: true,
        rowId: `row ${index}`,
        choices: alsoPinning(pinning(), [], [{ pin, role: 'leaf' }]),
      }),
    )
    const compiled = valueOf(compileCsharp([printed(rows) ?? ''], ['Unity.cs', 'UnityJudge.cs'], usageIn))
    made.folder = compiled.folder
    const name = compiled.namespaces[0] ?? ''
    const asked = [
      ...certificates.map((pem, at) => ({ question: [name, `a.h${at}.example`, derOf(pem)], answer: 'True' })),
      ...certificates.map((pem, at) => ({ question: [name, `h${at + 1}.example`, derOf(pem)], answer: 'False' })),
      { question: [name, `h${KEYS.length}.example`, derOf(expired)], answer: 'False' },
      { question: [name, 'h0.example', ''], answer: 'False' },
      { question: [name, 'h0.example', Buffer.alloc(4000, 0x30).toString('base64')], answer: 'False' },
      { question: [name, 'unrelated.test', derOf(certificates[0] ?? '')], answer: 'not pinned' },
    ]
    expect(
      valueOf(
        answersOfCsharp(
          compiled,
          asked.map(({ question }) => question),
        ),
      ),
    ).toEqual(asked.map(({ answer }) => answer))
  })
})
