import { certificateName } from '../certificate/certificate.ts'
import { isoDay } from '../instant.ts'
import type { PlannedPin } from '../pins/plan-pins.ts'

/** One line that says which certificate a pin stands for. Holds hostile text: pass it through `xmlComment` or the like. */
export function pinComment({ origins, inheritedFrom }: PlannedPin): string {
  const [first, ...others] = origins
  if (!first) return 'pin'
  const inherited = inheritedFrom ? ` (pin of ${inheritedFrom}, whose sub-domains include this host)` : ''
  const more =
    others.length > 0 ? `, and ${others.length} more certificate${others.length > 1 ? 's' : ''} with this key` : ''
  const name = certificateName(first.certificate)
  return `${first.chainRole}${inherited}: ${name}, valid until ${isoDay(first.certificate.notAfter)}${more}`
}
