import { sha256 } from '@noble/hashes/sha2.js'
import type { CertificateFingerprint } from '../core/certificate/certificate.ts'
import { encodeHex } from '../core/pins/encoding.ts'
import { spkiPinFromDigest, type SpkiPin } from '../core/pins/spki-pin.ts'

// Not WebCrypto: `crypto.subtle` is missing on a page served over plain http, and pins must not be.

/** @param subjectPublicKeyInfo the certificate's own bytes, tag and length included */
export function pinOf(subjectPublicKeyInfo: Uint8Array): SpkiPin {
  return spkiPinFromDigest(sha256(subjectPublicKeyInfo))
}

export function fingerprintOf(certificate: Uint8Array): CertificateFingerprint {
  return encodeHex(sha256(certificate)) as CertificateFingerprint
}
