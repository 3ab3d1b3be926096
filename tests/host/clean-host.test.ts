import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanHost, type CleanHost, type HostChange, type HostFailure } from '../../src/host/clean-host.ts'
import { failureOf, valueOf } from '../support/outcome.ts'

const LABEL_63 = 'l'.repeat(63)
/** Three labels of 63 letters and one of 61, with their dots. */
const HOST_253 = `${LABEL_63}.${LABEL_63}.${LABEL_63}.${'m'.repeat(61)}`

interface Accepted {
  readonly typed: string
  readonly host: string
  readonly port?: number
  readonly isWildcard?: boolean
  readonly changes?: readonly HostChange[]
}

const pathRemoved: HostChange = { kind: 'path-removed' }
const lowerCased: HostChange = { kind: 'lower-cased' }
const credentialsRemoved: HostChange = { kind: 'credentials-removed' }
const trailingDotRemoved: HostChange = { kind: 'trailing-dot-removed' }
const wildcardToSubdomains: HostChange = { kind: 'wildcard-to-subdomains' }
const whiteSpaceRemoved: HostChange = { kind: 'white-space-removed' }
const schemeRemoved = (scheme: string): HostChange => ({ kind: 'scheme-removed', scheme })
const portKept = (port: number): HostChange => ({ kind: 'port-kept-for-fetch', port })
const toALabel = (from: string): HostChange => ({ kind: 'to-a-label', from })
const mapped = (from: string): HostChange => ({ kind: 'characters-mapped', from })

const ACCEPTED: readonly Accepted[] = [
  { typed: 'example.com', host: 'example.com' },
  { typed: 'api-2.eu-west.example.com', host: 'api-2.eu-west.example.com' },
  { typed: 'localhost', host: 'localhost' },
  { typed: 'a_b.example.com', host: 'a_b.example.com' },
  { typed: '_sip.example.com', host: '_sip.example.com' },
  { typed: '3.example', host: '3.example' },
  { typed: 'ab--c.example', host: 'ab--c.example' },
  { typed: 'xn--bcher-kva.example', host: 'xn--bcher-kva.example' },
  { typed: `${LABEL_63}.example`, host: `${LABEL_63}.example` },
  { typed: HOST_253, host: HOST_253 },
  { typed: `${HOST_253}.`, host: HOST_253, changes: [trailingDotRemoved] },

  { typed: 'https://example.com', host: 'example.com', changes: [schemeRemoved('https://')] },
  { typed: 'HTTPS://example.com/', host: 'example.com', changes: [schemeRemoved('https://'), pathRemoved] },
  { typed: '//example.com', host: 'example.com', changes: [schemeRemoved('//')] },
  { typed: 'wss://example.com', host: 'example.com', changes: [schemeRemoved('wss://')] },
  { typed: 'example.com/v1/users', host: 'example.com', changes: [pathRemoved] },
  { typed: 'example.com?q=1', host: 'example.com', changes: [pathRemoved] },
  { typed: 'example.com#top', host: 'example.com', changes: [pathRemoved] },
  { typed: 'example.com\\v1', host: 'example.com', changes: [pathRemoved] },
  { typed: 'example.com/:99', host: 'example.com', changes: [pathRemoved] },
  { typed: 'example.com/@other.example', host: 'example.com', changes: [pathRemoved] },
  { typed: 'example.com/maps/@52.5,13.4;z=1', host: 'example.com', changes: [pathRemoved] },
  { typed: 'example.com/resize,//images/1', host: 'example.com', changes: [pathRemoved] },
  { typed: 'https://example.com?list=1,2', host: 'example.com', changes: [schemeRemoved('https://'), pathRemoved] },
  { typed: 'user@example.com', host: 'example.com', changes: [credentialsRemoved] },
  { typed: 'a@b@example.com', host: 'example.com', changes: [credentialsRemoved] },
  {
    typed: 'https://user:secret@example.com:8443/v1?x=1#y',
    host: 'example.com',
    port: 8443,
    changes: [schemeRemoved('https://'), pathRemoved, credentialsRemoved, portKept(8443)],
  },

  { typed: 'example.com:8443', host: 'example.com', port: 8443, changes: [portKept(8443)] },
  { typed: 'example.com:443', host: 'example.com', changes: [portKept(443)] },
  { typed: 'example.com:1', host: 'example.com', port: 1, changes: [portKept(1)] },
  { typed: 'example.com:65535', host: 'example.com', port: 65_535, changes: [portKept(65_535)] },
  { typed: 'example.com:0443', host: 'example.com', changes: [portKept(443)] },

  { typed: 'Api.EXAMPLE.com', host: 'api.example.com', changes: [lowerCased] },
  { typed: 'XN--BCHER-KVA.example', host: 'xn--bcher-kva.example', changes: [lowerCased] },
  { typed: 'example.com.', host: 'example.com', changes: [trailingDotRemoved] },
  { typed: 'EXAMPLE.com.', host: 'example.com', changes: [trailingDotRemoved, lowerCased] },
  { typed: ' example.com\n', host: 'example.com', changes: [whiteSpaceRemoved] },
  { typed: '\ufeffexample.com', host: 'example.com', changes: [whiteSpaceRemoved] },

  { typed: 'пример.рф', host: 'xn--e1afmkfd.xn--p1ai', changes: [toALabel('пример.рф')] },
  { typed: 'ПРИМЕР.рф', host: 'xn--e1afmkfd.xn--p1ai', changes: [toALabel('ПРИМЕР.рф')] },
  // Non-transitional: the letter stays, it does not become ss.
  { typed: 'faß.de', host: 'xn--fa-hia.de', changes: [toALabel('faß.de')] },
  { typed: 'bu\u0308cher.example', host: 'xn--bcher-kva.example', changes: [toALabel('bu\u0308cher.example')] },
  { typed: '例え。テスト', host: 'xn--r8jz45g.xn--zckzah', changes: [toALabel('例え。テスト')] },
  { typed: 'ｅｘａｍｐｌｅ.com', host: 'example.com', changes: [mapped('ｅｘａｍｐｌｅ.com')] },
  { typed: 'example。com', host: 'example.com', changes: [mapped('example。com')] },
  { typed: 'example｡com', host: 'example.com', changes: [mapped('example｡com')] },
  { typed: 'example．com', host: 'example.com', changes: [mapped('example．com')] },
  { typed: 'example.com。', host: 'example.com', changes: [trailingDotRemoved, mapped('example.com。')] },
  { typed: 'exam\u00adple.com', host: 'example.com', changes: [mapped('exam\u00adple.com')] },
  { typed: 'exam\u200bple.com', host: 'example.com', changes: [mapped('exam\u200bple.com')] },
  { typed: '\u212aelvin.example', host: 'kelvin.example', changes: [mapped('\u212aelvin.example')] },
  {
    typed: 'https://bücher.example:8443/x',
    host: 'xn--bcher-kva.example',
    port: 8443,
    changes: [schemeRemoved('https://'), pathRemoved, portKept(8443), toALabel('bücher.example')],
  },

  { typed: '*.example.com', host: 'example.com', isWildcard: true, changes: [wildcardToSubdomains] },
  {
    typed: '*.example.com:8443/',
    host: 'example.com',
    port: 8443,
    isWildcard: true,
    changes: [pathRemoved, portKept(8443), wildcardToSubdomains],
  },
  {
    typed: '*。bücher.example',
    host: 'xn--bcher-kva.example',
    isWildcard: true,
    changes: [wildcardToSubdomains, toALabel('*。bücher.example')],
  },
  {
    typed: '*.Example.com.',
    host: 'example.com',
    isWildcard: true,
    changes: [trailingDotRemoved, wildcardToSubdomains, lowerCased],
  },
]

interface Refused {
  readonly typed: string
  readonly failure: HostFailure
}

const EMPTY_LABEL: HostFailure = { kind: 'empty-label' }
const HOST_EMPTY: HostFailure = { kind: 'host-empty' }
const NOT_A_HOST_NAME: HostFailure = { kind: 'not-a-host-name' }
const SEVERAL: HostFailure = { kind: 'several-hosts' }
const WILDCARD_NOT_FIRST: HostFailure = { kind: 'wildcard-not-first' }
const ipAddress = (address: string): HostFailure => ({ kind: 'ip-address', address })
const badPort = (port: string): HostFailure => ({ kind: 'bad-port', port })
const badCharacter = (character: string): HostFailure => ({ kind: 'bad-host-character', character })
const hyphenAtEdge = (label: string): HostFailure => ({ kind: 'hyphen-at-label-edge', label })
const withoutLetter = (label: string): HostFailure => ({ kind: 'label-without-letter-or-digit', label })

const REFUSED: readonly Refused[] = [
  { typed: '', failure: HOST_EMPTY },
  { typed: ' \t\n', failure: HOST_EMPTY },
  { typed: 'https://', failure: HOST_EMPTY },
  { typed: '/only/a/path', failure: HOST_EMPTY },
  { typed: 'user@', failure: HOST_EMPTY },
  { typed: ':8443', failure: HOST_EMPTY },

  { typed: 'a.com b.com', failure: SEVERAL },
  { typed: 'a.com,b.com', failure: SEVERAL },
  { typed: 'a.com;b.com', failure: SEVERAL },
  { typed: 'a.com\nb.com', failure: SEVERAL },
  { typed: 'a@a.com,b@b.com', failure: SEVERAL },
  { typed: 'https://a.com/,https://b.com/', failure: SEVERAL },
  { typed: 'a.com/x;HTTP://b.com/', failure: SEVERAL },

  { typed: 'a..b', failure: EMPTY_LABEL },
  { typed: '.a.com', failure: EMPTY_LABEL },
  { typed: 'a.com..', failure: EMPTY_LABEL },
  { typed: '.', failure: EMPTY_LABEL },
  { typed: 'a。。b', failure: EMPTY_LABEL },
  // A label of invisible characters alone is mapped to nothing.
  { typed: '\u00ad.example', failure: EMPTY_LABEL },

  { typed: '-a.com', failure: hyphenAtEdge('-a') },
  { typed: 'a-.com', failure: hyphenAtEdge('a-') },
  { typed: 'www.-.com', failure: withoutLetter('-') },
  { typed: '___.com', failure: withoutLetter('___') },
  { typed: 'a._-_.com', failure: withoutLetter('_-_') },

  { typed: '192.0.2.1', failure: ipAddress('192.0.2.1') },
  { typed: '192.0.2.1.', failure: ipAddress('192.0.2.1') },
  { typed: 'https://192.0.2.1:8443/', failure: ipAddress('192.0.2.1') },
  { typed: '0xc0.0.2.1', failure: ipAddress('192.0.2.1') },
  { typed: '0xC0000201', failure: ipAddress('192.0.2.1') },
  { typed: '0300.0.02.01', failure: ipAddress('192.0.2.1') },
  { typed: '3221225985', failure: ipAddress('192.0.2.1') },
  { typed: '192.513', failure: ipAddress('192.0.2.1') },
  { typed: '127.1', failure: ipAddress('127.0.0.1') },
  { typed: '１９２.0.2.1', failure: ipAddress('192.0.2.1') },
  { typed: '*.192.0.2.1', failure: ipAddress('192.0.2.1') },
  { typed: '999.0.2.1', failure: NOT_A_HOST_NAME },
  { typed: 'example.1', failure: NOT_A_HOST_NAME },
  { typed: '[2001:db8::1]', failure: ipAddress('[2001:db8::1]') },
  { typed: 'https://[2001:db8::1]:8443/', failure: ipAddress('[2001:db8::1]:8443') },
  { typed: '2001:db8::1', failure: ipAddress('2001:db8::1') },
  { typed: '::1', failure: ipAddress('::1') },
  { typed: '::ffff:192.0.2.1', failure: ipAddress('::ffff:192.0.2.1') },
  { typed: 'fe80::1%eth0', failure: ipAddress('fe80::1%eth0') },

  { typed: 'a.com:0', failure: badPort('0') },
  { typed: 'a.com:65536', failure: badPort('65536') },
  { typed: 'a.com:100000', failure: badPort('100000') },
  { typed: 'a.com:abc', failure: badPort('abc') },
  { typed: 'a.com:+1', failure: badPort('+1') },
  { typed: 'a.com:1e3', failure: badPort('1e3') },
  { typed: 'a.com:', failure: badPort('') },
  { typed: 'a.com:８４４３', failure: badPort('８４４３') },
  { typed: 'a.com:443:8443', failure: badPort('443:8443') },

  { typed: 'a.*.com', failure: WILDCARD_NOT_FIRST },
  { typed: '**.a', failure: WILDCARD_NOT_FIRST },
  { typed: '*.*.com', failure: WILDCARD_NOT_FIRST },
  { typed: '*a.com', failure: WILDCARD_NOT_FIRST },
  { typed: '*', failure: WILDCARD_NOT_FIRST },
  { typed: '*.', failure: WILDCARD_NOT_FIRST },

  { typed: 'a%2ecom', failure: badCharacter('%') },
  { typed: '%2e', failure: badCharacter('%') },
  { typed: 'a|b.com', failure: badCharacter('|') },
  { typed: 'a"b.com', failure: badCharacter('"') },
  { typed: "a'b.com", failure: badCharacter("'") },
  { typed: '`id`.com', failure: badCharacter('`') },
  { typed: '$(id).com', failure: badCharacter('$') },
  { typed: 'a&b.com', failure: badCharacter('&') },
  { typed: 'a!b.com', failure: badCharacter('!') },
  // Full-width: mapped to a plain star behind the check on wildcards.
  { typed: '＊.a.com', failure: badCharacter('*') },
  { typed: 'a：8443', failure: NOT_A_HOST_NAME },
  { typed: 'a\u0000b.com', failure: NOT_A_HOST_NAME },
  { typed: 'xn--a.com', failure: NOT_A_HOST_NAME },

  { typed: `${LABEL_63}l.example`, failure: { kind: 'host-too-long', limit: 63 } },
  { typed: `${'ü'.repeat(60)}.example`, failure: { kind: 'host-too-long', limit: 63 } },
  { typed: `${HOST_253}m`, failure: { kind: 'host-too-long', limit: 253 } },
]

describe('a domain as typed', () => {
  it.each(ACCEPTED)('$typed is used as $host', ({ typed, host, port = 443, isWildcard = false, changes = [] }) => {
    expect(valueOf(cleanHost(typed))).toEqual({ host, port, isWildcard, changes })
  })

  it.each(REFUSED)('$typed is refused: $failure.kind', ({ typed, failure }) => {
    expect(failureOf(cleanHost(typed))).toEqual(failure)
  })
})

/** How a person may type a host, right or wrong. */
const letter = fc.constantFrom(...Array.from('abcxyzABCXYZ019-_пжЯßüÜéçñａＺ９あ漢م\u00ad\u200b'))
const label = fc.string({ unit: letter, minLength: 1, maxLength: 8 })
const separator = fc.constantFrom('.', '.', '.', '。', '．', '｡')
const domain = fc
  .tuple(label, fc.array(fc.tuple(separator, label), { maxLength: 3 }))
  .map(([first, others]) => [first, ...others.flat()].join(''))
const typedHost = fc
  .record({
    before: fc.constantFrom('', '', ' ', '\n'),
    scheme: fc.constantFrom('', '', 'https://', 'HTTP://', '//'),
    credentials: fc.constantFrom('', '', 'user@', 'user:secret@'),
    wildcard: fc.constantFrom('', '', '*.'),
    domain,
    dot: fc.constantFrom('', '', '.'),
    port: fc.constantFrom('', '', ':443', ':8443', ':65536'),
    path: fc.constantFrom('', '', '/', '/a?b#c', '#x'),
    after: fc.constantFrom('', '', '\t'),
  })
  .map((parts) => Object.values(parts).join(''))
const anything = fc.oneof(
  { weight: 6, arbitrary: typedHost },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary-ascii', maxLength: 10 }) },
  { weight: 1, arbitrary: fc.webUrl() },
)

/** Asserts something of everything that is accepted, and that this was not next to nothing. */
function forEveryAccepted(texts: fc.Arbitrary<string>, check: (clean: CleanHost, typed: string) => void): void {
  let accepted = 0
  fc.assert(
    fc.property(texts, (typed) => {
      const result = cleanHost(typed)
      if (!result.ok) return
      accepted += 1
      check(result.value, typed)
    }),
    { numRuns: 3000 },
  )
  expect(accepted).toBeGreaterThan(300)
}

describe('a host that is accepted', () => {
  it('never differs from the typed text without saying why', () => {
    forEveryAccepted(anything, ({ host, changes }, typed) => {
      expect(changes.length > 0).toBe(host !== typed)
    })
  })

  it('is a lower-case ASCII name that the platform reads as it stands', () => {
    forEveryAccepted(anything, ({ host, port }) => {
      expect(host).toMatch(/^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/)
      expect(new URL(`https://${host}/`).hostname).toBe(host)
      expect(isIP(host)).toBe(0)
      expect(host.length).toBeLessThanOrEqual(253)
      expect(host.split('.').filter((part) => part.length > 63 || /^-|-$/.test(part))).toEqual([])
      expect(port >= 1 && port <= 65_535).toBe(true)
    })
  })

  it('stays as it is when it is typed again', () => {
    forEveryAccepted(anything, ({ host }) => {
      expect(cleanHost(host)).toEqual({ ok: true, value: { host, port: 443, isWildcard: false, changes: [] } })
    })
  })

  it('is what IDNA makes of the typed name', () => {
    forEveryAccepted(domain, ({ host }, typed) => {
      expect(host).toBe(domainToASCII(typed))
    })
  })
})

it('a name whose A-labels are host names is accepted', () => {
  let tried = 0
  fc.assert(
    fc.property(domain, (typed) => {
      const expected = domainToASCII(typed)
      const labels = expected.split('.')
      if (!labels.every((part) => /^(?!-)(?=.*[a-z0-9])[a-z0-9_-]{1,63}(?<!-)$/.test(part)) || isIP(expected)) return
      tried += 1
      expect(cleanHost(typed)).toMatchObject({ ok: true, value: { host: expected, port: 443 } })
    }),
    { numRuns: 3000 },
  )
  expect(tried).toBeGreaterThan(300)
})

it('a URL gives the host that the platform would connect to', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
      // A list of URLs, as far as anyone can tell.
      fc.pre(!/[,;][a-z]+:\/\//i.test(url))
      expect(valueOf(cleanHost(url)).host).toBe(new URL(url).hostname)
    }),
  )
})
