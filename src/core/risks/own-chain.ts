import type { Chain } from '../chain/chain.ts'
import { demandsOf, type Demand } from '../formats/demands.ts'
import { onPlatform, type Platform } from '../formats/format.ts'
import { rulingOf } from '../formats/host-ruling.ts'
import type { Output } from '../formats/registry.ts'
import type { Instant } from '../instant.ts'
import type { PlanRow } from '../pins/plan-pins.ts'
import { matches } from '../trust/coverage.ts'
import { verdictOf } from '../trust/device-paths.ts'
import { devicesOf, type PinningDevice } from '../trust/devices.ts'
import { knownChains } from './device-coverage.ts'
import type { Fix } from './plan-change.ts'
import type { Finding, RiskContext } from './risk-rule.ts'
import { rowsWithRole } from './role-choice.ts'

/**
 * The hosts that this output would refuse today: of the chains that their rows have, none has what its text asks for.
 * Outputs differ in that, since some look at the leaf alone or cannot match every key. The platforms' own configurations
 * have rules of their own, and what compares whole certificates has no demands.
 */
export function refusedChainFindings(
  output: Output['format'],
  { plan, settings, rows, now }: RiskContext,
  platform: Platform,
): readonly Finding[] {
  const format = onPlatform(output, platform)
  const { hasOwnRules, abilities, title, id, docs } = format
  if (hasOwnRules || abilities.lists === 'none' || abilities.lists === 'certificates') return []
  return plan.policies.flatMap(({ host, rowIds }): readonly Finding[] => {
    const chains = rows.filter(({ rowId }) => rowIds.includes(rowId)).flatMap(knownChains)
    const ruling = rulingOf(format, plan, settings, host, rows)
    if (chains.length === 0 || ruling?.kind !== 'pinned') return []
    const demands = demandsOf(ruling.requirement, abilities)
    if (chains.some((chain) => mayPass(chain, demands, platform, now))) return []
    const isLeafAlone = abilities.lists === 'leaf'
    return [
      {
        id: `${id} refuses-own-chain ${host}`,
        ruleId: 'refuses-own-chain',
        severity: 'blocker',
        tab: platform,
        title: `${title} would refuse ${host} today`,
        why: isLeafAlone
          ? `This output looks at the leaf alone, and no leaf of ${host} is among the pins that it has for it: every connection would be refused. Pin the leaf that is in service as well, or use an output that looks at the whole chain.`
          : `No chain of ${host} has one of the keys that this output looks for, so every connection would be refused. A backup key or a typed pin helps only once the server presents it. Pin a certificate of the chain in service as well.`,
        rowIds,
        faq: isLeafAlone ? 'leaf-intermediate-root' : 'backup-pin',
        source: docs,
        isOfEveryOutput: false,
        fixes: pinTheLeaf(rows, rowIds),
      },
    ]
  })
}

/** By a path that a device of the platform may take; by any, where none is known to trust the chain. */
function mayPass(chain: Chain, demands: readonly Demand[], platform: Platform, now: Instant): boolean {
  const devices: readonly PinningDevice[] = devicesOf(platform)
  const taken = devices.flatMap((device) => {
    const verdict = verdictOf(chain.search, device, now)
    return verdict.kind === 'trusted' || verdict.kind === 'uncertain' ? verdict.paths.map(({ path }) => path) : []
  })
  const paths = taken.length > 0 ? taken : [chain, ...chain.search.paths]
  // The paths that were not followed may have any CA above the leaf.
  const mayHaveOthers = chain.search.isCut && demands.some(({ pins: { android, ios } }) => android ?? ios.ca)
  return mayHaveOthers || paths.some((path) => demands.some((demand) => matches(path, demand, demand.pins)))
}

/** Of rows that leave it out. */
function pinTheLeaf(rows: readonly PlanRow[], rowIds: readonly string[]): readonly Fix[] {
  const without = rows.filter(({ rowId, choices }) => rowIds.includes(rowId) && !choices.roles.leaf)
  const changed = rowsWithRole(
    without,
    without.map(({ rowId }) => rowId),
    'leaf',
  )
  return changed.length === 0
    ? []
    : [{ label: 'Pin the leaf too', change: { kind: 'choose-roles', rowIds: changed, roles: { leaf: true } } }]
}
