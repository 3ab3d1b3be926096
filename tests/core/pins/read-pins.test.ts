import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LONGEST_PIN_TEXT, MOST_PIN_ENTRIES, readPins } from '../../../src/core/pins/read-pins.ts'
import { EXAMPLE_CA, EXAMPLE_ROOT } from '../../support/cases.ts'

// SHA-256 of "abc" and of the empty text, FIPS 180-4 and `printf abc | openssl dgst -sha256 -binary | base64`.
const HEX = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
const PIN = 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='
const ISRG_X1 = 'C5+lpZ7tcVwmwQIMcRtPbsQtWLABXhQzejna0wHFr8M='
const ISRG_X2 = 'diGVwiVYbubAI3RW4hB9xU8e/CH2GnkuvVFZE8zmgzI='

const pairs = (separator: string, hex = HEX) => (hex.match(/../g) ?? []).join(separator)
const kindsOf = (text: string) => readPins(text).entries.map(({ kind }) => kind)
const pinsOf = (text: string) =>
  readPins(text).entries.map((entry) => (entry.kind === 'pin' ? entry.pin : `${entry.kind}: ${entry.written}`))

function only(text: string, ...known: Parameters<typeof readPins>[1][]) {
  const { entries } = readPins(text, ...known)
  const [entry, ...others] = entries
  if (!entry || others.length > 0) throw new Error(`not one entry: ${JSON.stringify(entries)}`)
  return entry
}

describe('one pin', () => {
  it.each([
    PIN,
    ` \t${PIN}\n`,
    PIN.slice(0, -1),
    PIN.replaceAll('+', '-').replaceAll('/', '_'),
    PIN.slice(0, -1).replaceAll('+', '-').replaceAll('/', '_'),
    `${PIN}=`,
    `"${PIN}",`,
    `“${PIN}”`,
    `sha256/${PIN}`,
    `sha256//${PIN}`,
    `SHA256:${PIN.slice(0, -1)}`,
    `sha256\\/${PIN.replaceAll('/', String.raw`\/`)}`,
    `SHA-256 ${PIN}`,
    `sha-256: ${PIN}`,
    `pin-sha256="${PIN}"`,
    `pin-sha256=&quot;${PIN}&quot;`,
    `.add("api.example.com", "sha256/${PIN}")`,
    HEX,
    HEX.toUpperCase(),
    `0x${HEX}`,
    `sha256:${HEX}`,
    `SHA2-256(stdin)= ${HEX}`,
    `SHA256: ${pairs(':').toUpperCase()}`,
    pairs(':'),
    pairs(' '),
    pairs(' ').toUpperCase(),
    HEX.match(/.{8}/g)?.join(' ') ?? '',
    `${pairs(':', HEX.slice(0, 32))}:\n${pairs(':', HEX.slice(32))}`,
    `${pairs(' ', HEX.slice(0, 32))}\n  ${pairs(' ', HEX.slice(32))}`,
    `\ufeff${PIN.slice(0, 20)}\u200b${PIN.slice(20)}`,
    `<pin digest="SHA-256">${PIN}</pin>`,
    `<pin digest="SHA-256">\n  ${PIN}\n</pin>`,
    `<key>SPKI-SHA256-BASE64</key>\n<string>${PIN}</string>`,
    `# the key of today\n${PIN}`,
  ])('is read from %j', (text) => {
    expect(pinsOf(text)).toEqual([PIN])
  })

  it('may begin with a slash, which is then no part of the prefix', () => {
    const pin = `/${PIN.slice(1)}`
    for (const prefix of ['', 'sha256/', 'sha256//']) expect(pinsOf(`${prefix}${pin}: CN=x`)).toContain(pin)
  })

  it('keeps what was written', () => {
    expect(only(`  sha256/${PIN}`)).toEqual({
      kind: 'pin',
      pin: PIN,
      sample: null,
      written: `sha256/${PIN}`,
      mentions: [],
    })
  })
})

describe('several pins', () => {
  it.each(['\n', ' ', ', ', ';', '","', '\r\n\r\n', '|'])('are told apart by %j', (separator) => {
    expect(pinsOf([PIN, ISRG_X1, ISRG_X2].join(separator))).toEqual([PIN, ISRG_X1, ISRG_X2])
    expect(pinsOf([HEX, ISRG_X1, pairs(':')].join(separator))).toEqual([PIN, ISRG_X1])
  })

  it('in hexadecimal, one a line, stay apart', () => {
    const other = createHash('sha256').update('other').digest('hex')
    expect(pinsOf(`${pairs(' ')}\n${pairs(' ', other)}`)).toHaveLength(2)
  })

  it('come out of an HPKP header, and its directives do not', () => {
    const header = `Public-Key-Pins: pin-sha256="${PIN}"; pin-sha256="${ISRG_X1}"; max-age=5184000; includeSubDomains; report-uri="https://example.com/hpkp"`
    expect(pinsOf(header)).toEqual([PIN, ISRG_X1])
    expect(pinsOf(`pin-sha256=${PIN};pin-sha256=${ISRG_X1};max-age=1`)).toEqual([PIN, ISRG_X1])
  })

  it('come out of a report in JSON, out of code and out of a command', () => {
    const report = JSON.stringify({ 'known-pins': [`pin-sha256="${PIN}"`, `pin-sha256="${ISRG_X1}"`], port: 443 })
    expect(pinsOf(report)).toEqual([PIN, ISRG_X1])
    const swift = `kTSKPinnedDomains: ["example.com": [kTSKPublicKeyHashes: ["${PIN}", "${ISRG_X1}"]]]`
    expect(pinsOf(swift)).toEqual([PIN, ISRG_X1])
    expect(pinsOf(`curl --pinnedpubkey 'sha256//${PIN};sha256//${ISRG_X1}' https://example.com`)).toEqual([
      PIN,
      ISRG_X1,
    ])
  })

  it('come out of configuration files, whose other words do not', () => {
    const nsc = `<?xml version="1.0"?><network-security-config><domain-config cleartextTrafficPermitted="false">
      <domain includeSubdomains="true">api.example.com</domain><pin-set expiration="2027-01-01">
      <!-- leaf: api.example.com --><pin digest="SHA-256">${PIN}</pin><pin digest="sha-256">${ISRG_X1}</pin>
      </pin-set></domain-config></network-security-config>`
    expect(pinsOf(nsc)).toEqual([PIN, ISRG_X1])
    const plist = `<key>NSPinnedCAIdentities</key><array><dict><key>SPKI-SHA256-BASE64</key>
      <string>${PIN}</string></dict></array><key>UILaunch</key><string>LaunchScreenOfTheApplication2027</string>`
    expect(pinsOf(plist)).toEqual([PIN])
  })

  it('count once, however they are written', () => {
    expect(pinsOf(`${PIN} sha256/${PIN} ${HEX} ${pairs(':')}`)).toEqual([PIN])
  })
})

const LOG = `javax.net.ssl.SSLPeerUnverifiedException: Certificate pinning failure!
  Peer certificate chain:
    sha256/${PIN}: CN=api.example.com, O=Example; Sons
    sha256/${ISRG_X1}: CN=ISRG Root X1,O=Internet Security Research Group,C=US
  Pinned certificates for api.example.com:
    sha256/${ISRG_X2}
    sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
\tat okhttp3.CertificatePinner.check$okhttp(CertificatePinner.kt:202)
\tat okhttp3/internal/connection/RealConnection/connectTls012345678901(RealConnection.kt:411)`

const LOG_ENTRIES = [
  { kind: 'pin', pin: PIN, mentions: [{ list: 'peer-chain', subject: 'CN=api.example.com, O=Example; Sons' }] },
  {
    kind: 'pin',
    pin: ISRG_X1,
    mentions: [{ list: 'peer-chain', subject: 'CN=ISRG Root X1,O=Internet Security Research Group,C=US' }],
  },
  { kind: 'pin', pin: ISRG_X2, mentions: [{ list: 'pinned', host: 'api.example.com' }] },
  { kind: 'placeholder', mentions: [{ list: 'pinned', host: 'api.example.com' }] },
]

describe("OkHttp's log of a pinning failure", () => {
  it('says for each pin which list it was in, and what stood beside it', () => {
    expect(readPins(LOG).entries).toMatchObject(LOG_ENTRIES)
    expect(readPins(LOG).entries).toHaveLength(4)
  })

  it.each(['11-21 09:41:02.123  4711  4742 E AndroidRuntime: ', 'E/OkHttp  ( 4711): ', '[ios] ', '> '])(
    'may have %j before each line',
    (prefix) => {
      const { entries } = readPins(
        LOG.split('\n')
          .map((line) => prefix + line)
          .join('\n'),
      )
      expect(entries).toMatchObject(LOG_ENTRIES)
      expect(entries).toHaveLength(4)
    },
  )

  it('may be one line of JSON', () => {
    expect(readPins(JSON.stringify({ message: LOG })).entries).toMatchObject(LOG_ENTRIES)
  })

  it('names both lists of a pin that is in both', () => {
    const { entries } = readPins(LOG.replace(ISRG_X2, PIN))
    expect(entries[0]?.mentions.map(({ list }) => list)).toEqual(['peer-chain', 'pinned'])
  })
})

describe('what is no pin', () => {
  it.each([
    ['MD5', 16],
    ['SHA-1', 20],
    ['SHA-224', 28],
    ['SHA-384', 48],
    ['SHA-512', 64],
  ])('is %s by its %i bytes', (digest, bytes) => {
    const hash = createHash('sha512').update('x').digest().subarray(0, bytes)
    for (const text of [hash.toString('hex'), hash.toString('base64'), pairs(':', hash.toString('hex'))]) {
      expect(only(text)).toMatchObject({ kind: 'other-digest', digest, bytes })
    }
  })

  it('is SHA-1 by its prefix or attribute, whatever the length', () => {
    expect(only('sha1/DmxUShsZuNiqPQsX2Oi9uv2sCnw=')).toMatchObject({
      kind: 'other-digest',
      digest: 'SHA-1',
      bytes: 20,
    })
    expect(only(`sha1/${PIN}`)).toMatchObject({ kind: 'other-digest', digest: 'SHA-1', bytes: 32 })
    expect(only(`<pin digest="SHA-1">${PIN}</pin>`)).toMatchObject({ kind: 'other-digest', digest: 'SHA-1' })
  })

  it.each([
    [PIN.slice(0, 42), 31],
    [PIN.slice(0, 41), 30],
    [HEX.slice(0, 62), 31],
    [`${HEX}ab`, 33],
    [`sha256/${PIN.slice(0, 20)}`, 15],
  ])('has the wrong length: %s', (text, bytes) => {
    expect(only(text)).toMatchObject({ kind: 'wrong-length', bytes, looksLike: null, meant: null })
  })

  it('is base64 of a text that holds the pin, and that pin is meant', () => {
    for (const inner of [HEX, `${HEX}\n`, `SHA2-256(stdin)= ${HEX}\n`, PIN, `${PIN}\n`]) {
      const text = Buffer.from(inner).toString('base64')
      expect(only(text)).toMatchObject({ kind: 'wrong-length', looksLike: 'encoded-twice', meant: PIN })
    }
    expect(only(Buffer.from(HEX).toString('base64')).written).toHaveLength(88)
  })

  it('is the hash of nothing', () => {
    expect(only('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=').kind).toBe('hash-of-nothing')
    expect(only('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855').kind).toBe('hash-of-nothing')
  })

  it.each([
    `${'A'.repeat(43)}=`,
    'A'.repeat(44),
    `sha256/${'B'.repeat(43)}=`,
    'sha256/AAAA',
    '0'.repeat(64),
    'ab'.repeat(32),
    pairs(':', 'ff'.repeat(32)),
    'deadbeef'.repeat(8),
    `${'ABCDEF'.repeat(7)}A=`,
    'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq=',
    Buffer.from(Uint8Array.from({ length: 32 }, (_, index) => index)).toString('base64'),
  ])('is a placeholder: %s', (text) => {
    expect(only(text).kind).toBe('placeholder')
  })

  it('is printed in a document as an example', () => {
    expect(only('7HIpactkIAq2Y49orFOOQKurWxmmSFZhBCoQYcRhJ3Y=')).toMatchObject({
      kind: 'documentation-sample',
      sample: { document: { title: 'Android: Network security configuration' }, publicRoot: null },
    })
  })

  it('is a fingerprint of a certificate that is known, whose pin is named', () => {
    for (const text of [EXAMPLE_CA.sha256, Buffer.from(EXAMPLE_CA.sha256, 'hex').toString('base64')]) {
      const entry = only(text, [EXAMPLE_ROOT, EXAMPLE_CA])
      expect(entry).toMatchObject({ kind: 'certificate-fingerprint', certificate: { pin: EXAMPLE_CA.pin } })
      expect(only(text).kind).toBe('pin')
    }
  })

  it('is a fingerprint as openssl prints it', () => {
    expect(only(`sha256 Fingerprint=${pairs(':').toUpperCase()}`)).toMatchObject({
      kind: 'certificate-fingerprint',
      certificate: null,
    })
  })

  it('has bits that no encoder sets', () => {
    // `0=` at the end of PIN; `1=` has one of the two unused bits.
    expect(only(PIN.replace('0=', '1='))).toMatchObject({ kind: 'not-canonical', nearest: PIN })
  })

  it.each(['hello', 'my pin', 'YOUR_PIN_HERE', 'sha256/not*base64', 'https://api.example.com/', '=', 'sha256/'])(
    'is no such text at all: %j',
    (text) => {
      expect(only(text).kind).toBe('not-a-pin')
    },
  )

  it('is told beside those that are', () => {
    expect(pinsOf(`${PIN}, hello\ngood bye; ${ISRG_X1}`)).toEqual([
      PIN,
      'not-a-pin: hello',
      'not-a-pin: good bye',
      ISRG_X1,
    ])
  })

  it.each([
    ['CERTIFICATE', 'certificate'],
    ['CERTIFICATE REQUEST', 'certificate-request'],
    ['PUBLIC KEY', 'public-key'],
    ['EC PRIVATE KEY', 'private-key'],
    ['X509 CRL', 'other'],
  ])('is a pasted %s, of which nothing is kept', (label, what) => {
    const block = `-----BEGIN ${label}-----\n${'MIIBsecret+/0'.repeat(40)}\n-----END ${label}-----`
    expect(only(block)).toEqual({ kind: 'pasted', what, written: '', mentions: [] })
    expect(kindsOf(`${PIN}\n${block}\n${ISRG_X1}`)).toEqual(['pasted', 'pin', 'pin'])
    expect(only(block.slice(0, 200)).kind).toBe('pasted')
  })

  it('is base64 of a certificate without PEM around it', () => {
    const base64 = Buffer.concat([Buffer.from([0x30, 0x82, 3, 1]), createHash('sha512').update('der').digest()])
    const lines = `${base64.toString('base64')}\n`.repeat(3)
    expect(only(lines)).toMatchObject({ kind: 'pasted', what: 'other' })
  })
})

describe('a sample that is the key of a public root', () => {
  it('is a pin, and says which document prints it', () => {
    expect(only('r/mIkG3eEpVdm+u/ko/cwxzOMo1bk4TyHIlByibiA5E=')).toMatchObject({
      kind: 'pin',
      sample: { publicRoot: 'DigiCert Global Root CA' },
    })
  })

  it('needs no such word when a certificate of the row has it', () => {
    const known = { ...EXAMPLE_CA, pin: '7HIpactkIAq2Y49orFOOQKurWxmmSFZhBCoQYcRhJ3Y=' as typeof EXAMPLE_CA.pin }
    expect(only(known.pin, [known])).toMatchObject({ kind: 'pin', sample: null })
  })
})

const digest = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes))

const NOTATIONS: readonly ((bytes: Buffer) => string)[] = [
  (bytes) => bytes.toString('base64'),
  (bytes) => bytes.toString('base64url'),
  (bytes) => bytes.toString('hex'),
  (bytes) => bytes.toString('hex').toUpperCase(),
  (bytes) => pairs(':', bytes.toString('hex')),
  (bytes) => pairs(' ', bytes.toString('hex')),
]
const WRAPPERS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `sha256/${text}`,
  (text) => `"${text}",`,
  (text) => `<pin digest="SHA-256">${text}</pin>`,
  (text) => `pin-sha256="${text}"; max-age=1`,
]

describe('any text', () => {
  it('that begins like hexadecimal or a comment is base64 all the same', () => {
    const body = 'qLmN0tqTY1BJYsyl3xN5uDJZb4oE8sE5XxV1XrD0w='
    for (const start of ['0X', '0x', '//']) {
      const pin = start + body
      expect(readPins(`${pin}\n// of the old key\n`).entries).toMatchObject([{ kind: 'pin', pin }])
    }
  })

  it('of any 32 bytes in any notation is that pin', () => {
    fc.assert(
      fc.property(digest, fc.constantFrom(...NOTATIONS), fc.constantFrom(...WRAPPERS), (bytes, notation, wrap) => {
        fc.pre(new Set(bytes).size > 8)
        const { entries } = readPins(wrap(notation(bytes)))
        expect(entries).toMatchObject([{ kind: 'pin', pin: bytes.toString('base64') }])
      }),
      { numRuns: 500 },
    )
  })

  it('is read without a throw, and every pin is 43 characters and a =', () => {
    const pieces = fc.constantFrom(
      'sha256/',
      '<pin>',
      '</pin>',
      '<',
      '>',
      '-----BEGIN ',
      '-----',
      '-----END X-----',
      PIN,
      HEX,
      'ab',
      ':',
      '\n',
      'Peer certificate chain:',
      'Pinned certificates for ',
      '=',
      '\\n',
      'fingerprint=',
      '\ud800',
      'MII',
      '"',
      ' ',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.oneof(pieces, fc.string()), { maxLength: 40 }).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(text, (some) => {
        const { entries } = readPins(some, [EXAMPLE_CA])
        expect(entries.length > 0).toBe(some.trim() !== '')
        expect(entries.filter(({ written }) => written.length > 120)).toEqual([])
        const pins = entries.flatMap((entry) => (entry.kind === 'pin' ? [entry.pin] : []))
        expect(pins.filter((pin) => !/^[A-Za-z0-9+/]{43}=$/.test(pin))).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })

  it.each(
    ['=', 'A', 'ab ', 'ab:', ':', '-----BEGIN ', '-----BEGIN A-----', '<pin>', '<', 'sha256/', 'sha256/=: ', '\n', ' ']
      .concat(['pinned certificates for ', 'peer certificate chain sha256/A ', '\\n', `${PIN} `, '&quot;', '/', 'MI'])
      .map((piece) => [piece]),
  )('is read in linear time: %j over and over', (piece) => {
    const text = `${piece.repeat(Math.ceil(LONGEST_PIN_TEXT / piece.length))}x`
    const start = performance.now()
    readPins(text)
    expect(performance.now() - start).toBeLessThan(1500)
  })

  it('is cut where it is too long, and so is a list of too many', () => {
    expect(readPins(' '.repeat(LONGEST_PIN_TEXT + 1)).cut).toBe('too-long')
    const many = Array.from({ length: MOST_PIN_ENTRIES + 1 }, (_, index) =>
      createHash('sha256').update(String(index)).digest('base64'),
    )
    expect(readPins(many.slice(1).join('\n')).cut).toBeNull()
    expect(readPins(many.join('\n'))).toMatchObject({ cut: 'too-many' })
    expect(readPins(many.join('\n')).entries).toHaveLength(MOST_PIN_ENTRIES)
  })

  it('of nothing holds nothing', () => {
    expect(readPins('')).toEqual({ entries: [], cut: null })
    expect(readPins(' \n\t')).toEqual({ entries: [], cut: null })
  })
})
