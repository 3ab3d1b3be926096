import type { PinPlan } from '../../core/pins/plan-pins.ts'
import { pinnedDomains, type Verdict } from '../../core/risks/verdict.ts'

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

/** How much of the set a verdict is about; empty where that is all of it, or nothing. */
export function shareOf(plan: PinPlan): string {
  const { pinned, all } = pinnedDomains(plan)
  return pinned === 0 || pinned === all
    ? ''
    : `${pinned} of ${all} domains ${pinned === 1 ? 'has' : 'have'} pins of ${pinned === 1 ? 'its' : 'their'} own. `
}

function reasons(titles: readonly string[]): string {
  const distinct = [...new Set(titles)]
  const shown = distinct.slice(0, MOST_REASONS).join('; ')
  const left = distinct.length - MOST_REASONS
  return left > 0 ? `${shown}; and ${left} more.` : `${shown}.`
}
