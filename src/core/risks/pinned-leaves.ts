import type { Certificate } from '../certificate/certificate.ts'
import type { Chain } from '../chain/chain.ts'
import { enforcedPins } from '../formats/enforced-pins.ts'
import type { HostName } from '../pins/host-rule.ts'
import { policyOf, type PlanRow } from '../pins/plan-pins.ts'
import { isOwnPin, outlivesNewLeafKey } from './chain-changes.ts'
import type { RiskContext } from './risk-rule.ts'

interface Leaf {
  readonly chain: Chain
  readonly leaf: Certificate
}

type PinnedLeaf<Found extends Leaf> = Found & {
  readonly rowId: string
  readonly host: HostName
  /** A pinned root lets both platforms connect with a new leaf key. */
  readonly isCarried: boolean
}

/**
 * The leaves that a rule is about and whose keys are pinned for their hosts, the first of each row.
 *
 * @param leavesOf a row, with what the rule knows of each
 */
export function pinnedLeaves<Found extends Leaf>(
  { plan, rows, settings }: RiskContext,
  leavesOf: (row: PlanRow) => readonly Found[],
): readonly PinnedLeaf<Found>[] {
  return rows.flatMap((row) => {
    const policy = row.hostRule && policyOf(row.hostRule.host, plan.policies)
    const found = policy && leavesOf(row).find(({ leaf }) => isOwnPin(policy, leaf.pin))
    if (!found) return []
    const pins = enforcedPins(policy, plan.policies, settings)
    const isCarried = outlivesNewLeafKey(found.chain, pins, 'changes')
    return [{ ...found, rowId: row.rowId, host: policy.host, isCarried }]
  })
}
