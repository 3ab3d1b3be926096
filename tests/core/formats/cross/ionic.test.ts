/** The outputs for Capacitor and Cordova, compiled and run, with stand-ins from the plugins’ documents. */
import { runInNewContext } from 'node:vm'
import * as fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { capacitor } from '../../../../src/core/formats/cross/capacitor.ts'
import { cordova } from '../../../../src/core/formats/cross/cordova.ts'
import { isText, type Snippet } from '../../../../src/core/formats/format.ts'
import { shortfallsOf } from '../../../../src/core/formats/shortfalls.ts'
import { planPins, type PlanRow } from '../../../../src/core/pins/plan-pins.ts'
import { CASE_STAMP, PLAN_CASES, planCase } from '../../../support/cases.ts'
import { parseProblems } from '../../../support/grammar.ts'
import { runs } from '../../../support/runs.ts'
import { compileTypeScript } from '../../../support/typescript.ts'
import { drafts, rowsOf } from '../any-rows.ts'
import { wantedCertificates } from '../wanted.ts'

const cases = PLAN_CASES.filter(({ settings }) => !settings).map(({ name, rows }) => ({ name, rows }))
const anyPlans = fc.sample(drafts, runs(60)).map((all, index) => ({ name: `any rows ${index}`, rows: rowsOf(all) }))
const plans = [...cases, ...anyPlans].filter(({ rows }) => wantedCertificates(rows).size > 0)

const printed = (format: typeof capacitor | typeof cordova, rows: readonly PlanRow[]) =>
  format.render(planPins(rows), {}, CASE_STAMP)

const textOf = (snippets: readonly Snippet[], id: string) =>
  snippets.filter(isText).find((snippet) => snippet.id === id)?.content ?? ''

const certificatesOf = (snippets: readonly Snippet[]) => snippets.filter(({ kind }) => kind === 'certificate')

const wantedOf = (rows: readonly PlanRow[]) =>
  new Set(Array.from(wantedCertificates(rows).values()).flatMap((all) => Array.from(all)))

describe.each([capacitor, cordova])('the certificates of $id', (format) => {
  it.each(plans)('are the pinned ones as DER in .cer files, each once: $name', ({ rows }) => {
    const files = certificatesOf(printed(format, rows))
    expect(new Set(files.map((file) => file.kind === 'certificate' && file.certificate))).toEqual(wantedOf(rows))
    expect(files).toHaveLength(wantedOf(rows).size)
    for (const file of files) expect(file).toMatchObject({ encoding: 'der' })
    for (const { fileName } of files) expect(fileName).toMatch(/^[a-z][a-z\d_]{1,60}\.cer$/)
    expect(new Set(files.map(({ fileName }) => fileName)).size).toBe(files.length)
  })

  it('are none where nothing that is pinned has one', () => {
    for (const { rows } of cases.filter(({ rows: all }) => wantedCertificates(all).size === 0)) {
      expect(printed(format, rows)).toEqual([])
    }
  })

  it('hold for all hosts alike, which a shortfall says where there are several', () => {
    for (const { rows } of plans) {
      const plan = planPins(rows)
      const said = shortfallsOf(format, plan, {}, []).filter(({ kind }) => kind === 'shared-by-all-hosts')
      expect(said.flatMap(({ hosts }) => hosts)).toEqual(
        plan.policies.length > 1 ? plan.policies.map(({ host }) => host) : [],
      )
    }
  })
})

/** As much of Capacitor's types as a configuration needs. */
const CAPACITOR_CLI = {
  declaration: `export interface PluginsConfig {
  CapacitorHttp?: { enabled?: boolean }
  SSLPinning?: { certs: string[]; excludedDomains?: string[] }
}
export interface CapacitorConfig {
  appId?: string
  plugins?: PluginsConfig
}
`,
  code: '',
}

const project = compileTypeScript({
  sources: Object.fromEntries(
    plans.map(({ rows }, index) => [`config-${index}.ts`, textOf(printed(capacitor, rows), 'config')]),
  ),
  packages: { '@capacitor/cli': CAPACITOR_CLI },
})
afterAll(project.dispose)

describe('the configuration of Capacitor', () => {
  it('is TypeScript of the right form', () => {
    expect(project.problems).toEqual([])
  })

  it.each(plans.map(({ name, rows }, index) => ({ name, rows, index })))(
    'lists each certificate under the path of its file: $name',
    async ({ rows, index }) => {
      const { default: config } = await project.load(`config-${index}.js`)
      expect(config).toEqual({
        plugins: {
          CapacitorHttp: { enabled: true },
          SSLPinning: { certs: certificatesOf(printed(capacitor, rows)).map(({ path }) => path) },
        },
      })
    },
  )
})

/** Runs the file and the handler of deviceready; `answer` is what the plugin calls back with. */
async function started(snippets: readonly Snippet[], answer: 'success' | 'failure') {
  const modes: string[] = []
  const handlers: (() => Promise<void>)[] = []
  const http = {
    setServerTrustMode: (mode: string, onSuccess: () => void, onFailure: (problem: string) => void) => {
      modes.push(mode)
      if (answer === 'success') onSuccess()
      else onFailure('refused')
    },
  }
  const document = { addEventListener: (_name: string, handler: () => Promise<void>) => handlers.push(handler) }
  runInNewContext(`${textOf(snippets, 'pinning')}${textOf(snippets, 'usage')}`, {
    cordova: { plugin: { http } },
    document,
  })
  await Promise.all(handlers.map((handler) => handler()))
  return modes
}

describe('the file for Cordova', () => {
  it.each(plans)('sets the pinned mode once and names its files: $name', async ({ rows }) => {
    const snippets = printed(cordova, rows)
    expect(await started(snippets, 'success')).toEqual(['pinned'])
    const text = textOf(snippets, 'pinning')
    expect(await parseProblems('typescript', text)).toEqual([])
    const named = Array.from(text.matchAll(/^\/\/ ([a-z][a-z\d_]*\.cer)$/gm), ([, name]) => name)
    expect(named).toEqual(certificatesOf(snippets).map(({ fileName }) => fileName))
    for (const { path } of certificatesOf(snippets)) expect(path).toMatch(/^www\/certificates\/[a-z\d_]+\.cer$/)
  })

  it('promises no private root on iOS, where the system judges a chain first', () => {
    const place = printed(cordova, planCase('private-root').rows).find(({ id }) => id === 'pinning')?.place ?? ''
    expect(place).toContain('iOS has to find a chain valid by itself before the plugin looks for these certificates')
  })

  it('fails when the plugin does', async () => {
    await expect(started(printed(cordova, plans[0]?.rows ?? []), 'failure')).rejects.toBe('refused')
  })
})
