import { contentOf, readElement } from './der.ts'
import { readObjectIdentifier } from './object-identifier.ts'

/**
 * One value of BER (X.690 §8): views on the bytes it was read from, looked into only when its children are asked for.
 * asn1js reads BER as well, but takes five seconds for each megabyte of a forged object identifier and bounds only the
 * number of values; here a file of any content is read in linear time.
 */
export interface BerValue {
  readonly tag: number
  /** With tag, length and, where the length is indefinite, the end mark. */
  readonly whole: Uint8Array
  readonly content: Uint8Array
  readonly depth: number
  readonly budget: BerValueBudget
}

/** How many values may still be read, shared by all that come out of one file. */
export interface BerValueBudget {
  values: number
}

/** Far more than any format nests. */
const MAX_DEPTH = 48
const CONSTRUCTED = 0x20
const OCTET_STRING = 0x04

/** The value at the beginning of `bytes`; more may follow. Null when it is not sound or the budget is used up. */
export function readBer(bytes: Uint8Array, budget: BerValueBudget): BerValue | null {
  return readAt(bytes, 0, 0, budget)
}

function readAt(bytes: Uint8Array, start: number, depth: number, budget: BerValueBudget): BerValue | null {
  budget.values -= 1
  if (budget.values < 0 || depth > MAX_DEPTH) return null
  const element = readElement(bytes, start)
  if (!element.ok) return null
  const { tag, end } = element.value
  return { tag, whole: bytes.subarray(start, end), content: contentOf(bytes, element.value), depth, budget }
}

/** @property complete false when one of them is not sound; then these are the ones before it */
export interface BerChildren {
  readonly values: readonly BerValue[]
  readonly complete: boolean
}

/** The values inside a constructed value. Of a primitive one there are none. */
export function readChildren(value: BerValue | null | undefined): BerChildren {
  const values: BerValue[] = []
  if (!value || (value.tag & CONSTRUCTED) === 0) return { values, complete: false }
  let position = 0
  while (position < value.content.length) {
    const child = readAt(value.content, position, value.depth + 1, value.budget)
    if (!child) return { values, complete: false }
    values.push(child)
    position += child.whole.length
  }
  return { values, complete: true }
}

/** The values inside a constructed value, as far as they are sound. */
export function childrenOf(value: BerValue | null | undefined): readonly BerValue[] {
  return readChildren(value).values
}

/**
 * What an octet string holds. BER may cut it into pieces, as NSS does and Windows did (X.690 §8.7.3).
 *
 * @param tag of an implicitly tagged one, without the bit for pieces
 * @returns null when it is no octet string, or not a sound one
 */
export function octetsOf(value: BerValue | null | undefined, tag = OCTET_STRING): Uint8Array | null {
  if (value?.tag === tag) return value.content
  if (value?.tag !== (tag | CONSTRUCTED)) return null
  const { values, complete } = readChildren(value)
  const pieces = values.map((piece) => octetsOf(piece))
  if (!complete) return null
  const octets = new Uint8Array(pieces.reduce((length, piece) => length + (piece?.length ?? 0), 0))
  let position = 0
  for (const piece of pieces) {
    if (!piece) return null
    octets.set(piece, position)
    position += piece.length
  }
  return octets
}

/** The dotted notation of an object identifier; null when it is none. */
export function identifierOf(value: BerValue | null | undefined): string | null {
  return value?.tag === 0x06 ? readObjectIdentifier(value.content) : null
}

/** A positive integer, beyond 2^53 without its last digits; null when it is none. */
export function countOf(value: BerValue | null | undefined): number | null {
  const [first = 0x80] = value?.content ?? []
  if (value?.tag !== 0x02 || first >= 0x80 || value.content.length > 128) return null
  const count = value.content.reduce((sum, octet) => sum * 256 + octet, 0)
  return count > 0 ? count : null
}
