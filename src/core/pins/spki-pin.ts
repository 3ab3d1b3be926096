import { encodeBase64 } from './encoding.ts'

/**
 * Base64 of the SHA-256 over a certificate's SubjectPublicKeyInfo, its own DER bytes with tag and length
 * (RFC 7469 §2.4): 43 characters of the standard alphabet and one `=`. Branded, so that a certificate fingerprint
 * cannot pass for a pin.
 */
export type SpkiPin = string & { readonly spkiPin: unique symbol }

const DIGEST_LENGTH = 32

/** @param digest SHA-256 over SubjectPublicKeyInfo; any length but 32 bytes is a bug and throws */
export function spkiPinFromDigest(digest: Uint8Array): SpkiPin {
  if (digest.length !== DIGEST_LENGTH) throw new RangeError(`A SHA-256 digest has 32 bytes, this one ${digest.length}`)
  return encodeBase64(digest) as SpkiPin
}
