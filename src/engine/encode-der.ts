import { TAG } from './der.ts'

/** One DER value of these contents, with the shortest length (X.690 §10.1). */
export function encodeDer(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, content) => sum + content.length, 0)
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  const header = length < 0x80 ? [tag, length] : [tag, 0x80 | octets.length, ...octets]
  const encoded = new Uint8Array(header.length + length)
  encoded.set(header)
  let position = header.length
  for (const content of contents) {
    encoded.set(content, position)
    position += content.length
  }
  return encoded
}

/** An unsigned number, highest octet first → the shortest INTEGER (X.690 §8.3). */
export function encodeUnsigned(octets: Uint8Array): Uint8Array {
  const first = octets.findIndex((octet) => octet !== 0)
  const digits = first < 0 ? Uint8Array.of(0) : octets.subarray(first)
  return encodeDer(TAG.integer, (digits[0] ?? 0) >= 0x80 ? Uint8Array.of(0) : new Uint8Array(), digits)
}

/** A bit string of whole octets. */
export function encodeBits(octets: Uint8Array): Uint8Array {
  return encodeDer(TAG.bitString, Uint8Array.of(0), octets)
}
