import { contentOf, readChildren, readElement, TAG, type DerElement } from './der.ts'
import { encodeBits, encodeDer } from './encode-der.ts'
import { jsonWebKeyInfo } from './json-web-key.ts'
import { openSshKeyInfo, readOpenSshPrivateKey } from './open-ssh.ts'
import { describePublicKey } from './public-key.ts'
import { dsaKeyInfo, ecAlgorithm, isCurveName, keyInfo, rsaKeyInfo } from './subject-public-key-info.ts'

const VERSION_0 = Uint8Array.of(TAG.integer, 1, 0)
const SEC1_PARAMETERS = 0xa0
const SEC1_PUBLIC_KEY = 0xa1
/** OneAsymmetricKey of RFC 5958 §2: `[1] IMPLICIT BIT STRING`. */
const PKCS8_PUBLIC_KEY = 0x81

/**
 * The public half of an unencrypted private key, as DER SubjectPublicKeyInfo. Nearly every format carries it; where it
 * has to be computed, WebCrypto does that. The private part is neither kept nor copied but into WebCrypto.
 *
 * @param bytes PKCS#8, PKCS#1, SEC 1, OpenSSL's DSA form or OpenSSH's, without armour
 * @returns null when it is encrypted, damaged, or of a kind whose public half cannot be had here; never throws
 */
export async function publicHalf(bytes: Uint8Array): Promise<Uint8Array | null> {
  const openSsh = readOpenSshPrivateKey(bytes)
  if (openSsh) return openSsh.encrypted ? null : openSshKeyInfo(openSsh.publicBlob)
  const outer = readElement(bytes, 0)
  const fields = outer.ok && outer.value.tag === TAG.sequence ? readChildren(bytes, outer.value, 16) : null
  const [version, second, third] = fields ?? []
  if (!fields || version?.tag !== TAG.integer || !second) return null
  if (second.tag === TAG.sequence && third?.tag === TAG.octetString) return halfOfPkcs8(bytes, fields, second, third)
  if (second.tag === TAG.octetString) return halfOfSec1(bytes, fields, null)
  const numbers = fields.filter(({ tag }) => tag === TAG.integer)
  // OpenSSL's form of a DSA key has six numbers, RSAPrivateKey nine, and a list behind them when it has more primes.
  if (numbers.length === 6) return dsaOf(bytes, numbers)
  return numbers.length === 9 ? rsaOf(bytes, numbers) : null
}

function halfOfPkcs8(
  bytes: Uint8Array,
  fields: readonly DerElement[],
  algorithm: DerElement,
  key: DerElement,
): Promise<Uint8Array | null> | Uint8Array | null {
  const algorithmBytes = bytes.subarray(algorithm.start, algorithm.end)
  const given = fields.find(({ tag }) => tag === PKCS8_PUBLIC_KEY)
  if (given) return keyInfo(algorithmBytes, encodeDer(TAG.bitString, contentOf(bytes, given)))
  const inner = contentOf(bytes, key)
  const element = readElement(inner, 0)
  const innerFields = element.ok && element.value.tag === TAG.sequence ? readChildren(inner, element.value, 16) : null
  // Only the algorithm is looked at, so the missing bits do no harm.
  const name = describePublicKey(keyInfo(algorithmBytes, encodeBits(new Uint8Array())))?.algorithm
  if (name === 'RSA') return innerFields && rsaOf(inner, innerFields)
  if (name === 'RSA-PSS') return innerFields && keyInfo(algorithmBytes, encodeBits(pkcs1Of(inner, innerFields)))
  if (name === 'EC') return innerFields && halfOfSec1(inner, innerFields, algorithmBytes)
  return name === 'Ed25519' || name === 'X25519' ? computed(bytes.subarray(0, fields.at(-1)?.end), name) : null
}

/** @param algorithm of the PKCS#8 around it; null when it stands alone, and names its curve itself */
function halfOfSec1(
  bytes: Uint8Array,
  fields: readonly DerElement[],
  algorithm: Uint8Array | null,
): Promise<Uint8Array | null> | Uint8Array | null {
  const parameters = fields.find(({ tag }) => tag === SEC1_PARAMETERS)
  const named = algorithm ?? (parameters ? ecAlgorithm(contentOf(bytes, parameters)) : null)
  if (!named) return null
  const wrapper = fields.find(({ tag }) => tag === SEC1_PUBLIC_KEY)
  const [bits] = (wrapper && readChildren(bytes, wrapper, 1)) ?? []
  if (bits?.tag === TAG.bitString) return keyInfo(named, bytes.subarray(bits.start, bits.end))
  const curve = describePublicKey(keyInfo(named, encodeBits(new Uint8Array())))?.curve
  const whole = encodeDer(TAG.sequence, ...fields.map(({ start, end }) => bytes.subarray(start, end)))
  const pkcs8 = encodeDer(TAG.sequence, VERSION_0, named, encodeDer(TAG.octetString, whole))
  whole.fill(0)
  return isCurveName(curve) ? computed(pkcs8, { name: 'ECDSA', namedCurve: curve }).finally(() => pkcs8.fill(0)) : null
}

function rsaOf(bytes: Uint8Array, fields: readonly DerElement[]): Uint8Array {
  return rsaKeyInfo(pkcs1Of(bytes, fields))
}

/** RSAPrivateKey (RFC 8017 §A.1.2) begins with its version and the two numbers of RSAPublicKey. */
function pkcs1Of(bytes: Uint8Array, [, modulus, exponent]: readonly DerElement[]): Uint8Array {
  return encodeDer(TAG.sequence, ...[modulus, exponent].map((number) => bytes.subarray(number?.start, number?.end)))
}

function dsaOf(bytes: Uint8Array, [, ...numbers]: readonly DerElement[]): Uint8Array | null {
  const [p, q, g, y] = numbers.map((number) => contentOf(bytes, number))
  return p && q && g && y ? dsaKeyInfo(p, q, g, y) : null
}

/** WebCrypto finds the public half of a key that came without it. */
async function computed(pkcs8: Uint8Array, algorithm: EcKeyImportParams | 'Ed25519' | 'X25519') {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle
  try {
    const usages: KeyUsage[] = algorithm === 'X25519' ? ['deriveBits'] : ['sign']
    const key = await subtle?.importKey('pkcs8', pkcs8.slice(), algorithm, true, usages)
    const { crv, x, y } = key ? await subtle.exportKey('jwk', key) : {}
    return jsonWebKeyInfo({ kty: y === undefined ? 'OKP' : 'EC', crv, x, y })
  } catch {
    // Firefox and Safari refuse some of these keys.
    return null
  }
}
