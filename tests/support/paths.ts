import type { Certificate } from '../../src/core/certificate/certificate.ts'
import type { Chain, StoreMembership } from '../../src/core/chain/chain.ts'
import type { PathFault, PathLink, PathSearch, TrustPath } from '../../src/core/chain/trust-path.ts'
import type { EnforcedPins } from '../../src/core/trust/coverage.ts'
import { DEVICES, PINNING_DEVICES, type Device, type PinningDevice } from '../../src/core/trust/devices.ts'
import type { SpkiPin } from '../../src/core/pins/spki-pin.ts'
import { certificate, chain, NOWHERE } from './cases.ts'

/** A root with the stores that list it. */
export interface StoredRoot {
  readonly held: Certificate
  readonly stores: StoreMembership | null
}

interface PathOrder {
  /** Certificates that nobody gave. */
  readonly crossSigns?: readonly Certificate[]
  readonly faults?: readonly PathFault[]
}

/** A path from given certificates to a root that Pinsmith has. */
export function path(
  below: readonly Certificate[],
  { held, stores }: StoredRoot,
  { crossSigns = [], faults = [] }: PathOrder = {},
): TrustPath {
  const links = below.map((one): PathLink => ({
    certificate: one,
    origin: crossSigns.includes(one) ? 'bundled-cross-sign' : 'given',
  }))
  const anchor: PathLink = { certificate: held, origin: stores ? 'bundled-store' : 'given' }
  return { links: [...links, anchor], stores, faults }
}

/** As the search gives them: shortest first. */
export function search(...paths: readonly TrustPath[]): PathSearch {
  return { paths: paths.toSorted((one, other) => one.links.length - other.links.length), isCut: false }
}

/** A chain that shows the first of its paths. */
export function chainOf(found: PathSearch): Chain {
  const certificates = found.paths[0]?.links.map((link) => link.certificate) ?? []
  return { ...chain(certificates), search: found }
}

export function device(label: string): Device {
  const found = DEVICES.find((one) => one.label === label)
  if (!found) throw new Error(`No device is called ${label}`)
  return found
}

export function pinningDevice(label: string): PinningDevice {
  const found = PINNING_DEVICES.find((one) => one.label === label)
  if (!found) throw new Error(`No device that checks pins is called ${label}`)
  return found
}

/** The pins of CA certificates, on both platforms. */
export function caPins(...certificates: readonly Certificate[]): EnforcedPins {
  const pins: ReadonlySet<SpkiPin> = new Set(certificates.map(({ pin }) => pin))
  return { android: pins, ios: { leaf: null, ca: pins } }
}

/** A day, at its begin. */
export const dayOf = (day: string) => Date.parse(`${day}T00:00:00Z`)

const authority = (name: string, issuer: string, key = name) =>
  certificate({ name, issuer, key, isCa: true, from: '2015-01-01', until: '2040-01-01' })

// Let's Encrypt as root-stores.json has it: X1 in Android from API 25 on, X2 from API 34 and iOS 16 on.

export const ISRG_X1: StoredRoot = {
  held: authority('ISRG Root X1', 'ISRG Root X1'),
  stores: {
    android: { first: 25, last: 37, partial: [] },
    apple: { first: 0, last: 10 },
    mozilla: { distrustAfter: null },
    chrome: { timestampsUntil: null },
  },
}

export const ISRG_X2: StoredRoot = {
  held: authority('ISRG Root X2', 'ISRG Root X2'),
  stores: { ...NOWHERE, android: { first: 34, last: 37, partial: [] }, apple: { first: 6, last: 10 } },
}

/** The key of X2, certified by X1. */
export const X2_CROSS = authority('ISRG Root X2', 'ISRG Root X1')

export const E7 = authority('E7', 'ISRG Root X2')

export const ISRG_LEAF = certificate({ name: 'a.example', issuer: 'E7', dnsNames: ['a.example'] })

/** The server sends its leaf, E7 and the cross-certificate. */
export const ISRG_SENT = search(path([ISRG_LEAF, E7], ISRG_X2), path([ISRG_LEAF, E7, X2_CROSS], ISRG_X1))

/** The server sends its leaf and E7; Pinsmith knows the cross-certificate. */
export const ISRG_NOT_SENT = search(
  path([ISRG_LEAF, E7], ISRG_X2),
  path([ISRG_LEAF, E7, X2_CROSS], ISRG_X1, { crossSigns: [X2_CROSS] }),
)
