import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Certificate, CertificateFingerprint } from '../../../src/core/certificate/certificate.ts'
import type { StoreMembership } from '../../../src/core/chain/chain.ts'
import type { PathFault, PathSearch, TrustPath } from '../../../src/core/chain/trust-path.ts'
import type { SpkiPin } from '../../../src/core/pins/spki-pin.ts'
import { coverageOf, type EnforcedPins } from '../../../src/core/trust/coverage.ts'
import { verdictOf } from '../../../src/core/trust/device-paths.ts'
import { CASE_NOW, certificate, NOWHERE } from '../../support/cases.ts'
import { pinningDevice } from '../../support/paths.ts'
import {
  androidOutcomes,
  appleOutcomes,
  everyPath,
  type Mesh,
  type MeshCertificate,
  type Outcomes,
} from '../../oracles/device-trust.ts'

// Small meshes of CAs that certified each other at random, held against a model that tries every order.

type Generated<Source> = Source extends fc.Arbitrary<infer Value> ? Value : never

const NAMES = ['A', 'B', 'C']
const mostly = fc.integer({ min: 0, max: 7 }).map((number) => number > 0)
const signature = fc
  .integer({ min: 0, max: 9 })
  .map((number) => (number > 0 ? ('good' as const) : ('unknown' as const)))

const crossSign = fc.record({
  subject: fc.constantFrom(...NAMES),
  issuer: fc.constantFrom(...NAMES),
  isValidToday: mostly,
  maySign: mostly,
  signature,
  isSent: mostly,
})

const root = fc.record({
  subject: fc.constantFrom(...NAMES),
  isValidToday: mostly,
  maySign: mostly,
  isSent: fc.boolean(),
  store: fc.option(
    fc.record({
      android: fc.constantFrom('all' as const, 'some-releases' as const, 'none' as const),
      apple: fc.boolean(),
    }),
    { freq: 5 },
  ),
})

function asCrossSign(one: Generated<typeof crossSign>, index: number): MeshCertificate {
  return { ...one, id: `cross${index}`, key: one.subject, signedBy: one.issuer, store: null }
}

function asRoot(one: Generated<typeof root>, index: number): MeshCertificate {
  const { subject, store } = one
  // Nobody knows a root that is in no store unless it was sent.
  const isSent = one.isSent || store === null
  return { ...one, id: `root${index}`, key: subject, issuer: subject, signedBy: subject, signature: 'good', isSent }
}

const meshes: fc.Arbitrary<Mesh> = fc
  .record({
    leaf: fc.record({ issuer: fc.constantFrom(...NAMES), isValidToday: mostly, signature }),
    crossSigns: fc.array(crossSign, { maxLength: 4 }),
    roots: fc.array(root, { maxLength: 3 }),
  })
  .map(({ leaf, crossSigns, roots }) => ({
    leaf: {
      id: 'leaf',
      subject: 'leaf',
      key: 'leaf',
      signedBy: leaf.issuer,
      maySign: false,
      isSent: true,
      store: null,
      ...leaf,
    },
    others: [...crossSigns.filter(({ subject, issuer }) => subject !== issuer).map(asCrossSign), ...roots.map(asRoot)],
  }))

const ANDROID = pinningDevice('Android 12')
const IOS = pinningDevice('iOS 17')

function storesOf({ store }: MeshCertificate): StoreMembership | null {
  if (!store) return null
  const android = { first: 31, last: 31, partial: store.android === 'some-releases' ? [31] : [] }
  return {
    ...NOWHERE,
    android: store.android === 'none' ? null : android,
    apple: store.apple ? { first: 8, last: 8 } : null,
  }
}

function heldOf({ id, subject, issuer, key, isValidToday }: MeshCertificate): Certificate {
  const held = certificate({ name: subject, issuer, key, until: isValidToday ? '2027-03-31' : '2026-10-01' })
  // Of the same names and days, they are still two: no issuer gives a number twice.
  return { ...held, sha256: id as CertificateFingerprint, sha1: id, serialNumber: id, pin: key as SpkiPin }
}

function pathOf(path: readonly MeshCertificate[]): TrustPath {
  const unchecked = path.slice(0, -1).filter((one) => one.signature === 'unknown')
  const faults: PathFault[] = [
    ...path
      .slice(1)
      .flatMap((one) => (one.maySign ? [] : [{ kind: 'may-not-sign' as const, certificate: heldOf(one) }])),
    ...unchecked.map((one) => ({ kind: 'signature-not-checked' as const, certificate: heldOf(one) })),
  ]
  const top = path.at(-1)
  return {
    links: path.map((one) => {
      const bundled = one.store ? ('bundled-store' as const) : ('bundled-cross-sign' as const)
      return { certificate: heldOf(one), origin: one.isSent ? ('given' as const) : bundled }
    }),
    stores: top ? storesOf(top) : null,
    faults,
  }
}

function searchOf({ leaf, others }: Mesh): PathSearch {
  return { paths: everyPath([leaf], others).map(pathOf), isCut: false }
}

const OFTEN = { trusted: 'always', uncertain: 'sometimes', 'not-trusted': 'never', 'private-root': 'never' } as const
const CONNECTS = { yes: 'always', depends: 'sometimes', no: 'never' } as const

/** What the core says, in the words of the model. */
function answersOf(found: PathSearch, device: typeof ANDROID, pins: EnforcedPins): Outcomes {
  const verdict = verdictOf(found, device, CASE_NOW)
  if (verdict.kind === 'unknown') return { paths: new Set(), trusts: 'never', connects: 'never' }
  const paths = verdict.kind === 'trusted' || verdict.kind === 'uncertain' ? verdict.paths : []
  return {
    paths: new Set(paths.map(({ path }) => path.links.map((link) => link.certificate.sha256).join(' '))),
    trusts: OFTEN[verdict.kind],
    connects: CONNECTS[coverageOf(found, device, pins, CASE_NOW).connects],
  }
}

const keys = fc.subarray(['leaf', ...NAMES]).map((chosen) => new Set(chosen as SpkiPin[]))

describe('over meshes of cross-certificates', () => {
  it('Android takes the paths that its recursion can end with, and pins hold as they do there', () => {
    fc.assert(
      fc.property(meshes, keys, (mesh, pins) => {
        const said = answersOf(searchOf(mesh), ANDROID, { android: pins, ios: { leaf: null, ca: null } })
        expect(said).toEqual(androidOutcomes(mesh, pins))
      }),
      { numRuns: 400 },
    )
  })

  it('Apple connects when any path meets the lists', () => {
    fc.assert(
      fc.property(meshes, fc.option(keys), fc.option(keys), (mesh, leaf, ca) => {
        const said = answersOf(searchOf(mesh), IOS, { android: null, ios: { leaf, ca } })
        expect(said).toEqual(appleOutcomes(mesh, leaf, ca))
      }),
      { numRuns: 400 },
    )
  })

  it('meet every kind of answer', () => {
    const seen = fc.sample(meshes, { numRuns: 400, seed: 1 }).map((mesh) => androidOutcomes(mesh, new Set(['A'])))
    expect(new Set(seen.map(({ trusts }) => trusts))).toEqual(new Set(['always', 'sometimes', 'never']))
    expect(new Set(seen.map(({ connects }) => connects))).toEqual(new Set(['always', 'sometimes', 'never']))
    expect(seen.some(({ paths }) => paths.size > 1)).toBe(true)
    expect(seen.some(({ paths }) => [...paths].some((path) => path.split(' ').length > 3))).toBe(true)
  })
})
