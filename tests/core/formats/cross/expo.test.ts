/** The plugin is run as Expo would run it, and both platforms' models judge what comes out. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { networkSecurityConfig } from '../../../../src/core/formats/android/network-security-config.ts'
import { expoAndroid, expoIos } from '../../../../src/core/formats/cross/expo.ts'
import { isText, type FormatSettings, type Snippet } from '../../../../src/core/formats/format.ts'
import { planPins, type PlanRow } from '../../../../src/core/pins/plan-pins.ts'
import { wrongPins } from '../../../../src/core/pins/wrong-pins.ts'
import {
  anchorsFor,
  enforcedPins,
  lintFindings,
  parseNetworkSecurityConfig,
  type NetworkSecurityConfig,
} from '../../../oracles/android-nsc.ts'
import { pinRequirements } from '../../../oracles/ios-ats.ts'
import { CASE_NOW, CASE_STAMP, planCase } from '../../../support/cases.ts'
import { prebuildAndroid } from '../../../support/expo/prebuild.ts'
import { runs, RUNS_TIMEOUT } from '../../../support/runs.ts'
import type { PlistValue } from '../../../support/tools.ts'
import { drafts, rowsOf } from '../any-rows.ts'
import { renderingsOf } from '../renderings.ts'
import { hostsAround, wantedEntries, wantedIosEntries, wantedOnAndroid, wantedOnIos } from '../wanted.ts'

const CLOCK = { now: CASE_NOW, utcOffsetMinutes: 0 }
const MAIN = 'app/src/main/res/xml/network_security_config.xml'
const DEBUG = 'app/src/debug/res/xml/network_security_config.xml'

const printed = (rows: readonly PlanRow[], settings: FormatSettings = {}) =>
  expoAndroid.render(planPins(rows), settings, CASE_STAMP)

/** As the places say: the plugin and the certificates under their paths. */
function prebuild(snippets: readonly Snippet[], times = 1) {
  const plugin = snippets.find(isText)
  if (!plugin) throw new Error('nothing was printed')
  const certificates = snippets.filter(({ kind }) => kind === 'certificate')
  return prebuildAndroid(plugin, Object.fromEntries(certificates.map(({ path, id }) => [path, `DER of ${id}`])), times)
}

function accepted(xml: string | undefined): NetworkSecurityConfig {
  const { accepted: config, refused } = parseNetworkSecurityConfig(xml ?? '')
  if (refused !== undefined) throw new Error(`Android refuses the file: ${refused}`)
  return config
}

const renderings = renderingsOf(expoAndroid).filter(({ snippets }) => snippets.length > 0)

describe.each(renderings)('the plugin for $name', ({ planCase: { rows }, plan, settings, snippets }) => {
  it('writes the very file that the Network Security Config output has', async () => {
    const { files } = await prebuild(snippets)
    expect(files.get(MAIN)).toBe(networkSecurityConfig.render(plan, settings, CASE_STAMP).find(isText)?.content)
  })

  it('pins the same in debug builds, which may load their code over plain HTTP', async () => {
    const { files } = await prebuild(snippets)
    const [main, debug] = [accepted(files.get(MAIN)), accepted(files.get(DEBUG))]
    for (const host of hostsAround(rows)) {
      const wanted = wantedOnAndroid(rows, host)
      expect([host, enforcedPins(main, host, CLOCK)]).toEqual([host, wanted])
      expect([host, enforcedPins(debug, host, CLOCK)]).toEqual([host, wanted])
      expect(anchorsFor(debug, host)).toEqual(anchorsFor(main, host))
    }
    const fatal = lintFindings(files.get(DEBUG) ?? '', CLOCK).filter(({ severity }) => severity === 'fatal')
    expect(fatal).toEqual([])
    expect(files.get(DEBUG)).toContain('<base-config cleartextTrafficPermitted="true"/>')
    expect(files.get(MAIN)).not.toContain('cleartext')
  })

  it('brings every certificate that the file refers to, and nothing else', async () => {
    const { files } = await prebuild(snippets)
    const names = Array.from((files.get(MAIN) ?? '').matchAll(/src="@raw\/([^"]*)"/g), ([, name]) => `${name}.der`)
    const raw = [...new Set(names)].map((name) => `app/src/main/res/raw/${name}`)
    expect([...files.keys()].toSorted()).toEqual([MAIN, DEBUG, ...raw].toSorted())
    for (const path of raw) expect(files.get(path)).toMatch(/^DER of anchor-/)
  })

  it('names the file in the manifest, and changes nothing when it runs again', async () => {
    const once = await prebuild(snippets)
    expect(once.application).toEqual({
      'android:name': '.MainApplication',
      'android:allowBackup': 'true',
      'android:networkSecurityConfig': '@xml/network_security_config',
    })
    expect(await prebuild(snippets, 2)).toEqual(once)
  })
})

describe('the plugin for any rows', () => {
  it('is harmless code that pins exactly the wanted keys', { timeout: RUNS_TIMEOUT }, async () => {
    await fc.assert(
      fc.asyncProperty(drafts, async (all) => {
        const rows = rowsOf(all)
        const snippets = printed(rows)
        expect(snippets.length === 0).toBe(wantedEntries(rows).length === 0)
        fc.pre(snippets.length > 0)
        const { files } = await prebuild(snippets)
        const config = accepted(files.get(MAIN))
        expect(hostsAround(rows).map((host) => [host, enforcedPins(config, host, CLOCK)])).toEqual(
          hostsAround(rows).map((host) => [host, wantedOnAndroid(rows, host)]),
        )
      }),
      runs(100),
    )
  })

  it('has the expiration of the Network Security Config', async () => {
    const expiration = { kind: 'date', date: '2027-06-30' } as const
    const { files } = await prebuild(printed(planCase('leaf-alone').rows, { expiration }))
    expect(files.get(MAIN)).toContain('<pin-set expiration="2027-06-30">')
  })

  it('is named by app.json under its own path', () => {
    const [plugin, appJson] = printed(planCase('leaf-alone').rows).filter(isText)
    const { expo } = JSON.parse(appJson?.content ?? '') as { expo: { plugins: string[] } }
    expect(expo).toEqual({ plugins: [`./${plugin?.path}`] })
  })
})

const LISTS = ['ca', 'leaf', 'both'] as const

describe('app.json', () => {
  it('gives iOS exactly the wanted pins of any rows and nothing of names', () => {
    fc.assert(
      fc.property(drafts, fc.constantFrom(...LISTS), (all, lists) => {
        const rows = rowsOf(all)
        const text = expoIos.render(planPins(rows), { lists }, CASE_STAMP).find(isText)?.content
        expect(text === undefined).toBe(wantedIosEntries(rows).length === 0)
        fc.pre(text !== undefined)
        const { expo } = JSON.parse(text) as { expo: { ios: { infoPlist: PlistValue } } }
        expect(hostsAround(rows).map((host) => [host, pinRequirements(expo.ios.infoPlist, host)])).toEqual(
          hostsAround(rows).map((host) => [host, wantedOnIos(rows, host, lists)]),
        )
        const harmless = expoIos.render(planPins(rowsOf(all, () => 'name')), { lists }, CASE_STAMP)
        expect(text).toBe(harmless.find(isText)?.content)
      }),
      runs(200),
    )
  })
})

describe('app.json of wrong pins', () => {
  const { rows } = planCase('leaf-and-root')
  const read = (purpose?: 'negative-test') => {
    const stamp = { ...CASE_STAMP, ...(purpose && { purpose }) }
    const plan = purpose ? wrongPins(planPins(rows)) : planPins(rows)
    const snippet = expoIos.render(plan, {}, stamp).find(isText)
    const { expo } = JSON.parse(snippet?.content ?? '') as { expo: { ios: { infoPlist: Record<string, PlistValue> } } }
    return { infoPlist: expo.ios.infoPlist, place: snippet?.place }
  }

  const pins = (plist: PlistValue) => hostsAround(rows).map((host) => pinRequirements(plist, host))

  it('says so in the part that is merged, and nothing that iOS acts upon is added', () => {
    const { infoPlist, place } = read('negative-test')
    const { PinsmithNegativeTest: mark, ...rest } = infoPlist
    expect(mark).toMatch(/^WRONG PINS for a test, never ship them\./)
    expect(place).toMatch(/ After the test, take the line of PinsmithNegativeTest out together with these pins\.$/)
    expect(Object.keys(rest)).toEqual(['NSAppTransportSecurity'])
    expect(pins(infoPlist)).toEqual(pins(rest))
  })

  it('is alone with that: the right pins have no such line', () => {
    const { infoPlist, place } = read()
    expect(Object.keys(infoPlist)).toEqual(['NSAppTransportSecurity'])
    expect(place).not.toContain('PinsmithNegativeTest')
  })
})
