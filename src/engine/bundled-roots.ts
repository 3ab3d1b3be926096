import { sha256 } from '@noble/hashes/sha2.js'
import type { CertificateFingerprint } from '../core/certificate/certificate.ts'
import type { StoreMembership } from '../core/chain/chain.ts'
import { decodeHex, encodeBase64, encodeHex } from '../core/pins/encoding.ts'
import type { SpkiPin } from '../core/pins/spki-pin.ts'
import { fingerprintOf } from './fingerprint.ts'
import type { IdentifiedRoot, IdentifiedRoots } from './inspection.ts'
import { NAME_HASH_BYTES, readRootTable, type NameHash, type RootTable, type TableRoot } from './root-table.ts'

/** A certificate of Pinsmith's own collection. */
export interface BundledCertificate {
  readonly sha256: CertificateFingerprint
  readonly der: Uint8Array
  /** Null for a cross-certificate. */
  readonly stores: StoreMembership | null
}

/**
 * Pinsmith's own copy of the platforms' root stores, as one job sees it; `roots/README.md` says where it comes from.
 * Names are their DER in hexadecimal. Only `rootsNamed` and `crossSignsNamed` need the certificates themselves.
 */
export interface BundledRoots {
  /** The day of the data, `yyyy-MM-dd`. */
  readonly date: string
  /** Null for what is no root of the collection. */
  storesOf(fingerprint: CertificateFingerprint): StoreMembership | null
  /** Several roots may share one name. None as well when their certificates cannot be had, as `isUnavailable` tells. */
  rootsNamed(subject: string): Promise<readonly BundledCertificate[]>
  /** The same for certificates that listed roots have issued for the keys of others. */
  crossSignsNamed(subject: string): Promise<readonly BundledCertificate[]>
  /** Whether a certificate of the collection was wanted and could not be had. */
  isUnavailable(): boolean
  /** The roots that these digests are the pin or the fingerprint of. */
  identify(digests: readonly SpkiPin[]): IdentifiedRoots
  /**
   * The roots that may have issued a certificate, which only their certificates could confirm.
   *
   * @param keyIdentifier of the issuer's key, in hexadecimal; a root that has another one is left out
   */
  candidates(issuer: string, keyIdentifier: string | null): readonly IdentifiedRoot[]
}

/** How the files in `roots/` are loaded, as parsed JSON; both may reject. */
export interface RootFiles {
  readonly table: () => Promise<unknown>
  /** Asked for only when a certificate is needed. */
  readonly certificates: () => Promise<unknown>
}

export interface RootCollection {
  /** For one job; null when the table cannot be had. What did not load is asked for once, and again by the next job. */
  open(): Promise<BundledRoots | null>
}

interface IndexedTable extends RootTable {
  readonly stores: ReadonlyMap<CertificateFingerprint, StoreMembership>
  readonly rootsByName: ReadonlyMap<NameHash, readonly Place[]>
  readonly crossSignsByName: ReadonlyMap<NameHash, readonly Place[]>
}

/** Where a certificate stands in the file of certificates, and what it has to be there. */
interface Place {
  readonly position: number
  readonly sha256: CertificateFingerprint
  readonly stores: StoreMembership | null
}

/** Each certificate of the collection is held against its fingerprint when it is used. */
export function createRootCollection(files: RootFiles): RootCollection {
  let table: IndexedTable | null = null
  let certificates: readonly unknown[] | null = null
  const loadCertificates = async () => {
    const content = certificates ?? (await loaded(files.certificates))
    if (Array.isArray(content)) certificates = content
    return certificates
  }
  return {
    async open() {
      table ??= indexed(readRootTable(await loaded(files.table)))
      return table && openTable(table, loadCertificates)
    },
  }
}

function openTable(table: IndexedTable, loadCertificates: () => Promise<readonly unknown[] | null>): BundledRoots {
  let certificates: Promise<readonly unknown[] | null> | null = null
  let isUnavailable = false

  async function at(places: readonly Place[]): Promise<readonly BundledCertificate[]> {
    if (places.length === 0) return []
    certificates ??= loadCertificates()
    const ders = await certificates
    return places.flatMap(({ position, sha256: fingerprint, stores }) => {
      const text = ders?.[position]
      const der = typeof text === 'string' ? decodeHex(text) : null
      if (der && fingerprintOf(der) === fingerprint) return [{ sha256: fingerprint, der, stores }]
      isUnavailable = true
      return []
    })
  }

  return {
    date: table.date,
    storesOf: (fingerprint) => table.stores.get(fingerprint) ?? null,
    rootsNamed: (subject) => at(table.rootsByName.get(hashOf(subject)) ?? []),
    crossSignsNamed: (subject) => at(table.crossSignsByName.get(hashOf(subject)) ?? []),
    isUnavailable: () => isUnavailable,
    identify: (digests) => identify(digests, table),
    candidates: (issuer, keyIdentifier) => candidates(hashOf(issuer), keyIdentifier, table),
  }
}

async function loaded(load: () => Promise<unknown>): Promise<unknown> {
  try {
    return await load()
  } catch {
    return null
  }
}

function indexed(table: RootTable | null): IndexedTable | null {
  if (!table) return null
  const { roots, crossSigns } = table
  const rootPlaces = roots.map(({ sha256: fingerprint, subject, stores }, position) => {
    return { subject, place: { position, sha256: fingerprint, stores } }
  })
  const crossSignPlaces = crossSigns.map(({ sha256: fingerprint, subject }, index) => {
    return { subject, place: { position: roots.length + index, sha256: fingerprint, stores: null } }
  })
  return {
    ...table,
    stores: new Map(roots.map(({ sha256: fingerprint, stores }) => [fingerprint, stores])),
    rootsByName: byName(rootPlaces),
    crossSignsByName: byName(crossSignPlaces),
  }
}

function byName(places: readonly { readonly subject: NameHash; readonly place: Place }[]) {
  const found = new Map<NameHash, Place[]>()
  for (const { subject, place } of places) {
    const sameName = found.get(subject)
    if (sameName) sameName.push(place)
    else found.set(subject, [place])
  }
  return found
}

/** @returns a hash that no table has when the text is no hexadecimal */
function hashOf(name: string): NameHash {
  return encodeHex(sha256(decodeHex(name) ?? new Uint8Array()).subarray(0, NAME_HASH_BYTES)) as NameHash
}

function identify(digests: readonly SpkiPin[], { roots }: RootTable): IdentifiedRoots {
  const asked = new Set<string>(digests)
  const identified = new Map<SpkiPin, IdentifiedRoot>()
  for (const root of roots) {
    // The second is its fingerprint, written as a pin is.
    for (const digest of [root.pin, encodeBase64(decodeHex(root.sha256) ?? new Uint8Array()) as SpkiPin]) {
      if (asked.has(digest) && !identified.has(digest)) identified.set(digest, identifiedRoot(root, roots))
    }
  }
  return identified
}

function candidates(issuer: NameHash, keyIdentifier: string | null, { roots }: RootTable): readonly IdentifiedRoot[] {
  const matching = roots.filter(
    (root) =>
      root.subject === issuer &&
      (keyIdentifier === null || root.keyIdentifier === null || root.keyIdentifier === keyIdentifier),
  )
  // The editions of one key are one candidate.
  return matching
    .filter(({ pin }, index) => matching.findIndex((root) => root.pin === pin) === index)
    .map((root) => identifiedRoot(root, roots))
}

function identifiedRoot({ name, pin }: TableRoot, roots: readonly TableRoot[]): IdentifiedRoot {
  const editions = roots
    .filter((root) => root.pin === pin)
    .map(({ sha256: fingerprint, notBefore, notAfter, stores }) => ({
      sha256: fingerprint,
      notBefore,
      notAfter,
      stores,
    }))
  return { name, pin, editions }
}
