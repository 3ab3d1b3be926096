import type { PinPlan } from '../pins/plan-pins.ts'
import type { Finding } from './risk-rule.ts'

/**
 * What all findings come to. `nothing-pinned`: there is nothing to judge. `against`: these pins are none that anybody
 * should ship, however they are mended. `not-yet`: a blocker stands in the way. `known-risks`: warnings remain.
 */
export type VerdictKind = 'nothing-pinned' | 'against' | 'not-yet' | 'known-risks' | 'ready'

/** What a verdict is called. */
export const VERDICT_WORDS: Readonly<Record<VerdictKind, string>> = {
  'nothing-pinned': 'Nothing pinned yet',
  against: 'We would not pin this',
  'not-yet': 'Not yet',
  'known-risks': 'Ready, with known risks',
  ready: 'Ready',
}

export interface Verdict {
  readonly kind: VerdictKind
  /** The findings that it rests on, worst first; none for the first and the last kind. */
  readonly deciding: readonly Finding[]
}

/** Rules whose findings say that somebody else has the key. */
const AGAINST: ReadonlySet<string> = new Set(['interception-like-issuer', 'provider-leaf', 'third-party-host'])

/** @param findings of `assess`, in its order */
export function verdictOnRow(rowId: string, findings: readonly Finding[], plan: PinPlan): Verdict {
  const isPinned = plan.policies.some(({ rowIds }) => rowIds.includes(rowId))
  const own = findings.filter(({ rowIds }) => rowIds.includes(rowId))
  return judge(own, isPinned)
}

/**
 * Over all rows that pin something: as bad as the worst finding about them or about the set, or as what speaks against a
 * row before anything of it is pinned. Of a row without pins only that counts that it has none.
 */
export function verdictOnSet(findings: readonly Finding[], plan: PinPlan): Verdict {
  const pinned = new Set(plan.policies.flatMap(({ rowIds }) => rowIds))
  const own = findings.filter(
    ({ ruleId, rowIds }) =>
      rowIds.length === 0 ||
      rowIds.some((rowId) => pinned.has(rowId)) ||
      ruleId === 'row-without-pins' ||
      AGAINST.has(ruleId),
  )
  return judge(own, plan.policies.length > 0)
}

/** How many domains have pins of their own, of those that rows name. */
export function pinnedDomains({ policies, leftOut }: PinPlan): { readonly pinned: number; readonly all: number } {
  const hosts = new Set([...policies, ...leftOut].map(({ host }) => host))
  return { pinned: policies.length, all: hosts.size }
}

function judge(findings: readonly Finding[], isPinned: boolean): Verdict {
  const against = findings.filter(({ ruleId, severity }) => AGAINST.has(ruleId) && severity !== 'note')
  if (!isPinned && against.length === 0) return { kind: 'nothing-pinned', deciding: [] }
  const steps: readonly (readonly [VerdictKind, readonly Finding[]])[] = [
    ['against', against],
    ['not-yet', findings.filter(({ severity }) => severity === 'blocker')],
    ['known-risks', findings.filter(({ severity }) => severity === 'warning')],
  ]
  const [kind, deciding] = steps.find(([, found]) => found.length > 0) ?? ['ready', []]
  return { kind, deciding }
}
