import { decodeBase64 } from '../core/pins/encoding.ts'
import { ecKeyInfo, isCurveName, isRawKeyName, rawKeyInfo, rsaKeyInfoOf } from './subject-public-key-info.ts'

/** One key of a JWK or a JWK Set (RFC 7517). */
export interface JsonWebKeyRead {
  /** DER SubjectPublicKeyInfo; null when the key is symmetric, incomplete or of an unknown kind. */
  readonly keyInfo: Uint8Array | null
  readonly isPrivate: boolean
  /** `kid`, or nothing. Hostile text. */
  readonly name: string
}

/** @returns null when the text is no JWK; the keys are read one by one as they are asked for */
export function readJsonWebKeys(text: string): Iterable<JsonWebKeyRead> | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  const list = isRecord(value) ? value['keys'] : value
  const keys = Array.isArray(list) ? list : [value]
  const found = keys.filter((key): key is Fields => isRecord(key) && typeof key['kty'] === 'string')
  return found.length > 0 ? readKeys(found) : null
}

type Fields = Readonly<Record<string, unknown>>

function* readKeys(keys: readonly Fields[]): Generator<JsonWebKeyRead, void, undefined> {
  for (const key of keys) yield readKey(key)
}

function readKey(key: Fields): JsonWebKeyRead {
  const { kid } = key
  // RFC 7518 §6.2.2, §6.3.2 and RFC 8037 §2 call the private part `d`, RFC 9964 `priv`.
  const isPrivate = 'd' in key || 'priv' in key
  return { keyInfo: jsonWebKeyInfo(key), isPrivate, name: typeof kid === 'string' ? kid : '' }
}

/** The public members of a key → DER SubjectPublicKeyInfo (RFC 7518 §6, RFC 8037 §2, RFC 9964 §3). */
export function jsonWebKeyInfo(key: Fields): Uint8Array | null {
  const { kty, crv, alg } = key
  const octets = (name: string) => decodeBase64Url(key[name])
  if (kty === 'RSA') {
    const [modulus, exponent] = [octets('n'), octets('e')]
    return modulus && exponent ? rsaKeyInfoOf(modulus, exponent) : null
  }
  if (kty === 'EC' && isCurveName(crv)) {
    const [x, y] = [octets('x'), octets('y')]
    // RFC 7518 §6.2.1.2: full-size octet strings, so a point is not padded here.
    return x && y && x.length === y.length && x.length === COORDINATE_OCTETS[crv]
      ? ecKeyInfo(crv, Uint8Array.of(0x04, ...x, ...y))
      : null
  }
  const raw = kty === 'OKP' ? octets('x') : kty === 'AKP' ? octets('pub') : null
  const name = kty === 'OKP' ? crv : alg
  return raw && isRawKeyName(name) ? rawKeyInfo(name, raw) : null
}

const COORDINATE_OCTETS = { 'P-256': 32, 'P-384': 48, 'P-521': 66, secp256k1: 32 } as const

/** RFC 4648 §5, without padding as RFC 7515 §2 wants it, or with. */
function decodeBase64Url(text: unknown): Uint8Array | null {
  if (typeof text !== 'string' || text === '') return null
  return decodeBase64(text.replaceAll('-', '+').replaceAll('_', '/'))
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
