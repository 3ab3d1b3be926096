import type { SignedCertificateTimestamp } from '../core/certificate/certificate-extensions.ts'
import type { Instant } from '../core/instant.ts'
import { encodeHex } from '../core/pins/encoding.ts'

const VERSION_1 = 0
const LOG_ID_OCTETS = 32
const TIME_OCTETS = 8
/** Version, log id, timestamp, and the lengths of extensions and signature with the latter's algorithm. */
const SMALLEST_V1 = 1 + LOG_ID_OCTETS + TIME_OCTETS + 2 + 4

/**
 * Reads a SignedCertificateTimestampList (RFC 6962 §3.3) in the presentation language of TLS: every length is two
 * octets, big-endian.
 *
 * @returns null when the lengths contradict each other
 */
export function readTimestampList(list: Uint8Array): readonly SignedCertificateTimestamp[] | null {
  if (list.length < 2 || lengthAt(list, 0) !== list.length - 2) return null
  const timestamps: SignedCertificateTimestamp[] = []
  let position = 2
  while (position < list.length) {
    const start = position + 2
    const end = start + lengthAt(list, position)
    if (start > list.length || end > list.length) return null
    const timestamp = readTimestamp(list.subarray(start, end))
    if (!timestamp) return null
    timestamps.push(timestamp)
    position = end
  }
  return timestamps
}

/** RFC 6962 §3.2. Of a later version nothing is known but that it may stand here (§3.3). */
function readTimestamp(timestamp: Uint8Array): SignedCertificateTimestamp | null {
  const [version] = timestamp
  if (version === undefined) return null
  if (version !== VERSION_1) return { logId: null, timestamp: null }
  if (timestamp.length < SMALLEST_V1) return null
  return {
    logId: encodeHex(timestamp.subarray(1, 1 + LOG_ID_OCTETS)),
    timestamp: readTime(timestamp.subarray(1 + LOG_ID_OCTETS, 1 + LOG_ID_OCTETS + TIME_OCTETS)),
  }
}

/** ECMA-262 §21.4.1.1: the last millisecond that has a date. */
const LAST_TIME = 8.64e15

/** Milliseconds since 1970, as an instant has them. */
function readTime(octets: Uint8Array): Instant | null {
  const time = Number(new DataView(octets.buffer, octets.byteOffset, octets.byteLength).getBigUint64(0))
  return time <= LAST_TIME ? time : null
}

function lengthAt(bytes: Uint8Array, position: number): number {
  return ((bytes[position] ?? 0) << 8) | (bytes[position + 1] ?? 0)
}
