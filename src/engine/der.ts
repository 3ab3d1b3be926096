import { failed, ok, type Result } from '../core/result.ts'

/** One value of DER, or of BER with lengths that DER forbids (X.690 §8.1, §10): positions within its bytes. */
export interface DerElement {
  readonly tag: number
  readonly start: number
  readonly contentStart: number
  readonly contentEnd: number
  /** The position after the last byte; behind the end-of-contents octets of an indefinite length. */
  readonly end: number
}

export type DerProblem = 'truncated' | 'malformed'

/**
 * The parts of an X.509 certificate (RFC 5280 §4.1), each with its own tag and length. All are views on the bytes
 * they were cut from and nothing is re-encoded, so a hash over one of them is the hash over the original bytes.
 */
export interface CertificateParts {
  readonly certificate: Uint8Array
  readonly tbsCertificate: Uint8Array
  readonly issuer: Uint8Array
  readonly subject: Uint8Array
  readonly subjectPublicKeyInfo: Uint8Array
  readonly signatureAlgorithm: Uint8Array
  readonly signatureValue: Uint8Array
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  sequence: 0x30,
  set: 0x31,
  explicit0: 0xa0,
  explicit3: 0xa3,
} as const

/** BER may build a bit string of pieces; where the pieces start does not matter for the range of the whole. */
const CONSTRUCTED_BIT_STRING = 0x23
const LONG_TAG = 0x1f
const CONSTRUCTED = 0x20
const INDEFINITE_LENGTH = 0x80
const MAX_LENGTH_OCTETS = 4
/** Of indefinite lengths in one another. A certificate has some ten levels in all. */
const MAX_DEPTH = 64

/** A tag and a length; `length` is null when it is indefinite. */
interface Header {
  readonly tag: number
  readonly contentStart: number
  readonly length: number | null
}

/**
 * Reads the tag and length at `start`. Longer lengths than necessary and indefinite ones are read as they are, since
 * the hash has to cover what the certificate holds. Never throws.
 *
 * @param limit the end of the surrounding value; an element that reaches beyond it is `truncated`
 */
export function readElement(bytes: Uint8Array, start: number, limit = bytes.length): Result<DerElement, DerProblem> {
  const header = readHeader(bytes, start, limit)
  if (!header.ok) return header
  const { tag, contentStart, length } = header.value
  if (length === null) {
    const contentEnd = endOfContents(bytes, contentStart, limit)
    return contentEnd.ok
      ? ok({ tag, start, contentStart, contentEnd: contentEnd.value, end: contentEnd.value + 2 })
      : contentEnd
  }
  const end = contentStart + length
  return end > limit ? failed('truncated') : ok({ tag, start, contentStart, contentEnd: end, end })
}

/** As `readElement`, for a value that may be cut off: it then ends where the bytes end. */
export function readCutElement(bytes: Uint8Array, start: number, limit = bytes.length): DerElement | null {
  const header = readHeader(bytes, start, limit)
  if (!header.ok) return null
  const { tag, contentStart, length } = header.value
  const whole = readElement(bytes, start, limit)
  if (whole.ok) return whole.value
  const end = length === null ? limit : Math.min(contentStart + length, limit)
  return { tag, start, contentStart, contentEnd: end, end }
}

/** Where the contents of an indefinite length end (X.690 §8.1.5). */
function endOfContents(bytes: Uint8Array, contentStart: number, limit: number): Result<number, DerProblem> {
  let depth = 1
  let position = contentStart
  while (position + 2 <= limit) {
    const tag = bytes[position] ?? 0
    const firstLength = bytes[position + 1] ?? 0
    if (tag === 0 && firstLength === 0) {
      depth -= 1
      if (depth === 0) return ok(position)
      position += 2
    } else if (firstLength < INDEFINITE_LENGTH && (tag & LONG_TAG) !== LONG_TAG) {
      // As below, without an object for each of what may be millions of values.
      position += 2 + firstLength
    } else {
      const header = readHeader(bytes, position, limit)
      if (!header.ok) return header
      if (header.value.length === null) depth += 1
      if (depth > MAX_DEPTH) return failed('malformed')
      position = header.value.contentStart + (header.value.length ?? 0)
    }
  }
  return failed('truncated')
}

function readHeader(bytes: Uint8Array, start: number, limit: number): Result<Header, DerProblem> {
  const tag = bytes[start]
  const firstLength = bytes[start + 1]
  if (tag === undefined || firstLength === undefined || start + 2 > limit) return failed('truncated')
  if ((tag & LONG_TAG) === LONG_TAG) return failed('malformed')
  let contentStart = start + 2
  if (firstLength === INDEFINITE_LENGTH) {
    return tag & CONSTRUCTED ? ok({ tag, contentStart, length: null }) : failed('malformed')
  }
  let length = firstLength
  if (firstLength > 0x80) {
    const octets = firstLength & 0x7f
    if (octets > MAX_LENGTH_OCTETS) return failed('malformed')
    if (contentStart + octets > limit) return failed('truncated')
    length = 0
    for (let index = 0; index < octets; index += 1) length = length * 256 + (bytes[contentStart + index] ?? 0)
    contentStart += octets
  }
  return ok({ tag, contentStart, length })
}

/** The elements inside a constructed element, at most `most` of them; null when one of them is not sound. */
export function readChildren(
  bytes: Uint8Array,
  parent: DerElement,
  most = Number.POSITIVE_INFINITY,
): DerElement[] | null {
  const children: DerElement[] = []
  let position = parent.contentStart
  while (position < parent.contentEnd && children.length < most) {
    const child = readElement(bytes, position, parent.contentEnd)
    if (!child.ok) return null
    children.push(child.value)
    position = child.value.end
  }
  return children
}

export function contentOf(bytes: Uint8Array, element: DerElement): Uint8Array {
  return bytes.subarray(element.contentStart, element.contentEnd)
}

/**
 * Cuts the certificate at the beginning of `bytes` into its parts. Bytes after it are left alone: compare
 * `certificate.length` with the input. Never throws.
 *
 * @returns `malformed` for sound DER that is no certificate, such as a request or a revocation list
 */
export function cutCertificate(bytes: Uint8Array): Result<CertificateParts, DerProblem> {
  if (bytes[0] !== TAG.sequence) return failed('malformed')
  const outer = readElement(bytes, 0)
  if (!outer.ok) return outer
  const walk = walker(bytes, outer.value)
  const tbsCertificate = walk.next(TAG.sequence)
  const signatureAlgorithm = walk.next(TAG.sequence)
  const signatureValue = walk.next(TAG.bitString, CONSTRUCTED_BIT_STRING)
  if (walk.problem() || !walk.atEnd()) return failed(walk.problem() ?? 'malformed')

  const fields = walker(bytes, tbsCertificate)
  if (fields.peek() === TAG.explicit0) fields.next(TAG.explicit0)
  fields.next(TAG.integer)
  fields.next(TAG.sequence)
  const issuer = fields.next(TAG.sequence)
  fields.next(TAG.sequence)
  const subject = fields.next(TAG.sequence)
  const subjectPublicKeyInfo = fields.next(TAG.sequence)
  const problem = fields.problem() ?? publicKeyProblem(bytes, subjectPublicKeyInfo)
  if (problem) return failed(problem)

  const cut = (element: DerElement) => bytes.subarray(element.start, element.end)
  return ok({
    certificate: cut(outer.value),
    tbsCertificate: cut(tbsCertificate),
    issuer: cut(issuer),
    subject: cut(subject),
    subjectPublicKeyInfo: cut(subjectPublicKeyInfo),
    signatureAlgorithm: cut(signatureAlgorithm),
    signatureValue: cut(signatureValue),
  })
}

function publicKeyProblem(bytes: Uint8Array, subjectPublicKeyInfo: DerElement): DerProblem | null {
  const walk = walker(bytes, subjectPublicKeyInfo)
  walk.next(TAG.sequence)
  walk.next(TAG.bitString, CONSTRUCTED_BIT_STRING)
  return walk.problem()
}

/** Steps through the elements of `parent`; after the first problem every further step stays where it was. */
function walker(bytes: Uint8Array, parent: DerElement) {
  let position = parent.contentStart
  let problem: DerProblem | null = null
  return {
    peek: () => (position < parent.contentEnd ? bytes[position] : undefined),
    next: (...tags: readonly number[]): DerElement => {
      const element = problem ? null : readElement(bytes, position, parent.contentEnd)
      if (element?.ok && tags.includes(element.value.tag)) {
        position = element.value.end
        return element.value
      }
      // An element that leaves its parent is a contradiction, not a file that was cut off.
      problem ??= 'malformed'
      return { tag: 0, start: position, contentStart: position, contentEnd: position, end: position }
    },
    problem: () => problem,
    atEnd: () => position === parent.contentEnd,
  }
}
