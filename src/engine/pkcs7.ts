import { MAX_CONTENTS, type Content } from './content.ts'
import { readCutElement, readElement, TAG, type DerElement } from './der.ts'

/** ExtendedCertificate and attribute certificates are of no use here (RFC 5652 §10.2.2). */
const CERTIFICATES = 0xa0
const REVOCATION_LISTS = 0xa1

/**
 * The certificates of PKCS#7 or CMS signed data (RFC 5652 §5.1), in DER or BER. Each is taken as its own range of
 * bytes, so thousands cost little, and a bundle that was cut off still gives those before the cut.
 *
 * @param bytes begin with the ContentInfo
 */
export function readPkcs7(bytes: Uint8Array): readonly Content[] {
  const contentInfo = readCutElement(bytes, 0)
  const [, content] = contentInfo ? elementsOf(bytes, contentInfo) : []
  const [signedData] = content ? elementsOf(bytes, content) : []
  if (signedData?.tag !== TAG.sequence) return [{ kind: 'damaged', reason: 'container-damaged' }]
  const contents: Content[] = []
  // Version, digest algorithms and signed content come first, the signatures last.
  for (const element of elementsOf(bytes, signedData)) {
    if (element.tag === CERTIFICATES) contents.push(...certificatesIn(bytes, element))
    if (element.tag === REVOCATION_LISTS) contents.push({ kind: 'other', format: 'crl' })
  }
  return contents
}

function certificatesIn(bytes: Uint8Array, list: DerElement): Content[] {
  const contents: Content[] = []
  let position = list.contentStart
  while (position < list.contentEnd && contents.length < MAX_CONTENTS) {
    const element = readElement(bytes, position, list.contentEnd)
    if (!element.ok) {
      contents.push({ kind: 'damaged', reason: element.failure === 'truncated' ? 'truncated' : 'not-a-certificate' })
      return contents
    }
    const { tag, start, end } = element.value
    contents.push(
      tag === TAG.sequence
        ? { kind: 'certificate', bytes: bytes.subarray(start, end) }
        : { kind: 'other', format: 'unknown' },
    )
    position = end
  }
  return contents
}

/** The elements of a constructed value, the last of which may be cut off. */
function elementsOf(bytes: Uint8Array, parent: DerElement): DerElement[] {
  const elements: DerElement[] = []
  let position = parent.contentStart
  // A cut element of indefinite length ends with the end-of-contents octets of those around it.
  while (position < parent.contentEnd && bytes[position] !== 0) {
    const element = readCutElement(bytes, position, parent.contentEnd)
    if (!element) break
    elements.push(element)
    position = element.end
  }
  return elements
}
