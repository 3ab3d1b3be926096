import type { CertificateFingerprint } from '../core/certificate/certificate.ts'
import type { StoreMembership } from '../core/chain/chain.ts'
import { decodeBase64, encodeHex } from '../core/pins/encoding.ts'
import type { SpkiPin } from '../core/pins/spki-pin.ts'
import { cutCertificate } from './der.ts'
import { readDistinguishedName } from './distinguished-name.ts'
import { fingerprintOf, pinOf } from './fingerprint.ts'
import type { IdentifiedRoot, IdentifiedRoots } from './inspection.ts'

/** A certificate of Pinsmith's own collection. */
export interface BundledCertificate {
  readonly sha256: CertificateFingerprint
  readonly der: Uint8Array
  /** Null for a cross-certificate. */
  readonly stores: StoreMembership | null
}

/** Pinsmith's own copy of the platforms' root stores; `roots/README.md` says where it comes from. */
export interface BundledRoots {
  /** The day of the data, `yyyy-MM-dd`. */
  readonly date: string
  /** Null for what is no root of the collection. */
  storesOf(fingerprint: CertificateFingerprint): StoreMembership | null
  /** @param subject the name's DER in hexadecimal; several roots may share one */
  rootsNamed(subject: string): Promise<readonly BundledCertificate[]>
  /** Certificates that listed roots have issued for the keys of others. */
  crossSignsNamed(subject: string): Promise<readonly BundledCertificate[]>
  /** The roots that these digests are the pin or the fingerprint of; the first where several have one key. */
  identify(digests: readonly SpkiPin[]): IdentifiedRoots
}

/**
 * Indexes the content of `roots/bundled-roots.json`. Each certificate is held against its fingerprint.
 *
 * @returns null when the content is not that file's; chains are then built without completion
 */
export function loadBundledRoots(json: unknown): BundledRoots | null {
  if (!isRecord(json) || json['schema'] !== 2 || typeof json['date'] !== 'string' || !Array.isArray(json['roots'])) {
    return null
  }
  const roots: BundledCertificate[] = []
  const bySubject = new Map<string, BundledCertificate[]>()
  for (const entry of json['roots'] as readonly unknown[]) {
    const root = readRoot(entry)
    if (!root) return null
    const parts = cutCertificate(root.der)
    if (!parts.ok) return null
    const subject = encodeHex(parts.value.subject)
    roots.push(root)
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), root])
  }
  const stores = new Map(roots.map((root) => [root.sha256, root.stores]))
  return {
    date: json['date'],
    storesOf: (fingerprint) => stores.get(fingerprint) ?? null,
    rootsNamed: (subject) => Promise.resolve(bySubject.get(subject) ?? []),
    crossSignsNamed: () => Promise.resolve([]),
    identify: (digests) => identify(digests, roots),
  }
}

function identify(digests: readonly SpkiPin[], roots: readonly BundledCertificate[]): IdentifiedRoots {
  const asked = new Set<string>(digests)
  const identified = new Map<SpkiPin, IdentifiedRoot>()
  for (const { der } of roots) {
    const parts = cutCertificate(der)
    if (!parts.ok) continue
    const pin = pinOf(parts.value.subjectPublicKeyInfo)
    // The second is its fingerprint, written as a pin is.
    for (const digest of [pin, pinOf(der)]) {
      if (!asked.has(digest) || identified.has(digest)) continue
      const subject = readDistinguishedName(parts.value.subject)
      identified.set(digest, { name: subject?.commonName ?? subject?.organization ?? subject?.text ?? '', pin })
    }
  }
  return identified
}

function readRoot(entry: unknown): BundledCertificate | null {
  if (!isRecord(entry) || typeof entry['der'] !== 'string') return null
  const der = decodeBase64(entry['der'])
  const stores = readStores(entry['stores'])
  if (!der || !stores || fingerprintOf(der) !== entry['sha256']) return null
  return { sha256: fingerprintOf(der), der, stores }
}

/** Each store is null or has what `StoreMembership` says. */
function readStores(value: unknown): StoreMembership | null {
  if (!isRecord(value)) return null
  const { android, apple, mozilla, chrome } = value
  const isSound =
    isNullOr(android, ({ first, last, partial }) => areNumbers([first, last]) && areNumbers(partial)) &&
    isNullOr(apple, ({ first, last }) => areNumbers([first, last])) &&
    isNullOr(mozilla, ({ distrustAfter }) => distrustAfter === null || typeof distrustAfter === 'number') &&
    isNullOr(chrome, ({ timestampsUntil }) => timestampsUntil === null || typeof timestampsUntil === 'number')
  return isSound ? (value as unknown as StoreMembership) : null
}

function isNullOr(value: unknown, test: (record: Record<string, unknown>) => boolean): boolean {
  return value === null || (isRecord(value) && test(value))
}

function areNumbers(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'number')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
