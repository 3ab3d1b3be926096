import type { PublicKeyDescription } from '../certificate/certificate.ts'
import type { PinOrigin, PlannedPin } from '../pins/plan-pins.ts'

/**
 * Apple's Security framework hands out a public key without its header, so whoever hashes a SubjectPublicKeyInfo there
 * puts one in front (platforms.md C.6), for these keys and no others. The ones of RSA hold for the exponent 65537.
 */
export const KEY_HEADERS = [
  { algorithm: 'RSA', bits: 2048, hex: '30820122300d06092a864886f70d01010105000382010f00' },
  { algorithm: 'RSA', bits: 3072, hex: '308201a2300d06092a864886f70d01010105000382018f00' },
  { algorithm: 'RSA', bits: 4096, hex: '30820222300d06092a864886f70d01010105000382020f00' },
  { algorithm: 'P-256', bits: 256, hex: '3059301306072a8648ce3d020106082a8648ce3d030107034200' },
  { algorithm: 'P-384', bits: 384, hex: '3076301006072a8648ce3d020106052b81040022036200' },
] as const

/** Whether such a library finds this pin in a chain. A pin of which nothing else is known is taken to be found. */
export function isRebuilt({ origins }: PlannedPin): boolean {
  return origins.every(isOriginRebuilt)
}

function isOriginRebuilt(origin: PinOrigin): boolean {
  switch (origin.kind) {
    case 'certificate':
      return hasHeader(origin.certificate.publicKey) && origin.certificate.keyEncoding.length === 0
    case 'key':
      return origin.key.publicKey !== null && hasHeader(origin.key.publicKey)
    case 'typed':
      return true
  }
}

function hasHeader({ algorithm, bits, curve }: PublicKeyDescription): boolean {
  return KEY_HEADERS.some((header) => header.algorithm === (curve ?? algorithm) && header.bits === bits)
}
