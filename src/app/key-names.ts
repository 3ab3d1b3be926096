import type { PublicKeyDescription } from '../core/certificate/certificate.ts'
import type { KeyOrigin, KeyWithoutCertificate } from '../core/pins/key-without-certificate.ts'
import { shownName } from '../core/wording/wording.ts'

/** Algorithm and size of a key. */
export function publicKeyText({ algorithm, bits, curve }: PublicKeyDescription): string {
  const size = curve ?? (bits === null ? null : `${bits} bit`)
  return size === null ? algorithm : `${algorithm}, ${size}`
}

const ORIGINS: Readonly<Record<KeyOrigin, string>> = {
  'certificate-request': 'key of a certificate request',
  'public-key': 'public key',
  'private-key': 'public half of a private key',
}

/** What to call a key without a certificate: where it comes from, its name there, and what it is. */
export function backupKeyName({ origin, name, publicKey }: KeyWithoutCertificate): string {
  const named = name.trim() === '' ? ORIGINS[origin] : `${ORIGINS[origin]}, ${shownName(name)}`
  return publicKey ? `${named} (${publicKeyText(publicKey)})` : named
}
