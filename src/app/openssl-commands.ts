import type { CertificateFingerprint } from '../core/certificate/certificate.ts'
import type { ChainRole } from '../core/chain/chain.ts'

/** What needs no quoting in any shell. */
const HOST_AND_PORT = /^[a-z\d_][a-z\d._-]*:\d{1,5}$/

/**
 * Shows the chain of a host that Pinsmith cannot reach.
 *
 * @param hostAndPort as `liveSourceName` makes it from a clean host
 * @returns null for any other text, since people run what stands here
 */
export function showCertificatesCommand(hostAndPort: string): string | null {
  if (!HOST_AND_PORT.test(hostAndPort)) return null
  const host = hostAndPort.slice(0, hostAndPort.lastIndexOf(':'))
  return `openssl s_client -connect ${hostAndPort} -servername ${host} -showcerts </dev/null`
}

/** Names a downloaded certificate by what nobody else chose: its subject is hostile text. */
export function certificateFileName(role: ChainRole, fingerprint: CertificateFingerprint): string {
  return `${role}-${fingerprint.slice(0, 8)}.pem`
}

/** Reproduces a pin from a saved certificate, without Pinsmith. */
export function pinCommand(fileName: string): string {
  return `openssl x509 -in ${fileName} -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | openssl base64`
}
