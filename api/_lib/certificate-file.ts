import { MOST_CERTIFICATES } from '../../src/live-chain/contract.js'

/**
 * Finds the certificates in a file, or null when it is anything else: one certificate in DER, a certs-only PKCS#7 in
 * DER, or either in PEM. It decides what may be passed on from a stranger's server, so it follows the structure to its
 * ends and returns only the bytes of whole certificates. What they say is not its business.
 */
export function readCertificateFile(bytes: Uint8Array): readonly Uint8Array[] | null {
  if (bytes[0] === SEQUENCE) return readBlock(bytes)
  const blocks = pemBlocks(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'))
  if (blocks === null) return null
  const certificates: Uint8Array[] = []
  for (const block of blocks) {
    const found = readBlock(block)
    if (found === null) return null
    certificates.push(...found)
  }
  return isBounded(certificates) ? certificates : null
}

function readBlock(der: Uint8Array): readonly Uint8Array[] | null {
  const element = readElement(der, 0, der.length)
  if (element === null || element.end !== der.length || !isWellFormed(element)) return null
  return isCertificate(element) ? [bytesOf(element)] : certificatesOfPkcs7(element)
}

function isBounded({ length }: readonly unknown[]): boolean {
  return length >= 1 && length <= MOST_CERTIFICATES
}

const PEM_BLOCK = /^\s*-----BEGIN (CERTIFICATE|X509 CERTIFICATE|PKCS7|CMS)-----([A-Za-z0-9+/=\s]+)-----END \1-----\s*$/
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const END_OF_BLOCK = /(?<=-----END [A-Z0-9 ]{1,20}-----)/

/** RFC 7468 without explanatory text, which somebody's page could be taken for. */
function pemBlocks(text: string): readonly Uint8Array[] | null {
  const blocks: Uint8Array[] = []
  for (const part of text.trim().split(END_OF_BLOCK)) {
    const base64 = PEM_BLOCK.exec(part)?.[2]?.replaceAll(/\s/g, '')
    if (base64 === undefined || !BASE64.test(base64) || blocks.length === MOST_CERTIFICATES) return null
    blocks.push(Buffer.from(base64, 'base64'))
  }
  return blocks
}

/** One DER element (X.690 §8.1) within `bytes`. */
interface Element {
  readonly tag: number
  readonly bytes: Uint8Array
  readonly start: number
  readonly contentStart: number
  readonly end: number
}

const INTEGER = 0x02
const BIT_STRING = 0x03
const OBJECT_IDENTIFIER = 0x06
const UTC_TIME = 0x17
const GENERALIZED_TIME = 0x18
const SEQUENCE = 0x30
const SET = 0x31
const CONSTRUCTED = 0x20
const MULTI_BYTE_TAG = 0x1f
const contextTag = (number: number) => 0x80 | number

const MOST_NESTED = 24

/** The element at a position, or null when it is not there whole or not in DER. */
function readElement(bytes: Uint8Array, start: number, limit: number): Element | null {
  const tag = bytes[start]
  const first = bytes[start + 1]
  if (tag === undefined || first === undefined || start + 2 > limit || (tag & MULTI_BYTE_TAG) === MULTI_BYTE_TAG) {
    return null
  }
  let length = first
  let contentStart = start + 2
  if (first >= 0x80) {
    // No file here is longer than three length bytes can say; 0x80 alone is the indefinite form of BER.
    const lengthBytes = first & 0x7f
    if (lengthBytes < 1 || lengthBytes > 3) return null
    contentStart += lengthBytes
    if (contentStart > limit) return null
    length = bytes.subarray(start + 2, contentStart).reduce((sum, byte) => sum * 256 + byte, 0)
    const shortest = length < 0x80 ? 0 : length < 0x100 ? 1 : length < 0x10000 ? 2 : 3
    if (lengthBytes !== shortest) return null
  }
  const end = contentStart + length
  return end <= limit ? { tag, bytes, start, contentStart, end } : null
}

/** The elements within a constructed one, or null when they do not fill it. */
function childrenOf({ bytes, contentStart, end }: Element): readonly Element[] | null {
  const children: Element[] = []
  for (let at = contentStart; at < end;) {
    const child = readElement(bytes, at, end)
    if (child === null) return null
    children.push(child)
    at = child.end
  }
  return children
}

function isWellFormed(element: Element, depth = 0): boolean {
  if ((element.tag & CONSTRUCTED) === 0) return true
  const children = depth < MOST_NESTED ? childrenOf(element) : null
  return children !== null && children.every((child) => isWellFormed(child, depth + 1))
}

function bytesOf({ bytes, start, end }: Element): Uint8Array {
  return bytes.subarray(start, end)
}

function contentOf({ bytes, contentStart, end }: Element): Uint8Array {
  return bytes.subarray(contentStart, end)
}

/** The children of an element with this tag; none when it has another, which no form below allows. */
function within(element: Element | undefined, tag: number): readonly Element[] {
  return element?.tag === tag ? (childrenOf(element) ?? []) : []
}

/** Whether a list has exactly these tags in this order. */
function hasTags(elements: readonly Element[], ...tags: readonly number[]): boolean {
  return elements.length === tags.length && elements.every(({ tag }, index) => tag === tags[index])
}

/** RFC 5280 §4.1: `Certificate`. */
function isCertificate(element: Element): boolean {
  const parts = within(element, SEQUENCE)
  const [toBeSigned, algorithm] = parts
  return hasTags(parts, SEQUENCE, SEQUENCE, BIT_STRING) && isAlgorithm(algorithm) && isToBeSigned(toBeSigned)
}

const VERSIONED = contextTag(0) | CONSTRUCTED
const EXTENSIONS = contextTag(3) | CONSTRUCTED
/** issuerUniqueID, subjectUniqueID and extensions; each may be left out. */
const LAST_FIELDS = [contextTag(1), contextTag(2), EXTENSIONS]

/** RFC 5280 §4.1: `TBSCertificate`. */
function isToBeSigned(element: Element | undefined): boolean {
  const [first, ...others] = within(element, SEQUENCE)
  if (first === undefined) return false
  const hasVersion = first.tag === VERSIONED
  if (hasVersion && !hasTags(within(first, VERSIONED), INTEGER)) return false
  const fields = hasVersion ? others : [first, ...others]

  const [, algorithm, issuer, validity, subject, publicKey] = fields
  if (!hasTags(fields.slice(0, 6), INTEGER, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE)) return false
  const last = fields.slice(6).map(({ tag }) => LAST_FIELDS.indexOf(tag))
  const isInOrder = last.every((place, index) => place >= 0 && place > (last[index - 1] ?? -1))
  return (
    isInOrder && isAlgorithm(algorithm) && [issuer, subject].every(isName) && isValidity(validity) && isKey(publicKey)
  )
}

function isAlgorithm(element: Element | undefined): boolean {
  const parts = within(element, SEQUENCE)
  return parts[0]?.tag === OBJECT_IDENTIFIER && parts.length <= 2
}

/** RFC 5280 §4.1.2.4: a list of sets of attributes, each a type and a value. */
function isName(element: Element | undefined): boolean {
  return within(element, SEQUENCE).every((relative) => {
    const attributes = within(relative, SET)
    return attributes.length > 0 && attributes.every((attribute) => isAttribute(within(attribute, SEQUENCE)))
  })
}

function isAttribute(parts: readonly Element[]): boolean {
  return parts.length === 2 && parts[0]?.tag === OBJECT_IDENTIFIER
}

// RFC 5280 §4.1.2.5: to the second and in Greenwich.
const TIME_TEXT: Readonly<Record<number, RegExp>> = { [UTC_TIME]: /^\d{12}Z$/, [GENERALIZED_TIME]: /^\d{14}Z$/ }

function isValidity(element: Element | undefined): boolean {
  const times = within(element, SEQUENCE)
  return times.length === 2 && times.every((time) => TIME_TEXT[time.tag]?.test(textOf(time)) === true)
}

function textOf(element: Element): string {
  return Buffer.from(contentOf(element)).toString('latin1')
}

function isKey(element: Element | undefined): boolean {
  const parts = within(element, SEQUENCE)
  return hasTags(parts, SEQUENCE, BIT_STRING) && isAlgorithm(parts[0])
}

const SIGNED_DATA = '2a864886f70d010702'
const DATA = '2a864886f70d010701'

/** RFC 5652 §5: `SignedData` in its degenerate form: certificates, perhaps revocation lists, no content, no signer. */
function certificatesOfPkcs7(element: Element): readonly Uint8Array[] | null {
  const [type, wrapper, ...none] = within(element, SEQUENCE)
  const [signedData, ...noMore] = within(wrapper, contextTag(0) | CONSTRUCTED)
  if (!isIdentifier(type, SIGNED_DATA) || none.length + noMore.length > 0) return null

  const fields = within(signedData, SEQUENCE)
  const tags = [INTEGER, SET, SEQUENCE, contextTag(0) | CONSTRUCTED]
  const revocationLists = contextTag(1) | CONSTRUCTED
  if (!hasTags(fields, ...tags, SET) && !hasTags(fields, ...tags, revocationLists, SET)) return null
  const content = within(fields[2], SEQUENCE)
  const signers = within(fields.at(-1), SET)
  if (content.length !== 1 || !isIdentifier(content[0], DATA) || signers.length > 0) return null

  const certificates = within(fields[3], contextTag(0) | CONSTRUCTED)
  return isBounded(certificates) && certificates.every(isCertificate) ? certificates.map(bytesOf) : null
}

function isIdentifier(element: Element | undefined, hex: string): boolean {
  return element?.tag === OBJECT_IDENTIFIER && Buffer.from(contentOf(element)).toString('hex') === hex
}
