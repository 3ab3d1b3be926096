import { encodeHex } from '../core/pins/encoding.ts'
import { certificateParts } from './certificate-parts.ts'
import type { IdentifiedRoot } from './inspection.ts'
import type { ChainTools } from './issuer-search.ts'

/**
 * The bundled roots that may have issued a certificate, by the bytes of the issuer's name and, where both sides have
 * one, by its key identifier (RFC 5280 §4.2.1.1).
 *
 * @returns none for what is no certificate, and without a store
 */
export async function candidateRoots(
  certificate: Uint8Array,
  { describe, roots }: Pick<ChainTools, 'describe' | 'roots'>,
): Promise<readonly IdentifiedRoot[]> {
  const parts = certificateParts(certificate)
  const details = await describe(certificate)
  if (!roots || !parts.ok || !details.ok) return []
  return roots.candidates(encodeHex(parts.value.issuer), details.value.extensions.authorityKeyIdentifier)
}
