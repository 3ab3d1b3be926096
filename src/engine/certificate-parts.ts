import { failed, type Result } from '../core/result.ts'
import { cutCertificate, type CertificateParts, type DerProblem } from './der.ts'
import type { DamageReason } from './inspection.ts'

const REASONS: Readonly<Record<DerProblem, DamageReason>> = { truncated: 'truncated', malformed: 'not-a-certificate' }

/** Cuts the certificate at the beginning of `bytes` into its parts, whether it is DER or BER. Never throws. */
export function certificateParts(bytes: Uint8Array): Result<CertificateParts, DamageReason> {
  const parts = cutCertificate(bytes)
  return parts.ok ? parts : failed(REASONS[parts.failure])
}
