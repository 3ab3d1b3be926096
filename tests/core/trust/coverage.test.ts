import { describe, expect, it } from 'vitest'
import type { Certificate } from '../../../src/core/certificate/certificate.ts'
import { coverageOf, worstOf, type Coverage, type EnforcedPins } from '../../../src/core/trust/coverage.ts'
import { PINNING_DEVICES } from '../../../src/core/trust/devices.ts'
import { rangeLabel, rangesOf } from '../../../src/core/trust/ranges.ts'
import type { PathSearch } from '../../../src/core/chain/trust-path.ts'
import { CASE_NOW, certificate, EVERYWHERE, NOWHERE } from '../../support/cases.ts'
import {
  caPins,
  E7,
  ISRG_LEAF,
  ISRG_NOT_SENT,
  ISRG_SENT,
  ISRG_X1,
  ISRG_X2,
  path,
  pinningDevice,
  search,
  type StoredRoot,
} from '../../support/paths.ts'

const on = (label: string, found: PathSearch, pins: EnforcedPins) =>
  coverageOf(found, pinningDevice(label), pins, CASE_NOW)

/** What connects where, as ranges. */
const table = (found: PathSearch, pins: EnforcedPins) =>
  rangesOf(PINNING_DEVICES, (device) => {
    const coverage = device.checksPins ? coverageOf(found, device, pins, CASE_NOW) : null
    return `${coverage?.kind} ${coverage?.matching}/${coverage?.possible} ${coverage?.connects}`
  }).map((range) => `${rangeLabel(range)}: ${range.result}`)

describe("a chain of Let's Encrypt", () => {
  it('fails an X1 pin alone where Android ends at X2, and Apple tries on', () => {
    expect(table(ISRG_SENT, caPins(ISRG_X1.held))).toEqual([
      'Android 7.0: not-trusted 0/0 no',
      'Android 7.1–13: every-path 1/1 yes',
      'Android 14+: never 0/1 no',
      'iOS 14–15.1: every-path 1/1 yes',
      'iOS 16+: some-paths 1/2 yes',
    ])
  })

  it('fails an X2 pin nowhere that trusts it: the cross-certificate holds the same key', () => {
    expect(table(ISRG_SENT, caPins(ISRG_X2.held))).toEqual([
      'Android 7.0: not-trusted 0/0 no',
      'Android 7.1+: every-path 1/1 yes',
      'iOS 14–15.1: every-path 1/1 yes',
      'iOS 16+: every-path 2/2 yes',
    ])
  })

  it('without the cross-certificate is not trusted before Android 14, whatever is pinned', () => {
    expect(table(ISRG_NOT_SENT, caPins(ISRG_X2.held))).toEqual([
      'Android 7.0–13: not-trusted 0/0 no',
      'Android 14+: every-path 1/1 yes',
      'iOS 14–15.1: every-path 1/1 depends',
      'iOS 16+: every-path 2/2 yes',
    ])
  })

  it('depends on a fetch for an X1 pin on iOS when the cross-certificate is not sent', () => {
    expect(table(ISRG_NOT_SENT, caPins(ISRG_X1.held))).toEqual([
      'Android 7.0–13: not-trusted 0/0 no',
      'Android 14+: never 0/1 no',
      'iOS 14–15.1: every-path 1/1 depends',
      'iOS 16+: some-paths 1/2 depends',
    ])
  })
})

const LEAF = certificate({ name: 'b.example', issuer: 'CA' })
const CA = certificate({ name: 'CA', issuer: 'Root', isCa: true })
const rootOf = (key: string): StoredRoot => ({
  held: certificate({ name: 'Root', key, isCa: true }),
  stores: EVERYWHERE,
})
const [one, other] = [rootOf('one'), rootOf('other')]
const twoRoots = search(path([LEAF, CA], one), path([LEAF, CA], other))

describe('several possible paths', () => {
  it('are safe on Android only when all of them match', () => {
    expect(on('Android 12', twoRoots, caPins(one.held))).toEqual({
      kind: 'some-paths',
      matching: 1,
      possible: 2,
      connects: 'depends',
    })
    expect(on('Android 12', twoRoots, caPins(one.held, other.held)).connects).toBe('yes')
    expect(on('Android 12', twoRoots, caPins(CA)).connects).toBe('yes')
  })

  it('are safe on iOS when one of them matches', () => {
    expect(on('iOS 17', twoRoots, caPins(one.held))).toMatchObject({ kind: 'some-paths', connects: 'yes' })
  })

  it('of a search that was cut are not all of them', () => {
    const cut = { ...twoRoots, isCut: true }
    expect(on('Android 12', cut, caPins(one.held, other.held)).connects).toBe('depends')
    expect(on('Android 12', cut, caPins(E7)).connects).toBe('depends')
    expect(on('Android 12', cut, caPins(LEAF)).connects).toBe('yes')
    expect(on('iOS 17', cut, caPins(one.held)).connects).toBe('yes')
    expect(on('iOS 17', cut, caPins(E7)).connects).toBe('depends')
  })
})

it('depends on the release where only some of a level have the root', () => {
  const partial: StoredRoot = {
    held: one.held,
    stores: { ...NOWHERE, android: { first: 24, last: 36, partial: [36] } },
  }
  const found = search(path([LEAF, CA], partial))
  expect(on('Android 16', found, caPins(one.held))).toEqual({
    kind: 'every-path',
    matching: 1,
    possible: 1,
    connects: 'depends',
  })
  expect(on('Android 16', found, caPins(other.held)).connects).toBe('no')
})

const pinsOf = (held: readonly Certificate[] | null) => held && new Set(held.map(({ pin }) => pin))

describe('the lists of iOS', () => {
  const found = search(path([ISRG_LEAF, E7], ISRG_X2))
  const ios = (leaf: readonly Certificate[] | null, ca: readonly Certificate[] | null) => {
    return on('iOS 18', found, { android: null, ios: { leaf: pinsOf(leaf), ca: pinsOf(ca) } }).connects
  }

  it('match the leaf at the leaf alone', () => {
    expect(ios([ISRG_LEAF], null)).toBe('yes')
    expect(ios([E7, ISRG_X2.held], null)).toBe('no')
  })

  it('match CAs above the leaf alone, the root included', () => {
    expect([ios(null, [E7]), ios(null, [ISRG_X2.held])]).toEqual(['yes', 'yes'])
    expect(ios(null, [ISRG_LEAF])).toBe('no')
  })

  it('must both match where both are', () => {
    expect(ios([ISRG_LEAF], [E7])).toBe('yes')
    expect([ios([ISRG_LEAF], [CA]), ios([LEAF], [E7])]).toEqual(['no', 'no'])
  })

  it('that are empty match nothing, and those that are not there ask nothing', () => {
    expect([ios([], null), ios(null, []), ios(null, null)]).toEqual(['no', 'no', 'yes'])
  })
})

it('pins match the leaf on Android too, and nothing pinned asks nothing', () => {
  expect(on('Android 14', ISRG_SENT, caPins(ISRG_LEAF)).connects).toBe('yes')
  const nothing = { android: null, ios: { leaf: null, ca: null } }
  expect(on('Android 14', ISRG_SENT, nothing).connects).toBe('yes')
})

it('pins of a private root and of no path are told apart', () => {
  const found = search(path([LEAF, CA], { held: one.held, stores: null }))
  expect(on('Android 14', found, caPins(one.held)).kind).toBe('not-trusted')
  expect(on('Android 14', search(), caPins(one.held))).toEqual({
    kind: 'unknown',
    matching: 0,
    possible: 0,
    connects: 'depends',
  })
})

const of = (kind: Coverage['kind'], connects: Coverage['connects']): Coverage => ({
  kind,
  connects,
  matching: 0,
  possible: 0,
})

describe('several chains of a host', () => {
  it('are as good as the worst', () => {
    const yes = of('every-path', 'yes')
    const depends = of('some-paths', 'depends')
    const no = of('never', 'no')
    expect(worstOf([yes, no, depends])).toBe(no)
    expect(worstOf([yes, depends])).toBe(depends)
    expect(worstOf([yes, of('some-paths', 'yes')])?.kind).toBe('some-paths')
    expect(worstOf([no, of('not-trusted', 'no')])?.kind).toBe('not-trusted')
    expect(worstOf([yes, yes])).toBe(yes)
  })

  it('that are none have no answer', () => {
    expect(worstOf([])).toBeNull()
  })
})
