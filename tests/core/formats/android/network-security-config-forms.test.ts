/** The options of the configuration by themselves; every case is read back beside, with whatever options it has. */
import { describe, expect, it } from 'vitest'
import { networkSecurityConfig } from '../../../../src/core/formats/android/network-security-config.ts'
import { isText, type FormatSettings, type TextSnippet } from '../../../../src/core/formats/format.ts'
import { namedHosts } from '../../../../src/core/formats/named-hosts.ts'
import { planPins, type PlanRow } from '../../../../src/core/pins/plan-pins.ts'
import {
  anchorsFor,
  connects,
  enforcedPins,
  lintFindings,
  parseNetworkSecurityConfig,
  ruleFor,
  type NetworkSecurityConfig,
} from '../../../oracles/android-nsc.ts'
import {
  CASE_NOW,
  CASE_STAMP,
  exampleChain,
  pinning,
  pinOfKey,
  planCase,
  privateChain,
  row,
} from '../../../support/cases.ts'
import { aapt, aaptCompile, isMissing } from '../../../support/tools.ts'
import { wantedAnchors, wantedEntries } from '../wanted.ts'

const CLOCK = { now: CASE_NOW, utcOffsetMinutes: 0 }

const mixedRows = planCase('private-and-public-hosts').rows

function printed(rows: readonly PlanRow[], settings: FormatSettings = {}): readonly TextSnippet[] {
  return networkSecurityConfig.render(planPins(rows), settings, CASE_STAMP).filter(isText)
}

function contentOf(snippets: readonly TextSnippet[], id: string): string {
  return snippets.find((snippet) => snippet.id === id)?.content ?? ''
}

function accepted(xml: string, debuggable = false): NetworkSecurityConfig {
  const { accepted: config, refused } = parseNetworkSecurityConfig(xml, { debuggable })
  if (refused !== undefined) throw new Error(refused)
  return config
}

const configOf = (rows: readonly PlanRow[], settings: FormatSettings = {}) =>
  accepted(contentOf(printed(rows, settings), 'config'))

const parent = row({
  host: 'example.com',
  includeSubdomains: true,
  chains: [exampleChain('example.com')],
  choices: pinning('intermediate', 'root'),
})

describe('a host that stays unpinned', () => {
  it('has no pins, while its sub-domains, its siblings and its parent keep theirs', () => {
    const config = configOf([parent], { unpinned: 'status.example.com' })
    const isPinned = (host: string) => enforcedPins(config, host, CLOCK) !== null
    expect(isPinned('status.example.com')).toBe(false)
    expect(['example.com', 'a.status.example.com', 'other.example.com'].map(isPinned)).toEqual([true, true, true])
    expect(connects(config, 'status.example.com', [pinOfKey('stranger')], CLOCK)).toBe(true)
    expect(connects(config, 'other.example.com', [pinOfKey('stranger')], CLOCK)).toBe(false)
  })

  it('takes its sub-domains along when they are meant, but for those with a row', () => {
    const deep = row({ host: 'pay.status.example.com', chains: [exampleChain('pay.status.example.com')] })
    const config = configOf([parent, deep], { unpinned: '*.status.example.com' })
    expect(enforcedPins(config, 'b.a.status.example.com', CLOCK)).toBeNull()
    expect(enforcedPins(config, 'pay.status.example.com', CLOCK)?.size).toBe(3)
  })

  it('loses to a row of its own, and is not printed where nothing pins it', () => {
    const child = row({ host: 'api.example.com', chains: [exampleChain('api.example.com')] })
    const alone = row({ host: 'example.net', chains: [exampleChain('example.net')] })
    const rows = [parent, child, alone]
    const unpinned = 'api.example.com example.com a.example.net elsewhere.test'
    expect(printed(rows, { unpinned })).toEqual(printed(rows))
    const { judge } = networkSecurityConfig.options['unpinned'] as { judge: (...of: unknown[]) => string }
    const judged = namedHosts(`${unpinned} status.example.com`).map((named) => judge(named, planPins(rows)))
    expect(judged).toEqual([
      'pinned-by-a-row',
      'pinned-by-a-row',
      'below-no-pinned-host',
      'below-no-pinned-host',
      'counts',
    ])
  })

  it.each(['ship', 'installed', 'as-is'])('keeps the anchors that its parent needs, with the store: %s', (trust) => {
    const own = row({
      host: 'intranet.example.com',
      includeSubdomains: true,
      chains: [privateChain('intranet.example.com')],
      choices: pinning('root'),
    })
    const config = configOf([own], { unpinned: 'cdn.intranet.example.com', trust })
    const sources = (host: string) => new Set(anchorsFor(config, host).map(({ src }) => src))
    expect(sources('cdn.intranet.example.com')).toEqual(new Set([...sources('other.intranet.example.com'), 'system']))
  })

  it('is none of what lint refuses, as an empty pin-set inside its parent is', () => {
    const nested = contentOf(printed([parent]), 'config').replace(
      '    </domain-config>',
      '<domain-config><domain includeSubdomains="false">status.example.com</domain><pin-set/></domain-config></domain-config>',
    )
    expect(enforcedPins(accepted(nested), 'status.example.com', CLOCK)).toBeNull()
    expect(lintFindings(nested, CLOCK)).toMatchObject([{ severity: 'fatal', message: 'pin-set without pin' }])
    const ours = contentOf(printed([parent], { unpinned: 'status.example.com' }), 'config')
    expect(lintFindings(ours, CLOCK)).toEqual([])
  })
})

describe('cleartext refused', () => {
  it('is refused for the hosts of the plan, and left as it is for all others', () => {
    const config = configOf([parent], { noCleartext: true, unpinned: 'status.example.com' })
    const permitted = (host: string) => ruleFor(config, host)?.settings.cleartextTrafficPermitted ?? null
    expect(['example.com', 'a.example.com', 'status.example.com', 'other.test'].map(permitted)).toEqual([
      false,
      false,
      false,
      null,
    ])
  })
})

/** Whether plain HTTP is permitted for a host that no entry names, and for one that has pins. */
const permittedPlainly = (config: NetworkSecurityConfig) =>
  ['10.0.2.2', 'example.com'].map((host) => (ruleFor(config, host)?.settings ?? config.base).cleartextTrafficPermitted)

describe('the copy for debug builds that load their code over plain HTTP', () => {
  it('permits it everywhere and keeps the pins, with the element that the manifest’s place names', () => {
    const snippets = printed([parent])
    const [element = ''] = /<base-config [^>]*>/.exec(snippets.find(({ id }) => id === 'manifest')?.place ?? '') ?? []
    const own = contentOf(snippets, 'config')
    const copy = accepted(own.replace('<network-security-config>', `$&${element}`))
    expect([permittedPlainly(accepted(own)), permittedPlainly(copy)]).toEqual([
      [null, null],
      [true, true],
    ])
    for (const host of ['example.com', 'a.example.com', 'other.test']) {
      expect(enforcedPins(copy, host, CLOCK)).toEqual(enforcedPins(accepted(own), host, CLOCK))
    }
  })
})

describe('Certificate Transparency', () => {
  it('is asked for where no chain ends at a root of its own, and nowhere else', () => {
    const config = configOf(mixedRows, { certificateTransparency: true })
    for (const { host } of wantedEntries(mixedRows)) {
      const asked = ruleFor(config, host)?.settings.certificateTransparency
      expect([host, asked]).toEqual([host, wantedAnchors(mixedRows, host) === null ? true : null])
    }
  })
})

describe('the file for debug builds', () => {
  const both = { debugUserCas: true, debugProjectCa: true }
  const snippets = printed(mixedRows, both)
  const [main, debug] = [contentOf(snippets, 'config'), contentOf(snippets, 'debug')]

  it('is there when it is asked for, and the other files are the same', () => {
    expect(snippets.filter(({ id }) => id !== 'debug')).toEqual(printed(mixedRows))
    expect(printed(mixedRows).map(({ id }) => id)).not.toContain('debug')
    const sources = (settings: FormatSettings) =>
      accepted(contentOf(printed(mixedRows, settings), 'debug'), true).debugAnchors.map(({ src }) => src)
    expect(sources({ debugUserCas: true })).toEqual(['user'])
    expect(sources({ debugProjectCa: true })).toEqual(['@raw/debug_ca'])
  })

  it('has the only debug-overrides of both files, and the name under which Android looks for it', () => {
    expect([main, debug].map((xml) => xml.split('<debug-overrides>').length - 1)).toEqual([0, 1])
    const [mainName, debugName] = ['config', 'debug'].map((id) => snippets.find((one) => one.id === id)?.fileName ?? '')
    expect(debugName).toBe(mainName?.replace('.xml', '_debug.xml'))
    expect(snippets.find(({ id }) => id === 'debug')?.path).toBe(`app/src/debug/res/xml/${debugName}`)
    expect(lintFindings(debug, CLOCK)).toEqual([])
  })

  it('goes by the name of the app’s own file where the elements alone are shown', () => {
    const besideOwn = printed(mixedRows, { ...both, partAlone: true }).find(({ id }) => id === 'debug')
    expect(besideOwn?.content).toBe(debug)
    // A name of ours would never be looked for, and nobody would notice.
    expect(`${besideOwn?.path} ${besideOwn?.fileName} ${besideOwn?.place}`).not.toContain('network_security_config')
    expect(besideOwn?.place).toContain('my_config_debug.xml where android:networkSecurityConfig is @xml/my_config')
    expect(besideOwn?.place).toContain('If your file has debug-overrides, move what they trust into this one')
    expect(besideOwn?.place).toContain('app/src/debug/res/raw/debug_ca.der')
  })

  it('lets its CAs pass without a pin in debug builds alone', () => {
    const release = accepted(main)
    const debuggable = { ...release, debugAnchors: accepted(debug, true).debugAnchors }
    for (const { host } of wantedEntries(mixedRows)) {
      for (const anchor of ['user', '@raw/debug_ca']) {
        const attempt = (config: NetworkSecurityConfig) =>
          connects(config, host, [pinOfKey('stranger')], { ...CLOCK, anchor })
        expect([host, attempt(release), attempt(debuggable)]).toEqual([host, false, true])
      }
      expect(connects(debuggable, host, [pinOfKey('stranger')], CLOCK)).toBe(false)
    }
    expect(accepted(debug).debugAnchors).toEqual([])
  })

  it.skipIf(isMissing(aapt))('compiles with the certificate that its place names, and not without', () => {
    const { problem } = aaptCompile({ networkSecurityConfig: debug, raw: { 'debug_ca.der': 'certificate' } })
    expect(problem).toBeUndefined()
    expect(aaptCompile({ networkSecurityConfig: debug }).problem).toContain('debug_ca')
    expect(snippets.find(({ id }) => id === 'debug')?.place).toContain('app/src/debug/res/raw/debug_ca.der')
  })
})

describe('the domain-config elements alone', () => {
  const snippets = printed([parent], { partAlone: true })
  const part = contentOf(snippets, 'part')

  it('are those of the whole file, without the attribute that the app has already', () => {
    const whole = contentOf(printed([parent]), 'config')
    expect(whole).toContain(part.split('\n').slice(1).join('\n'))
    expect(snippets.map(({ id }) => id)).toEqual(['part'])
  })

  it('make Android and lint refuse the file that names one of the domains already, as their place says', () => {
    const own = '<domain-config><domain includeSubdomains="true">EXAMPLE.com</domain></domain-config>'
    const merged = `<network-security-config>${own}${part}</network-security-config>`
    expect(parseNetworkSecurityConfig(merged).refused).toBe('domain example.com twice')
    expect(lintFindings(merged, CLOCK)).toMatchObject([{ severity: 'fatal' }])
    expect(snippets[0]?.place).toContain('Android refuses a file that names a domain twice')
  })
})
