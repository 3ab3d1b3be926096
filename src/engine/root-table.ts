import type { CertificateFingerprint } from '../core/certificate/certificate.ts'
import { APPLE_LISTS, type StoreMembership } from '../core/chain/chain.ts'
import { startOfDayUtc, type Instant } from '../core/instant.ts'
import { decodeBase64, encodeHex } from '../core/pins/encoding.ts'
import { spkiPinFromDigest, type SpkiPin } from '../core/pins/spki-pin.ts'

/** The first 16 bytes of the SHA-256 of a name's DER, in hexadecimal. */
export type NameHash = string & { readonly nameHash: unique symbol }

export const NAME_HASH_BYTES = 16

const DIGEST_BYTES = 32

/** What is known of a root without its certificate. */
export interface TableRoot {
  /** Hostile text. */
  readonly name: string
  readonly pin: SpkiPin
  readonly sha256: CertificateFingerprint
  /** In hexadecimal; null where the certificate has none. */
  readonly keyIdentifier: string | null
  readonly subject: NameHash
  readonly notBefore: Instant
  readonly notAfter: Instant
  readonly stores: StoreMembership
}

export interface TableCrossSign {
  readonly sha256: CertificateFingerprint
  readonly subject: NameHash
}

/** The content of `roots/root-table.json`. `roots/root-certificates.json` has the DERs in the same order, roots first. */
export interface RootTable {
  /** The day of the data, `yyyy-MM-dd`. */
  readonly date: string
  readonly roots: readonly TableRoot[]
  readonly crossSigns: readonly TableCrossSign[]
}

/** @returns null when the content is not that file's */
export function readRootTable(json: unknown): RootTable | null {
  if (typeof json !== 'object' || json === null || !('schema' in json) || json.schema !== 3) return null
  if (!('date' in json) || typeof json.date !== 'string' || startOfDayUtc(json.date) === null) return null
  const roots = 'roots' in json ? readRows(json.roots, readRoot) : null
  const crossSigns = 'crossSigns' in json ? readRows(json.crossSigns, readCrossSign) : null
  return roots && crossSigns && { date: json.date, roots, crossSigns }
}

function readRows<Row>(rows: unknown, read: (cells: readonly unknown[]) => Row | null): readonly Row[] | null {
  if (!Array.isArray(rows)) return null
  const found = rows.map((cells: unknown) => (Array.isArray(cells) ? read(cells) : null))
  return found.every((row) => row !== null) ? found : null
}

function readRoot(cells: readonly unknown[]): TableRoot | null {
  const [name, pin, fingerprint, keyIdentifier, nameHash, notBefore, notAfter, android, apple, mozilla, chrome] = cells
  const pinDigest = readBytes(pin, DIGEST_BYTES)
  const sha256 = readFingerprint(fingerprint)
  const keyIdentifierBytes = readBytes(keyIdentifier)
  const subject = readNameHash(nameHash)
  const from = readInstant(notBefore)
  const until = readInstant(notAfter)
  const stores = readStores(android, apple, mozilla, chrome)
  if (typeof name !== 'string' || !pinDigest || !sha256 || !keyIdentifierBytes || !subject || !stores) return null
  if (from === null || until === null) return null
  return {
    name,
    pin: spkiPinFromDigest(pinDigest),
    sha256,
    keyIdentifier: encodeHex(keyIdentifierBytes) || null,
    subject,
    notBefore: from,
    notAfter: until,
    stores,
  }
}

function readCrossSign([fingerprint, nameHash]: readonly unknown[]): TableCrossSign | null {
  const sha256 = readFingerprint(fingerprint)
  const subject = readNameHash(nameHash)
  return sha256 && subject && { sha256, subject }
}

/** In each cell, null: not listed. */
function readStores(android: unknown, apple: unknown, mozilla: unknown, chrome: unknown): StoreMembership | null {
  const levels = android === null ? [] : Array.isArray(android) ? android : [android]
  const [first, last, ...partial] = levels.filter((level) => typeof level === 'number')
  const lists = apple === null ? [] : Array.isArray(apple) ? apple : [apple]
  const [firstList, lastList] = lists.map((list: unknown) => APPLE_LISTS.findIndex((name) => name === list))
  const distrustAfter = readLimit(mozilla)
  const timestampsUntil = readLimit(chrome)

  const hasLevels = first !== undefined && last !== undefined && levels.length === partial.length + 2
  const hasLists = firstList !== undefined && firstList >= 0 && lastList !== undefined && lastList >= 0
  if ((android !== null && !hasLevels) || (apple !== null && !hasLists)) return null
  if (distrustAfter === 'unreadable' || timestampsUntil === 'unreadable') return null
  return {
    android: hasLevels ? { first, last, partial } : null,
    apple: hasLists ? { first: firstList, last: lastList } : null,
    mozilla: distrustAfter === 'not-listed' ? null : { distrustAfter },
    chrome: timestampsUntil === 'not-listed' ? null : { timestampsUntil },
  }
}

/** `true`: listed without a limit, which is null then; a point in time: listed for what is older. */
function readLimit(cell: unknown): Instant | null | 'not-listed' | 'unreadable' {
  if (cell === null) return 'not-listed'
  return cell === true ? null : (readInstant(cell) ?? 'unreadable')
}

function readInstant(cell: unknown): Instant | null {
  if (typeof cell !== 'string' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(cell)) return null
  const instant = Date.parse(cell)
  return Number.isNaN(instant) ? null : instant
}

function readFingerprint(cell: unknown): CertificateFingerprint | null {
  const bytes = readBytes(cell, DIGEST_BYTES)
  return bytes && (encodeHex(bytes) as CertificateFingerprint)
}

function readNameHash(cell: unknown): NameHash | null {
  const bytes = readBytes(cell, NAME_HASH_BYTES)
  return bytes && (encodeHex(bytes) as NameHash)
}

function readBytes(cell: unknown, length?: number): Uint8Array | null {
  const bytes = typeof cell === 'string' ? decodeBase64(cell) : null
  return bytes && (length === undefined || bytes.length === length) ? bytes : null
}
