import type { Certificate, PublicKeyDescription } from '../certificate/certificate.ts'
import type { PinOrigin, PlannedPin } from '../pins/plan-pins.ts'

/**
 * Apple's Security framework hands out a public key without its header, so whoever hashes a SubjectPublicKeyInfo there
 * puts one in front (platforms.md C.6), for these keys and no others. The ones of RSA hold for the exponent 65537.
 */
export const KEY_HEADERS = [
  { algorithm: 'RSA', bits: 2048, base64: 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A' },
  { algorithm: 'RSA', bits: 3072, base64: 'MIIBojANBgkqhkiG9w0BAQEFAAOCAY8A' },
  { algorithm: 'RSA', bits: 4096, base64: 'MIICIjANBgkqhkiG9w0BAQEFAAOCAg8A' },
  { algorithm: 'P-256', bits: 256, base64: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgA=' },
  { algorithm: 'P-384', bits: 384, base64: 'MHYwEAYHKoZIzj0CAQYFK4EEACIDYgA=' },
] as const

/** Whether such a library finds this pin in a chain. A pin of which nothing else is known is taken to be found. */
export function isRebuilt({ origins }: PlannedPin): boolean {
  return origins.every(isOriginRebuilt)
}

/** Whether such a library hashes the key of this certificate as a pin is hashed. */
export function isKeyRebuilt({ publicKey, keyEncoding }: Certificate): boolean {
  return isRebuiltExactly(publicKey) && keyEncoding.length === 0
}

function isOriginRebuilt(origin: PinOrigin): boolean {
  switch (origin.kind) {
    case 'certificate':
      return isKeyRebuilt(origin.certificate)
    case 'key':
      return origin.key.publicKey !== null && isRebuiltExactly(origin.key.publicKey)
    case 'typed':
    case 'wrong':
      return true
  }
}

/** The lengths in a header of RSA are those for the usual exponent. */
function isRebuiltExactly(key: PublicKeyDescription): boolean {
  return hasHeader(key) && key.exponent === undefined
}

/** Whether such a library hashes a key at all. */
export function hasHeader({ algorithm, bits, curve }: PublicKeyDescription): boolean {
  return KEY_HEADERS.some((header) => header.algorithm === (curve ?? algorithm) && header.bits === bits)
}
