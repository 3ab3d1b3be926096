import { failed, ok, type Result } from '../core/result.ts'

/** What the central directory of a zip archive says of a file. */
export interface ArchiveEntry {
  readonly name: string
  readonly isEncrypted: boolean
  readonly method: number
  readonly crc32: number
  /** Unpacked, as claimed. */
  readonly size: number
  /** Null when it lies outside the archive or does not begin as a file does. */
  readonly packed: Uint8Array | null
}

/** The fixed parts of the headers (PKWARE's APPNOTE.TXT §4.3.7, §4.3.12, §4.3.16). */
const LOCAL = { signature: 0x04034b50, bytes: 30 } as const
const CENTRAL = { signature: 0x02014b50, bytes: 46 } as const
const END = { signature: 0x06054b50, bytes: 22 } as const
const MAX_COMMENT = 0xffff

const FLAG_ENCRYPTED = 0x0001

/**
 * Reads the list at the end of a zip archive, which is what counts; nothing is unpacked. Counts and sizes in the
 * archive are never trusted. Of Zip64 the sizes of a file are read, which `zip` writes when it packs what is piped
 * into it; archives of more than four gigabytes are not.
 *
 * @returns a failure when there is no sound list
 */
export function readDirectory(bytes: Uint8Array): Result<readonly ArchiveEntry[], 'damaged'> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  if (end === null) return failed('damaged')
  const listBytes = view.getUint32(end + 12, true)
  const claimedStart = view.getUint32(end + 16, true)
  // Some archives have a program in front, and then positions count from behind it; the records of Zip64 stand behind
  // the list.
  const isInPlace = claimedStart + listBytes <= end && (listBytes === 0 || isCentral(view, claimedStart))
  const start = isInPlace ? claimedStart : end - listBytes
  const shift = start - claimedStart
  if (start < 0 || shift < 0) return failed('damaged')
  const listEnd = start + listBytes
  const entries: ArchiveEntry[] = []
  let position = start
  while (position < listEnd) {
    const isHeader = position + CENTRAL.bytes <= listEnd && view.getUint32(position, true) === CENTRAL.signature
    if (!isHeader) return failed('damaged')
    const nameEnd = position + CENTRAL.bytes + view.getUint16(position + 28, true)
    const next = nameEnd + view.getUint16(position + 30, true) + view.getUint16(position + 32, true)
    if (next > listEnd) return failed('damaged')
    const extraEnd = nameEnd + view.getUint16(position + 30, true)
    const claimed = {
      size: view.getUint32(position + 24, true),
      packedBytes: view.getUint32(position + 20, true),
      header: view.getUint32(position + 42, true),
    }
    const { size, packedBytes, header } = withZip64(claimed, view, nameEnd, extraEnd)
    entries.push({
      name: readName(bytes.subarray(position + CENTRAL.bytes, nameEnd)),
      isEncrypted: (view.getUint16(position + 8, true) & FLAG_ENCRYPTED) !== 0,
      method: view.getUint16(position + 10, true),
      crc32: view.getUint32(position + 16, true),
      size,
      packed: packedData(view, shift + header, packedBytes),
    })
    position = next
  }
  return ok(entries)
}

function isCentral(view: DataView, position: number): boolean {
  return position + 4 <= view.byteLength && view.getUint32(position, true) === CENTRAL.signature
}

interface Claimed {
  readonly size: number
  readonly packedBytes: number
  readonly header: number
}

const ZIP64 = 0x0001
const IN_ZIP64 = 0xffffffff

/** APPNOTE.TXT §4.5.3: numbers that are all ones stand in an extra field, in this order, eight octets each. */
function withZip64(claimed: Claimed, view: DataView, start: number, end: number): Claimed {
  for (let position = start; position + 4 <= end; position += 4 + view.getUint16(position + 2, true)) {
    if (view.getUint16(position, true) !== ZIP64) continue
    let next = position + 4
    const read = (number: number): number => {
      if (number !== IN_ZIP64 || next + 8 > end) return number
      next += 8
      return Number(view.getBigUint64(next - 8, true))
    }
    return { size: read(claimed.size), packedBytes: read(claimed.packedBytes), header: read(claimed.header) }
  }
  return claimed
}

/** The end record is the last one; only a comment of known length may follow it. */
function findEnd(view: DataView): number | null {
  const last = view.byteLength - END.bytes
  for (let position = last; position >= Math.max(last - MAX_COMMENT, 0); position -= 1) {
    if (view.getUint32(position, true) !== END.signature) continue
    if (view.getUint16(position + 20, true) <= last - position) return position
  }
  return null
}

function packedData(view: DataView, header: number, length: number): Uint8Array | null {
  if (header + LOCAL.bytes > view.byteLength || view.getUint32(header, true) !== LOCAL.signature) return null
  // Name and extra field may have other lengths here than in the list.
  const start = header + LOCAL.bytes + view.getUint16(header + 26, true) + view.getUint16(header + 28, true)
  return start + length > view.byteLength ? null : new Uint8Array(view.buffer, view.byteOffset + start, length)
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
const latin1 = new TextDecoder('latin1')

/** Flag bit 11 says UTF-8, but macOS leaves it out; what is no UTF-8 is of some old code page. */
function readName(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return latin1.decode(bytes)
  }
}
