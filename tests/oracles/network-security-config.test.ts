/** Every file that Android reads, by a grammar of our own that was written from the platform’s rules alone. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { networkSecurityConfig } from '../../src/core/formats/android/network-security-config.ts'
import { trustKitAndroid } from '../../src/core/formats/android/trustkit-android.ts'
import { isText } from '../../src/core/formats/format.ts'
import { renderingsOf } from '../core/formats/renderings.ts'
import { isMissing, relaxngAccepts, xmllint } from '../support/tools.ts'
import { parseNetworkSecurityConfig } from './android-nsc.ts'

const SCHEMA = join(import.meta.dirname, 'network-security-config.rng')

const judge = (...documents: readonly string[]) => relaxngAccepts(SCHEMA, documents)

/** The files that go into res/xml, and the elements alone below the root that they are for. */
const printed = [networkSecurityConfig, trustKitAndroid].flatMap((format) =>
  renderingsOf(format).flatMap(({ name, snippets }) =>
    snippets.filter(isText).flatMap(({ id, content }) => {
      if (id === 'part') return [{ of: `${format.id} ${name} ${id}`, xml: inRoot(content) }]
      return content.startsWith('<?xml') ? [{ of: `${format.id} ${name} ${id}`, xml: content }] : []
    }),
  ),
)

function inRoot(children: string): string {
  return `<network-security-config>${children}</network-security-config>`
}

const PIN = '<pin digest="SHA-256">VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=</pin>'
const DOMAIN = '<domain includeSubdomains="true">example.com</domain>'
const inDomain = (children: string) => inRoot(`<domain-config>${children}</domain-config>`)
const pinned = (pinSet: string) => inDomain(`${DOMAIN}${pinSet}`)

/** Right files that are not ours: what an app may have had before. */
const RIGHT = [
  inRoot(''),
  pinned(`<pin-set expiration="2027-02-01">${PIN}</pin-set>`),
  inDomain(`<pin-set>${PIN}</pin-set>${DOMAIN}`),
  inRoot(
    `<debug-overrides><trust-anchors><certificates src="user"/></trust-anchors></debug-overrides><base-config cleartextTrafficPermitted="false"/>`,
  ),
  inDomain(`${DOMAIN}<domain-config><domain includeSubdomains="false">a.example.com</domain></domain-config>`),
  inDomain(`${DOMAIN}<certificateTransparency enabled="true"/><domainEncryption mode="opportunistic"/>`),
]

/** What Android refuses, by platforms.md A.3. */
const REFUSED = {
  'another root': `<network-config>${DOMAIN}</network-config>`,
  'two base-configs': inRoot('<base-config/><base-config/>'),
  'a domain at the root': inRoot(DOMAIN),
  'a pin-set in base-config': inRoot(`<base-config><pin-set>${PIN}</pin-set></base-config>`),
  'a domain-config in base-config': inRoot(`<base-config><domain-config>${DOMAIN}</domain-config></base-config>`),
  'a domain-config without a domain of its own': inDomain(`<domain-config>${DOMAIN}</domain-config>`),
  'an empty domain': inDomain('<domain includeSubdomains="true"></domain>'),
  'an element in a domain': inDomain('<domain includeSubdomains="true">a.example<b/></domain>'),
  'two pin-sets': pinned(`<pin-set>${PIN}</pin-set><pin-set>${PIN}</pin-set>`),
  'a pin without a digest': pinned('<pin-set><pin>VtcsV6P43dDFSW6cK4H5sfdrEqNCq6Ng+B+gXw3qHWY=</pin></pin-set>'),
  'a pin of SHA-1': pinned('<pin-set><pin digest="SHA-1">2jmj7l5rSw0yVb/vlWAYkK/YBwk=</pin></pin-set>'),
  'a pin with a prefix': pinned(`<pin-set>${PIN.replace('>V', '>sha256/V')}</pin-set>`),
  'a pin of 31 bytes': pinned(`<pin-set>${PIN.replace('HWY=', 'HQ==')}</pin-set>`),
  'an expiration with slashes': pinned(`<pin-set expiration="2027/01/01">${PIN}</pin-set>`),
  'an expiration that no calendar has': pinned(`<pin-set expiration="2027-02-30">${PIN}</pin-set>`),
  'certificates without a source': inDomain(`${DOMAIN}<trust-anchors><certificates/></trust-anchors>`),
  'certificates from elsewhere': inDomain(`${DOMAIN}<trust-anchors><certificates src="device"/></trust-anchors>`),
} as const

/** What Android accepts and does not do, or does not do as it reads, and what stops a release build. */
const WITHOUT_EFFECT = {
  'a misspelt element': pinned(`<pinset>${PIN}</pinset>`),
  'a misspelt attribute': inDomain('<domain includeSubDomains="true">example.com</domain>'),
  'an attribute in another place': inRoot(`<domain-config expiration="2027-02-01">${DOMAIN}</domain-config>`),
  'a flag that is no boolean': inDomain('<domain includeSubdomains="YES">example.com</domain>'),
  'an empty pin-set': pinned('<pin-set/>'),
  'empty trust-anchors': inDomain(`${DOMAIN}<trust-anchors/>`),
  'the year 27': pinned(`<pin-set expiration="27-01-01">${PIN}</pin-set>`),
  'a wildcard': inDomain('<domain includeSubdomains="false">*.example.com</domain>'),
  'a scheme': inDomain('<domain includeSubdomains="false">https://example.com</domain>'),
  'a port': inDomain('<domain includeSubdomains="false">example.com:8443</domain>'),
  'a dot at the end': inDomain('<domain includeSubdomains="false">example.com.</domain>'),
  'a pin on lines of its own': pinned(`<pin-set>${PIN.replace('>V', '>\n  V')}</pin-set>`),
} as const

describe.skipIf(isMissing(xmllint))('the grammar of the Network Security Configuration', () => {
  it('takes everything that is printed', () => {
    expect(printed.length).toBeGreaterThan(70)
    expect(judge(...printed.map(({ xml }) => xml))).toEqual({ accepted: true })
  })

  it('takes right files that are not ours', () => {
    expect(judge(...RIGHT)).toEqual({ accepted: true })
    expect(RIGHT.filter((xml) => parseNetworkSecurityConfig(xml, { debuggable: true }).refused !== undefined)).toEqual(
      [],
    )
  })

  it.each(Object.entries(REFUSED))('refuses what Android refuses: %s', (_what, xml) => {
    expect(judge(xml).problem).toContain('fails to validate')
    expect(parseNetworkSecurityConfig(xml, { debuggable: true }).refused).toBeDefined()
  })

  it.each(Object.entries(WITHOUT_EFFECT))('refuses what has no effect or another: %s', (_what, xml) => {
    expect(judge(xml).problem).toContain('fails to validate')
    expect(parseNetworkSecurityConfig(xml, { debuggable: true }).refused).toBeUndefined()
  })

  it('names the file and the line that is wrong among many', () => {
    const { problem } = judge(RIGHT[1] ?? '', WITHOUT_EFFECT['a misspelt element'])
    expect(problem).toMatch(/1\.xml:1: element /)
    expect(problem).toContain('0.xml validates')
  })
})
