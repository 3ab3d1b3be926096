import { decodeHex } from '../core/pins/encoding.ts'
import { TAG } from './der.ts'
import { encodeBits, encodeDer, encodeUnsigned } from './encode-der.ts'

/** Object identifiers of keys and curves, as their DER content in hexadecimal (RFC 3279, 5480, 8410, 9881). */
const OBJECT_IDENTIFIER = {
  rsa: '2a864886f70d010101',
  dsa: '2a8648ce380401',
  ec: '2a8648ce3d0201',
} as const

const CURVES = {
  'P-256': '2a8648ce3d030107',
  'P-384': '2b81040022',
  'P-521': '2b81040023',
  secp256k1: '2b8104000a',
} as const

const RAW_KEYS = {
  Ed25519: '2b6570',
  Ed448: '2b6571',
  X25519: '2b656e',
  X448: '2b656f',
  'ML-DSA-44': '608648016503040311',
  'ML-DSA-65': '608648016503040312',
  'ML-DSA-87': '608648016503040313',
} as const

export type CurveName = keyof typeof CURVES
export type RawKeyName = keyof typeof RAW_KEYS

export function isCurveName(name: unknown): name is CurveName {
  return typeof name === 'string' && Object.hasOwn(CURVES, name)
}

export function isRawKeyName(name: unknown): name is RawKeyName {
  return typeof name === 'string' && Object.hasOwn(RAW_KEYS, name)
}

// Keys in other notations become the SubjectPublicKeyInfo that a certificate of the key would hold: DER, and for RSA
// the explicit NULL that RFC 3279 §2.3.1 and the Baseline Requirements ask for.

/** @param pkcs1 RSAPublicKey of RFC 8017 §A.1.1 */
export function rsaKeyInfo(pkcs1: Uint8Array): Uint8Array {
  const algorithm = encodeDer(TAG.sequence, objectIdentifier(OBJECT_IDENTIFIER.rsa), encodeDer(TAG.null))
  return keyInfo(algorithm, encodeBits(pkcs1))
}

/** Both unsigned, highest octet first. */
export function rsaKeyInfoOf(modulus: Uint8Array, exponent: Uint8Array): Uint8Array {
  return rsaKeyInfo(encodeDer(TAG.sequence, encodeUnsigned(modulus), encodeUnsigned(exponent)))
}

/** @param point as in SEC 1 §2.3.3 */
export function ecKeyInfo(curve: CurveName, point: Uint8Array): Uint8Array {
  return keyInfo(ecAlgorithm(objectIdentifier(CURVES[curve])), encodeBits(point))
}

/** @param parameters as RFC 5480 §2.1.1 has them, with tag and length */
export function ecAlgorithm(parameters: Uint8Array): Uint8Array {
  return encodeDer(TAG.sequence, objectIdentifier(OBJECT_IDENTIFIER.ec), parameters)
}

/** Edwards, Montgomery and ML-DSA keys, whose bits are the key itself and whose algorithm has no parameters. */
export function rawKeyInfo(name: RawKeyName, key: Uint8Array): Uint8Array {
  return keyInfo(encodeDer(TAG.sequence, objectIdentifier(RAW_KEYS[name])), encodeBits(key))
}

/** All unsigned, highest octet first; RFC 3279 §2.3.2. */
export function dsaKeyInfo(p: Uint8Array, q: Uint8Array, g: Uint8Array, y: Uint8Array): Uint8Array {
  const parameters = encodeDer(TAG.sequence, encodeUnsigned(p), encodeUnsigned(q), encodeUnsigned(g))
  return keyInfo(
    encodeDer(TAG.sequence, objectIdentifier(OBJECT_IDENTIFIER.dsa), parameters),
    encodeBits(encodeUnsigned(y)),
  )
}

/** Both with tag and length. */
export function keyInfo(algorithm: Uint8Array, bits: Uint8Array): Uint8Array {
  return encodeDer(TAG.sequence, algorithm, bits)
}

function objectIdentifier(hex: string): Uint8Array {
  return encodeDer(TAG.objectIdentifier, decodeHex(hex) ?? new Uint8Array())
}
