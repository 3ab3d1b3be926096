import type { Platform } from '../formats/format.ts'
import type { Output } from '../formats/registry.ts'
import { refusedChainFindings } from './own-chain.ts'
import { ownExpirationFindings } from './own-expiration.ts'
import type { Finding, RiskContext } from './risk-rule.ts'
import { shortfallFindings } from './shortfall-findings.ts'

/**
 * What stands beside an output in the tab of a platform: what it makes of this plan, and those findings about the
 * platform that hold for it.
 *
 * @param findings of the rules, about the whole plan
 */
export function outputFindings(
  format: Output['format'],
  context: RiskContext,
  platform: Platform,
  findings: readonly Finding[],
): readonly Finding[] {
  return [
    ...refusedChainFindings(format, context, platform),
    ...shortfallFindings(format, context, platform),
    ...ownExpirationFindings(format, context, platform),
    ...findings.filter(({ tab, isOfEveryOutput }) => tab === platform && (format.hasOwnRules || isOfEveryOutput)),
  ]
}
