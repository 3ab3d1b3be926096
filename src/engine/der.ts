import { failed, ok, type Result } from '../core/result.ts'

/** One value of the DER encoding (X.690 §10): positions within the bytes it was read from. */
export interface DerElement {
  readonly tag: number
  readonly start: number
  readonly contentStart: number
  /** The position after the last byte. */
  readonly end: number
}

/** `indefinite-length`: BER, not DER, but possibly sound; `ber.ts` reads it. */
export type DerProblem = 'truncated' | 'indefinite-length' | 'malformed'

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
  objectIdentifier: 0x06,
  sequence: 0x30,
  set: 0x31,
  explicit0: 0xa0,
  explicit3: 0xa3,
} as const

/** BER may build a bit string of pieces; where the pieces start does not matter for the range of the whole. */
const CONSTRUCTED_BIT_STRING = 0x23
const LONG_TAG = 0x1f
const MAX_LENGTH_OCTETS = 4

/**
 * Reads the tag and length at `start`. Longer lengths than necessary are read as they are, since the hash has to
 * cover what the certificate holds. Never throws.
 *
 * @param limit the end of the surrounding value; an element that reaches beyond it is `truncated`
 */
export function readElement(bytes: Uint8Array, start: number, limit = bytes.length): Result<DerElement, DerProblem> {
  const tag = bytes[start]
  const firstLength = bytes[start + 1]
  if (tag === undefined || firstLength === undefined || start + 2 > limit) return failed('truncated')
  if ((tag & LONG_TAG) === LONG_TAG) return failed('malformed')
  if (firstLength === 0x80) return failed('indefinite-length')
  let contentStart = start + 2
  let length = firstLength
  if (firstLength > 0x80) {
    const octets = firstLength & 0x7f
    if (octets > MAX_LENGTH_OCTETS) return failed('malformed')
    if (contentStart + octets > limit) return failed('truncated')
    length = 0
    for (let index = 0; index < octets; index += 1) length = length * 256 + (bytes[contentStart + index] ?? 0)
    contentStart += octets
  }
  const end = contentStart + length
  return end > limit ? failed('truncated') : ok({ tag, start, contentStart, end })
}

/** The elements inside a constructed element, at most `most` of them; null when one of them is not sound DER. */
export function readChildren(
  bytes: Uint8Array,
  parent: DerElement,
  most = Number.POSITIVE_INFINITY,
): DerElement[] | null {
  const children: DerElement[] = []
  let position = parent.contentStart
  while (position < parent.end && children.length < most) {
    const child = readElement(bytes, position, parent.end)
    if (!child.ok) return null
    children.push(child.value)
    position = child.value.end
  }
  return children
}

export function contentOf(bytes: Uint8Array, element: DerElement): Uint8Array {
  return bytes.subarray(element.contentStart, element.end)
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
    peek: () => (position < parent.end ? bytes[position] : undefined),
    next: (...tags: readonly number[]): DerElement => {
      const element = problem ? null : readElement(bytes, position, parent.end)
      if (element?.ok && tags.includes(element.value.tag)) {
        position = element.value.end
        return element.value
      }
      // An element that leaves its parent is a contradiction, not a file that was cut off.
      const unsound = element && !element.ok && element.failure === 'indefinite-length'
      problem ??= unsound ? 'indefinite-length' : 'malformed'
      return { tag: 0, start: position, contentStart: position, end: position }
    },
    problem: () => problem,
    atEnd: () => position === parent.end,
  }
}
