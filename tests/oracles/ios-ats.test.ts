import { describe, expect, it } from 'vitest'
import { readSharedData, sharedData } from '../support/shared-data.ts'
import { isMissing, python } from '../support/tools.ts'
import { decodeLikeApple, duplicateKeys, evaluate, parsePlist, type PlistDict, type PlistValue } from './ios-ats.ts'

const LEAF = 'i9HalScvf6T/skE3/A7QOq5n5cTYs8UHNOEFCnkguSI='
const INTERMEDIATE = '5kJvNEMw0KjrCAu7eXY5HZdvyCS13BbA0VJG1RSP91w='
const ROOT = 'r/mIkG3eEpVdm+u/ko/cwxzOMo1bk4TyHIlByibiA5E='
const OTHER = 'C5+lpZ7tcVwmwQIMcRtPbsQtWLABXhQzejna0wHFr8M='
const CHAIN = [LEAF, INTERMEDIATE, ROOT]

const items = (...pins: readonly PlistValue[]): PlistValue => pins.map((pin) => ({ 'SPKI-SHA256-BASE64': pin }))
const leafList = (...pins: readonly PlistValue[]) => ({ NSPinnedLeafIdentities: items(...pins) })
const caList = (...pins: readonly PlistValue[]) => ({ NSPinnedCAIdentities: items(...pins) })
const withSubdomains = { NSIncludesSubdomains: true }
const plist = (domains: PlistValue): PlistDict => ({ NSAppTransportSecurity: { NSPinnedDomains: domains } })
const onlyEntry = (entry: PlistValue) => evaluate(plist({ 'example.com': entry }), 'example.com', CHAIN)

const UNPINNED = { pinned: false, leafPins: null, caPins: null, connects: true }

describe('the two lists (B.2)', () => {
  it('compares the leaf list with the leaf alone', () => {
    expect(onlyEntry(leafList(OTHER, LEAF)).connects).toBe(true)
    expect(onlyEntry(leafList(INTERMEDIATE, ROOT)).connects).toBe(false)
  })

  it('compares the CA list with every certificate above the leaf, the anchor included', () => {
    expect(onlyEntry(caList(INTERMEDIATE)).connects).toBe(true)
    expect(onlyEntry(caList(ROOT)).connects).toBe(true)
    expect(onlyEntry(caList(LEAF)).connects).toBe(false)
  })

  it('fails a self-signed server against any CA list', () => {
    const pins = plist({ 'example.com': caList(LEAF) })
    expect(evaluate(pins, 'example.com', [LEAF]).connects).toBe(false)
  })

  it('demands a match in both lists when both are there', () => {
    expect(onlyEntry({ ...leafList(LEAF), ...caList(ROOT) }).connects).toBe(true)
    expect(onlyEntry({ ...leafList(OTHER), ...caList(ROOT) }).connects).toBe(false)
    expect(onlyEntry({ ...leafList(LEAF), ...caList(OTHER) }).connects).toBe(false)
  })

  it('reports what has to be met', () => {
    const evaluation = onlyEntry({ ...leafList(LEAF), ...caList(ROOT, INTERMEDIATE, ROOT) })
    expect(evaluation).toEqual({
      pinned: true,
      leafPins: new Set([LEAF]),
      caPins: new Set([ROOT, INTERMEDIATE]),
      connects: true,
    })
  })

  it('passes by any other valid path that contains a pinned CA', () => {
    const pins = plist({ 'example.com': caList(OTHER) })
    expect(evaluate(pins, 'example.com', CHAIN).connects).toBe(false)
    expect(evaluate(pins, 'example.com', CHAIN, [[LEAF, INTERMEDIATE, OTHER]]).connects).toBe(true)
    expect(evaluate(pins, 'example.com', CHAIN, [[OTHER, INTERMEDIATE]]).connects).toBe(false)
  })

  it('fails a pinned host without a chain', () => {
    expect(evaluate(plist({ 'example.com': leafList(LEAF) }), 'example.com', []).connects).toBe(false)
  })
})

describe('host matching (B.2)', () => {
  const pins = plist({ 'Example.com': { ...withSubdomains, ...caList(OTHER) }, 'exact.org': caList(OTHER) })

  it.each(['example.com', 'EXAMPLE.COM', 'example.com.', 'a.example.com', 'A.Example.Com.', 'exact.org'])(
    'pins %s',
    (host) => {
      expect(evaluate(pins, host, CHAIN).pinned).toBe(true)
    },
  )

  it.each(['a.b.example.com', 'notexample.com', 'com', 'example.com..', 'www.exact.org', 'org'])(
    'does not pin %s',
    (host) => {
      expect(evaluate(pins, host, CHAIN)).toEqual(UNPINNED)
    },
  )

  it.each(['example.com.', '*.example.com', '.example.com', 'https://example.com', 'example.com:443', '10.0.0.0/8'])(
    'never matches the key %s',
    (key) => {
      const wrong = plist({ [key]: { ...withSubdomains, ...leafList(OTHER) } })
      for (const host of ['example.com', 'example.com.', 'www.example.com', '10.0.0.1']) {
        expect(evaluate(wrong, host, CHAIN)).toEqual(UNPINNED)
      }
    },
  )

  it.each<PlistValue>([false, 1, 'YES', 'true', []])('takes NSIncludesSubdomains %j for false', (value) => {
    const wrong = plist({ 'example.com': { NSIncludesSubdomains: value, ...leafList(OTHER) } })
    expect(evaluate(wrong, 'www.example.com', CHAIN)).toEqual(UNPINNED)
    expect(evaluate(wrong, 'example.com', CHAIN).pinned).toBe(true)
  })
})

describe('merging (B.2)', () => {
  it('unites the lists of an exact entry and of its parent', () => {
    const pins = plist({
      'example.com': { ...withSubdomains, ...leafList(OTHER), ...caList(OTHER) },
      'api.example.com': { ...leafList(LEAF), ...caList(ROOT) },
    })
    expect(evaluate(pins, 'api.example.com', CHAIN)).toEqual({
      pinned: true,
      leafPins: new Set([OTHER, LEAF]),
      caPins: new Set([OTHER, ROOT]),
      connects: true,
    })
    expect(evaluate(pins, 'example.com', CHAIN).leafPins).toEqual(new Set([OTHER]))
  })

  it('makes two demands of a leaf list in one entry and a CA list in another', () => {
    const pins = plist({
      'example.com': { ...withSubdomains, ...caList(OTHER) },
      'api.example.com': leafList(LEAF),
    })
    expect(evaluate(pins, 'api.example.com', CHAIN).connects).toBe(false)
    expect(evaluate(pins, 'api.example.com', [LEAF, OTHER]).connects).toBe(true)
    expect(evaluate(pins, 'www.example.com', [LEAF, OTHER]).leafPins).toBeNull()
  })

  it('rejects by an empty list only when no matching entry has a pin for it', () => {
    const parent = { ...withSubdomains, NSPinnedLeafIdentities: [] }
    const pins = plist({ 'example.com': parent, 'api.example.com': leafList(LEAF) })
    expect(evaluate(pins, 'api.example.com', CHAIN).connects).toBe(true)
    expect(evaluate(pins, 'www.example.com', CHAIN).connects).toBe(false)
  })
})

describe('malformed input (B.2)', () => {
  const bytes = new Uint8Array(Buffer.from(LEAF, 'base64'))

  it.each<[string, PlistValue]>([
    ['bare strings instead of dicts', [LEAF]],
    ['a string instead of an array', LEAF],
    ['a dict instead of an array', { 'SPKI-SHA256-BASE64': LEAF }],
    ['a misspelt item key', [{ 'SPKI-SHA256': LEAF }]],
    ['undecodable base64', items('????')],
    ['a hash given as data', items(bytes)],
    ['no items', []],
    ['a pin without padding', items(LEAF.replace('=', ''))],
    ['a pin in hexadecimal', items(Buffer.from(LEAF, 'base64').toString('hex'))],
    ['a pin in base64url', items(LEAF.replaceAll('/', '_'))],
    ['a pin with the prefix sha256/', items(`sha256/${LEAF}`)],
  ])('%s: the list is there and rejects every connection', (_what, list) => {
    const leaf = onlyEntry({ NSPinnedLeafIdentities: list })
    expect(leaf).toMatchObject({ pinned: true, connects: false, caPins: null })
    const pins = plist({ 'example.com': { NSPinnedCAIdentities: list } })
    expect(evaluate(pins, 'example.com', [OTHER, LEAF])).toMatchObject({
      pinned: true,
      connects: false,
      leafPins: null,
    })
  })

  it('skips malformed items one by one', () => {
    const evaluation = onlyEntry({ NSPinnedLeafIdentities: ['x', {}, { 'SPKI-SHA256-BASE64': LEAF }] })
    expect(evaluation).toMatchObject({ connects: true, leafPins: new Set([LEAF]) })
  })

  it.each<[string, PlistValue]>([
    ['a domain dict with neither list', plist({ 'example.com': withSubdomains })],
    ['a misspelt list key', plist({ 'example.com': { NSPinnedLeafIdentity: items(OTHER) } })],
    ['a domain value that is no dict', plist({ 'example.com': items(OTHER) })],
    ['NSPinnedDomains that is no dict', plist([{ 'example.com': leafList(OTHER) }])],
    ['NSAppTransportSecurity that is no dict', { NSAppTransportSecurity: 'NSPinnedDomains' }],
    ['a root that is no dict', [plist({ 'example.com': leafList(OTHER) })]],
    [
      'NSPinnedDomains inside an exception domain',
      {
        NSAppTransportSecurity: {
          NSExceptionDomains: { 'example.com': { NSPinnedDomains: { 'example.com': leafList(OTHER) } } },
        },
      },
    ],
    ['NSPinnedDomains in the root', { NSPinnedDomains: { 'example.com': leafList(OTHER) } }],
  ])('%s: nothing is pinned', (_what, value) => {
    expect(evaluate(value, 'example.com', CHAIN)).toEqual(UNPINNED)
  })

  it('lets SecTrustPinningRequired delete the pins', () => {
    const pins = plist({ 'example.com': leafList(OTHER) })
    expect(evaluate({ ...pins, SecTrustPinningRequired: true }, 'example.com', CHAIN)).toEqual(UNPINNED)
    expect(evaluate({ ...pins, SecTrustPinningRequired: false }, 'example.com', CHAIN).pinned).toBe(true)
  })
})

describe('the rest of App Transport Security (B.3)', () => {
  it('does not loosen pins', () => {
    const loose = {
      NSAppTransportSecurity: {
        NSAllowsArbitraryLoads: true,
        NSExceptionDomains: { 'example.com': { NSExceptionAllowsInsecureHTTPLoads: true } },
        NSPinnedDomains: { 'example.com': leafList(OTHER) },
      },
    }
    expect(evaluate(loose, 'example.com', CHAIN).connects).toBe(false)
  })
})

const hex = (text: string) => Buffer.from(decodeLikeApple(text) ?? []).toString('hex')

describe('the base64 decoder (B.2)', () => {
  it.each([
    ['AQID', '010203'],
    ['AQI=', '0102'],
    ['AQ==', '01'],
    ['A-Q_I:D\n', '010203'],
    ['AQIDBA', '010203'],
    ['AQI', ''],
    ['AQIDBAU=', '0102030405'],
  ])('reads %j', (text, bytes) => {
    expect(hex(text)).toBe(bytes)
  })

  it('does not check the length', () => {
    expect(onlyEntry(leafList('AQID')).leafPins).toEqual(new Set(['AQID']))
  })
})

function document(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">${body}</plist>`
}

describe.skipIf(isMissing(python))('a property list file (B.5)', () => {
  it('keeps booleans, numbers, text, data and dates apart', () => {
    const xml = document(
      `<dict><key>a</key><true/><key>b</key><integer>1</integer><key>c</key><string>1</string>
       <key>d</key><data>AQ==</data><key>e</key><date>2027-01-01T00:00:00Z</date><key>f</key><real>1.5</real>
       <key>g</key><array><false/></array><key>&lt;h&amp;</key><dict/></dict>`,
    )
    expect(parsePlist(xml).accepted).toEqual({
      a: true,
      b: 1,
      c: '1',
      d: Uint8Array.of(1),
      e: new Date('2027-01-01T00:00:00Z'),
      f: 1.5,
      g: [false],
      '<h&': {},
    })
  })

  it.each([
    ['a key without a value', document('<dict><key>a</key></dict>')],
    ['a value without a key', document('<dict><string>a</string></dict>')],
    ['an unknown element', document('<dict><key>a</key><yes/></dict>')],
    ['broken nesting', document('<dict><key>a</key><array><true/></dict></array>')],
    ['an undefined entity', document('<dict><key>a</key><string>&nbsp;</string></dict>')],
    ['two roots', `${document('<dict/>')}${document('<dict/>')}`],
    ['nothing', ''],
  ])('is refused for %s', (_what, xml) => {
    expect(parsePlist(xml).problem).toBeDefined()
  })

  it('is refused for a key that stands twice in one dict', () => {
    const xml = document(
      `<dict><key>NSAppTransportSecurity</key><dict><key>a</key><true/></dict>
       <key>other</key><array><dict><key>x</key><true/><key>x</key><false/></dict></array>
       <key>NSAppTransportSecurity</key><dict><key>a</key><true/></dict></dict>`,
    )
    expect(duplicateKeys(xml).accepted).toEqual(['other/0/x', 'NSAppTransportSecurity'])
    expect(parsePlist(xml).problem).toBe('duplicate key other/0/x, NSAppTransportSecurity')
  })

  it('may repeat a key in different dicts', () => {
    const xml = document(
      '<dict><key>a</key><dict><key>a</key><true/></dict><key>b</key><dict><key>a</key><true/></dict></dict>',
    )
    expect(duplicateKeys(xml).accepted).toEqual([])
  })
})

interface PinnedDomain {
  readonly domain: string
  readonly includeSubdomains: boolean
  readonly leaf?: readonly string[]
  readonly ca?: readonly string[]
}

interface RealPlist {
  readonly file: string
  readonly platform: string
  readonly pinnedDomains?: readonly PinnedDomain[]
}

describe.skipIf(isMissing(sharedData, python))('public Info.plist files', () => {
  const index = sharedData.missing === null ? readSharedData('configs/index.json') : '{"files":[]}'
  const { files } = JSON.parse(index) as { readonly files: readonly RealPlist[] }
  const plists = files.filter(({ platform }) => platform === 'ios')

  it('are there', () => {
    expect(plists.length).toBeGreaterThan(0)
  })

  it.each(plists.map((entry) => [entry.file, entry] as const))('%s is read as the index says', (file, entry) => {
    const { accepted, problem } = parsePlist(readSharedData(`configs/${file}`))
    expect(problem).toBeUndefined()
    for (const { domain, includeSubdomains, leaf, ca } of entry.pinnedDomains ?? []) {
      const evaluation = evaluate(accepted ?? {}, domain, [])
      expect(evaluation.leafPins).toEqual(leaf ? new Set(leaf) : null)
      expect(evaluation.caPins).toEqual(ca ? new Set(ca) : null)
      expect(evaluate(accepted ?? {}, `www.${domain}`, []).pinned).toBe(includeSubdomains)
    }
  })
})
