/** Dart's grammar over everything that we print for it, and who is trusted for which host. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flutter } from '../../../../src/core/formats/cross/flutter.ts'
import { isText, type Snippet } from '../../../../src/core/formats/format.ts'
import { shortfallsOf } from '../../../../src/core/formats/shortfalls.ts'
import { planPins, type PlanRow } from '../../../../src/core/pins/plan-pins.ts'
import { dartCertificates, dartPinnedHosts } from '../../../oracles/dart-certificates.ts'
import { CASE_STAMP, planCase } from '../../../support/cases.ts'
import { parseProblems } from '../../../support/grammar.ts'
import { runs, RUNS_TIMEOUT } from '../../../support/runs.ts'
import { isMissing, yaml, yamlRead } from '../../../support/tools.ts'
import { drafts, rowsOf } from '../any-rows.ts'
import { renderingsOf } from '../renderings.ts'
import { hostsAround, wantedCertificates, wantedCertificatesFor } from '../wanted.ts'

const printed = (rows: readonly PlanRow[]) => flutter.render(planPins(rows), {}, CASE_STAMP)

const clientOf = (snippets: readonly Snippet[]) => snippets.filter(isText).find(({ id }) => id === 'client')?.content

/** Fingerprints by the names of their files. */
const filesOf = (snippets: readonly Snippet[]) =>
  new Map(snippets.flatMap((one) => (one.kind === 'certificate' ? [[one.fileName, one.certificate as string]] : [])))

const codeAround = (text: string) =>
  text.replace(/^\/\/.*$/m, '').replace(/(const Map<String, _PinnedHost> _pinnedHosts = \{\n)[\s\S]*?(\n\};\n)/, '$1$2')

/** For each host the fingerprints that a client for it would trust; null: no client. */
async function trusted(snippets: readonly Snippet[], hosts: readonly string[]) {
  const table = await dartPinnedHosts(clientOf(snippets) ?? '')
  const files = filesOf(snippets)
  return hosts.map((host) => {
    const names = dartCertificates(table, host)
    return [host, names && new Set(Array.from(names, (name) => files.get(name)))]
  })
}

const renderings = renderingsOf(flutter).filter(({ snippets }) => snippets.length > 0)

describe.each(renderings)('the client for $name', ({ planCase: { rows }, plan, snippets }) => {
  const client = clientOf(snippets) ?? ''

  it('is Dart', async () => {
    expect(await parseProblems('dart', client)).toEqual([])
  })

  it('trusts exactly the pinned certificates of each host, at every depth', async () => {
    const hosts = hostsAround(rows)
    expect(await trusted(snippets, hosts)).toEqual(hosts.map((host) => [host, wantedCertificatesFor(rows, host)]))
  })

  it('comes with each certificate once, where pubspec.yaml has the assets', () => {
    const wanted = new Set([...wantedCertificates(rows).values()].flatMap((all) => Array.from(all)))
    expect([...filesOf(snippets).values()].toSorted()).toEqual([...wanted].toSorted())
    for (const snippet of snippets) {
      if (snippet.kind !== 'certificate') continue
      expect(snippet).toMatchObject({ encoding: 'pem', path: `assets/certificates/${snippet.fileName}` })
    }
  })

  it('leaves out no host without a shortfall that says so', () => {
    const missed = plan.policies.filter(({ host }) => !wantedCertificates(rows).has(host)).map(({ host }) => host)
    const said = new Set(
      shortfallsOf(flutter, plan, {}, rows).flatMap(({ kind, hosts }) =>
        kind === 'without-any-certificate' ? hosts : [],
      ),
    )
    expect(missed.filter((host) => !said.has(host))).toEqual([])
  })

  it('has the same code as any other', () => {
    expect(codeAround(client)).toBe(codeAround(clientOf(renderings[0]?.snippets ?? []) ?? ''))
  })
})

describe('the client for any rows', () => {
  it('trusts exactly the pinned certificates, whatever they are called', { timeout: RUNS_TIMEOUT }, async () => {
    await fc.assert(
      fc.asyncProperty(drafts, async (all) => {
        const rows = rowsOf(all)
        const snippets = printed(rows)
        expect(snippets.length === 0).toBe(wantedCertificates(rows).size === 0)
        fc.pre(snippets.length > 0)
        const hosts = hostsAround(rows)
        expect(await parseProblems('dart', clientOf(snippets) ?? '')).toEqual([])
        expect(await trusted(snippets, hosts)).toEqual(hosts.map((host) => [host, wantedCertificatesFor(rows, host)]))
        for (const name of filesOf(snippets).keys()) expect(name).toMatch(/^[a-z][a-z\d_]{1,60}\.pem$/)
      }),
      runs(60),
    )
  })
})

describe('the code', () => {
  const snippets = printed(planCase('leaf-alone').rows)
  const client = clientOf(snippets) ?? ''

  it('starts from a context that trusts nothing, and never asks a callback about bad certificates', () => {
    expect(client).toContain('SecurityContext(withTrustedRoots: false)')
    expect(client.match(/SecurityContext\(/g)).toHaveLength(1)
    expect(client.match(/\bHttpClient\(/g)).toEqual(['HttpClient('])
    expect(client).toContain('HttpClient(context: context)')
    expect(client).not.toMatch(/badCertificateCallback|onBadCertificate/)
  })

  it('is used by Dart', async () => {
    const usage = snippets.filter(isText).find(({ id }) => id === 'usage')?.content ?? ''
    expect(await parseProblems('dart', `Future<void> f(Uri url) async {\n${usage}}\n`)).toEqual([])
  })

  it.skipIf(isMissing(yaml))('has its assets in YAML, in the folder that it reads', () => {
    const pubspec = snippets.filter(isText).find(({ id }) => id === 'pubspec')?.content ?? ''
    expect(yamlRead([pubspec])).toEqual([{ accepted: { flutter: { assets: ['assets/certificates/'] } } }])
    expect(client).toContain("rootBundle.load('assets/certificates/$name')")
  })
})
