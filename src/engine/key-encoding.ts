import type { KeyEncodingDeviation } from '../core/certificate/key-encoding.ts'
import { contentOf, readChildren, readElement, TAG, type DerElement } from './der.ts'
import { readObjectIdentifier } from './object-identifier.ts'

const RSA = '1.2.840.113549.1.1.1'
const RSA_PSS = '1.2.840.113549.1.1.10'
const EC = '1.2.840.10045.2.1'
const DSA = '1.2.840.10040.4.1'

/** Algorithms whose parameters are absent: X25519, X448, Ed25519, Ed448 (RFC 8410 §3), ML-DSA (RFC 9881 §2). */
const WITHOUT_PARAMETERS = new Set([
  '1.3.101.110',
  '1.3.101.111',
  '1.3.101.112',
  '1.3.101.113',
  '2.16.840.1.101.3.4.3.17',
  '2.16.840.1.101.3.4.3.18',
  '2.16.840.1.101.3.4.3.19',
])

const CONSTRUCTED = 0x20
const CONSTRUCTED_BIT_STRING = TAG.bitString | CONSTRUCTED
const CONTEXT_SPECIFIC = 0x80

/** Explicit curve parameters, the deepest that occur, have five levels. */
const MAX_DEPTH = 8

/**
 * Compares a certificate's SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) with what platforms write for the same key. The pin
 * is the hash of these bytes whatever they are; Android hashes what its provider encodes again.
 *
 * @param bytes the certificate's own, tag and length included; DER or BER
 * @returns each deviation once, in no order that means anything; of an algorithm that is not known here, only what DER
 *   forbids
 */
export function findKeyEncodingDeviations(bytes: Uint8Array): readonly KeyEncodingDeviation[] {
  const found = new Set<KeyEncodingDeviation>()
  const outer = inspectElement(bytes, 0, bytes.length, 0, found)
  const [algorithm, publicKey, ...others] = (outer && readChildren(bytes, outer)) ?? []
  if (!algorithm || !publicKey) {
    return [...found.add('structure')]
  }
  if (others.length > 0) found.add('structure')
  if (publicKey.tag === CONSTRUCTED_BIT_STRING) found.add('constructed-bit-string')
  else if (publicKey.contentStart === publicKey.contentEnd) found.add('structure')
  else if (bytes[publicKey.contentStart] !== 0) found.add('unused-bits')

  const [type, parameters, ...more] = readChildren(bytes, algorithm) ?? []
  const identifier = type?.tag === TAG.objectIdentifier ? readObjectIdentifier(contentOf(bytes, type)) : null
  if (identifier === null || more.length > 0) found.add('structure')
  const key = publicKey.tag === TAG.bitString ? bytes.subarray(publicKey.contentStart + 1, publicKey.contentEnd) : null
  if (identifier !== null) inspectAlgorithm(identifier, parameters, key, found)
  return [...found]
}

/** What an algorithm's own standard says about its parameters and its key; of others nothing is known. */
function inspectAlgorithm(
  identifier: string,
  parameters: DerElement | undefined,
  key: Uint8Array | null,
  found: Set<KeyEncodingDeviation>,
): void {
  if (WITHOUT_PARAMETERS.has(identifier) && parameters) found.add('algorithm-parameters')
  switch (identifier) {
    case RSA:
      // RFC 3279 §2.3.1: NULL, and it has to be there.
      if (parameters?.tag !== TAG.null || parameters.end - parameters.start !== 2) found.add('algorithm-parameters')
      inspectKey(key, found, isRsaPublicKey)
      break
    case RSA_PSS:
      found.add('rsa-pss')
      inspectKey(key, found, isRsaPublicKey)
      break
    case DSA:
      inspectKey(key, found, ({ tag }) => tag === TAG.integer)
      break
    case EC:
      if (parameters?.tag === TAG.sequence) found.add('explicit-curve')
      else if (parameters?.tag !== TAG.objectIdentifier) found.add('algorithm-parameters')
      // SEC 1 §2.3.3: 04 leads a point that is not compressed.
      if (key && key[0] !== 0x04) found.add('compressed-point')
      break
  }
}

/** For keys that are DER within the bit string. */
function inspectKey(
  key: Uint8Array | null,
  found: Set<KeyEncodingDeviation>,
  isSound: (element: DerElement, key: Uint8Array) => boolean,
): void {
  if (!key) return
  const element = inspectElement(key, 0, key.length, 0, found)
  if (element?.end !== key.length || !isSound(element, key)) found.add('structure')
}

/** RFC 8017 §A.1.1: the modulus and the exponent. */
function isRsaPublicKey(element: DerElement, key: Uint8Array): boolean {
  const integers = (element.tag === TAG.sequence && readChildren(key, element)) || []
  return integers.length === 2 && integers.every(({ tag }) => tag === TAG.integer)
}

/**
 * Looks for what DER forbids (X.690 §10) in an element and all that it is built of.
 *
 * @returns null when it cannot be read
 */
function inspectElement(
  bytes: Uint8Array,
  start: number,
  limit: number,
  depth: number,
  found: Set<KeyEncodingDeviation>,
): DerElement | null {
  const read = readElement(bytes, start, limit)
  if (!read.ok) {
    found.add('structure')
    return null
  }
  const element = read.value
  if (element.end !== element.contentEnd) found.add('indefinite-length')
  else if (element.contentStart - element.start > shortestHeader(element.end - element.contentStart)) {
    found.add('non-minimal-length')
  }
  if (element.tag === TAG.integer && isPadded(contentOf(bytes, element))) found.add('padded-integer')
  const isBuilt = (element.tag & CONSTRUCTED) !== 0
  // A constructed string is told by its own name.
  const isSequence =
    isBuilt && (element.tag === TAG.sequence || element.tag === TAG.set || element.tag >= CONTEXT_SPECIFIC)
  if (!isSequence) return element
  if (depth === MAX_DEPTH) {
    found.add('structure')
    return element
  }
  let position = element.contentStart
  while (position < element.contentEnd) {
    const child = inspectElement(bytes, position, element.contentEnd, depth + 1, found)
    if (!child) break
    position = child.end
  }
  return element
}

/** Tag and length octets for a content of so many octets (X.690 §10.1). */
function shortestHeader(length: number): number {
  let octets = 0
  if (length >= 0x80) for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets += 1
  return 2 + octets
}

/** X.690 §8.3.2: the first nine bits are neither all zero nor all one. */
function isPadded(integer: Uint8Array): boolean {
  const [first, second] = integer
  if (second === undefined) return false
  return (first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)
}
