import type { CertificateFingerprint } from '../core/certificate/certificate.ts'
import type { ChainRole } from '../core/chain/chain.ts'

/** What needs no quoting in any shell. */
const HOST_AND_PORT = /^[a-z\d_][a-z\d._-]*:\d{1,5}$/

/** What a command is written for: the shells of Unix, or PowerShell, from the 5.1 that Windows has on. */
export const SHELLS = ['shell', 'powershell'] as const
export type Shell = (typeof SHELLS)[number]

/**
 * Shows the chain of a host that Pinsmith cannot reach.
 *
 * @param hostAndPort as `liveSourceName` makes it from a clean host
 * @returns null for any other text, since people run what stands here
 */
export function showCertificatesCommand(hostAndPort: string, shell: Shell): string | null {
  if (!HOST_AND_PORT.test(hostAndPort)) return null
  const host = hostAndPort.slice(0, hostAndPort.lastIndexOf(':'))
  if (shell === 'shell') return `openssl s_client -connect ${hostAndPort} -servername ${host} -showcerts </dev/null`
  // PowerShell has no `<`; a line that begins with Q ends s_client. Its quotes keep a name like 1kb from being a number.
  // .NET is no way: SslStream tells the chain that Windows builds, not the list that was sent.
  return `'Q' | openssl s_client -connect '${hostAndPort}' -servername '${host}' -showcerts`
}

/** Names a downloaded certificate by what nobody else chose: its subject is hostile text. */
export function pemFileName(role: ChainRole, fingerprint: CertificateFingerprint): string {
  return `${role}-${fingerprint.slice(0, 8)}.pem`
}

/** Reproduces a pin from a saved certificate, without Pinsmith. */
export function pinCommand(fileName: string): string {
  return `openssl x509 -in ${fileName} -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | openssl base64`
}
