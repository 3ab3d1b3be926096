import { describe, expect, it } from 'vitest'
import type { Instant } from '../../../src/core/instant.ts'
import { isoDay } from '../../../src/core/instant.ts'
import { planPins, type PlanRow } from '../../../src/core/pins/plan-pins.ts'
import type { SpkiPin } from '../../../src/core/pins/spki-pin.ts'
import { reasonText } from '../../../src/core/review/label-text.ts'
import { pinLabels } from '../../../src/core/review/pin-labels.ts'
import {
  alsoPinning,
  backupKey,
  CASE_NOW,
  certificate,
  chain,
  EXAMPLE_CA,
  EXAMPLE_ROOT,
  exampleChain,
  link,
  otherChain,
  pinning,
  pinOfKey,
  planCase,
  PLAN_CASES,
  privateChain,
  row,
  type CertificateOrder,
} from '../../support/cases.ts'
import { AUTUMN_2026, publicChain, ROOTS } from '../risks/public-chains.ts'

const HOST = 'api.example.com'

function labelsOf(rows: readonly PlanRow[], now: Instant = CASE_NOW) {
  return pinLabels(planPins(rows), rows, now)
}

/** `label kind` of one pin of one host. */
function label(rows: readonly PlanRow[], pin: SpkiPin, host = HOST, now: Instant = CASE_NOW): string {
  const found = labelsOf(rows, now)
    .find((one) => one.host === host)
    ?.pins.find(({ planned }) => planned.pin === pin)
  if (!found) throw new Error(`${pin} is not pinned for ${host}`)
  return `${found.reason.label} ${found.reason.kind}`
}

const leafOf = (held: ReturnType<typeof exampleChain>) => {
  const [first] = held.links
  if (!first) throw new Error('an empty chain')
  return first.certificate
}

/** Two leaf certificates of a host for different keys, both pinned; of some a server presented one. */
function twoKeys(orders: {
  readonly first?: Partial<CertificateOrder>
  readonly second?: Partial<CertificateOrder>
  readonly presented?: 'first' | 'second'
}) {
  const first = exampleChain(HOST, { key: 'first', ...orders.first })
  const second = exampleChain(HOST, { key: 'second', ...orders.second })
  const served = { first: [leafOf(first)], second: [leafOf(second)], none: [] }[orders.presented ?? 'none']
  const rows = [row({ host: HOST, chains: [first, second], served })]
  return [label(rows, pinOfKey('first')), label(rows, pinOfKey('second'))]
}

describe('the key of a server’s certificate', () => {
  it('is in service when the server presented it, or when nobody asked and it is valid', () => {
    const held = exampleChain(HOST)
    expect(label([row({ host: HOST, chains: [held], served: [leafOf(held)] })], leafOf(held).pin)).toBe(
      'current presented',
    )
    expect(label([row({ host: HOST, chains: [held] })], leafOf(held).pin)).toBe('current given')
  })

  it.each([
    [
      'is not valid yet',
      { second: { from: '2026-12-01', until: '2027-06-30' } },
      'current given',
      'next not-yet-valid',
    ],
    [
      'begins later than the presented one',
      { second: { from: '2026-10-01' }, presented: 'first' },
      'current presented',
      'next later',
    ],
    [
      'begins earlier than the presented one',
      { second: { from: '2026-10-01' }, presented: 'second' },
      'retiring replaced',
      'current presented',
    ],
    [
      'ends later, and nobody asked the server',
      { second: { from: '2026-10-01', until: '2027-05-01' } },
      'retiring replaced',
      'current given',
    ],
    ['has ended', { first: { from: '2025-09-01', until: '2026-11-20' } }, 'retiring ended', 'current given'],
    [
      'follows a presented one that has ended',
      { first: { from: '2025-09-01', until: '2026-11-20' }, second: { from: '2026-10-01' }, presented: 'first' },
      'retiring ended',
      'next later',
    ],
  ] as const)('beside another that %s', (_how, orders, first, second) => {
    expect(twoKeys(orders)).toEqual([first, second])
  })

  it('stays in service beside a newer one of another kind, or for other names', () => {
    const newer = { from: '2026-10-01', until: '2027-05-01', key: 'second' }
    const held = exampleChain(HOST, { key: 'first' })
    const rsa = exampleChain(HOST, newer)
    const links = rsa.links.map((one) =>
      one.role === 'leaf'
        ? link('leaf', { ...one.certificate, publicKey: { algorithm: 'RSA', bits: 2048, curve: null } })
        : one,
    )
    const ofKinds = [row({ host: HOST, chains: [held, { ...rsa, links }] })]
    expect(label(ofKinds, pinOfKey('first'))).toBe('current given')
    expect(label(ofKinds, pinOfKey('second'))).toBe('current given')
    const chains = [held, exampleChain('www.example.com', newer)]
    const ofNames = [row({ host: 'example.com', includeSubdomains: true, chains })]
    expect(label(ofNames, pinOfKey('first'), 'example.com')).toBe('current given')
    expect(label(ofNames, pinOfKey('second'), 'example.com')).toBe('current given')
  })

  it('is unknown with its CAs when its certificate is for another host, unless the server presented it', () => {
    const foreign = exampleChain('www.other.example')
    const choices = pinning('leaf', 'root')
    const given = [row({ host: HOST, chains: [foreign], choices })]
    expect(label(given, leafOf(foreign).pin)).toBe('unknown not-for-host')
    expect(label(given, EXAMPLE_ROOT.pin)).toBe('unknown not-for-host')
    const presented = [row({ host: HOST, chains: [foreign], served: [leafOf(foreign)], choices })]
    expect(label(presented, leafOf(foreign).pin)).toBe('current presented')
    // Its CAs stand above the right certificate as well.
    const both = [row({ host: HOST, chains: [foreign, exampleChain(HOST)], choices })]
    expect(label(both, EXAMPLE_ROOT.pin)).toBe('current given')
  })

  it('is in service as long as one of its certificates is', () => {
    const ended = { from: '2025-09-01', until: '2026-11-20', key: 'kept' }
    const rows = [row({ host: HOST, chains: [exampleChain(HOST, ended), exampleChain(HOST, { key: 'kept' })] })]
    const [host] = labelsOf(rows)
    expect(label(rows, pinOfKey('kept'))).toBe('current given')
    expect(host?.pins.map(({ from, until }) => [from, until].map((day) => day !== null && isoDay(day)))).toEqual([
      ['2025-09-01', '2027-03-31'],
    ])
  })

  it('is in service to the last second of its certificate, and retiring from the next one on', () => {
    const rows = [row({ host: HOST, chains: [exampleChain(HOST)] })]
    const pin = pinOfKey(HOST)
    expect(label(rows, pin, HOST, Date.parse('2027-03-31T23:59:59Z'))).toBe('current given')
    expect(label(rows, pin, HOST, Date.parse('2027-04-01T00:00:00Z'))).toBe('retiring ended')
    expect(label(rows, pin, HOST, Date.parse('2026-08-31T23:59:59Z'))).toBe('next not-yet-valid')
  })
})

describe('the key of a CA', () => {
  it('is in service above a leaf that is', () => {
    const held = exampleChain(HOST)
    const rows = (served: boolean) => [
      row({
        host: HOST,
        chains: [held],
        served: served ? [leafOf(held)] : [],
        choices: pinning('intermediate', 'root'),
      }),
    ]
    expect(label(rows(true), EXAMPLE_CA.pin)).toBe('current presented')
    expect(label(rows(false), EXAMPLE_ROOT.pin)).toBe('current given')
  })

  it('is to come above a leaf that is, in reserve beside the chain, and a backup in another chain', () => {
    const held = exampleChain(HOST)
    const served = [leafOf(held)]
    const otherRoot = pinOfKey('Other Root X1')
    const withOther = (order: Partial<CertificateOrder>) => [
      row({ host: HOST, chains: [held, otherChain(HOST, { key: 'k', ...order })], served, choices: pinning('root') }),
    ]
    expect(label(withOther({ from: '2026-12-01' }), otherRoot)).toBe('next not-yet-valid')
    expect(label(withOther({ from: '2026-10-01' }), otherRoot)).toBe('next later')
    expect(label(withOther({ from: '2026-08-01' }), otherRoot)).toBe('backup other-chain')
    const reserve = certificate({ name: 'Second Root', isCa: true, until: '2040-01-01' })
    const kept = row({
      host: HOST,
      chains: [held],
      reserve: [reserve],
      choices: { ...pinning('leaf'), exceptions: new Map([[reserve.sha256, true]]) },
    })
    expect(label([kept], reserve.pin)).toBe('backup reserve')
  })

  it('is retiring when its certificate has ended', () => {
    const ended = certificate({ name: 'Old CA', issuer: 'Example Root R1', isCa: true, until: '2026-11-20' })
    const leaf = certificate({ name: HOST, issuer: 'Old CA', dnsNames: [HOST] })
    const rows = [row({ host: HOST, chains: [chain([leaf, ended])], choices: pinning('intermediate') })]
    expect(label(rows, ended.pin)).toBe('retiring ended')
  })

  it('is retiring when Let’s Encrypt has retired it, by its key and its name', () => {
    const r10 = {
      ...certificate({ name: 'R10', issuer: 'ISRG Root X1', isCa: true, until: '2027-03-12' }),
      pin: 'K7rZOrXHknnsEhUH8nLL4MZkejquUuIvOIr6tCa0rbo=' as SpkiPin,
      subject: { text: "CN=R10,O=Let's Encrypt,C=US", commonName: 'R10', organization: "Let's Encrypt" },
    }
    const leaf = certificate({ name: HOST, issuer: 'R10', dnsNames: [HOST] })
    const rows = [row({ host: HOST, chains: [chain([leaf, r10])], choices: pinning('leaf', 'intermediate') })]
    expect(label(rows, r10.pin)).toBe('retiring retired-issuer')
    expect(label(rows, leaf.pin)).toBe('current given')
    expect(label(rows, r10.pin, HOST, Date.parse('2026-04-30T12:00:00Z'))).not.toBe('retiring retired-issuer')
  })

  it('is retiring when a notice about the root is in effect, and not before', () => {
    const rowFor = (root: keyof typeof ROOTS) => [
      row({ host: HOST, chains: [publicChain(HOST, ROOTS[root])], choices: pinning('root') }),
    ]
    expect(label(rowFor('entrustG2'), ROOTS.entrustG2.held.pin, HOST, AUTUMN_2026)).toBe('retiring root-notice')
    // Of DigiCert Global Root G2 the first is in 2029.
    expect(label(rowFor('digiCertG2'), ROOTS.digiCertG2.held.pin, HOST, AUTUMN_2026)).toBe('current given')
    expect(label(rowFor('isrgX1'), ROOTS.isrgX1.held.pin, HOST, AUTUMN_2026)).toBe('current given')
  })
})

describe('a pin without a certificate', () => {
  it('is a backup beside a chain, and unknown where there is none', () => {
    const key = backupKey('CN=reserve')
    const typed = pinOfKey('typed leaf')
    const choices = alsoPinning(pinning('leaf'), [key], [{ pin: typed, role: 'leaf' }])
    const beside = [row({ host: HOST, chains: [exampleChain(HOST)], keys: [key], choices })]
    expect([label(beside, key.pin), label(beside, typed)]).toEqual(['backup key', 'backup typed'])
    const alone = [row({ host: HOST, keys: [key], choices })]
    expect([label(alone, key.pin), label(alone, typed)]).toEqual(['backup key', 'unknown nothing-known'])
  })

  it('is what the certificate is that has its key', () => {
    const rows = planCase('typed-pins').rows
    expect(label(rows, EXAMPLE_CA.pin)).toBe('current given')
    expect(label(rows, pinOfKey('Other Root X1'))).toBe('backup typed')
    expect(label(rows, pinOfKey('typed by somebody'), 'unknown.example.org')).toBe('unknown nothing-known')
  })
})

it('an inherited pin is what it is for the parent', () => {
  const parent = row({ host: 'example.com', includeSubdomains: true, chains: [exampleChain('example.com')] })
  const child = row({ host: HOST, chains: [otherChain(HOST, { from: '2026-10-01', until: '2027-12-31' })] })
  expect(label([parent, child], pinOfKey('example.com'))).toBe('current given')
})

it.each(PLAN_CASES)('every pin of a plan has a label of its reason’s own, in its order: $name', ({ rows }) => {
  const plan = planPins(rows)
  const hosts = pinLabels(plan, rows, CASE_NOW)
  expect(hosts.map(({ host, pins }) => [host, pins.map(({ planned }) => planned)])).toEqual(
    plan.policies.map(({ host, pins }) => [host, pins]),
  )
  for (const { reason } of hosts.flatMap(({ pins }) => pins)) expect(reasonText(reason)).toMatch(/^\S.*\.$/s)
})

/** What a typed pin is beside a chain in service, or the one key that is pinned as backup. */
function labelBeside(
  pin: string,
  keys: readonly ReturnType<typeof backupKey>[] = [],
  chains: readonly ReturnType<typeof exampleChain>[] = [exampleChain(HOST)],
): string {
  const typed = keys.length > 0 ? [] : [{ pin: pin as SpkiPin, role: 'leaf' as const }]
  return label([row({ host: HOST, chains, keys, choices: alsoPinning(pinning('leaf'), keys, typed) })], pin as SpkiPin)
}

describe('what is no backup', () => {
  it('is no key: a placeholder, the hash of nothing, a fingerprint', () => {
    const fingerprint = Buffer.from(leafOf(exampleChain(HOST)).sha256, 'hex').toString('base64')
    for (const pin of [`${'A'.repeat(43)}=`, '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=', fingerprint]) {
      expect(labelBeside(pin)).toBe('unknown no-key')
    }
    expect(labelBeside(pinOfKey('any'))).toBe('backup typed')
  })

  it('is a key that no public CA certifies', () => {
    const odd = backupKey('CN=ed', { publicKey: { algorithm: 'Ed25519', bits: null, curve: null } })
    expect(labelBeside(odd.pin, [odd])).toBe('unknown no-certificate')
    expect(labelBeside(odd.pin, [odd], [privateChain(HOST)])).toBe('backup key')
  })
})
