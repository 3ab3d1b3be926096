import { readCutElement, TAG } from './der.ts'
import type { InputFormat } from './inspection.ts'

/** What a block looks like that is no certificate. `encrypted` says something about private keys only. */
export interface RecognisedFormat {
  readonly format: InputFormat
  readonly encrypted: boolean
}

/** The labels that RFC 7468, OpenSSL, OpenSSH and Microsoft's tools write. */
const FORMAT_BY_LABEL: Readonly<Record<string, InputFormat>> = {
  PKCS7: 'pkcs7',
  'PKCS #7 SIGNED DATA': 'pkcs7',
  CMS: 'pkcs7',
  PKCS12: 'pkcs12',
  'CERTIFICATE REQUEST': 'certificate-request',
  'NEW CERTIFICATE REQUEST': 'certificate-request',
  'PUBLIC KEY': 'public-key',
  'RSA PUBLIC KEY': 'public-key',
  'X509 CRL': 'crl',
}

/** @param content null when the block could not be decoded */
export function recogniseLabel(label: string, encryptedHeader: boolean, content: Uint8Array | null): RecognisedFormat {
  if (label.endsWith('PRIVATE KEY')) {
    const encrypted = encryptedHeader || label.startsWith('ENCRYPTED') || isEncryptedOpenSshKey(content)
    return { format: 'private-key', encrypted }
  }
  return { format: FORMAT_BY_LABEL[label] ?? 'unknown', encrypted: false }
}

/**
 * Recognises a binary or a text by its first bytes. Reads headers only and decodes nothing, so it also names files
 * that are damaged further on.
 */
export function recogniseBytes(bytes: Uint8Array): RecognisedFormat {
  const start = latin1(bytes.subarray(0, 1024))
  if (start.startsWith('\xfe\xed\xfe\xed') || start.startsWith('\xce\xce\xce\xce')) return plain('java-keystore')
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return plain('zip')
  if (bytes[0] === TAG.sequence) return recogniseSequence(bytes)
  const markup = start
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .toLowerCase()
  return plain(markup.startsWith('<') && /<(?:!doctype html|html|head|body)\b/.test(markup) ? 'html' : 'unknown')
}

const OPEN_SSH_MAGIC = 'openssh-key-v1\0'

/** OpenSSH's own format (PROTOCOL.key): magic, then the cipher's name with a length of four bytes. */
function isEncryptedOpenSshKey(content: Uint8Array | null): boolean {
  const start = latin1((content ?? new Uint8Array()).subarray(0, OPEN_SSH_MAGIC.length + 8))
  return start.startsWith(OPEN_SSH_MAGIC) && !start.endsWith('\0\0\0\x04none')
}

const PKCS7_SIGNED_DATA = '2a864886f70d010702'
const PKCS7_PREFIX = '2a864886f70d0107'

interface Header {
  readonly tag: number
  readonly contentStart: number
  /** Where the next header begins; null when nothing follows. */
  readonly next: number | null
}

function recogniseSequence(bytes: Uint8Array): RecognisedFormat {
  const outer = readHeader(bytes, 0)
  const first = outer && readHeader(bytes, outer.contentStart)
  if (!first) return plain('unknown')
  if (first.tag === TAG.objectIdentifier) {
    return plain(hexContent(bytes, first) === PKCS7_SIGNED_DATA ? 'pkcs7' : 'unknown')
  }
  const second = first.next === null ? null : readHeader(bytes, first.next)
  if (!second) return plain('unknown')
  if (first.tag === TAG.integer) return recogniseVersioned(bytes, first, second)
  if (first.tag !== TAG.sequence) return plain('unknown')
  const inner = readHeader(bytes, first.contentStart)
  // SubjectPublicKeyInfo (RFC 5280 §4.1) and EncryptedPrivateKeyInfo (RFC 5958 §3) differ in the second value.
  if (inner?.tag === TAG.objectIdentifier && second.tag === TAG.bitString) return plain('public-key')
  if (inner?.tag === TAG.objectIdentifier && second.tag === TAG.octetString) return privateKey(true)
  return second.tag === TAG.sequence
    ? recogniseSigned(bytes, first.contentStart, first.next ?? bytes.length)
    : plain('unknown')
}

/** Structures that begin with a version number: private keys, PKCS#12, and PKCS#1's public key with its modulus. */
function recogniseVersioned(bytes: Uint8Array, version: Header, second: Header): RecognisedFormat {
  const secondInner = second.tag === TAG.sequence ? readHeader(bytes, second.contentStart) : null
  const number = hexContent(bytes, version)
  if (secondInner?.tag === TAG.objectIdentifier) {
    const type = hexContent(bytes, secondInner)
    if (number === '03' && type.startsWith(PKCS7_PREFIX)) return plain('pkcs12')
    const third = second.next === null ? null : readHeader(bytes, second.next)
    return third?.tag === TAG.octetString ? privateKey(false) : plain('unknown')
  }
  // SEC 1 §C.4: version 1 and the private key.
  if (second.tag === TAG.octetString && number === '01') return privateKey(false)
  if (second.tag !== TAG.integer) return plain('unknown')
  return isVersion(number) ? recogniseNumbers(bytes, version) : plain(isPkcs1(bytes, second) ? 'public-key' : 'unknown')
}

function isVersion(number: string): boolean {
  return number === '00' || number === '01'
}

/** RSAPrivateKey (RFC 8017 §A.1.2) has a version and eight numbers, OpenSSL's form of a DSA key a version and five. */
function recogniseNumbers(bytes: Uint8Array, version: Header): RecognisedFormat {
  let count = 0
  let header: Header | null = version
  while (header?.tag === TAG.integer && count < NUMBERS_OF_RSA) {
    count += 1
    header = header.next === null ? null : readHeader(bytes, header.next)
  }
  // One that was cut off is a private key as well.
  const isKey = count === NUMBERS_OF_RSA || count === NUMBERS_OF_DSA || (header === null && count > 2)
  return isKey ? privateKey(false) : plain('unknown')
}

const NUMBERS_OF_RSA = 9
const NUMBERS_OF_DSA = 6

/**
 * A modulus and an exponent, and nothing else: parameters of DH and DSA are rows of integers, too. A generator of DH
 * is 2 or 5, or as long as its prime; an exponent is odd, and nobody uses 5.
 */
function isPkcs1(bytes: Uint8Array, exponent: Header): boolean {
  const content = bytes.subarray(exponent.contentStart, exponent.next ?? bytes.length)
  const isLast = exponent.next === null || bytes[exponent.next] !== TAG.integer
  const last = content.at(-1) ?? 0
  const isTooSmall = content.length === 1 && (last === 1 || last === 5)
  return isLast && content.length <= LONGEST_EXPONENT && last % 2 === 1 && !isTooSmall
}

/** FIPS 186-5 §5.1 allows 256 bits. */
const LONGEST_EXPONENT = 32

/** A request (RFC 2986 §4) and a revocation list (RFC 5280 §5.1) are signed like a certificate; the fields differ. */
function recogniseSigned(bytes: Uint8Array, start: number, end: number): RecognisedFormat {
  const tags: number[] = []
  let position: number | null = start
  while (position !== null && position < end && tags.length < 4) {
    const header: Header | null = readHeader(bytes, position)
    if (!header) break
    tags.push(header.tag)
    position = header.next
  }
  const shape = tags.map((tag) => tag.toString(16)).join(' ')
  if (/^2 30 30(?: a0|$)/.test(shape)) return plain('certificate-request')
  return plain(/^(?:2 )?30 30 1[78]/.test(shape) ? 'crl' : 'unknown')
}

function readHeader(bytes: Uint8Array, start: number): Header | null {
  const element = readCutElement(bytes, start)
  return element && { ...element, next: element.end < bytes.length ? element.end : null }
}

function hexContent(bytes: Uint8Array, header: Header): string {
  const end = Math.min(header.next ?? bytes.length, header.contentStart + 16)
  return [...bytes.subarray(header.contentStart, end)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}

function plain(format: InputFormat): RecognisedFormat {
  return { format, encrypted: false }
}

function privateKey(encrypted: boolean): RecognisedFormat {
  return { format: 'private-key', encrypted }
}
