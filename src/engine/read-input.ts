import { decodeBase64 } from '../core/pins/encoding.ts'
import { cutCertificate, TAG } from './der.ts'
import { pemBlocks, type PemBlock } from './pem.ts'

/** An input as blocks, recognised by its content alone. */
export type ReadInput =
  | { readonly kind: 'blank' }
  | { readonly kind: 'pem'; readonly blocks: Iterable<PemBlock> }
  /** Begins like DER; one value or several in a row. */
  | { readonly kind: 'der'; readonly bytes: Uint8Array }
  /** Neither PEM nor DER. */
  | { readonly kind: 'other' }

/** Splits an input into blocks that may hold a certificate. Takes linear time and never throws. */
export function readInput(bytes: Uint8Array): ReadInput {
  // A text may begin with `0`, the byte of a DER sequence; but a certificate is too long for a length of one byte.
  const looksLikeDer = bytes[0] === TAG.sequence && (bytes[1] ?? 0) >= 0x80
  // A DER certificate may carry PEM markers in its names.
  if (looksLikeDer && cutCertificate(bytes).ok) return { kind: 'der', bytes }
  const text = decodeText(bytes)
  if (text.includes('-----BEGIN ')) return { kind: 'pem', blocks: pemBlocks(text) }
  if (looksLikeDer) return { kind: 'der', bytes }
  if (text.trim() === '') return { kind: 'blank' }
  const unarmoured = decodeBase64(text)
  return unarmoured?.[0] === TAG.sequence ? { kind: 'der', bytes: unarmoured } : { kind: 'other' }
}

/**
 * Markers and base64 are ASCII, so any encoding that contains ASCII is read well enough as single bytes; the text
 * around the blocks is not used. Windows editors save UTF-16, which its byte order mark announces.
 */
function decodeText(bytes: Uint8Array): string {
  const [first, second, third] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  const hasUtf8Mark = first === 0xef && second === 0xbb && third === 0xbf
  return new TextDecoder('latin1').decode(hasUtf8Mark ? bytes.subarray(3) : bytes)
}
