import type { Verdict } from '../../core/risks/verdict.ts'

/** What a verdict is about: one domain, or all of them. */
export type VerdictScope = 'row' | 'set'

const MOST_REASONS = 2

/** Why, in one sentence. Holds titles of findings, which hold names from certificates: print as text. */
export function verdictReason({ kind, deciding }: Verdict, scope: VerdictScope): string {
  switch (kind) {
    case 'nothing-pinned':
      return scope === 'row' ? 'No certificate or key of this domain is pinned.' : 'No domain has a pin.'
    case 'ready':
      return 'Nothing that was checked speaks against these pins. Notes remain worth reading.'
    case 'against':
    case 'not-yet':
    case 'known-risks':
      return reasons(deciding.map(({ title }) => title))
  }
}

function reasons(titles: readonly string[]): string {
  const distinct = [...new Set(titles)]
  const shown = distinct.slice(0, MOST_REASONS).join('; ')
  const left = distinct.length - MOST_REASONS
  return left > 0 ? `${shown}; and ${left} more.` : `${shown}.`
}
