import { certificateName } from '../certificate/certificate.ts'
import { shortLine } from './escape.ts'
import { endOfPin } from './expiration.ts'
import { isoDay } from '../instant.ts'
import type { PlannedPin } from '../pins/plan-pins.ts'

/** Leaves room in a comment for what follows the name. */
const LONGEST_NAME = 80

/** One line that says which certificate a pin stands for. Holds hostile text: pass it through `xmlComment` or the like. */
export function pinComment(pin: PlannedPin): string {
  const { origins, inheritedFrom } = pin
  const [first] = origins
  if (!first) return 'pin'
  // The same certificate may be in several chains and rows.
  const others = new Set(origins.map(({ certificate }) => certificate.sha256)).size - 1
  const inherited = inheritedFrom ? ` (pin of ${inheritedFrom}, whose sub-domains include this host)` : ''
  const more = others > 0 ? `, and ${others} more certificate${others > 1 ? 's' : ''} with this key` : ''
  const name = shortLine(certificateName(first.certificate), LONGEST_NAME)
  return `${first.chainRole}${inherited}: ${name}, valid until ${isoDay(endOfPin(pin))}${more}`
}
