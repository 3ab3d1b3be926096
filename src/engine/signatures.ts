import { BitString, fromBER, Null } from 'asn1js'
import { AlgorithmIdentifier, CryptoEngine, PublicKeyInfo } from 'pkijs'
import type { SignatureCheck } from '../core/chain/chain.ts'
import { certificateParts } from './certificate-parts.ts'
import { contentOf, readChildren, readElement, TAG, type CertificateParts } from './der.ts'
import { readObjectIdentifier } from './object-identifier.ts'
import { describePublicKey } from './public-key.ts'

const RSA_ENCRYPTION = '1.2.840.113549.1.1.1'
const ED25519 = '1.3.101.112'

/** Which kinds of key can have made a signature, by the algorithm's identifier (RFC 4055, RFC 5758, RFC 8410). */
const KEYS_BY_SIGNATURE: Readonly<Record<string, readonly string[]>> = {
  '1.2.840.113549.1.1.5': ['RSA'],
  '1.2.840.113549.1.1.11': ['RSA'],
  '1.2.840.113549.1.1.12': ['RSA'],
  '1.2.840.113549.1.1.13': ['RSA'],
  '1.2.840.113549.1.1.10': ['RSA', 'RSA-PSS'],
  '1.2.840.10045.4.1': ['EC'],
  '1.2.840.10045.4.3.2': ['EC'],
  '1.2.840.10045.4.3.3': ['EC'],
  '1.2.840.10045.4.3.4': ['EC'],
  [ED25519]: ['Ed25519'],
}

/** Those that WebCrypto computes as they stand; pkijs, which takes ten times as long, reads the parameters of RSASSA-PSS. */
const NATIVE_ALGORITHMS: Readonly<
  Record<string, { readonly name: 'RSASSA-PKCS1-v1_5' | 'ECDSA'; readonly hash: string }>
> = {
  '1.2.840.113549.1.1.5': { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-1' },
  '1.2.840.113549.1.1.11': { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  '1.2.840.113549.1.1.12': { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' },
  '1.2.840.113549.1.1.13': { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' },
  '1.2.840.10045.4.1': { name: 'ECDSA', hash: 'SHA-1' },
  '1.2.840.10045.4.3.2': { name: 'ECDSA', hash: 'SHA-256' },
  '1.2.840.10045.4.3.3': { name: 'ECDSA', hash: 'SHA-384' },
  '1.2.840.10045.4.3.4': { name: 'ECDSA', hash: 'SHA-512' },
}

/** The curves of WebCrypto, each with the octets of one of the two numbers of a signature. */
const CURVES: Readonly<Record<string, number>> = { 'P-256': 32, 'P-384': 48, 'P-521': 66 }

const VERIFIED: SignatureCheck = { kind: 'verified' }
const DOES_NOT_VERIFY: SignatureCheck = { kind: 'does-not-verify' }
const UNKNOWN_ALGORITHM: SignatureCheck = { kind: 'not-checked', reason: 'algorithm' }
const NO_WEB_CRYPTO: SignatureCheck = { kind: 'not-checked', reason: 'no-web-crypto' }

/**
 * Whether the key in `issuer` verifies the signature on `certificate`. Says nothing about names, dates or whether the
 * issuer may sign: that is the caller's. Both are DER, as `inspect` cut them. Never throws.
 *
 * @param crypto `crypto.subtle` is missing where a page is served over plain http
 */
export async function verifySignature(
  certificate: Uint8Array,
  issuer: Uint8Array,
  crypto: Partial<Crypto> | undefined = globalThis.crypto,
): Promise<SignatureCheck> {
  if (!crypto?.subtle) return NO_WEB_CRYPTO
  const signed = certificateParts(certificate)
  const signer = certificateParts(issuer)
  if (!signed.ok || !signer.ok) return UNKNOWN_ALGORITHM

  if (!namesAlgorithmTwice(signed.value)) return DOES_NOT_VERIFY
  const algorithm = algorithmIdentifier(signed.value.signatureAlgorithm)
  const keys = algorithm === null ? undefined : KEYS_BY_SIGNATURE[algorithm]
  if (!keys) return UNKNOWN_ALGORITHM
  // A key of another kind did not sign this; trying to import it would look like an unknown algorithm.
  const key = describePublicKey(signer.value.subjectPublicKeyInfo)
  if (!key || !keys.includes(key.algorithm)) return DOES_NOT_VERIFY
  if (algorithm === ED25519) return verifyEd25519(signed.value, signer.value, crypto.subtle)
  return (
    (await verifyNatively(signed.value, issuer, signer.value, crypto.subtle, algorithm ?? '', key.curve)) ??
    verifyWithPkijs(signed.value, signer.value, crypto as Crypto, key.algorithm)
  )
}

/** What is signed has to name the algorithm as well, in the same bytes (RFC 5280 §4.1.1.2). */
function namesAlgorithmTwice({ tbsCertificate, signatureAlgorithm }: CertificateParts): boolean {
  const outer = readElement(tbsCertificate, 0)
  const [first, second, third] = (outer.ok && readChildren(tbsCertificate, outer.value, 3)) || []
  const inner = first?.tag === TAG.explicit0 ? third : second
  if (!inner || inner.end - inner.start !== signatureAlgorithm.length) return false
  return signatureAlgorithm.every((octet, index) => octet === tbsCertificate[inner.start + index])
}

/** @returns null when WebCrypto does not take the algorithm or the key as they stand */
async function verifyNatively(
  signed: CertificateParts,
  issuer: Uint8Array,
  signer: CertificateParts,
  subtle: SubtleCrypto,
  algorithm: string,
  curve: string | null,
): Promise<SignatureCheck | null> {
  const native = NATIVE_ALGORITHMS[algorithm]
  const octets = CURVES[curve ?? '']
  if (!native || (native.name === 'ECDSA' && octets === undefined)) return null
  const parameters = native.name === 'ECDSA' ? { name: native.name, namedCurve: curve ?? '' } : native
  const key = await importKey(issuer, signer, parameters, subtle)
  if (!key) return null
  const bits = bitsOf(signed.signatureValue)
  const signature = octets === undefined ? bits : bits && pairOfNumbers(bits, octets)
  if (!signature) return DOES_NOT_VERIFY
  const sound = await subtle.verify(native, key, ownBytes(signature), ownBytes(signed.tbsCertificate))
  return sound ? VERIFIED : DOES_NOT_VERIFY
}

/** A CA has issued hundreds of a row's certificates; its key is imported once, for as long as its bytes are kept. */
const importedKeys = new WeakMap<Uint8Array, Map<string, Promise<CryptoKey | null>>>()

function importKey(
  issuer: Uint8Array,
  signer: CertificateParts,
  parameters: EcKeyImportParams | RsaHashedImportParams,
  subtle: SubtleCrypto,
): Promise<CryptoKey | null> {
  const ofIssuer = importedKeys.get(issuer) ?? new Map<string, Promise<CryptoKey | null>>()
  importedKeys.set(issuer, ofIssuer)
  const usage = JSON.stringify(parameters)
  const known = ofIssuer.get(usage)
  if (known) return known
  const imported = subtle
    .importKey('spki', ownBytes(signer.subjectPublicKeyInfo), parameters, false, ['verify'])
    .catch(() => null)
  ofIssuer.set(usage, imported)
  return imported
}

/** The octets of a bit string; null when its last octet is not whole. */
function bitsOf(bitString: Uint8Array): Uint8Array | null {
  const element = readElement(bitString, 0)
  if (!element.ok || element.value.tag !== TAG.bitString) return null
  const content = contentOf(bitString, element.value)
  return content[0] === 0 ? content.subarray(1) : null
}

/** `ECDSA-Sig-Value` (RFC 3279 §2.2.3) → its two numbers, each as long as the curve's, as WebCrypto takes them. */
function pairOfNumbers(signature: Uint8Array, octets: number): Uint8Array | null {
  const outer = readElement(signature, 0)
  if (!outer.ok || outer.value.tag !== TAG.sequence || outer.value.end !== signature.length) return null
  const numbers = readChildren(signature, outer.value)
  if (numbers?.length !== 2) return null
  const pair = new Uint8Array(2 * octets)
  for (const [index, number] of numbers.entries()) {
    const content = contentOf(signature, number)
    const digits = content.subarray(content.findIndex((octet) => octet !== 0))
    if (number.tag !== TAG.integer || (content[0] ?? 0x80) >= 0x80 || digits.length > octets) return null
    pair.set(digits, (index + 1) * octets - digits.length)
  }
  return pair
}

async function verifyWithPkijs(
  signed: CertificateParts,
  signer: CertificateParts,
  crypto: Crypto,
  keyAlgorithm: string,
): Promise<SignatureCheck> {
  const engine = new CryptoEngine({ name: 'pinsmith', crypto, subtle: crypto.subtle })
  let publicKey: PublicKeyInfo
  let signatureAlgorithm: AlgorithmIdentifier
  try {
    publicKey = PublicKeyInfo.fromBER(ownBytes(signer.subjectPublicKeyInfo))
    // WebCrypto imports RSA keys under this identifier only; the key itself is the same.
    if (keyAlgorithm === 'RSA-PSS') {
      publicKey.algorithm = new AlgorithmIdentifier({ algorithmId: RSA_ENCRYPTION, algorithmParams: new Null() })
    }
    signatureAlgorithm = AlgorithmIdentifier.fromBER(ownBytes(signed.signatureAlgorithm))
    await engine.getPublicKey(publicKey, signatureAlgorithm)
  } catch {
    return UNKNOWN_ALGORITHM
  }
  try {
    const signature = fromBER(ownBytes(signed.signatureValue)).result
    if (!(signature instanceof BitString)) return DOES_NOT_VERIFY
    const sound = await engine.verifyWithPublicKey(
      ownBytes(signed.tbsCertificate),
      signature,
      publicKey,
      signatureAlgorithm,
    )
    return sound ? VERIFIED : DOES_NOT_VERIFY
  } catch {
    // The key was imported, so what could not be read is the signature.
    return DOES_NOT_VERIFY
  }
}

/** pkijs does not know Ed25519 (RFC 8410): no parameters, and the signature is the bit string's content. */
async function verifyEd25519(
  signed: CertificateParts,
  signer: CertificateParts,
  subtle: SubtleCrypto,
): Promise<SignatureCheck> {
  let key: CryptoKey
  try {
    key = await subtle.importKey('spki', ownBytes(signer.subjectPublicKeyInfo), { name: 'Ed25519' }, false, ['verify'])
  } catch {
    return UNKNOWN_ALGORITHM
  }
  const bitString = readElement(signed.signatureValue, 0)
  if (!bitString.ok) return DOES_NOT_VERIFY
  const signature = contentOf(signed.signatureValue, bitString.value).slice(1)
  const sound = await subtle.verify({ name: 'Ed25519' }, key, signature, ownBytes(signed.tbsCertificate))
  return sound ? VERIFIED : DOES_NOT_VERIFY
}

function algorithmIdentifier(algorithm: Uint8Array): string | null {
  const outer = readElement(algorithm, 0)
  const [type] = (outer.ok && readChildren(algorithm, outer.value, 1)) || []
  return type?.tag === TAG.objectIdentifier ? readObjectIdentifier(contentOf(algorithm, type)) : null
}

/** WebCrypto's types refuse views that might lie on shared memory. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.slice()
}
