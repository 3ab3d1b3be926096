import type { CertificateFingerprint } from '../../core/certificate/certificate.ts'
import { decodeBase64 } from '../../core/pins/encoding.ts'
import { WRONG_CERTIFICATE, WRONG_CERTIFICATE_BASE64 } from '../../core/pins/wrong-certificate.ts'
import { derAmong, type Row } from '../row.ts'

const WRONG_DER = decodeBase64(WRONG_CERTIFICATE_BASE64)

/** The bytes of a certificate that an output has: of a row, or of the one that is wrong on purpose. */
export function printedDer(rows: readonly Row[], fingerprint: CertificateFingerprint): Uint8Array | null {
  return fingerprint === WRONG_CERTIFICATE.sha256 ? WRONG_DER : derAmong(rows, fingerprint)
}
