import type { SpkiPin } from '../core/pins/spki-pin.ts'
import type { BundledRoots } from './bundled-roots.ts'
import { cutCertificate } from './der.ts'
import { readDistinguishedName } from './distinguished-name.ts'
import { pinOf } from './fingerprint.ts'
import type { IdentifiedRoot, IdentifiedRoots } from './inspection.ts'

/** The bundled roots that these digests are the pin or the fingerprint of; the first where several have one key. */
export function identifyRoots(digests: readonly SpkiPin[], { bySha256 }: BundledRoots): IdentifiedRoots {
  const asked = new Set<string>(digests)
  const identified = new Map<SpkiPin, IdentifiedRoot>()
  for (const { der } of bySha256.values()) {
    const parts = cutCertificate(der)
    if (!parts.ok) continue
    const pin = pinOf(parts.value.subjectPublicKeyInfo)
    // The second is its fingerprint, written as a pin is.
    for (const digest of [pin, pinOf(der)]) {
      if (!asked.has(digest) || identified.has(digest)) continue
      const subject = readDistinguishedName(parts.value.subject)
      identified.set(digest, { name: subject?.commonName ?? subject?.organization ?? subject?.text ?? '', pin })
    }
  }
  return identified
}
