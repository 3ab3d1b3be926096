import type { CertificateFingerprint } from '../core/certificate/certificate.ts'
import type { StoreMembership } from '../core/chain/chain.ts'
import { decodeBase64, encodeHex } from '../core/pins/encoding.ts'
import { cutCertificate } from './der.ts'
import { fingerprintOf } from './fingerprint.ts'

export interface BundledRoot {
  readonly sha256: CertificateFingerprint
  readonly der: Uint8Array
  readonly stores: StoreMembership
}

/** Pinsmith's own copy of the platforms' root stores; `roots/README.md` says where it comes from. */
export interface BundledRoots {
  /** The day of the data, `yyyy-MM-dd`. */
  readonly date: string
  readonly bySha256: ReadonlyMap<CertificateFingerprint, BundledRoot>
  /** Keyed by the subject name's DER in hexadecimal; several roots may share a name. */
  readonly bySubject: ReadonlyMap<string, readonly BundledRoot[]>
}

/**
 * Indexes the content of `roots/bundled-roots.json`. Each certificate is held against its fingerprint.
 *
 * @returns null when the content is not that file's; chains are then built without completion
 */
export function loadBundledRoots(json: unknown): BundledRoots | null {
  if (!isRecord(json) || json['schema'] !== 1 || typeof json['date'] !== 'string' || !Array.isArray(json['roots'])) {
    return null
  }
  const bySha256 = new Map<CertificateFingerprint, BundledRoot>()
  const bySubject = new Map<string, BundledRoot[]>()
  for (const entry of json['roots'] as readonly unknown[]) {
    const root = readRoot(entry)
    if (!root) return null
    const parts = cutCertificate(root.der)
    if (!parts.ok) return null
    const subject = encodeHex(parts.value.subject)
    bySha256.set(root.sha256, root)
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), root])
  }
  return { date: json['date'], bySha256, bySubject }
}

function readRoot(entry: unknown): BundledRoot | null {
  if (!isRecord(entry) || typeof entry['der'] !== 'string') return null
  const der = decodeBase64(entry['der'])
  const stores = readStores(entry['stores'])
  if (!der || !stores || fingerprintOf(der) !== entry['sha256']) return null
  return { sha256: fingerprintOf(der), der, stores }
}

function readStores(value: unknown): StoreMembership | null {
  if (!isRecord(value)) return null
  const { android, apple, mozilla, chrome } = value
  if (typeof apple !== 'boolean' || typeof mozilla !== 'boolean' || typeof chrome !== 'boolean') return null
  if (android === null) return { android, apple, mozilla, chrome }
  if (!isRecord(android)) return null
  const { first, last } = android
  if (typeof first !== 'number' || typeof last !== 'number') return null
  return { android: { first, last }, apple, mozilla, chrome }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
