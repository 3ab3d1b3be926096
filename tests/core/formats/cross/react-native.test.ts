/** The compiler of TypeScript, and the models of the two libraries below, over everything that we print for it. */
import * as fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { reactNative } from '../../../../src/core/formats/cross/react-native.ts'
import { isText, type FormatSettings } from '../../../../src/core/formats/format.ts'
import { planPins, type PlanRow } from '../../../../src/core/pins/plan-pins.ts'
import { addPin, matchingPins } from '../../../oracles/okhttp.ts'
import { trustKitConfigurationOf, trustKitPins } from '../../../oracles/trustkit.ts'
import { CASE_STAMP, PLAN_CASES, planCase } from '../../../support/cases.ts'
import { runs } from '../../../support/runs.ts'
import { compileTypeScript } from '../../../support/typescript.ts'
import { drafts, rowsOf } from '../any-rows.ts'
import { hostsAround, wantedEntries, wantedOnAndroid } from '../wanted.ts'

/** From the library's documented API, 1.2.6. */
const LIBRARY = {
  declaration: `export type DomainOptions = {
  includeSubdomains?: boolean
  publicKeyHashes: string[]
  expirationDate?: string
}
export type PinningOptions = { [domain: string]: DomainOptions }
export declare function initializeSslPinning(options: PinningOptions): Promise<void>
`,
  code: `export const calls = []
export async function initializeSslPinning(options) {
  calls.push(options)
}
`,
}

interface DomainOptions {
  readonly includeSubdomains?: boolean
  readonly publicKeyHashes: readonly string[]
  readonly expirationDate?: string
}
type PinningOptions = Readonly<Record<string, DomainOptions>>

const NAME = 'react-native-ssl-public-key-pinning'

function printed(rows: readonly PlanRow[], settings: FormatSettings = {}) {
  return reactNative.render(planPins(rows), settings, CASE_STAMP).find(isText)?.content ?? null
}

const codeOf = (text: string | null) => text?.split('\n').filter((line) => !line.trim().startsWith('//'))

const pinnedCases = PLAN_CASES.filter(({ rows }) => wantedEntries(rows).length > 0)
const anyPlans = fc
  .sample(drafts, runs(60))
  .map((all, index) => ({ name: `any rows ${index}`, rows: rowsOf(all) }))
  .filter(({ rows }) => wantedEntries(rows).length > 0)
const plans = [...pinnedCases, ...anyPlans]

const usage = reactNative
  .render(planPins(planCase('leaf-alone').rows), {}, CASE_STAMP)
  .filter(isText)
  .find(({ id }) => id === 'usage')?.content

const project = compileTypeScript({
  sources: {
    ...Object.fromEntries(plans.map(({ rows }, index) => [`pins-${index}.ts`, printed(rows) ?? ''])),
    'ending.ts': printed(planCase('leaf-alone').rows, { expiration: { kind: 'date', date: '2027-06-30' } }) ?? '',
    'computed.ts': printed(planCase('leaf-alone').rows, { expiration: { kind: 'computed' } }) ?? '',
    'past.ts': printed(planCase('leaf-alone').rows, { expiration: { kind: 'date', date: '2026-11-20' } }) ?? '',
    'usage.ts': `import { startPinning } from './pins-0.js'\n${usage}`,
  },
  packages: { [NAME]: LIBRARY },
})
afterAll(project.dispose)

/** What the library is told when the app starts. */
async function optionsOf(file: string): Promise<PinningOptions> {
  const { startPinning } = await project.load(`${file}.js`)
  const { calls } = (await project.loadPackage(NAME)) as { calls: PinningOptions[] }
  calls.length = 0
  await (startPinning as () => Promise<void>)()
  expect(calls).toHaveLength(1)
  return calls[0]!
}

const dates = async (file: string) => Object.values(await optionsOf(file)).map((one) => one.expirationDate)

/** Its Android side hands everything to OkHttp, with a prefix and a pattern. */
function okHttpPins(options: PinningOptions) {
  return Object.entries(options).flatMap(([domain, { includeSubdomains, publicKeyHashes }]) =>
    publicKeyHashes.flatMap((hash) => {
      const { accepted, problem } = addPin(includeSubdomains ? `**.${domain}` : domain, `sha256/${hash}`)
      if (problem !== undefined) throw new Error(problem)
      return [accepted]
    }),
  )
}

/** Its iOS side hands it to TrustKit. */
const trustKitOf = (options: PinningOptions) =>
  trustKitConfigurationOf({
    TSKPinnedDomains: Object.fromEntries(
      Object.entries(options).map(([domain, { includeSubdomains, publicKeyHashes }]) => [
        domain,
        {
          TSKIncludeSubdomains: includeSubdomains === true,
          TSKPublicKeyHashes: publicKeyHashes,
          TSKDisableDefaultReportUri: true,
        },
      ]),
    ),
  })

describe('the file for React Native', () => {
  it('is TypeScript that the library’s own types accept', () => {
    expect(project.problems).toEqual([])
  })

  it.each(plans.map(({ name, rows }, index) => ({ name, rows, index })))(
    'pins exactly the wanted keys on both platforms, or is refused by iOS for too few: $name',
    async ({ rows, index }) => {
      const options = await optionsOf(`pins-${index}`)
      const hosts = hostsAround(rows)
      const wanted = hosts.map((host) => [host, wantedOnAndroid(rows, host)])
      const okHttp = okHttpPins(options)
      expect(hosts.map((host) => [host, matchingPins(okHttp, host)])).toEqual(wanted)
      const { accepted, problem } = trustKitOf(options)
      const isShort = wantedEntries(rows).some(
        ({ leaf, ca, unknown }) => new Set([...leaf, ...ca, ...unknown]).size < reactNative.abilities.minimumPins,
      )
      expect(problem?.startsWith('too few pins') ?? false).toBe(isShort)
      const onIos = hosts.map((host) => [host, accepted ? trustKitPins(accepted, host) : null])
      expect(onIos).toEqual(accepted ? wanted : hosts.map((host) => [host, null]))
    },
  )

  it('ends its pins on a day that was chosen or computed, and on none that has begun', async () => {
    expect(await dates('ending')).toEqual(['2027-06-30'])
    expect(await dates('computed')).toEqual(['2027-03-31'])
    expect(await dates('past')).toEqual([undefined])
    expect(printed(planCase('leaf-alone').rows, { expiration: { kind: 'date', date: '2026-11-20' } })).toContain(
      '// No expirationDate: somewhere on earth the chosen day has begun. These pins never end.',
    )
  })

  it('says the same whatever the certificates are called', () => {
    fc.assert(
      fc.property(drafts, (all) => {
        expect(codeOf(printed(rowsOf(all)))).toEqual(codeOf(printed(rowsOf(all, () => 'name'))))
      }),
      runs(200),
    )
  })
})
