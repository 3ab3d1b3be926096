import type { Shortfall } from '../formats/shortfalls.ts'
import { labelsBelow } from '../pins/host-rule.ts'
import type { PinPlan, PlanRow } from '../pins/plan-pins.ts'
import { rowsForNames } from './known-names.ts'
import type { Fix } from './plan-change.ts'
import { rowsWithRole } from './role-choice.ts'

/** The ways out of what an output cannot honour that one click takes; none where the user has to bring something. */
export function shortfallFixes(shortfall: Shortfall, plan: PinPlan, rows: readonly PlanRow[]): readonly Fix[] {
  const { kind, hosts } = shortfall
  const rowIds = plan.policies.filter(({ host }) => hosts.includes(host)).flatMap((policy) => policy.rowIds)
  switch (kind) {
    case 'subdomains': {
      const reach = shortfall.depth === 'none' ? 0 : 1
      return rowsForNames(rows, (name) => hosts.some((host) => (labelsBelow(name, host) ?? 0) > reach))
    }
    case 'no-leaf-pin': {
      const withLeaf = rowsWithRole(rows, rowIds, 'leaf')
      return withLeaf.length === 0
        ? []
        : [{ label: 'Pin the leaf too', change: { kind: 'choose-roles', rowIds: withLeaf, roles: { leaf: true } } }]
    }
    case 'unknown-pins-left-out':
      return typedPinFixes(rowIds)
    case 'own-pins-reach-below':
    case 'too-few-pins':
    case 'refused-hosts':
    case 'keys-that-never-match':
    case 'no-key-that-matches':
    case 'stops-before-pinned-key':
    case 'ca-pins-left-out':
    case 'no-certificate':
    case 'without-any-certificate':
    case 'not-enforced':
    case 'pins-excluded-hosts':
    case 'private-root-not-trusted':
    case 'no-expiration':
    case 'shared-by-all-hosts':
    case 'validation-replaced':
      return []
  }
}

/** Only the user can say what a typed pin is of. */
export function typedPinFixes(rowIds: readonly string[]): readonly Fix[] {
  return [
    { label: 'They are leaf pins', change: { kind: 'tell-typed-pins', rowIds, role: 'leaf' } },
    { label: 'They are CA pins', change: { kind: 'tell-typed-pins', rowIds, role: 'ca' } },
  ]
}
