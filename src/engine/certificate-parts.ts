import { failed, ok, type Result } from '../core/result.ts'
import { cutCertificate, type CertificateParts } from './der.ts'
import type { DamageReason } from './inspection.ts'

/** BER in certificates is a curiosity; what asn1js is asked to read stays small enough to be answered at once. */
const MAX_BER_CERTIFICATE_BYTES = 1024 * 1024

/** How often asn1js may still be asked; without one there is no bound. */
export interface BerBudget {
  attempts: number
}

/**
 * Cuts the certificate at the beginning of `bytes` into its parts, whether it is DER or BER. Never throws.
 *
 * @param budget is counted down; when it is used up, BER is `not-a-certificate`
 */
export async function certificateParts(
  bytes: Uint8Array,
  budget: BerBudget = { attempts: Number.POSITIVE_INFINITY },
): Promise<Result<CertificateParts, DamageReason>> {
  const parts = cutCertificate(bytes)
  if (parts.ok) return parts
  if (parts.failure === 'truncated') return failed('truncated')
  if (parts.failure === 'malformed' || budget.attempts <= 0) return failed('not-a-certificate')
  budget.attempts -= 1
  const { cutBerCertificate } = await import('./ber.ts')
  const berParts = cutBerCertificate(bytes.subarray(0, MAX_BER_CERTIFICATE_BYTES))
  return berParts ? ok(berParts) : failed('not-a-certificate')
}
