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

  const algorithm = algorithmIdentifier(signed.value.signatureAlgorithm)
  const keys = algorithm === null ? undefined : KEYS_BY_SIGNATURE[algorithm]
  if (!keys) return UNKNOWN_ALGORITHM
  // A key of another kind did not sign this; trying to import it would look like an unknown algorithm.
  const keyAlgorithm = describePublicKey(signer.value.subjectPublicKeyInfo)?.algorithm
  if (!keyAlgorithm || !keys.includes(keyAlgorithm)) return DOES_NOT_VERIFY
  return algorithm === ED25519
    ? verifyEd25519(signed.value, signer.value, crypto.subtle)
    : verifyWithPkijs(signed.value, signer.value, crypto as Crypto, keyAlgorithm)
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
