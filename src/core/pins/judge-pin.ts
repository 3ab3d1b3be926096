import type { Certificate } from '../certificate/certificate.ts'
import { decodeBase64, decodeHex, encodeBase64, encodeHex, withoutPadding } from './encoding.ts'
import type { DigestName, WrittenPin } from './pin-notation.ts'
import { SAMPLE_PINS, type SamplePin } from './sample-pins.ts'
import { spkiPinFromDigest, type SpkiPin } from './spki-pin.ts'

type OtherDigest = Exclude<DigestName, 'SHA-256'>

/** What a piece of text is that should be a pin. */
export type PinJudgement =
  /** `sample`: a document prints it as an example, yet it is the key of a public root and may well be meant. */
  | { readonly kind: 'pin'; readonly pin: SpkiPin; readonly sample: SamplePin | null }
  /**
   * Not as long as any digest. `encoded-twice`: base64 of a digest's text, whose pin is `meant`. `der` and `pem`: base64
   * of a key or certificate itself.
   */
  | {
      readonly kind: 'wrong-length'
      readonly bytes: number
      readonly looksLike: 'encoded-twice' | 'der' | 'pem' | null
      readonly meant: SpkiPin | null
    }
  /** By its prefix or its length; pins are SHA-256. */
  | { readonly kind: 'other-digest'; readonly digest: OtherDigest; readonly bytes: number }
  /** The SHA-256 of no bytes at all, which a broken pipeline of commands prints. */
  | { readonly kind: 'hash-of-nothing' }
  /** A pattern that somebody was to replace. */
  | { readonly kind: 'placeholder' }
  /** A document prints it as an example. */
  | { readonly kind: 'documentation-sample'; readonly sample: SamplePin }
  /**
   * A hash over a whole certificate, which never matches. The certificate, whose `pin` is meant, is null when only the
   * words beside it say so.
   */
  | { readonly kind: 'certificate-fingerprint'; readonly certificate: Certificate | null }
  /** 32 bytes, but the last character has bits that no encoder sets (RFC 4648 §3.5): mistyped, or cut and padded. */
  | { readonly kind: 'not-canonical'; readonly nearest: SpkiPin }
  | { readonly kind: 'not-a-pin' }

const DIGEST_LENGTH = 32

/** @param known certificates whose fingerprint somebody may have taken for a pin */
export function judgePin({ value, digest, isFingerprint }: Written, known: readonly Certificate[]): PinJudgement {
  const decoded = decode(value)
  if (decoded === null) return { kind: 'not-a-pin' }
  const { bytes, length } = decoded
  if (isPattern(decoded)) return { kind: 'placeholder' }
  if (length !== DIGEST_LENGTH || isOther(digest)) return judgeLength(decoded, digest, known)
  const pin = spkiPinFromDigest(bytes)
  if (known.some((certificate) => certificate.pin === pin)) return { kind: 'pin', pin, sample: null }
  if (pin === HASH_OF_NOTHING) return { kind: 'hash-of-nothing' }
  const fingerprint = encodeHex(bytes)
  const certificate = known.find(({ sha256 }) => sha256 === fingerprint) ?? null
  if (certificate || isFingerprint) return { kind: 'certificate-fingerprint', certificate }
  const sample = SAMPLE_PINS.get(pin) ?? null
  if (sample && sample.publicRoot === null) return { kind: 'documentation-sample', sample }
  return decoded.isCanonical ? { kind: 'pin', pin, sample } : { kind: 'not-canonical', nearest: pin }
}

type Written = Pick<WrittenPin, 'value' | 'digest' | 'isFingerprint'>

const HASH_OF_NOTHING = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='

interface Decoded {
  /** Without padding, colons and spaces. */
  readonly text: string
  readonly bytes: Uint8Array
  readonly length: number
  readonly isCanonical: boolean
}

const BASE64 = /^[\w+/-]+$/

function decode(value: string): Decoded | null {
  const text = value.replaceAll(/[\s:]/g, '').replace(/\.$/, '')
  // One pin in two thousand begins with these two characters in base64.
  const hex = text.replace(/^0x/i, '')
  const octets = hex === '' ? null : decodeHex(hex)
  if (octets) return { text: hex, bytes: octets, length: octets.length, isCanonical: true }
  const body = withoutPadding(text).replaceAll('-', '+').replaceAll('_', '/')
  if (!BASE64.test(body)) return null
  // A lone last character holds no byte.
  const bytes = decodeBase64(body.length % 4 === 1 ? body.slice(0, -1) : body)
  if (bytes === null) return null
  const isCanonical = encodeBase64(bytes).startsWith(body)
  return { text: body, bytes, length: bytes.length, isCanonical }
}

const DIGEST_OF_LENGTH: Readonly<Record<number, OtherDigest>> = {
  16: 'MD5',
  20: 'SHA-1',
  28: 'SHA-224',
  48: 'SHA-384',
  64: 'SHA-512',
}

function isOther(digest: DigestName | null): digest is OtherDigest {
  return digest !== null && digest !== 'SHA-256'
}

function judgeLength(
  { bytes, length }: Decoded,
  digest: DigestName | null,
  known: readonly Certificate[],
): PinJudgement {
  const inner = asText(bytes)
  if (inner?.startsWith('-----BEGIN')) return { kind: 'wrong-length', bytes: length, looksLike: 'pem', meant: null }
  const meant = inner === null ? null : pinWithin(inner, known)
  if (meant !== null) return { kind: 'wrong-length', bytes: length, looksLike: 'encoded-twice', meant }
  const other = isOther(digest) ? digest : DIGEST_OF_LENGTH[length]
  if (other !== undefined) return { kind: 'other-digest', digest: other, bytes: length }
  const isDer = bytes[0] === DER_SEQUENCE && length > DIGEST_LENGTH
  return { kind: 'wrong-length', bytes: length, looksLike: isDer ? 'der' : null, meant: null }
}

const DER_SEQUENCE = 0x30
const LONGEST_INNER_TEXT = 200

/** What bytes are when all of them are printable; null otherwise. */
function asText(bytes: Uint8Array): string | null {
  const isPrintable = bytes.every((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d)
  return isPrintable ? String.fromCharCode(...bytes.subarray(0, LONGEST_INNER_TEXT)) : null
}

/** The pin in what `openssl dgst` or a second `base64` was given: the last word, such as of `(stdin)= 12ab…`. */
function pinWithin(text: string, known: readonly Certificate[]): SpkiPin | null {
  const value = text.trim().split(/\s+/).at(-1) ?? ''
  const inner = decode(value)
  if (inner?.length !== DIGEST_LENGTH) return null
  const judgement = judgePin({ value, digest: null, isFingerprint: false }, known)
  return judgement.kind === 'pin' ? judgement.pin : null
}

const LONGEST_PERIOD = 8
const SHORTEST_PATTERN = 4
const SHORTEST_ALPHABET = 8

/** One character, one byte or a few of them over and over, or the alphabet: no digest looks like that. */
function isPattern({ text, bytes }: Decoded): boolean {
  if (text.length < SHORTEST_PATTERN) return false
  const codes = Array.from(text, (character) => character.charCodeAt(0))
  return isPeriodic(codes) || isPeriodic([...bytes]) || isAscending(codes) || isAscending([...bytes])
}

function isPeriodic(items: readonly number[]): boolean {
  const longest = Math.min(LONGEST_PERIOD, Math.floor(items.length / 3))
  return Array.from({ length: longest }, (_, index) => index + 1).some((period) =>
    items.every((item, index) => index < period || item === items[index - period]),
  )
}

/** Three of four neighbours are one apart, as in `ABCDEF…xyz0123…`. */
function isAscending(items: readonly number[]): boolean {
  if (items.length < SHORTEST_ALPHABET) return false
  const steps = items.filter((item, index) => index > 0 && item === (items[index - 1] ?? 0) + 1)
  return steps.length >= (items.length - 1) * 0.75
}
