import { describe, expect, it } from 'vitest'
import { readSharedData, sharedData } from '../support/shared-data.ts'
import { aapt, aaptCompile, isMissing } from '../support/tools.ts'
import {
  compiledBoolean,
  anchorsFor,
  connects,
  decodeLikeAndroid,
  enforcedPins,
  expiryInstant,
  lintFindings,
  parseNetworkSecurityConfig,
  ruleFor,
  type Build,
  type NetworkSecurityConfig,
} from './android-nsc.ts'

const PIN_A = 'C5+lpZ7tcVwmwQIMcRtPbsQtWLABXhQzejna0wHFr8M='
const PIN_B = 'diGVwiVYbubAI3RW4hB9xU8e/CH2GnkuvVFZE8zmgzI='
const PIN_C = 'iFvwVyJSxnQdyaUvUERIf+8qk7gRze3612JMwoO3zdU='
const NOON_OF_TODAY = { now: Date.UTC(2026, 10, 21, 12), utcOffsetMinutes: 0 }

const pin = (text: string) => `<pin digest="SHA-256">${text}</pin>`
const pinSet = (...pins: string[]) => `<pin-set>${pins.map(pin).join('')}</pin-set>`
const domain = (name: string, subdomains = false) => `<domain includeSubdomains="${subdomains}">${name}</domain>`
const domainConfig = (...children: string[]) => `<domain-config>${children.join('')}</domain-config>`
const anchors = (...certificates: string[]) => `<trust-anchors>${certificates.join('')}</trust-anchors>`
const file = (...children: string[]) =>
  `<?xml version="1.0" encoding="utf-8"?>\n<network-security-config>${children.join('')}</network-security-config>`

function accepted(xml: string, build?: Build): NetworkSecurityConfig {
  const parsed = parseNetworkSecurityConfig(xml, build)
  if (parsed.refused !== undefined) throw new Error(`refused: ${parsed.refused}`)
  return parsed.accepted
}

const refusal = (xml: string, build?: Build) => parseNetworkSecurityConfig(xml, build).refused
const pinsOf = (config: NetworkSecurityConfig, host: string) => {
  const pins = enforcedPins(config, host, NOON_OF_TODAY)
  return pins && [...pins]
}
const withPin = (text: string) => file(domainConfig(domain('example.com'), pinSet(text)))
const withExpiration = (text: string) =>
  file(domainConfig(domain('example.com'), `<pin-set expiration="${text}">${pin(PIN_A)}</pin-set>`))

describe('the grammar (A.2)', () => {
  it('lets the base config stand after the domain configs that inherit from it', () => {
    const config = accepted(file(domainConfig(domain('a.com')), '<base-config cleartextTrafficPermitted="true"/>'))
    expect(ruleFor(config, 'a.com')?.settings.cleartextTrafficPermitted).toBe(true)
  })

  it('lets the children of a domain config come in any order', () => {
    const config = accepted(file(domainConfig(pinSet(PIN_A), domain('a.com'), '<trust-anchors/>', domain('b.com'))))
    expect(pinsOf(config, 'a.com')).toEqual([PIN_A])
    expect(pinsOf(config, 'b.com')).toEqual([PIN_A])
  })

  it('does not see attributes with a namespace prefix', () => {
    const prefixed = '<domain xmlns:x="urn:x" x:includeSubdomains="true">example.com</domain>'
    expect(ruleFor(accepted(file(domainConfig(prefixed))), 'www.example.com')).toBeNull()
    const digest = '<pin-set><pin xmlns:x="urn:x" x:digest="SHA-256">x</pin></pin-set>'
    expect(refusal(file(domainConfig(domain('example.com'), digest)))).toBe('pin without digest')
  })

  it.each(['sha-256', 'Sha-256', 'SHA-256'])('takes the digest %s', (digest) => {
    const set = `<pin-set><pin digest="${digest}">${PIN_A}</pin></pin-set>`
    expect(pinsOf(accepted(file(domainConfig(domain('example.com'), set))), 'example.com')).toEqual([PIN_A])
  })

  it('knows the four sources of trust anchors', () => {
    const sources = ['system', 'user', 'wfa', '@raw/my_ca'].map((src) => `<certificates src="${src}"/>`)
    const config = accepted(file(`<base-config>${anchors(...sources)}</base-config>`))
    expect(config.base.trustAnchors?.map(({ src }) => src)).toEqual(['system', 'user', 'wfa', '@raw/my_ca'])
  })

  it('overrides pins by default inside debug-overrides alone', () => {
    const user = anchors('<certificates src="user"/>')
    const config = accepted(file(`<base-config>${user}</base-config>`, `<debug-overrides>${user}</debug-overrides>`), {
      debuggable: true,
    })
    expect(config.base.trustAnchors).toEqual([{ src: 'user', overridePins: false }])
    expect(config.debugAnchors).toEqual([{ src: 'user', overridePins: true }])
  })

  it.each([
    ['true', true],
    ['TRUE', true],
    ['tRue', true],
    ['1', true],
    ['-1', true],
    ['0x10', true],
    ['#fff', true],
    ['false', false],
    ['False', false],
    ['0', false],
    ['#0000', false],
    ['YES', null],
    ['yes', null],
    ['on', null],
    ['', null],
    [' true', null],
    ['true ', null],
    ['1.5', null],
    ['+1', null],
    ['1dp', null],
    ['2147483648', null],
  ])('reads the boolean %j as %j', (text, value) => {
    expect(compiledBoolean(text)).toBe(value)
  })

  it('takes a boolean that is none for the default', () => {
    const yes = '<domain includeSubdomains="YES">example.com</domain>'
    expect(ruleFor(accepted(file(domainConfig(yes))), 'www.example.com')).toBeNull()
  })
})

describe.skipIf(isMissing(aapt))('the resource compiler', () => {
  const values = ['true', 'False', 'tRue', '1', '0', '-1', ' 1', '010', '0x10', '#fff', '#0000', '#00000000']
  const strings = ['YES', 'on', '', ' true', 'true ', '0x', '1.5', '+1', '1dp', '50%', '2147483648', '-2147483649']

  it('types booleans as the model does', () => {
    const texts = [...values, ...strings]
    const domains = texts.map((text, index) => `<domain includeSubdomains="${text}">d${index}.example</domain>`)
    const { accepted: compiled, problem } = aaptCompile({ networkSecurityConfig: file(domainConfig(...domains)) })
    expect(problem).toBeUndefined()
    const seen = compiled?.config.children[0]?.children.map(({ attributes }) => {
      const attribute = attributes['includeSubdomains']
      // XmlBlock: the types 0x10 to 0x1f are integers, the boolean among them.
      const isInteger = attribute !== undefined && attribute.type >= 0x10 && attribute.type <= 0x1f
      return isInteger ? Number(attribute.value) !== 0 : null
    })
    expect(seen).toEqual(texts.map(compiledBoolean))
  })

  it('joins text across comments and CDATA sections and drops blank text, as the model does', () => {
    const texts = ['ex<!-- c -->ample.com', 'ex<![CDATA[ample.org]]>', '<!-- c -->example.net', ' ', '']
    const { accepted: compiled } = aaptCompile({
      networkSecurityConfig: file(domainConfig(...texts.map((text) => domain(text)))),
    })
    const seen = compiled?.config.children[0]?.children.map(({ text }) => text)
    expect(seen).toEqual([['example.com'], ['example.org'], ['example.net'], [], []])
    expect(ruleFor(accepted(file(domainConfig(domain('ex<!-- c -->ample.com')))), 'example.com')).not.toBeNull()
  })
})

describe('bad input (A.3)', () => {
  it.each([
    ['a wrong root element', '<network-security/>', 'root element is network-security'],
    ['a second base-config', file('<base-config/>', '<base-config/>'), 'second base-config'],
    ['a second debug-overrides', file('<debug-overrides/>', '<debug-overrides/>'), 'second debug-overrides'],
    ['a domain in the root', file(domain('example.com')), 'domain inside network-security-config'],
    ['a domain in base-config', file(`<base-config>${domain('a.com')}</base-config>`), 'domain inside base-config'],
    ['a pin-set in the root', file(pinSet(PIN_A)), 'pin-set inside network-security-config'],
    ['a pin-set in base-config', file(`<base-config>${pinSet(PIN_A)}</base-config>`), 'pin-set inside base-config'],
    [
      'a domain-config in base-config',
      file(`<base-config>${domainConfig(domain('a.com'))}</base-config>`),
      'domain-config inside base-config',
    ],
    ['a domain-config without domain', file(domainConfig(pinSet(PIN_A))), 'domain-config without a domain of its own'],
    [
      'a domain-config whose only domain is nested',
      file(domainConfig(domainConfig(domain('a.com')))),
      'domain-config without a domain of its own',
    ],
    ['an empty domain', file(domainConfig('<domain></domain>')), 'empty domain'],
    ['a blank domain', file(domainConfig('<domain> \n </domain>')), 'empty domain'],
    ['an element inside domain', file(domainConfig('<domain>a<b/>.com</domain>')), 'element inside domain'],
    ['a domain twice in one config', file(domainConfig(domain('a.com'), domain('a.com'))), 'domain a.com twice'],
    [
      'a domain twice in the file, in another case, with blanks and another flag',
      file(domainConfig(domain('a.com')), domainConfig(domain('\n A.Com ', true))),
      'domain a.com twice',
    ],
    [
      'a domain repeated in a nested config',
      file(domainConfig(domain('a.com'), domainConfig(domain('a.com')))),
      'domain a.com twice',
    ],
    [
      'a second pin-set',
      file(domainConfig(domain('a.com'), pinSet(PIN_A), pinSet(PIN_B))),
      'second pin-set in one config',
    ],
    [
      'a second trust-anchors',
      file(domainConfig(domain('a.com'), anchors(), anchors())),
      'second trust-anchors in one config',
    ],
    [
      'a pin without digest',
      file(domainConfig(domain('a.com'), `<pin-set><pin>${PIN_A}</pin></pin-set>`)),
      'pin without digest',
    ],
    ...['SHA-1', 'SHA-512', 'SHA256', 'sha256', ''].map((digest): [string, string, string] => [
      `the digest ${digest || 'that is empty'}`,
      file(domainConfig(domain('a.com'), `<pin-set><pin digest="${digest}">${PIN_A}</pin></pin-set>`)),
      `unsupported pin digest ${digest}`,
    ]),
    ['a pin in hexadecimal', withPin('0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3'), '48 bytes'],
    ['a pin with the prefix sha256/', withPin(`sha256/${PIN_A}`), 'not base64'],
    ['a truncated pin', withPin(PIN_A.slice(0, 40)), '30 bytes'],
    ['an empty pin', withPin(''), '0 bytes'],
    ['a pin in base64url with one - or _', withPin(PIN_B.replace('/', '_')), 'not base64'],
    ['a pin in base64url with two of them', withPin(`-_${PIN_A.slice(2)}`), 'not base64'],
    ['a pin in unpadded base64url', withPin(PIN_B.replace('/', '_').replace('=', '')), '31 bytes'],
    ['an element inside a pin', withPin(`${PIN_A}<x/>`), 'element inside pin'],
    ['an expiration with slashes', withExpiration('2027/01/01'), 'no yyyy-MM-dd'],
    ['an expiration without separators', withExpiration('20270101'), 'no yyyy-MM-dd'],
    ['an empty expiration', withExpiration(''), 'no yyyy-MM-dd'],
    ['an impossible date', withExpiration('2027-02-30'), 'no date'],
    ['a month 13', withExpiration('2027-13-01'), 'no date'],
    ['a day 0', withExpiration('2027-01-00'), 'no date'],
    ['certificates without src', file(`<base-config>${anchors('<certificates/>')}</base-config>`), 'without src'],
    [
      'certificates with an unknown src',
      file(`<base-config>${anchors('<certificates src="System"/>')}</base-config>`),
      'unknown certificates src System',
    ],
    ['XML that is not well formed', '<network-security-config><domain-config></network-security-config>', 'not well'],
    ['nothing', '', 'not well-formed'],
  ])('refuses %s', (_what, xml, reason) => {
    expect(refusal(xml)).toContain(reason)
  })

  it.each([
    ['colons, blanks, stars and line breaks', `\n  ${PIN_A.slice(0, 9)}: * ${PIN_A.slice(9)}\n`],
    ['no padding', PIN_A.replace('=', '')],
    ['padding set apart', PIN_A.replace('=', ' = ')],
  ])('accepts a pin with %s', (_what, text) => {
    expect(pinsOf(accepted(withPin(text)), 'example.com')).toEqual([PIN_A])
  })

  it('accepts an empty pin-set, which pins nothing even under a parent with pins', () => {
    const nested = domainConfig(domain('api.example.com'), '<pin-set/>')
    const config = accepted(file(domainConfig(domain('example.com', true), pinSet(PIN_A), nested)))
    expect(pinsOf(config, 'www.example.com')).toEqual([PIN_A])
    expect(pinsOf(config, 'api.example.com')).toBeNull()
  })

  it('collapses a pin given twice', () => {
    const config = accepted(file(domainConfig(domain('example.com'), pinSet(PIN_A, PIN_A.replace('=', '')))))
    expect(pinsOf(config, 'example.com')).toEqual([PIN_A])
  })

  it.each([
    ['27-01-01', { year: 27, month: 1, day: 1 }],
    ['2027-01-01T23:59:59Z', { year: 2027, month: 1, day: 1 }],
    ['2027-01-01 and more', { year: 2027, month: 1, day: 1 }],
    ['2027-1-5', { year: 2027, month: 1, day: 5 }],
    [' 2027-01-01', { year: 2027, month: 1, day: 1 }],
    ['2028-02-29', { year: 2028, month: 2, day: 29 }],
  ])('accepts the expiration %j', (text, day) => {
    expect(ruleFor(accepted(withExpiration(text)), 'example.com')?.settings.pinSet?.expiration).toEqual(day)
  })

  it('takes a two-digit year for the first century: the pins are off', () => {
    expect(pinsOf(accepted(withExpiration('27-01-01')), 'example.com')).toBeNull()
  })

  it('skips unknown and misspelt elements with all they contain', () => {
    const misspelt = pinSet(PIN_A).replaceAll('pin-set', 'pinset')
    const config = accepted(file(domainConfig(domain('example.com'), misspelt), '<unknown><domain/></unknown>'))
    expect(ruleFor(config, 'example.com')).not.toBeNull()
    expect(pinsOf(config, 'example.com')).toBeNull()
  })

  it('skips unknown attributes', () => {
    const misspelt = '<domain includeSubDomains="true">example.com</domain>'
    expect(ruleFor(accepted(file(domainConfig(misspelt, pinSet(PIN_A)))), 'www.example.com')).toBeNull()
  })

  it('accepts empty trust-anchors, which trust nothing', () => {
    const config = accepted(file(domainConfig(domain('example.com'), anchors())))
    expect(connects(config, 'example.com', [PIN_A], NOON_OF_TODAY)).toBe(false)
    expect(connects(config, 'example.org', [PIN_A], NOON_OF_TODAY)).toBe(true)
  })

  it('lets the last certificateTransparency and domainEncryption win', () => {
    const repeated = [
      '<certificateTransparency enabled="true"/><certificateTransparency/>',
      '<domainEncryption mode="disabled"/><domainEncryption mode="enabled"/>',
    ]
    const settings = ruleFor(accepted(file(domainConfig(domain('a.com'), ...repeated))), 'a.com')?.settings
    expect(settings?.certificateTransparency).toBe(false)
    expect(settings?.domainEncryption).toBe('enabled')
  })

  it.each([
    '<certificateTransparency/>',
    '<domainEncryption/>',
    domain('a.com'),
    pinSet(PIN_A),
    domainConfig(domain('a.com')),
    anchors('<certificates/>'),
    anchors() + anchors(),
  ])('refuses %s inside debug-overrides in debuggable builds alone', (child) => {
    const xml = file(`<debug-overrides>${child}</debug-overrides>`)
    expect(refusal(xml, { debuggable: true })).toBeDefined()
    expect(refusal(xml)).toBeUndefined()
  })
})

describe('host matching (A.4)', () => {
  const config = accepted(
    file(
      domainConfig(domain('\n Example.COM ', true), pinSet(PIN_A)),
      domainConfig(domain('api.example.com', true), pinSet(PIN_B)),
      domainConfig(domain('exact.example.com'), pinSet(PIN_C)),
      domainConfig(domain('bare.example.com')),
      domainConfig(domain('10.0.0.1', true), pinSet(PIN_A)),
      domainConfig(domain('com', true), '<pin-set/>'),
    ),
  )

  it.each([
    ['example.com', PIN_A],
    ['EXAMPLE.com', PIN_A],
    ['example.com.', PIN_A],
    ['www.example.com', PIN_A],
    ['a.b.c.example.com', PIN_A],
    ['api.example.com', PIN_B],
    ['v1.api.example.com', PIN_B],
    ['xapi.example.com', PIN_A],
    ['exact.example.com', PIN_C],
    ['www.exact.example.com', PIN_A],
    ['10.0.0.1', PIN_A],
  ])('%s takes its pins from the most specific entry', (host, expected) => {
    expect(pinsOf(config, host)).toEqual([expected])
  })

  it('removes one trailing dot of the host and no more', () => {
    expect(ruleFor(config, 'exact.example.com..')).toBeNull()
  })

  it('does not let siblings inherit: a plain entry for a host takes away the pins of its parent domain', () => {
    expect(pinsOf(config, 'bare.example.com')).toBeNull()
    expect(pinsOf(config, 'www.bare.example.com')).toEqual([PIN_A])
  })

  it('matches at label boundaries: notexample.com is another host', () => {
    expect(ruleFor(config, 'notexample.com')?.domain).toBe('com')
  })

  it('accepts a public suffix as a domain', () => {
    expect(ruleFor(config, 'anything.com')?.domain).toBe('com')
  })

  it.each(['example.com.', '*.example.com', '.example.com', 'https://example.com', 'example.com:8443'])(
    'accepts the domain %s, which matches none of the hosts that were meant',
    (written) => {
      const wrong = accepted(file(domainConfig(domain(written, true), pinSet(PIN_A))))
      for (const host of ['example.com', 'example.com.', 'www.example.com', 'a.www.example.com', 'www.example.com.']) {
        expect(ruleFor(wrong, host)).toBeNull()
      }
    },
  )

  it('converts no international name', () => {
    const international = accepted(file(domainConfig(domain('bücher.example'), pinSet(PIN_A))))
    expect(ruleFor(international, 'xn--bcher-kva.example')).toBeNull()
  })
})

describe('the pin check (A.5)', () => {
  const config = accepted(file(domainConfig(domain('example.com'), pinSet(PIN_A, PIN_B))))

  it('needs one match anywhere in the verified chain', () => {
    expect(connects(config, 'example.com', [PIN_A, PIN_C], NOON_OF_TODAY)).toBe(true)
    expect(connects(config, 'example.com', [PIN_C, PIN_B], NOON_OF_TODAY)).toBe(true)
    expect(connects(config, 'example.com', [PIN_C], NOON_OF_TODAY)).toBe(false)
    expect(connects(config, 'example.com', [], NOON_OF_TODAY)).toBe(false)
  })

  it('leaves hosts without an entry alone', () => {
    expect(connects(config, 'example.org', [PIN_C], NOON_OF_TODAY)).toBe(true)
  })

  it('is skipped for an anchor with overridePins, also when the anchor is listed without it too', () => {
    const user = anchors('<certificates src="user"/>', '<certificates src="user" overridePins="true"/>')
    const overriding = accepted(file(domainConfig(domain('example.com'), pinSet(PIN_A), user)))
    expect(connects(overriding, 'example.com', [PIN_C], { ...NOON_OF_TODAY, anchor: 'user' })).toBe(true)
  })

  it('holds for a user anchor that is trusted without overridePins', () => {
    const userAnchor = anchors('<certificates src="user"/>')
    const trusting = accepted(file(domainConfig(domain('example.com'), pinSet(PIN_A), userAnchor)))
    const user = { ...NOON_OF_TODAY, anchor: 'user' }
    expect(connects(trusting, 'example.com', [PIN_C], user)).toBe(false)
    expect(connects(trusting, 'example.com', [PIN_A], user)).toBe(true)
    // A.7: own anchors replace the inherited ones; by default only the system's count.
    expect(connects(trusting, 'example.com', [PIN_A], NOON_OF_TODAY)).toBe(false)
    expect(connects(config, 'example.com', [PIN_A], user)).toBe(false)
  })

  it('is skipped in debuggable builds for an anchor of debug-overrides', () => {
    const xml = file(
      domainConfig(domain('example.com'), pinSet(PIN_A)),
      '<debug-overrides><trust-anchors><certificates src="@raw/proxy"/></trust-anchors></debug-overrides>',
    )
    const proxy = { ...NOON_OF_TODAY, anchor: '@raw/proxy' }
    expect(connects(accepted(xml, { debuggable: true }), 'example.com', [PIN_C], proxy)).toBe(true)
    expect(connects(accepted(xml), 'example.com', [PIN_C], proxy)).toBe(false)
  })
})

describe('expiration (A.6)', () => {
  const config = accepted(withExpiration('2027-03-01'))
  const startOfDay = Date.UTC(2027, 2, 1)
  const pinned = (now: number, utcOffsetMinutes: number) =>
    enforcedPins(config, 'example.com', { now, utcOffsetMinutes }) !== null

  it.each([
    ['UTC', 0],
    ['Kiribati', 14 * 60],
    ['Baker Island', -12 * 60],
    ['Nepal', 5 * 60 + 45],
  ])('ends at midnight that opens the day, local time: %s', (_zone, offset) => {
    const midnight = startOfDay - offset * 60_000
    expect(pinned(midnight - 1, offset)).toBe(true)
    expect(pinned(midnight, offset)).toBe(true)
    expect(pinned(midnight + 1, offset)).toBe(false)
  })

  it('fails open once it is past', () => {
    expect(connects(config, 'example.com', [PIN_C], { now: startOfDay + 1, utcOffsetMinutes: 0 })).toBe(true)
    expect(connects(config, 'example.com', [PIN_C], { now: startOfDay - 1, utcOffsetMinutes: 0 })).toBe(false)
  })

  it('never comes without the attribute', () => {
    const now = Date.UTC(9999, 0, 1)
    expect(enforcedPins(accepted(withPin(PIN_A)), 'example.com', { now, utcOffsetMinutes: 0 })).not.toBeNull()
  })

  it('is computed in the first century as well as beyond the end of JavaScript time', () => {
    expect(new Date(expiryInstant({ year: 27, month: 1, day: 1 }, 0)).toISOString()).toBe('0027-01-01T00:00:00.000Z')
    expect(expiryInstant({ year: 999_999, month: 1, day: 1 }, 0)).toBe(Infinity)
  })
})

describe('inheritance (A.8)', () => {
  const config = accepted(
    file(
      domainConfig(
        domain('parent.com'),
        pinSet(PIN_A),
        '<certificateTransparency enabled="true"/>',
        domainConfig(domain('unrelated.org'), '<certificateTransparency enabled="false"/>'),
        domainConfig(domain('own.org'), pinSet(PIN_B), domainConfig(domain('grandchild.net'))),
      ),
      '<base-config cleartextTrafficPermitted="false"><domainEncryption mode="required"/></base-config>',
    ),
  )

  it('takes each setting by itself from the enclosing config', () => {
    expect(pinsOf(config, 'unrelated.org')).toEqual([PIN_A])
    expect(ruleFor(config, 'unrelated.org')?.settings.certificateTransparency).toBe(false)
    expect(ruleFor(config, 'own.org')?.settings.certificateTransparency).toBe(true)
  })

  it('replaces and never merges', () => {
    expect(pinsOf(config, 'own.org')).toEqual([PIN_B])
    expect(pinsOf(config, 'grandchild.net')).toEqual([PIN_B])
  })

  it('goes on to the base config and ends at the platform default', () => {
    const settings = ruleFor(config, 'grandchild.net')?.settings
    expect(settings?.cleartextTrafficPermitted).toBe(false)
    expect(settings?.domainEncryption).toBe('default')
    expect(settings?.trustAnchors).toBeNull()
  })

  it('lets a nested config replace the anchors of its parent', () => {
    const system = '<trust-anchors><certificates src="system"/></trust-anchors>'
    const nested = domainConfig(domain('b.com'), '<trust-anchors><certificates src="@raw/ca"/></trust-anchors>')
    const anchored = accepted(file(domainConfig(domain('a.com'), system, nested)))
    expect(connects(anchored, 'a.com', [], NOON_OF_TODAY)).toBe(true)
    expect(connects(anchored, 'b.com', [], NOON_OF_TODAY)).toBe(false)
    expect(connects(anchored, 'b.com', [], { ...NOON_OF_TODAY, anchor: '@raw/ca' })).toBe(true)
  })

  it('names the anchors of every host, those of the platform where nothing else is said', () => {
    const both = '<trust-anchors><certificates src="@raw/ca"/><certificates src="system"/></trust-anchors>'
    const nothing = domainConfig(domain('b.com'), '<trust-anchors/>')
    const anchored = accepted(file(domainConfig(domain('a.com'), both), nothing))
    const sources = (host: string) => anchorsFor(anchored, host).map(({ src }) => src)
    expect([sources('a.com'), sources('b.com'), sources('c.com')]).toEqual([['@raw/ca', 'system'], [], ['system']])
  })
})

function hex(text: string): string | null {
  const bytes = decodeLikeAndroid(text)
  return bytes && Buffer.from(bytes).toString('hex')
}

describe('the base64 decoder', () => {
  it.each([
    ['AQID', '010203'],
    ['AQI=', '0102'],
    ['AQ==', '01'],
    ['AQI', '0102'],
    ['AQ', '01'],
    ['', ''],
    ['A:Q*I\nD', '010203'],
    ['AQ = =', '01'],
    ['AQIDBA==', '01020304'],
  ])('reads %j', (text, bytes) => {
    expect(hex(text)).toBe(bytes)
  })

  it.each(['A', 'A===', 'AQ=', 'AQI==', '=', 'AQID=', 'AQ==AQ==', 'AQ=I', 'AQIDB'])('throws for %j', (text) => {
    expect(hex(text)).toBeNull()
  })
})

const idsOf = (xml: string) => lintFindings(xml, NOON_OF_TODAY).map(({ id }) => id)
const fatalOf = (xml: string) =>
  lintFindings(xml, NOON_OF_TODAY).flatMap(({ severity, message }) => (severity === 'fatal' ? message : []))

describe('lint (A.11)', () => {
  const good = file(domainConfig(domain('example.com', true), pinSet(PIN_A, PIN_B)))
  const pinSetExpiring = (text: string) => good.replace('<pin-set>', `<pin-set expiration="${text}">`)

  it('finds nothing in a file as we want it', () => {
    expect(idsOf(good)).toEqual([])
    expect(idsOf(pinSetExpiring('2027-01-01'))).toEqual([])
  })

  it.each([
    [
      'a domain without includeSubdomains',
      good.replace(' includeSubdomains="true"', ''),
      'example.com without includeSubdomains',
    ],
    ['a line break before the pin', good.replace(PIN_A, `\n${PIN_A}`), 'pin is not strict base64'],
    ['a blank after the pin', good.replace(PIN_A, `${PIN_A} `), 'pin is not strict base64'],
    ['an empty pin', good.replace(PIN_A, ''), 'pin is not strict base64'],
    ['a comment as the first child of a pin', good.replace(PIN_A, `<!-- root -->${PIN_A}`), 'comment opens a pin'],
    ['an expiration with one-digit numbers', pinSetExpiring('2027-1-5'), 'no strict ISO date'],
    ['an expiration with a time', pinSetExpiring('2027-01-01T00:00:00Z'), 'no strict ISO date'],
    ['an expiration that is no date', pinSetExpiring('2027-02-30'), 'no strict ISO date'],
    [
      'a domain given twice',
      file(domainConfig(domain('a.com'), domain('A.com'), pinSet(PIN_A, PIN_B))),
      'domain a.com twice',
    ],
    ['a second base-config', good.replace('<domain-config>', '<base-config/><base-config/>$&'), 'second base-config'],
    [
      'a second debug-overrides',
      good.replace('<domain-config>', '<debug-overrides/><debug-overrides/>$&'),
      'second debug-overrides',
    ],
    ['a second pin-set', good.replace('</pin-set>', `$&${pinSet(PIN_A, PIN_B)}`), 'second pin-set'],
    [
      'a second trust-anchors',
      good.replace('</pin-set>', '$&<trust-anchors/><trust-anchors/>'),
      'second trust-anchors',
    ],
    ['a pin-set without pins', file(domainConfig(domain('a.com'), '<pin-set/>')), 'pin-set without pin'],
    ['an unknown child of the root', good.replace('<domain-config>', '<whatever/>$&'), 'unknown element whatever'],
    ['a child with nearly a known name', good.replaceAll('pin-set', 'pinset'), 'pinset is probably pin-set'],
    ['a file that is not well formed', good.replace('</domain>', ''), 'not well-formed'],
  ])('calls %s fatal', (_what, xml, message) => {
    expect(fatalOf(xml).join('; ')).toContain(message)
  })

  it('lets a child of a config pass whose name resembles nothing', () => {
    expect(idsOf(good.replace('<pin-set>', '<trustkit-config/>$&'))).toEqual([])
  })

  it('lets unpadded pins pass', () => {
    expect(idsOf(good.replaceAll('=<', '<'))).toEqual([])
  })

  it('warns of a single pin, and counts elements: the same pin twice looks fine', () => {
    const single = lintFindings(file(domainConfig(domain('a.com'), pinSet(PIN_A))), NOON_OF_TODAY)
    expect(single).toEqual([{ id: 'MissingBackupPin', severity: 'warning', message: 'a single pin' }])
    expect(idsOf(file(domainConfig(domain('a.com'), pinSet(PIN_A, PIN_A))))).toEqual([])
  })

  it.each([
    ['2026-11-20', ['PinSetExpiry']],
    ['2026-12-01', ['PinSetExpiry']],
    ['2026-12-02', []],
  ])('on 2026-11-21 says of the expiration %s: %j', (day, ids) => {
    expect(idsOf(pinSetExpiring(day))).toEqual(ids)
  })

  it('warns of user anchors and of cleartext in base-config', () => {
    const base =
      '<base-config cleartextTrafficPermitted="true"><trust-anchors><certificates src="user"/></trust-anchors></base-config>'
    expect(idsOf(file(base))).toEqual(['AcceptsUserCertificates', 'InsecureBaseConfiguration'])
  })
})

interface RealConfig {
  readonly file: string
  readonly platform: string
  readonly androidRefuses?: readonly string[]
  readonly configs?: readonly {
    readonly domains: readonly { readonly name: string; readonly includeSubdomains: boolean }[]
    readonly pinSets?: readonly {
      readonly expiration: string | null
      readonly expired?: boolean
      readonly pins: readonly { readonly value: string }[]
    }[]
  }[]
}

describe.skipIf(isMissing(sharedData))('public network security configs', () => {
  const index = sharedData.missing === null ? readSharedData('configs/index.json') : '{"files":[]}'
  const { files } = JSON.parse(index) as { readonly files: readonly RealConfig[] }
  const configs = files.filter(({ platform }) => platform === 'android')

  it('are there', () => {
    expect(configs.length).toBeGreaterThan(0)
  })

  it.each(configs.map((entry) => [entry.file, entry] as const))('%s is read as the index says', (_file, entry) => {
    const xml = readSharedData(`configs/${entry.file}`)
    const parsed = parseNetworkSecurityConfig(xml)
    expect(parsed.refused !== undefined).toBe(entry.androidRefuses !== undefined)
    const rules = parsed.accepted?.domains.map(({ domain: name, includeSubdomains, settings: { pinSet: set } }) => ({
      name,
      includeSubdomains,
      pins: [...(set?.pins ?? [])],
      expired: set !== null && set.pins.size > 0 && pinsOf(accepted(xml), name) === null,
    }))
    const expected = entry.configs?.flatMap(({ domains, pinSets }) =>
      domains.map(({ name, includeSubdomains }) => ({
        name,
        includeSubdomains,
        pins: pinSets?.flatMap(({ pins }) => pins.map(({ value }) => value.padEnd(44, '='))) ?? [],
        expired: pinSets?.some(({ expired }) => expired === true) ?? false,
      })),
    )
    const pinned = rules?.filter(({ pins }) => pins.length > 0)
    expect(pinned).toEqual((expected ?? []).filter(({ pins }) => pins.length > 0))
  })
})
