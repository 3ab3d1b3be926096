import type { PublicKeyDescription } from './certificate.ts'

/** RSA below it, and fields below the next, are refused by Apple and certified by no public CA. */
export const SMALLEST_RSA_KEY = 2048
const SMALLEST_FIELD = 256
/** Which curves public CAs may certify (Baseline Requirements §6.1.5). */
const CERTIFIED_CURVES = new Set(['P-256', 'P-384', 'P-521'])

/** Whether a key is so small that it can be broken. */
export function isBreakable({ algorithm, bits }: PublicKeyDescription): boolean {
  if (algorithm === 'RSA') return bits !== null && bits < SMALLEST_RSA_KEY
  return algorithm === 'DSA' || (algorithm === 'EC' && bits !== null && bits < SMALLEST_FIELD)
}

/**
 * Whether a certificate can be had for a key.
 *
 * @param isPublic from a public CA; one’s own may certify a key of any type, yet none that can be broken is worth it
 */
export function canBeCertified(publicKey: PublicKeyDescription, isPublic: boolean): boolean {
  return !isBreakable(publicKey) && (!isPublic || isOfCertifiedType(publicKey))
}

function isOfCertifiedType({ algorithm, curve }: PublicKeyDescription): boolean {
  return algorithm === 'RSA' || CERTIFIED_CURVES.has(curve ?? '')
}
