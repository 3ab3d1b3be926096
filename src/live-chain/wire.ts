import { decodeBase64 } from '../core/pins/encoding.ts'
import { MOST_CERTIFICATES } from './contract.ts'

/** Checks of values that came as JSON from elsewhere, and readers of what both replies hold. */

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

export function isListOf<T>(value: unknown, isItem: (item: unknown) => item is T): value is readonly T[] {
  return Array.isArray(value) && value.every(isItem)
}

/** Every item read, or null when one cannot be. */
export function readList<T>(value: unknown, read: (item: unknown) => T | null): readonly T[] | null {
  if (!Array.isArray(value)) return null
  const items: T[] = []
  for (const item of value) {
    const meaning = read(item)
    if (meaning === null) return null
    items.push(meaning)
  }
  return items
}

/** Certificates in base64; null when there is none or there are too many. */
export function readDerList(value: unknown): readonly Uint8Array[] | null {
  const ders = readList(value, readDer)
  return ders === null || ders.length === 0 || ders.length > MOST_CERTIFICATES ? null : ders
}

function readDer(value: unknown): Uint8Array | null {
  const der = typeof value === 'string' ? decodeBase64(value) : null
  return der === null || der.length === 0 ? null : der
}

/** The facts that failures of both lists may carry, and no other property; null when one has the wrong type. */
export function readFacts(failure: Readonly<Record<string, unknown>>) {
  const { retryAfterSeconds, allowedPorts } = failure
  if (retryAfterSeconds !== undefined && !isCount(retryAfterSeconds)) return null
  if (allowedPorts !== undefined && !isListOf(allowedPorts, isCount)) return null
  return {
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(allowedPorts === undefined ? {} : { allowedPorts }),
  }
}

/** Whether a stored or sent value is one of a table's kinds. */
export function isKindOf<K extends string>(table: Readonly<Record<K, unknown>>, value: unknown): value is K {
  return typeof value === 'string' && Object.hasOwn(table, value)
}
