import { decodeBase64 } from '../core/pins/encoding.ts'
import { readElement, TAG } from './der.ts'
import { pemBlocks, type PemBlock } from './pem.ts'

/** An input as blocks, recognised by its content alone. */
export type ReadInput =
  | { readonly kind: 'blank' }
  | { readonly kind: 'pem'; readonly blocks: Iterable<PemBlock> }
  /** Begins like DER; one value or several in a row. */
  | { readonly kind: 'der'; readonly bytes: Uint8Array }
  /** Neither PEM nor DER. */
  | { readonly kind: 'other'; readonly text: string }

/** Splits an input into blocks that may hold a certificate. Takes linear time and never throws. */
export function readInput(bytes: Uint8Array): ReadInput {
  // A binary may carry PEM in its names, its comments, or the files that it holds.
  if (MAGIC_NUMBERS.some((magic) => magic.every((byte, index) => bytes[index] === byte))) {
    return { kind: 'other', text: '' }
  }
  // A text may begin with `0`, the byte of a DER sequence; but a certificate is too long for a length of one byte.
  const looksLikeDer = bytes[0] === TAG.sequence && (bytes[1] ?? 0) >= 0x80
  if ((looksLikeDer && readElement(bytes, 0).ok) || beginsWithShortKey(bytes)) return { kind: 'der', bytes }
  const text = readableText(decodeText(bytes))
  if (text.includes('-----BEGIN ')) return { kind: 'pem', blocks: pemBlocks(text) }
  if (looksLikeDer) return { kind: 'der', bytes }
  if (text.trim() === '') return { kind: 'blank' }
  const unarmoured = decodeBase64(text)
  if (unarmoured?.[0] === TAG.sequence) return { kind: 'der', bytes: unarmoured }
  return { kind: 'other', text: decodeUtf8(bytes) ?? text }
}

/** Archives and Java keystores. */
const MAGIC_NUMBERS = [
  [0x50, 0x4b, 0x03, 0x04],
  [0x50, 0x4b, 0x05, 0x06],
  [0xfe, 0xed, 0xfe, 0xed],
  [0xce, 0xce, 0xce, 0xce],
] as const

const SHORTEST_KEY = 32

/** Keys on elliptic curves are the only values of interest whose length fits into one byte. More may follow. */
function beginsWithShortKey(bytes: Uint8Array): boolean {
  // An algorithm, or a version, begins a key; in a text that begins with a zero neither can stand there.
  const isAlgorithm = bytes[2] === TAG.sequence && (bytes[3] ?? 0) < 0x20
  const isVersion = bytes[2] === TAG.integer && bytes[3] === 1
  const key = bytes[0] === TAG.sequence && (isAlgorithm || isVersion) ? readElement(bytes, 0) : null
  if (!key?.ok || key.value.end < SHORTEST_KEY) return false
  const next = bytes[key.value.end]
  return next === undefined || next === TAG.sequence || next <= 0x20
}

/** The names of keys may be in any language. Null for what is no UTF-8. */
function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/**
 * Markers and base64 are ASCII, so any encoding that contains ASCII is read well enough as single bytes; the text
 * around the blocks is not used. Windows editors save UTF-16, mostly with a byte order mark.
 */
function decodeText(bytes: Uint8Array): string {
  const [first, second, third, fourth] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (isAscii(first) && second === 0 && isAscii(third) && fourth === 0) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0 && isAscii(second) && third === 0 && isAscii(fourth)) return new TextDecoder('utf-16be').decode(bytes)
  const hasUtf8Mark = first === 0xef && second === 0xbb && third === 0xbf
  return latin1(hasUtf8Mark ? bytes.subarray(3) : bytes)
}

function isAscii(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x09 && byte < 0x7f
}

/** Certificates in SAML metadata and XML signatures: base64 between tags. */
const IN_XML = /<((?:[\w-]{1,32}:)?X509Certificate)>([\s\d+/=A-Za-z]+)<\/\1>/g

/** `-----BEGIN `, percent-encoded as proxies put certificates into headers, and in base64 as Kubernetes does. */
const ENCODED_URL = '-----BEGIN%20'
const ENCODED_BASE64 = /LS0tLS1CRUdJTi[\d+/=A-Za-z]+/g

/** Each is at least a certificate, of which no more are read. */
const MOST_WRAPPED = 10_001

/** The text with PEM that is wrapped once more unwrapped. */
function readableText(text: string): string {
  if (text.includes('-----BEGIN ')) return text
  if (text.includes(ENCODED_URL)) return latin1(withoutPercentSigns(text))
  const wrapped: string[] = []
  for (const [, , base64 = ''] of text.includes('X509Certificate>') ? text.matchAll(IN_XML) : []) {
    wrapped.push(`-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----`)
    if (wrapped.length === MOST_WRAPPED) break
  }
  for (const [base64] of text.matchAll(ENCODED_BASE64)) {
    const pem = decodeBase64(base64)
    if (pem) wrapped.push(latin1(pem))
    if (wrapped.length === MOST_WRAPPED) break
  }
  return wrapped.length > 0 ? wrapped.join('\n') : text
}

/** RFC 3986 §2.1, as bytes. Not by a regular expression, which takes seconds for millions of signs. */
function withoutPercentSigns(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  let length = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    const [high, low] = code === PERCENT ? [hexDigit(text, index + 1), hexDigit(text, index + 2)] : [-1, -1]
    const isEncoded = high >= 0 && low >= 0
    bytes[length] = isEncoded ? high * 16 + low : code
    length += 1
    if (isEncoded) index += 2
  }
  return bytes.subarray(0, length)
}

const PERCENT = 0x25

/** -1 for any other character. */
function hexDigit(text: string, index: number): number {
  const code = text.charCodeAt(index)
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const letter = code | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes)
}
