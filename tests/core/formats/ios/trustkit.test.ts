/** TrustKit's own rules, and grammars of the languages, over everything that we print for it. */
import { describe, expect, it } from 'vitest'
import { isText } from '../../../../src/core/formats/format.ts'
import { trustKitRefuses } from '../../../../src/core/formats/ios/trustkit-hosts.ts'
import { trustKit } from '../../../../src/core/formats/ios/trustkit.ts'
import { shortfallsOf } from '../../../../src/core/formats/shortfalls.ts'
import { planPins } from '../../../../src/core/pins/plan-pins.ts'
import { trustKitConfiguration, trustKitConnects, trustKitPins } from '../../../oracles/trustkit.ts'
import { alsoPinning, exampleChain, pinning, pinOfKey, row } from '../../../support/cases.ts'
import { parseProblems } from '../../../support/grammar.ts'
import { isMissing, python } from '../../../support/tools.ts'
import { contentOf, renderingsOf } from '../renderings.ts'
import { hostsAround, wantedEntries, wantedOnAndroid } from '../wanted.ts'

const renderings = renderingsOf(trustKit).filter(({ snippets }) => snippets.length > 0)
const languageOf = (settings: (typeof renderings)[number]['settings']) => trustKit.valuesOf(settings).language
const configurations = renderings.flatMap((rendering) => {
  const language = languageOf(rendering.settings)
  const text = contentOf(rendering, language === 'plist' ? 'part' : 'configuration') ?? ''
  return [{ ...rendering, language, text }]
})
const STRANGER = pinOfKey('stranger')

it('every case but one has something to pin, in three forms', () => {
  expect(new Set(configurations.map(({ language }) => language))).toEqual(new Set(['swift', 'objectivec', 'plist']))
  const empty = renderingsOf(trustKit).filter(({ snippets }) => snippets.length === 0)
  expect(new Set(empty.map(({ planCase }) => planCase.name))).toEqual(new Set(['nothing-pinned']))
})

it.each(renderings)('every text of $name is of its language', async ({ snippets }) => {
  const problems: string[] = []
  for (const { language, content } of snippets.filter(isText)) {
    if (language === 'swift' || language === 'objectivec') problems.push(...(await parseProblems(language, content)))
  }
  expect(problems).toEqual([])
})

describe.each(configurations)('TrustKit, given $name', ({ planCase: { rows }, plan, language, text }) => {
  const fewest = Math.min(...plan.policies.map(({ pins }) => new Set(pins.map(({ pin }) => pin)).size))

  it.skipIf(language === 'plist' && isMissing(python))(
    'reads what is wanted, or throws where a shortfall says so',
    async () => {
      const { accepted, problem } = await trustKitConfiguration(language, text)
      const shortfalls = shortfallsOf(trustKit, plan, {}, []).map(({ kind }) => kind)
      expect(shortfalls.includes('too-few-pins')).toBe(fewest < 2)
      expect(problem?.startsWith('too few pins') ?? false).toBe(fewest < 2)
      if (accepted === undefined) return
      const configuration = accepted
      expect([...configuration.keys()]).toEqual(wantedEntries(rows).map(({ host }) => host))
      for (const { enforcesPinning, reportsToVendor, expires } of configuration.values()) {
        expect([enforcesPinning, reportsToVendor, expires]).toEqual([true, false, false])
      }
      const hosts = hostsAround(rows)
      expect(hosts.map((host) => [host, trustKitPins(configuration, host)])).toEqual(
        // Without an expiration Android looks hosts up as TrustKit does.
        hosts.map((host) => [host, wantedOnAndroid(rows, host)]),
      )
      for (const { host, pins } of plan.policies) {
        expect(trustKitConnects(configuration, host, [STRANGER, STRANGER])).toBe(false)
        for (const { pin } of pins) expect(trustKitConnects(configuration, host, [STRANGER, pin])).toBe(true)
      }
    },
  )
})

describe('hosts that make TrustKit throw', () => {
  // What `GetRegistryLength` of TrustKit 3.0.7 answers with 0.
  it.each([
    'localhost',
    'intranet',
    'api.internal',
    'printer.local',
    'nas.lan',
    'a.b.corp',
    'shop.gay',
    'x.xn--qxa6a',
    // Its search passes through these names and finds no end.
    'amazonaws.com',
    'a.execute-api.eu-west-1.amazonaws.com',
    'fastly.net',
    'x.fastly.net',
    'example.za',
    'kobe.jp',
  ])('are known: %s', (host) => {
    expect(trustKitRefuses(host, false)).toBe(true)
  })

  // What it answers with the length of the whole name.
  it.each(['bank.kw', 'bank.kh', 'x.ye', 'netlify.com', 'blogspot.de'])('are known with sub-domains: %s', (host) => {
    expect(trustKitRefuses(host, false)).toBe(false)
    expect(trustKitRefuses(host, true)).toBe(true)
  })

  it.each([
    'example.com',
    'a.b.co.uk',
    'local.example.com',
    'x.onion',
    'nas.home.arpa',
    'a.app',
    'internal.net',
    'api.bank.kw',
    'bank.com.kw',
    'x.s3.amazonaws.com',
    'a.global.ssl.fastly.net',
    'example.co.za',
    'a.b.kobe.jp',
  ])('are not those with a suffix of its table: %s', (host) => {
    expect(trustKitRefuses(host, true)).toBe(false)
  })

  it('are a shortfall', () => {
    const plan = planPins(
      ['api.example.com', 'api.internal'].map((host) =>
        row({ host, chains: [exampleChain(host)], choices: pinning('leaf', 'root') }),
      ),
    )
    expect(shortfallsOf(trustKit, plan, {}, [])).toEqual([{ kind: 'refused-hosts', hosts: ['api.internal'] }])
  })
})

describe('an expiration of the pins', () => {
  it('is not printed, and that is a shortfall', () => {
    const choices = alsoPinning(pinning('leaf'), [], [{ pin: pinOfKey('typed'), role: 'leaf' }])
    const plan = planPins([row({ host: 'api.example.com', chains: [exampleChain('api.example.com')], choices })])
    expect(
      shortfallsOf(trustKit, plan, { 'android-network-security-config': { expiration: { kind: 'computed' } } }, []),
    ).toEqual([{ kind: 'no-expiration', hosts: ['api.example.com'] }])
  })
})
