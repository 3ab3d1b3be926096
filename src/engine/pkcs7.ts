import type { Content } from './content.ts'
import { readCutElement, readElement, TAG, type DerElement } from './der.ts'

/** ExtendedCertificate and attribute certificates are of no use here (RFC 5652 §10.2.2). */
const CERTIFICATES = 0xa0
const REVOCATION_LISTS = 0xa1

/**
 * The certificates of PKCS#7 or CMS signed data (RFC 5652 §5.1), in DER or BER. Each is taken as its own range of
 * bytes, so thousands cost little, and a bundle that was cut off still gives those before the cut. Reading is lazy:
 * a forged bundle has room for eight million empty certificates, so stop when enough was seen.
 *
 * @param bytes begin with the ContentInfo
 */
export function* readPkcs7(bytes: Uint8Array): Generator<Content, void, undefined> {
  const contentInfo = readCutElement(bytes, 0)
  const [, content] = contentInfo ? elementsOf(bytes, contentInfo) : []
  const [signedData] = content ? elementsOf(bytes, content) : []
  if (signedData?.tag !== TAG.sequence) {
    yield { kind: 'damaged', reason: 'container-damaged' }
    return
  }
  // Version, digest algorithms and signed content come first, the signatures last.
  for (const element of elementsOf(bytes, signedData)) {
    if (element.tag === CERTIFICATES) yield* certificatesIn(bytes, element)
    // OpenSSL writes an empty set of them.
    if (element.tag === REVOCATION_LISTS && element.contentStart < element.contentEnd) {
      yield { kind: 'other', format: 'crl' }
    }
  }
}

function* certificatesIn(bytes: Uint8Array, list: DerElement): Generator<Content, void, undefined> {
  let position = list.contentStart
  while (position < list.contentEnd) {
    const element = readElement(bytes, position, list.contentEnd)
    if (!element.ok) {
      yield { kind: 'damaged', reason: element.failure === 'truncated' ? 'truncated' : 'not-a-certificate' }
      return
    }
    const { tag, start, end } = element.value
    yield tag === TAG.sequence
      ? { kind: 'certificate', bytes: bytes.subarray(start, end) }
      : { kind: 'other', format: 'unknown' }
    position = end
  }
}

/** The elements of a constructed value, the last of which may be cut off. */
function* elementsOf(bytes: Uint8Array, parent: DerElement): Generator<DerElement, void, undefined> {
  let position = parent.contentStart
  // A cut element of indefinite length ends with the end-of-contents octets of those around it.
  while (position < parent.contentEnd && bytes[position] !== 0) {
    const element = readCutElement(bytes, position, parent.contentEnd)
    if (!element) return
    yield element
    position = element.end
  }
}
