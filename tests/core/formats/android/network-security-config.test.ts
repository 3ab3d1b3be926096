/** Android's parser, host matching, lint and resource compiler over everything that we print for it. */
import { describe, expect, it } from 'vitest'
import { networkSecurityConfig } from '../../../../src/core/formats/android/network-security-config.ts'
import { isText, type Snippet } from '../../../../src/core/formats/format.ts'
import { planPins, type PlanRow } from '../../../../src/core/pins/plan-pins.ts'
import {
  anchorsFor,
  enforcedPins,
  connects,
  lintFindings,
  parseNetworkSecurityConfig,
  type NetworkSecurityConfig,
} from '../../../oracles/android-nsc.ts'
import { childElements, parseStrictXml } from '../../../oracles/strict-xml.ts'
import {
  CASE_NOW,
  CASE_STAMP,
  certificate,
  chain,
  exampleChain,
  pinning,
  pinOfKey,
  planCase,
  row,
} from '../../../support/cases.ts'
import { aapt, aaptCompile, isMissing, xmllint, xmllintAccepts, type CompiledElement } from '../../../support/tools.ts'
import { contentOf, renderingsOf } from '../renderings.ts'
import { hostsAround, wantedAnchors, wantedEntries, wantedOnAndroid, wantedUnpinned } from '../wanted.ts'

const CLOCK = { now: CASE_NOW, utcOffsetMinutes: 0 }

const renderings = renderingsOf(networkSecurityConfig)
const configs = renderings.flatMap((rendering) => {
  const part = contentOf(rendering, 'part')
  const xml = part === null ? contentOf(rendering, 'config') : mergedFile(part)
  if (xml === null) return []
  const { name, planCase: held, settings, snippets } = rendering
  const unpinned = typeof settings['unpinned'] === 'string' ? settings['unpinned'] : ''
  return [{ name, rows: held.rows, settings, unpinned, snippets, xml }]
})

/** What an app has after its place was followed. */
function mergedFile(part: string): string {
  const own = '    <domain-config>\n        <domain includeSubdomains="false">own.test</domain>\n    </domain-config>\n'
  return `<?xml version="1.0" encoding="utf-8"?>\n<network-security-config>\n${own}${part}</network-security-config>\n`
}

function accepted(xml: string): NetworkSecurityConfig {
  const { accepted: config, refused } = parseNetworkSecurityConfig(xml)
  if (refused !== undefined) throw new Error(`Android refuses the file: ${refused}`)
  return config
}

/** The names of `res/raw` by the fingerprints of the certificates that go there. */
function rawFiles(snippets: readonly Snippet[]): ReadonlyMap<string, string> {
  return new Map(snippets.flatMap((one) => (one.kind === 'certificate' ? [[one.certificate, one.fileName]] : [])))
}

/** Where the anchors that a host needs come from, by what was chosen. */
function wantedSources(rows: readonly PlanRow[], host: string, trust: unknown, raw: ReadonlyMap<string, string>) {
  const wanted = wantedAnchors(rows, host)
  if (wanted === null || trust === 'as-is') return ['system']
  const shipped = Array.from(wanted.own, (sha256) => `@raw/${raw.get(sha256)?.replace(/\.der$/, '')}`)
  return [...(trust === 'installed' ? ['user'] : shipped), ...(wanted.store ? ['system'] : [])].toSorted()
}

function configOf(rows: readonly PlanRow[], settings = {}): string {
  const xml = networkSecurityConfig.render(planPins(rows), settings, CASE_STAMP).find(isText)?.content
  if (xml === undefined) throw new Error('nothing was printed')
  return xml
}

it('every case but one has something to pin', () => {
  const empty = renderings.filter(({ snippets }) => snippets.length === 0)
  expect(empty.map(({ name }) => name)).toEqual(['nothing-pinned'])
  expect(wantedEntries(planCase('nothing-pinned').rows)).toEqual([])
})

describe.each(configs)('Android, given $name', ({ rows, settings, unpinned, snippets, xml }) => {
  it('accepts the file', () => {
    expect(parseNetworkSecurityConfig(xml).refused).toBeUndefined()
    expect(parseNetworkSecurityConfig(xml, { debuggable: true }).refused).toBeUndefined()
  })

  it('enforces exactly the wanted pins for every host, at every depth', () => {
    const config = accepted(xml)
    const hosts = [...hostsAround(rows), ...wantedUnpinned(rows, unpinned).flatMap(({ host }) => [host, `a.${host}`])]
    const enforced = hosts.map((host) => [host, enforcedPins(config, host, CLOCK)])
    expect(enforced).toEqual(hosts.map((host) => [host, wantedOnAndroid(rows, host, unpinned)]))
  })

  it('finds at least one host to pin', () => {
    const config = accepted(xml)
    for (const { host } of wantedEntries(rows)) expect(enforcedPins(config, host, CLOCK)?.size).toBeGreaterThan(0)
    const named = config.domains.map(({ domain }) => domain).filter((domain) => domain !== 'own.test')
    const wanted = [...wantedEntries(rows), ...wantedUnpinned(rows, unpinned)].map(({ host }) => host)
    expect(named.toSorted()).toEqual(wanted.toSorted())
  })

  it('trusts exactly the anchors that each host needs', () => {
    const config = accepted(xml)
    for (const { host } of wantedEntries(rows)) {
      const anchors = anchorsFor(config, host)
      expect([host, anchors.map(({ src }) => src).toSorted()]).toEqual([
        host,
        wantedSources(rows, host, settings['trust'], rawFiles(snippets)),
      ])
      expect(anchors.filter(({ overridePins }) => overridePins)).toEqual([])
    }
    expect(anchorsFor(config, 'unrelated.test').map(({ src }) => src)).toEqual(['system'])
  })

  it('comes with the files that it refers to, and with no others', () => {
    const sources = elementsOf(xml).flatMap((element) =>
      element.tagName === 'certificates' ? [element.getAttribute('src') ?? ''] : [],
    )
    const files = Array.from(rawFiles(snippets).values(), (name) => `@raw/${name.replace(/\.der$/, '')}`)
    expect(new Set(sources.filter((src) => src.startsWith('@raw/')))).toEqual(new Set(files))
    for (const file of files) expect(file).toMatch(/^@raw\/[a-z][a-z\d_]*$/)
    expect(new Set(files).size).toBe(files.length)
  })

  it('connects when one wanted pin is in the chain, whichever anchor it ends at, and never without', () => {
    const config = accepted(xml)
    for (const { host, leaf, ca, unknown } of wantedEntries(rows)) {
      for (const { src: anchor } of anchorsFor(config, host)) {
        for (const pin of [...leaf, ...ca, ...unknown]) {
          expect(connects(config, host, [pinOfKey('stranger'), pin], { ...CLOCK, anchor })).toBe(true)
        }
        expect(connects(config, host, [pinOfKey('stranger')], { ...CLOCK, anchor })).toBe(false)
      }
    }
  })

  it('has nothing to lint but single pins', () => {
    const findings = lintFindings(xml, CLOCK)
    expect(findings.filter(({ id }) => id !== 'MissingBackupPin')).toEqual([])
    const hasSinglePin = wantedEntries(rows).some(
      ({ leaf, ca, unknown }) => new Set([...leaf, ...ca, ...unknown]).size === 1,
    )
    expect(findings.length > 0).toBe(hasSinglePin)
  })

  it('sees only elements and attributes that it knows', () => {
    const elements = elementsOf(xml)
    const anchors = /^ *<certificates /m.test(xml) ? ['trust-anchors', 'certificates'] : []
    const transparency = settings['certificateTransparency'] === true ? ['certificateTransparency'] : []
    expect(new Set(elements.map(({ tagName }) => tagName))).toEqual(
      new Set(['network-security-config', 'domain-config', 'domain', 'pin-set', 'pin', ...anchors, ...transparency]),
    )
    const attributes = elements.flatMap((element) =>
      Array.from(element.attributes, ({ name, value }) => `${element.tagName} ${name}="${value}"`),
    )
    for (const attribute of attributes) {
      expect(attribute).toMatch(
        /^(?:domain includeSubdomains="(?:true|false)"|domain-config cleartextTrafficPermitted="false"|certificateTransparency enabled="true"|pin-set expiration="\d{4}-\d{2}-\d{2}"|pin digest="SHA-256"|certificates src="(?:system|user|@raw\/[a-z][a-z\d_]*)")$/,
      )
    }
  })

  it('is given UTF-8, one line end at the end and no tab or blank at the end of a line', () => {
    expect(xml.startsWith('<?xml version="1.0" encoding="utf-8"?>\n')).toBe(true)
    expect(xml).toMatch(/[^\n]\n$/)
    expect(xml).not.toMatch(/[\t\r]| \n/)
  })
})

function elementsOf(xml: string) {
  const { root, problem } = parseStrictXml(xml)
  if (problem !== undefined) throw new Error(problem)
  return [root, ...Array.from(root.getElementsByTagName('*'))]
}

describe.skipIf(isMissing(xmllint))('xmllint', () => {
  it.each(configs)('accepts $name', ({ xml }) => {
    expect(xmllintAccepts(xml)).toEqual({ accepted: true })
  })
})

function compiledElements(element: CompiledElement, name: string): CompiledElement[] {
  return [
    ...(element.name === name ? [element] : []),
    ...element.children.flatMap((child) => compiledElements(child, name)),
  ]
}

describe.skipIf(isMissing(aapt))('the resource compiler', () => {
  it.each(configs)('keeps hosts, pins and flags of $name', { timeout: 30_000 }, ({ xml, snippets }) => {
    const raw = Object.fromEntries(Array.from(rawFiles(snippets).values(), (name) => [name, 'certificate']))
    const { accepted: compiled, problem } = aaptCompile({ networkSecurityConfig: xml, raw })
    expect(problem).toBeUndefined()
    const { domains } = accepted(xml)
    const compiledDomains = compiledElements(compiled!.config, 'domain').map(({ text, attributes }) => [
      text,
      attributes['includeSubdomains'],
    ])
    // 0x12 is a boolean: as text, the platform would take the flag for false (platforms.md A.2).
    expect(compiledDomains).toEqual(
      domains.map(({ domain, includeSubdomains }) => [
        [domain],
        { type: 0x12, value: includeSubdomains ? '0xffffffff' : '0x0' },
      ]),
    )
    // 0x01 is a reference: text here would be no resource, and the whole file would be refused (A.3).
    const anchors = compiledElements(compiled!.config, 'certificates').flatMap(
      ({ attributes }) => attributes['src']?.type ?? 0,
    )
    expect(anchors.filter((type) => type === 0x01)).toHaveLength(xml.match(/"@raw\//g)?.length ?? 0)
    const pins = compiledElements(compiled!.config, 'pin').flatMap(({ text }) => text)
    const pinSets = domains.flatMap(({ settings }) => settings.pinSet ?? [])
    expect(new Set(pins)).toEqual(new Set(pinSets.flatMap((pinSet) => Array.from(pinSet.pins))))
  })

  it('refuses a configuration whose certificate is not in the project', () => {
    const shipped = configs.find(({ name }) => name === 'private-root')
    const { problem } = aaptCompile({ networkSecurityConfig: shipped?.xml ?? '' })
    expect(problem).toContain('example_private_root_')
  })

  it('takes our manifest attribute for a reference to the file', () => {
    const rendering = renderings.find(({ name }) => name === 'leaf-alone')
    const { accepted: compiled, problem } = aaptCompile({
      networkSecurityConfig: contentOf(rendering!, 'config') ?? '',
      applicationAttributes: contentOf(rendering!, 'manifest') ?? '',
    })
    expect(problem).toBeUndefined()
    const [application] = compiledElements(compiled!.manifest, 'application')
    const reference = application?.attributes['android:networkSecurityConfig']
    expect(reference?.type).toBe(0x01)
    expect(reference?.value).toMatch(/^0x7f/)
  })
})

const printed = (name: string) => {
  const config = accepted(configs.find((one) => one.name === name)?.xml ?? '')
  return config.domains.map(({ domain, settings }) => {
    const day = settings.pinSet?.expiration
    return [domain, day ? `${day.year}-${day.month}-${day.day}` : null]
  })
}

describe('the expiration', () => {
  it('is the chosen day for every host', () => {
    expect(printed('expiration-date')).toEqual([
      ['api.example.com', '2027-2-1'],
      ['img.example.net', '2027-2-1'],
    ])
  })

  it('is computed host by host from what each one pins', () => {
    expect(printed('expiration-computed')).toEqual([
      ['api.example.com', '2027-3-31'],
      ['img.example.net', '2028-12-31'],
    ])
  })

  it.each(['expiration-past', 'expiration-not-a-day', 'leaf-alone'])('is not written in %s', (name) => {
    expect(printed(name).map(([, day]) => day)).toEqual(printed(name).map(() => null))
    expect(configs.find((one) => one.name === name)?.xml).not.toContain('expiration')
  })

  it('ends the pinning at local midnight, wherever the phone is', () => {
    const config = accepted(configs.find(({ name }) => name === 'expiration-date')?.xml ?? '')
    for (const utcOffsetMinutes of [-12 * 60, 0, 14 * 60]) {
      const midnight = Date.UTC(2027, 1, 1) - utcOffsetMinutes * 60_000
      expect(enforcedPins(config, 'api.example.com', { now: midnight, utcOffsetMinutes })?.size).toBe(2)
      expect(enforcedPins(config, 'api.example.com', { now: midnight + 1, utcOffsetMinutes })).toBeNull()
    }
  })

  it('computed to different days keeps hosts with the same pins apart', () => {
    const rows = [
      row({ host: 'a.example', chains: [exampleChain('a.example', { key: 'one key', until: '2027-03-31' })] }),
      row({ host: 'b.example', chains: [exampleChain('b.example', { key: 'one key', until: '2027-09-30' })] }),
    ]
    const config = accepted(configOf(rows, { expiration: { kind: 'computed' } }))
    expect(config.domains.map(({ domain, settings }) => [domain, settings.pinSet?.expiration?.month])).toEqual([
      ['a.example', 3],
      ['b.example', 9],
    ])
  })
})

const pinningRoots = (host: string, roots: readonly string[]) =>
  row({
    host,
    chains: roots.map((name) =>
      chain([certificate({ name: `leaf of ${name}`, issuer: name }), certificate({ name, isCa: true })]),
    ),
    choices: pinning('root'),
  })

describe('the elements of the file', () => {
  it('are one domain-config for hosts with the same pins, in whatever order these came', () => {
    const xml = configOf([
      pinningRoots('a.example', ['Root A', 'Root B']),
      pinningRoots('b.example', ['Root B', 'Root A']),
    ])
    const { root } = parseStrictXml(xml)
    expect(childElements(root!).map((config) => childElements(config).map(({ tagName }) => tagName))).toEqual([
      ['domain', 'domain', 'pin-set'],
    ])
  })

  it('name one key once although it stands for a leaf and a CA, and keep the leaf first', () => {
    const ca = certificate({ name: 'ca of itself', isCa: true, key: 'one key' })
    const between = certificate({ name: 'between', issuer: 'ca of itself', isCa: true })
    const leaf = certificate({ name: 'api.example.com', issuer: 'between', key: 'one key' })
    const xml = configOf([
      row({
        host: 'api.example.com',
        chains: [chain([leaf, between, ca])],
        choices: pinning('leaf', 'intermediate', 'root'),
      }),
    ])
    const pins = elementsOf(xml).filter(({ tagName }) => tagName === 'pin')
    expect(pins.map((pin) => pin.textContent)).toEqual([pinOfKey('one key'), pinOfKey('between')])
    expect(xml.indexOf('<!-- leaf: api.example.com,')).toBeGreaterThan(0)
    expect(xml.indexOf('<!-- leaf: api.example.com,')).toBeLessThan(xml.indexOf('<!-- intermediate: between,'))
  })

  it('have no comment inside a pin or a domain, where lint refuses it', () => {
    for (const { xml } of configs) {
      for (const element of elementsOf(xml).filter(({ tagName }) => ['pin', 'domain'].includes(tagName))) {
        expect(Array.from(element.childNodes, ({ nodeType }) => nodeType)).toEqual([element.TEXT_NODE])
      }
    }
  })
})

it('says where a pin comes from with the certificate of the host itself, whichever host comes first', () => {
  const parent = row({
    host: 'example.com',
    includeSubdomains: true,
    chains: [exampleChain('example.com')],
    choices: pinning('intermediate', 'root'),
  })
  const child = row({
    host: 'api.example.com',
    chains: [exampleChain('api.example.com')],
    choices: pinning('root'),
  })
  for (const rows of [
    [parent, child],
    [child, parent],
  ]) {
    const config = networkSecurityConfig.render(planPins(rows), {}, CASE_STAMP).find(isText)
    expect(config?.content).toContain('<!-- intermediate: Example TLS CA 1, valid until 2029-03-12 -->')
    expect(config?.content).not.toContain('pin of')
  }
})
