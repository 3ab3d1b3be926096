import { serverChains } from '../chain/server-chains.ts'
import { enforcedPins } from '../formats/enforced-pins.ts'
import { enforcedLists, type IosLists } from '../formats/ios/identity-lists.ts'
import { iosValues } from '../formats/platform-outputs.ts'
import type { OutputSettings } from '../formats/registry.ts'
import type { HostPolicy } from '../pins/plan-pins.ts'
import { haveBackup } from './backups.ts'
import { isRefusedOn } from './device-coverage.ts'
import type { Fix } from './plan-change.ts'
import type { RiskContext } from './risk-rule.ts'
import { usefulPins } from './useful-pins.ts'

const LABELS = { leaf: 'Ask for the leaf list instead', ca: 'Ask for the CA list alone' } as const

/** The lists that iOS enforces for a host, its parents' merged in, of which one change can take all keys away. */
export function listsWithoutBackup(
  policy: HostPolicy,
  { plan, rows, now }: Pick<RiskContext, 'plan' | 'rows' | 'now'>,
  choice: IosLists,
): readonly ('leaf' | 'ca')[] {
  const enforced = enforcedLists(policy, plan.policies, choice)
  const useful = usefulPins(policy, rows, now, 'ios')
  return (['leaf', 'ca'] as const).filter((list) => {
    const pins = new Set(enforced[list])
    const printed = useful.filter(({ role, pin }) => role === list && pins.has(pin))
    return pins.size > 0 && !haveBackup(printed, policy, rows)
  })
}

/**
 * Asks iOS for another list, which is the same one for all hosts: a way out only where each host for which that changes
 * anything goes on connecting with all that it presents, and has a backup in every list that iOS then enforces.
 */
export function listFixes(context: RiskContext, list: 'leaf' | 'ca'): readonly Fix[] {
  const { plan, settings } = context
  const before = iosValues(settings).lists
  const changed: OutputSettings = {
    ...settings,
    'ios-pinned-domains': { ...settings['ios-pinned-domains'], lists: list },
  }
  const isSound = plan.policies
    .filter((policy) => listsText(policy, plan.policies, before) !== listsText(policy, plan.policies, list))
    .every((policy) => goesOn(policy, context, changed) && listsWithoutBackup(policy, context, list).length === 0)
  const change = { kind: 'set-option', format: 'ios-pinned-domains', option: 'lists', value: list } as const
  return isSound ? [{ label: LABELS[list], change }] : []
}

function listsText(policy: HostPolicy, policies: readonly HostPolicy[], choice: IosLists): string {
  const { leaf, ca } = enforcedLists(policy, policies, choice)
  return [leaf, ca].map((pins) => pins.join(' ')).join()
}

/** Whether some chain passes, and each that passes today. Without a chain nobody can say. */
function goesOn(policy: HostPolicy, { plan, rows, settings, now }: RiskContext, changed: OutputSettings): boolean {
  const chains = rows
    .filter(({ rowId }) => policy.rowIds.includes(rowId))
    .flatMap((row) => serverChains(row.chains).map(({ chain }) => chain))
  const [today, then] = [settings, changed].map((options) => {
    const pins = enforcedPins(policy, plan.policies, options)
    return chains.filter((chain) => !isRefusedOn('ios', chain, pins, now))
  })
  return (then?.length ?? 0) > 0 && (today ?? []).every((chain) => then?.includes(chain))
}
