/** Long enough for every identifier in use; a megabyte of them takes a library a third of a second. */
const MAX_OCTETS = 64

/**
 * The dotted notation of an object identifier (X.690 §8.19).
 *
 * @param content without tag and length
 * @returns null when it is empty, cut off or absurdly long
 */
export function readObjectIdentifier(content: Uint8Array): string | null {
  const last = content.at(-1)
  if (last === undefined || last >= 0x80 || content.length > MAX_OCTETS) return null
  const arcs: bigint[] = []
  let arc = 0n
  for (const octet of content) {
    arc = (arc << 7n) | BigInt(octet & 0x7f)
    if (octet < 0x80) {
      arcs.push(arc)
      arc = 0n
    }
  }
  // The first two arcs share a number: 40 times the first, which is 0, 1 or 2, plus the second.
  const [joined = 0n, ...others] = arcs
  const first = joined < 80n ? joined / 40n : 2n
  return [first, joined - first * 40n, ...others].join('.')
}
