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

/** Every host of a plan asks for the same rows. */
const certificates = new WeakMap<readonly PlanRow[], readonly Certificate[]>()

/** Every certificate that rows have: somebody may have taken the fingerprint of one for a pin. */
export function certificatesIn(rows: readonly PlanRow[]): readonly Certificate[] {
  const known = certificates.get(rows) ?? rows.flatMap(certificatesOf)
  certificates.set(rows, known)
  return known
}

function certificatesOf({ chains, reserve }: PlanRow): readonly Certificate[] {
  return [...chains.flatMap(({ links }) => links.map(({ certificate }) => certificate)), ...reserve]
}

/** Several rules ask of each pin, and a plan may have thousands. */
const judgements = new WeakMap<readonly Certificate[], Map<SpkiPin, Keylessness | null>>()

/**
 * Why no key has a pin of which nothing else is known. What is typed today is judged as it is typed; a pin of an opened
 * project or of a file may be anything.
 */
export function keylessnessOfPin(pin: SpkiPin, known: readonly Certificate[]): Keylessness | null {
  const judged = judgements.get(known) ?? new Map<SpkiPin, Keylessness | null>()
  judgements.set(known, judged)
  const found = judged.get(pin)
  const keylessness = found === undefined ? judge(pin, known) : found
  judged.set(pin, keylessness)
  return keylessness
}

function judge(pin: SpkiPin, known: readonly Certificate[]): Keylessness | null {
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
