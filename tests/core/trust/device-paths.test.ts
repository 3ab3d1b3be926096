import { describe, expect, it } from 'vitest'
import type { PathSearch, TrustPath } from '../../../src/core/chain/trust-path.ts'
import { anchorOf, isPrivate, verdictOf, type DeviceVerdict } from '../../../src/core/trust/device-paths.ts'
import { devicesOf } from '../../../src/core/trust/devices.ts'
import { CASE_NOW, certificate, EVERYWHERE, NOWHERE } from '../../support/cases.ts'
import {
  dayOf,
  device,
  E7,
  ISRG_LEAF,
  ISRG_NOT_SENT,
  ISRG_SENT,
  ISRG_X1,
  ISRG_X2,
  path,
  search,
  X2_CROSS,
  type StoredRoot,
} from '../../support/paths.ts'

const on = (label: string, found: PathSearch, now = CASE_NOW) => verdictOf(found, device(label), now)

/** The roots that a device may end up at. */
function anchors(verdict: DeviceVerdict): readonly string[] {
  if (verdict.kind !== 'trusted' && verdict.kind !== 'uncertain') return []
  return verdict.paths.map(({ path: taken }) => anchorOf(taken)?.subject.commonName ?? '')
}

const LEAF = certificate({ name: 'b.example', issuer: 'CA' })
const CA = certificate({ name: 'CA', issuer: 'Root', isCa: true })
const root = (order: Partial<Parameters<typeof certificate>[0]> = {}) =>
  certificate({ name: 'Root', isCa: true, from: '2010-01-01', until: '2040-01-01', ...order })
const ROOT: StoredRoot = { held: root(), stores: EVERYWHERE }
const stored = (stores: Partial<typeof EVERYWHERE>): StoredRoot => ({
  held: root(),
  stores: { ...EVERYWHERE, ...stores },
})

describe('Android, when the server sends a cross-certificate', () => {
  it('does not trust before any of the roots was in the store', () => {
    expect(on('Android 7.0', ISRG_SENT)).toEqual({
      kind: 'not-trusted',
      refusals: [
        { kind: 'anchor-not-in-store', anchor: ISRG_X2.held },
        { kind: 'anchor-not-in-store', anchor: ISRG_X1.held },
      ],
    })
  })

  it.each(['Android 7.1', 'Android 13'])('goes on to the older root on %s', (label) => {
    expect(anchors(on(label, ISRG_SENT))).toEqual(['ISRG Root X1'])
  })

  it.each(['Android 14', 'Android 17'])('ends at the newer root as soon as the store has it: %s', (label) => {
    expect(anchors(on(label, ISRG_SENT))).toEqual(['ISRG Root X2'])
  })

  it('goes on to the older root where the nearer one makes no valid path', () => {
    const refused = path([ISRG_LEAF, E7], ISRG_X2, {
      faults: [{ kind: 'name-not-permitted', certificate: ISRG_X2.held, name: 'a.example' }],
    })
    expect(anchors(on('Android 14', search(refused, path([ISRG_LEAF, E7, X2_CROSS], ISRG_X1))))).toEqual([
      'ISRG Root X1',
    ])
  })
})

describe('a cross-certificate that the server does not send', () => {
  it('is not fetched by Android, which is told as the reason', () => {
    expect(on('Android 13', ISRG_NOT_SENT)).toMatchObject({
      kind: 'not-trusted',
      refusals: [{ kind: 'anchor-not-in-store' }, { kind: 'not-given', certificate: X2_CROSS }],
    })
    expect(anchors(on('Android 14', ISRG_NOT_SENT))).toEqual(['ISRG Root X2'])
  })

  it.each(['iOS 15.1', 'Firefox'])('may be fetched by others: %s', (label) => {
    expect(on(label, ISRG_NOT_SENT)).toMatchObject({
      kind: 'uncertain',
      doubts: [{ kind: 'needs-fetch', certificate: X2_CROSS }],
    })
  })

  it('casts no doubt on a device that has a path without it', () => {
    const verdict = on('iOS 16', ISRG_NOT_SENT)
    expect(verdict.kind).toBe('trusted')
    expect(anchors(verdict)).toEqual(['ISRG Root X2', 'ISRG Root X1'])
  })
})

it('two editions of a root make one device after the other trust the chain', () => {
  const old: StoredRoot = {
    held: root({ name: 'GTS Root R1', until: '2036-06-22' }),
    stores: { ...NOWHERE, android: { first: 29, last: 33, partial: [] } },
  }
  const current: StoredRoot = {
    held: root({ name: 'GTS Root R1', until: '2036-06-23' }),
    stores: { ...NOWHERE, android: { first: 34, last: 37, partial: [] } },
  }
  const found = search(path([LEAF, CA], old), path([LEAF, CA], current))
  const trusting = devicesOf('android').filter((one) => verdictOf(found, one, CASE_NOW).kind === 'trusted')
  expect(trusting.map(({ apiLevel }) => apiLevel)).toEqual([29, 30, 31, 32, 33, 34, 35, 36, 37])
  expect(on('Android 13', found)).toMatchObject({ paths: [{ path: { links: [{}, {}, { certificate: old.held }] } }] })
  expect(on('Android 14', found)).toMatchObject({
    paths: [{ path: { links: [{}, {}, { certificate: current.held }] } }],
  })
})

it('several roots at one point are all possible', () => {
  const other: StoredRoot = { held: root({ key: 'another key' }), stores: EVERYWHERE }
  const cross = certificate({ name: 'Root', issuer: 'Old Root', isCa: true })
  const beyond: StoredRoot = { held: root({ name: 'Old Root' }), stores: EVERYWHERE }
  const found = search(path([LEAF, CA], ROOT), path([LEAF, CA], other), path([LEAF, CA, cross], beyond))
  expect(anchors(on('Android 10', found))).toEqual(['Root', 'Root'])
  expect(anchors(on('iOS 17', found))).toEqual(['Root', 'Root', 'Old Root'])
})

it('ends at a root on the branch that it belongs to alone', () => {
  const sibling = certificate({ name: 'CA', issuer: 'Far CA', isCa: true })
  const far = certificate({ name: 'Far CA', issuer: 'Far Root', isCa: true })
  const beyond: StoredRoot = { held: root({ name: 'Far Root' }), stores: EVERYWHERE }
  const found = search(path([LEAF, CA], ROOT), path([LEAF, sibling, far], beyond))
  expect(anchors(on('Android 10', found))).toEqual(['Root', 'Far Root'])
})

describe('a level of which some releases have the root', () => {
  const partial = stored({ android: { first: 30, last: 36, partial: [36] } })

  it('is uncertain', () => {
    expect(on('Android 16', search(path([LEAF, CA], partial)))).toMatchObject({
      kind: 'uncertain',
      doubts: [{ kind: 'some-releases', anchor: partial.held }],
    })
    expect(on('Android 15', search(path([LEAF, CA], partial))).kind).toBe('trusted')
    expect(on('Android 17', search(path([LEAF, CA], partial))).kind).toBe('not-trusted')
  })

  it('may go on to another root, so the chain is trusted and both are possible', () => {
    const cross = certificate({ name: 'Root', issuer: 'Old Root', isCa: true })
    const beyond: StoredRoot = { held: root({ name: 'Old Root' }), stores: EVERYWHERE }
    const verdict = on('Android 16', search(path([LEAF, CA], partial), path([LEAF, CA, cross], beyond)))
    expect(verdict.kind).toBe('trusted')
    expect(anchors(verdict)).toEqual(['Root', 'Old Root'])
  })
})

it('a doubt about what all paths share does not make Android go on', () => {
  const faults = [{ kind: 'signature-not-checked', certificate: ISRG_LEAF }] as const
  const found = search(path([ISRG_LEAF, E7], ISRG_X2, { faults }), path([ISRG_LEAF, E7, X2_CROSS], ISRG_X1, { faults }))
  expect(on('Android 14', found)).toMatchObject({ kind: 'uncertain', doubts: faults })
  expect(anchors(on('Android 14', found))).toEqual(['ISRG Root X2'])
})

describe('validity', () => {
  const expired: StoredRoot = { held: root({ until: '2026-01-01' }), stores: EVERYWHERE }

  it('of the root itself is not asked by Android', () => {
    expect(on('Android 9', search(path([LEAF, CA], expired))).kind).toBe('trusted')
  })

  it.each(['iOS 18', 'Firefox', 'Chrome'])('of the root itself is asked by %s', (label) => {
    expect(on(label, search(path([LEAF, CA], expired)))).toEqual({
      kind: 'not-trusted',
      refusals: [{ kind: 'expired', certificate: expired.held }],
    })
  })

  it.each(['Android 9', 'iOS 18', 'Firefox'])('of all below it is asked by %s, and changes with the day', (label) => {
    const found = search(path([LEAF, CA], ROOT))
    expect(on(label, found).kind).toBe('trusted')
    expect(on(label, found, LEAF.notAfter + 1)).toMatchObject({ refusals: [{ kind: 'expired', certificate: LEAF }] })
    expect(on(label, found, LEAF.notBefore - 1)).toMatchObject({ refusals: [{ kind: 'not-yet-valid' }] })
    expect(on(label, found).kind).toBe('trusted')
  })
})

describe('an elliptic-curve key on another curve than P-256', () => {
  const leaf = { ...certificate({ name: 'p384' }), publicKey: { algorithm: 'EC', bits: 384, curve: 'P-384' } }
  const found = search(path([leaf], { held: certificate({ name: 'Root of P-384', isCa: true }), stores: EVERYWHERE }))

  it('leaves doubt on Android 7.0, and on no other', () => {
    expect(verdictOf(found, device('Android 7.0'), CASE_NOW)).toMatchObject({
      kind: 'uncertain',
      doubts: [{ kind: 'elliptic-curve', certificate: leaf }],
    })
    expect(verdictOf(found, device('Android 7.1'), CASE_NOW).kind).toBe('trusted')
    expect(verdictOf(found, device('iOS 14'), CASE_NOW).kind).toBe('trusted')
  })
})

describe('a fault of the path', () => {
  it('refuses it, and is told', () => {
    const fault = { kind: 'path-too-long', certificate: CA, pathLength: 0 } as const
    expect(on('iOS 18', search(path([LEAF, CA], ROOT, { faults: [fault] })))).toEqual({
      kind: 'not-trusted',
      refusals: [{ kind: 'fault', fault }],
    })
  })

  it('leaves doubt when it is a signature that could not be checked', () => {
    const fault = { kind: 'signature-not-checked', certificate: LEAF } as const
    expect(on('Android 9', search(path([LEAF, CA], ROOT, { faults: [fault] })))).toMatchObject({
      kind: 'uncertain',
      doubts: [fault],
    })
  })

  it('counts for more than a signature that could not be checked', () => {
    const faults = [
      { kind: 'signature-not-checked', certificate: LEAF },
      { kind: 'may-not-sign', certificate: CA },
    ] as const
    expect(on('Android 9', search(path([LEAF, CA], ROOT, { faults }))).kind).toBe('not-trusted')
  })
})

const loggedLeaf = (from: string, times: readonly string[] = []) =>
  certificate({
    name: 'c.example',
    issuer: 'CA',
    from,
    extensions: {
      signedCertificateTimestamps: times.map((time) => ({ logId: 'ab', timestamp: dayOf(time) })),
    },
  })

describe('roots that are trusted up to a day', () => {
  // Entrust: Mozilla by the day of issue, Chrome by the first timestamp.
  const mozilla = Date.parse('2024-11-30T23:59:59Z')
  const chrome = Date.parse('2024-11-11T23:59:59Z')
  const entrust = stored({ mozilla: { distrustAfter: mozilla }, chrome: { timestampsUntil: chrome } })
  const issued = (from: string, times?: readonly string[]) => search(path([loggedLeaf(from, times), CA], entrust))

  it('refuse in Firefox what was issued later', () => {
    expect(on('Firefox', issued('2024-11-30')).kind).toBe('trusted')
    expect(on('Firefox', issued('2024-12-01'))).toEqual({
      kind: 'not-trusted',
      refusals: [{ kind: 'leaf-too-new', anchor: entrust.held, until: mozilla }],
    })
  })

  it('refuse in Chrome what was first logged later', () => {
    expect(on('Chrome', issued('2024-12-01', ['2024-12-01', '2024-11-11'])).kind).toBe('trusted')
    expect(on('Chrome', issued('2024-11-01', ['2024-11-12', '2024-11-13']))).toMatchObject({
      refusals: [{ kind: 'leaf-too-new', until: chrome }],
    })
  })

  it('leave doubt in Chrome when no timestamp is known', () => {
    expect(on('Chrome', issued('2024-11-01'))).toMatchObject({
      kind: 'uncertain',
      doubts: [{ kind: 'timestamp-unknown', until: chrome }],
    })
  })

  it('know no limit on phones', () => {
    expect(on('Android 16', issued('2026-09-01')).kind).toBe('trusted')
    expect(on('iOS 26', issued('2026-09-01')).kind).toBe('trusted')
  })
})

describe('a root of no store', () => {
  const own: StoredRoot = { held: root(), stores: null }

  it('is private', () => {
    expect(on('Android 9', search(path([LEAF, CA], own)))).toEqual({ kind: 'private-root' })
    expect(isPrivate(search(path([LEAF, CA], own)))).toBe(true)
  })

  it('does not take a public one away', () => {
    const found = search(path([LEAF, CA], own), path([LEAF, CA], ROOT))
    expect(on('Android 9', found).kind).toBe('trusted')
    expect(isPrivate(found)).toBe(false)
  })

  it('is told from a listed root that no store trusts', () => {
    expect(on('Android 9', search(path([LEAF, CA], { held: root(), stores: NOWHERE }))).kind).toBe('not-trusted')
  })
})

describe('nothing is known', () => {
  it('without a path', () => {
    expect(on('iOS 18', search())).toEqual({ kind: 'unknown', reason: 'no-path' })
    expect(isPrivate(search())).toBe(false)
  })

  it('when the search was cut before a usable path', () => {
    const none: TrustPath = path([LEAF, CA], { held: root(), stores: NOWHERE })
    expect(on('iOS 18', { paths: [none], isCut: true })).toEqual({ kind: 'unknown', reason: 'search-cut' })
    expect(on('iOS 18', { ...search(path([LEAF, CA], ROOT)), isCut: true }).kind).toBe('trusted')
  })
})

it('tells each reason once', () => {
  const second = certificate({ name: 'CA', issuer: 'Root', key: 'another', isCa: true })
  const none: StoredRoot = { held: root(), stores: NOWHERE }
  expect(on('iOS 18', search(path([LEAF, CA], none), path([LEAF, second], none)))).toMatchObject({
    refusals: [{ kind: 'anchor-not-in-store' }],
  })
})
