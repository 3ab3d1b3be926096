import type { CaEnd } from './ended-cas.ts'

/** Why no new certificate of a CA helps, in whole sentences. */
export function endText(end: CaEnd): string {
  switch (end.kind) {
    case 'expired':
    case 'distrusted':
    case 'gone':
    case 'left':
      return end.notice.text
    case 'closed':
      return `${end.family.name} issues no new public certificates from its own roots.`
    case 'retired':
      return `${end.retired.ca} issues with ${end.retired.successors} instead.`
  }
}
