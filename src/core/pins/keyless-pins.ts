import type { Certificate } from '../certificate/certificate.ts'
import { judgePin } from './judge-pin.ts'
import { isWithoutCertificate, type PlannedPin, type PlanRow } from './plan-pins.ts'
import type { SpkiPin } from './spki-pin.ts'

/** Why a pin never matches, whatever the server presents: it is no key’s. */
export type Keylessness =
  | { readonly kind: 'placeholder' | 'hash-of-nothing' | 'certificate-fingerprint' }
  | { readonly kind: 'documentation-sample'; readonly document: string }

/** Why no key has a pin that was typed; null for one that some key may have. */
export function keylessnessOf(planned: PlannedPin, known: readonly Certificate[]): Keylessness | null {
  const isTyped = isWithoutCertificate(planned) && planned.origins.every(({ kind }) => kind === 'typed')
  return isTyped ? keylessnessOfPin(planned.pin, known) : null
}

/** Every certificate that rows have: somebody may have taken the fingerprint of one for a pin. */
export function certificatesIn(rows: readonly PlanRow[]): readonly Certificate[] {
  return rows.flatMap(({ chains, reserve }) => [
    ...chains.flatMap(({ links }) => links.map(({ certificate }) => certificate)),
    ...reserve,
  ])
}

/**
 * Why no key has a pin of which nothing else is known. What is typed today is judged as it is typed; a pin of an opened
 * project or of a file may be anything.
 */
export function keylessnessOfPin(pin: SpkiPin, known: readonly Certificate[]): Keylessness | null {
  const judgement = judgePin({ value: pin, digest: null, isFingerprint: false }, known)
  switch (judgement.kind) {
    case 'placeholder':
    case 'hash-of-nothing':
    case 'certificate-fingerprint':
      return { kind: judgement.kind }
    case 'documentation-sample':
      return { kind: judgement.kind, document: judgement.sample.document.title }
    case 'pin':
    case 'wrong-length':
    case 'other-digest':
    case 'not-canonical':
    case 'not-a-pin':
      return null
  }
}
