import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CertificateFingerprint } from '../../../src/core/certificate/certificate.ts'
import type { ProjectSettings } from '../../../src/core/settings/project-settings.ts'
import { spkiPinFromDigest } from '../../../src/core/pins/spki-pin.ts'
import type { RowContent, SourceFailure } from '../../../src/app/row.ts'
import { decode, encode, LONGEST_TEXT, type SavedProject } from '../../../src/app/persistence/saved-project.ts'
import { failureOf, valueOf } from '../../support/outcome.ts'

const PIN = spkiPinFromDigest(new Uint8Array(32).fill(7))

const text = fc.string({ unit: 'binary' })
const count = fc.nat()
const fingerprint = fc
  .string({ unit: fc.constantFrom(...'0123456789abcdef'.split('')), minLength: 64, maxLength: 64 })
  .map((hex) => hex as CertificateFingerprint)
const kind = fc.constantFrom('pem', 'der', 'private-key', 'unknown')
const pin = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(spkiPinFromDigest)
const damaged = fc.array(
  fc.record(
    {
      position: count,
      reason: fc.constantFrom('truncated' as const, 'not-base64' as const, 'wrong-password' as const),
      looksLike: kind,
      file: text,
    },
    { requiredKeys: ['position', 'reason'] },
  ),
)
const publicKey = fc.record({ algorithm: text, bits: fc.option(count), curve: fc.option(text) })
const key = fc.record({
  pin,
  origin: fc.constantFrom('certificate-request' as const, 'public-key' as const, 'private-key' as const),
  name: text,
  publicKey: fc.option(publicKey),
  position: count,
})
const offer = fc.constantFrom('any' as const, 'ecdsa' as const, 'rsa' as const)
const address = fc.record({
  address: text,
  handshakes: fc.array(
    fc.record({
      offers: fc.array(offer),
      chain: count,
      tlsVersion: text,
      alpn: fc.option(text),
      clientCertificateRequested: fc.boolean(),
      milliseconds: count,
    }),
    { maxLength: 3 },
  ),
  declined: fc.array(
    fc.record({ offer: fc.constantFrom('ecdsa' as const, 'rsa' as const), alert: text }, { requiredKeys: ['offer'] }),
    { maxLength: 2 },
  ),
  failures: fc.array(
    fc.record(
      {
        offer,
        kind: fc.constantFrom('timed-out' as const, 'handshake-failed' as const),
        alert: text,
        retryAfterSeconds: count,
        allowedPorts: fc.array(count),
      },
      { requiredKeys: ['offer', 'kind'] },
    ),
    { maxLength: 2 },
  ),
})
const served = fc.record(
  {
    addresses: fc.array(address, { maxLength: 3 }),
    addressesLeftOut: count,
    ageSeconds: count,
    lists: fc.array(fc.array(fc.option(fingerprint), { maxLength: 3 }), { maxLength: 3 }),
  },
  { requiredKeys: ['addresses', 'lists'] },
)
const kept = fc.record(
  {
    certificates: fc.array(fc.record({ sha256: fingerprint, position: count })),
    keys: fc.array(key, { maxLength: 3 }),
    damaged,
    ignored: fc.array(fc.record({ position: count, kind, pin, file: text }, { requiredKeys: ['position', 'kind'] })),
    served,
  },
  { requiredKeys: ['certificates', 'keys', 'damaged', 'ignored'] },
)

/** Every kind that is saved as it is. */
const FAILURES: Readonly<Record<Exclude<SourceFailure['kind'], 'not-kept'>, readonly SourceFailure[]>> = {
  'empty-input': [{ kind: 'empty-input' }],
  'not-a-certificate': [{ kind: 'not-a-certificate', looksLike: 'html' }],
  'damaged-block': [{ kind: 'damaged-block', damaged: [{ position: 1, reason: 'empty-block' }] }],
  'private-key-given': [
    { kind: 'private-key-given', encrypted: true, pin: null },
    { kind: 'private-key-given', encrypted: false, pin: PIN },
  ],
  'container-damaged': [{ kind: 'container-damaged' }],
  'password-needed': [{ kind: 'password-needed' }],
  'wrong-password': [{ kind: 'wrong-password' }],
  'too-many-iterations': [{ kind: 'too-many-iterations', iterations: 2, limit: 1 }],
  'encryption-not-supported': [{ kind: 'encryption-not-supported', algorithm: '1.2.3' }],
  'no-web-crypto': [{ kind: 'no-web-crypto' }],
  'unpacks-too-large': [{ kind: 'unpacks-too-large', bytes: 2, files: 1 }],
  'format-not-supported': [{ kind: 'format-not-supported', format: 'pkcs12' }],
  'too-large': [{ kind: 'too-large', bytes: 2, limit: 1 }, { kind: 'too-large' }],
  'too-many': [{ kind: 'too-many', limit: 10_000 }],
  deadline: [{ kind: 'deadline', seconds: 10 }],
  cancelled: [{ kind: 'cancelled' }],
  'engine-crashed': [{ kind: 'engine-crashed' }],
  'unreadable-file': [{ kind: 'unreadable-file' }],
  'bad-host': [{ kind: 'bad-host' }],
  'port-not-allowed': [{ kind: 'port-not-allowed' }, { kind: 'port-not-allowed', allowedPorts: [443, 8443] }],
  'private-address': [{ kind: 'private-address' }],
  'no-such-host': [{ kind: 'no-such-host' }],
  refused: [{ kind: 'refused' }],
  unreachable: [{ kind: 'unreachable' }],
  'timed-out': [{ kind: 'timed-out' }],
  'not-tls': [{ kind: 'not-tls' }],
  'handshake-failed': [{ kind: 'handshake-failed', alert: '<b>handshake failure</b>' }],
  'rate-limited': [{ kind: 'rate-limited', retryAfterSeconds: 30 }],
  busy: [{ kind: 'busy' }],
  'endpoint-missing': [{ kind: 'endpoint-missing' }],
  'endpoint-unreachable': [{ kind: 'endpoint-unreachable' }],
  'caller-refused': [{ kind: 'caller-refused' }],
  'bad-reply': [{ kind: 'bad-reply' }],
}
const failure = fc.constantFrom(...Object.values(FAILURES).flat())

const source = fc.record({
  kind: fc.constantFrom('file', 'text', 'host', 'issuer'),
  name: text,
  state: fc.oneof(
    kept.map((held) => ({ status: 'reading' as const, kept: held })),
    failure.map((reason) => ({ status: 'failed' as const, failure: reason })),
  ),
})

const row: fc.Arbitrary<RowContent> = fc.record({
  hostText: text,
  includeSubdomains: fc.boolean(),
  choices: fc.record({
    roles: fc.record({ leaf: fc.boolean(), intermediate: fc.boolean(), root: fc.boolean() }),
    exceptions: fc.array(fc.tuple(fingerprint, fc.boolean())).map((entries) => new Map(entries)),
    backupKeys: fc.array(pin, { maxLength: 3 }).map((pins) => new Set(pins)),
    typedPins: fc.array(fc.record({ pin, role: fc.constantFrom('leaf', 'ca', 'unknown') }), { maxLength: 3 }),
  }),
  sources: fc.array(source, { maxLength: 3 }),
  isFolded: fc.boolean(),
  otherNames: fc.array(text, { maxLength: 3 }),
})

const option = fc.oneof(
  fc.boolean(),
  text,
  fc.constant({ kind: 'none' as const }),
  fc.constant({ kind: 'computed' as const }),
  text.map((date) => ({ kind: 'date' as const, date })),
)
const name = fc.string({ unit: fc.constantFrom(...'abcdefghij-'.split('')), minLength: 1 })
const settings = fc
  .dictionary(name, fc.dictionary(name, option), { noNullPrototype: true })
  .map((value) => value as ProjectSettings)

const project: fc.Arbitrary<SavedProject> = fc.record({
  id: text,
  name: text,
  revision: text,
  rows: fc.array(row, { maxLength: 4 }),
  settings,
})

const SHA256 = 'ab'.repeat(32) as CertificateFingerprint

const EXAMPLE: SavedProject = {
  id: 'p1',
  name: 'One',
  revision: 'r1',
  rows: [
    {
      hostText: 'a.test',
      includeSubdomains: true,
      choices: {
        roles: { leaf: true, intermediate: false, root: true },
        exceptions: new Map([[SHA256, false]]),
        backupKeys: new Set([PIN]),
        typedPins: [{ pin: PIN, role: 'ca' }],
      },
      sources: [
        {
          kind: 'file',
          name: 'a.pem',
          state: {
            status: 'reading',
            kept: { certificates: [{ sha256: SHA256, position: 1 }], keys: [], damaged: [], ignored: [] },
          },
        },
        { kind: 'host', name: 'a.test:443', state: { status: 'failed', failure: { kind: 'refused' } } },
      ],
      isFolded: false,
      otherNames: ['*.b.test'],
    },
  ],
  settings: { 'ios-pinned-domains': { lists: 'both' } },
}

type Json = Record<string, unknown>

/** The example as stored, changed by hand. */
function storedWith(change: (project: Json, row: Json, source: Json, failed: Json) => void): string {
  const value = JSON.parse(encode(EXAMPLE))
  const [first] = value.rows
  change(value, first, first.sources[0], first.sources[1])
  return JSON.stringify(value)
}

describe('a saved project', () => {
  it('reads as what was written, whatever it holds', () => {
    fc.assert(
      fc.property(project, (saved) => {
        expect(valueOf(decode(encode(saved)))).toEqual(saved)
      }),
    )
  })

  it('is the same text for the same project', () => {
    fc.assert(
      fc.property(project, (saved) => {
        expect(encode(valueOf(decode(encode(saved))))).toBe(encode(saved))
      }),
    )
  })

  it.each(Object.values(FAILURES).flat())('keeps the failure of a source: %j', (reason) => {
    const sources = [{ kind: 'file' as const, name: 'f', state: { status: 'failed' as const, failure: reason } }]
    const saved = { ...EXAMPLE, rows: EXAMPLE.rows.map((row_) => ({ ...row_, sources })) }
    expect(valueOf(decode(encode(saved)))).toEqual(saved)
  })

  it('holds certificates by fingerprint and position, never their bytes', () => {
    const certificates = [{ der: Uint8Array.of(1, 2, 3), pin: 'pin' as never, sha256: SHA256, position: 2 }]
    const read = { status: 'read' as const, certificates, keys: [], damaged: [], ignored: [] }
    const sources = [{ kind: 'text' as const, name: '', state: read }]
    const written = encode({ ...EXAMPLE, rows: EXAMPLE.rows.map((row_) => ({ ...row_, sources })) })
    expect(written).not.toContain('der')
    expect(valueOf(decode(written)).rows[0]?.sources[0]?.state).toEqual({
      status: 'reading',
      kept: { certificates: [{ sha256: SHA256, position: 2 }], keys: [], damaged: [], ignored: [] },
    })
  })

  it('leaves out what is under way, and keeps what is gone for another try', () => {
    const held = { certificates: [{ sha256: SHA256, position: 1 }], keys: [], damaged: [], ignored: [] }
    const sources: RowContent['sources'] = [
      { kind: 'file', name: 'slow', state: { status: 'reading' } },
      { kind: 'host', name: 'a.test:443', state: { status: 'fetching' } },
      { kind: 'file', name: 'gone', state: { status: 'failed', failure: { kind: 'not-kept', kept: held } } },
    ]
    const written = encode({ ...EXAMPLE, rows: EXAMPLE.rows.map((row_) => ({ ...row_, sources })) })
    expect(valueOf(decode(written)).rows[0]?.sources).toEqual([
      { kind: 'file', name: 'gone', state: { status: 'reading', kept: held } },
    ])
  })
})

/** What the next save makes of a stored text; itself when it is refused. */
function resaved(stored: string): string {
  const decoded = decode(stored)
  return decoded.ok ? encode(decoded.value) : stored
}

describe('a stored text that is no project', () => {
  it.each(['', '{', 'null', '[]', '1', '"text"', '{}', '{"version":1}', '{"version":"1"}', '{"version":0}'])(
    'is refused: %s',
    (stored) => {
      expect(['not-json', 'not-a-project']).toContain(failureOf(decode(stored)).kind)
    },
  )

  it('of version 1 is read, too', () => {
    const stored = {
      version: 1,
      revision: 'r1',
      id: 'p1',
      name: 'One',
      rows: [
        {
          hostText: 'a.test',
          includeSubdomains: true,
          roles: { leaf: true, intermediate: false, root: true },
          exceptions: [[SHA256, false]],
          sources: [
            {
              kind: 'file',
              name: 'a.pem',
              held: {
                certificates: [{ sha256: SHA256, position: 1 }],
                damaged: [{ position: 2, reason: 'truncated' }],
                ignored: [{ position: 3, format: 'private-key' }],
              },
            },
            { kind: 'text', name: '', failure: { kind: 'private-key-given', encrypted: false } },
            { kind: 'host', name: 'a.test:443', failure: { kind: 'refused' } },
          ],
          isFolded: false,
          otherNames: ['*.b.test'],
        },
      ],
      settings: { 'ios-pinned-domains': { lists: 'both' } },
    }
    const { rows } = valueOf(decode(JSON.stringify(stored)))
    expect(rows[0]?.choices).toEqual({
      roles: { leaf: true, intermediate: false, root: true },
      exceptions: new Map([[SHA256, false]]),
      backupKeys: new Set(),
      typedPins: [],
    })
    expect(rows[0]?.sources.map(({ state }) => state)).toEqual([
      {
        status: 'reading',
        kept: {
          certificates: [{ sha256: SHA256, position: 1 }],
          keys: [],
          damaged: [{ position: 2, reason: 'truncated' }],
          ignored: [{ position: 3, kind: 'private-key' }],
        },
      },
      { status: 'failed', failure: { kind: 'private-key-given', encrypted: false, pin: null } },
      { status: 'failed', failure: { kind: 'refused' } },
    ])
  })

  it('of a newer version is said to be that', () => {
    expect(failureOf(decode(storedWith((value) => (value['version'] = 3))))).toEqual({ kind: 'newer-version' })
    expect(failureOf(decode('{"version":7,"anything":[]}'))).toEqual({ kind: 'newer-version' })
  })

  it('is not even parsed when it is longer than any that was stored', () => {
    expect(failureOf(decode(' '.repeat(LONGEST_TEXT + 1)))).toEqual({ kind: 'too-long' })
  })

  it('may be nested without end', () => {
    expect(failureOf(decode('['.repeat(1_000_000))).kind).toBe('not-json')
    const deep = '['.repeat(5000) + ']'.repeat(5000)
    expect(failureOf(decode(`{"version":1,"rows":${deep}}`)).kind).toBe('not-a-project')
  })

  const wrong: Readonly<Record<string, (project: Json, row: Json, source: Json, failed: Json) => void>> = {
    'no rows': (value) => delete value['rows'],
    'rows that are no list': (value) => (value['rows'] = { length: 0 }),
    'a row that is null': (value) => (value['rows'] = [null]),
    'a name that is no text': (value) => (value['name'] = 1),
    'an unknown field': (value) => (value['added'] = 1),
    'an unknown field of a row': (_, row_) => (row_['added'] = 1),
    'a host that is no text': (_, row_) => (row_['hostText'] = null),
    'a switch that is a word': (_, row_) => (row_['includeSubdomains'] = 'yes'),
    'a role too few': (_, row_) => (row_['roles'] = { leaf: true, root: true }),
    'a role too many': (_, row_) => (row_['roles'] = { leaf: true, intermediate: true, root: true, backup: true }),
    'an exception without a state': (_, row_) => (row_['exceptions'] = [[SHA256]]),
    'an exception for no certificate': (_, row_) => (row_['exceptions'] = [['leaf', true]]),
    'an upper-case fingerprint': (_, row_) => (row_['exceptions'] = [[SHA256.toUpperCase(), true]]),
    'an unknown kind of source': (_, _row, source_) => (source_['kind'] = 'url'),
    'a source with neither certificates nor failure': (_, _row, source_) => delete source_['held'],
    'a source with both': (_, _row, source_) => (source_['failure'] = { kind: 'refused' }),
    'a position below zero': (_, _row, source_) =>
      (source_['held'] = { certificates: [{ sha256: SHA256, position: -1 }], keys: [], damaged: [], ignored: [] }),
    'a position that is no number': (_, _row, source_) =>
      (source_['held'] = { certificates: [{ sha256: SHA256, position: '1' }], keys: [], damaged: [], ignored: [] }),
    'an unknown reason': (_, _row, source_) =>
      (source_['held'] = { certificates: [], damaged: [{ position: 1, reason: 'bad' }], ignored: [] }),
    'an unknown failure': (_, _row, _source, failed_) => (failed_['failure'] = { kind: 'bad-luck' }),
    'a failure by a name of every object': (_, _row, _source, failed_) => (failed_['failure'] = { kind: 'toString' }),
    'a failure without its facts': (_, _row, _source, failed_) => (failed_['failure'] = { kind: 'too-many' }),
    'a failure with facts of another': (_, _row, _source, failed_) =>
      (failed_['failure'] = { kind: 'refused', limit: 1 }),
    'a size without its limit': (_, _row, _source, failed_) => (failed_['failure'] = { kind: 'too-large', bytes: 1 }),
    'settings that are a list': (value) => (value['settings'] = []),
    'an option that is a number': (value) => (value['settings'] = { 'ios-pinned-domains': { lists: 1 } }),
    'an option of an unknown form': (value) =>
      (value['settings'] = { 'ios-pinned-domains': { lists: { kind: 'date' } } }),
    'settings by a name of every object': (value) => (value['settings'] = { constructor: {} }),
  }
  it.each(Object.entries(wrong))('is refused for %s', (_what, change) => {
    expect(failureOf(decode(storedWith(change)))).toEqual({ kind: 'not-a-project' })
  })

  it('cannot reach the prototype of anything', () => {
    const poisoned = [
      encode(EXAMPLE).replace('"hostText"', '"__proto__":{"polluted":true},"hostText"'),
      encode(EXAMPLE).replace('"settings":{', '"settings":{"__proto__":{"polluted":true},'),
      encode(EXAMPLE).replace('"lists":', '"__proto__":"both","lists":'),
    ]
    for (const stored of poisoned) expect(failureOf(decode(stored))).toEqual({ kind: 'not-a-project' })
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  it('never makes it throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), text), (stored) => {
        expect(decode(stored).ok).toBe(false)
      }),
    )
  })

  it('is refused or understood in full when one character of it is another', () => {
    const sound = encode(EXAMPLE)
    fc.assert(
      fc.property(fc.nat(sound.length - 1), fc.constantFrom(...'0"{}[],:ax'.split('')), (at, character) => {
        const stored = sound.slice(0, at) + character + sound.slice(at + 1)
        expect(resaved(stored)).toBe(stored)
      }),
    )
  })
})

it('keeps the days of the rotation planner as a group of settings, which older versions keep too', () => {
  const rotation = { releaseEvery: '7', adoption: '90' }
  expect(valueOf(decode(encode({ ...EXAMPLE, settings: { rotation } }))).settings).toEqual({ rotation })
})
