import type { ProjectSettings } from '../../../src/core/settings/project-settings.ts'
import { planPins, type PlanRow } from '../../../src/core/pins/plan-pins.ts'
import type { Finding, RiskContext, RiskRule } from '../../../src/core/risks/risk-rule.ts'
import { CASE_NOW, planCase } from '../../support/cases.ts'

interface ContextOrder {
  readonly settings?: ProjectSettings
  readonly now?: number
}

/** What rules look at, for rows or for the case of that name. */
export function contextOf(rows: readonly PlanRow[] | string, order: ContextOrder = {}): RiskContext {
  if (typeof rows === 'string') {
    const { rows: ownRows, settings } = planCase(rows)
    return contextOf(ownRows, { ...(settings && { settings }), ...order })
  }
  return { plan: planPins(rows), rows, settings: order.settings ?? {}, now: order.now ?? CASE_NOW }
}

/** What a rule finds, asked as `assess` asks. */
export function findingsOf(rule: RiskRule, context: RiskContext): readonly Finding[] | 'does not apply' {
  return rule.applies(context) ? rule.find(context) : 'does not apply'
}

/** The one finding of a rule. */
export function findingOf(rule: RiskRule, context: RiskContext): Finding {
  const findings = findingsOf(rule, context)
  const [finding, ...others] = findings === 'does not apply' ? [] : findings
  if (!finding || others.length > 0) throw new Error(`not one finding: ${JSON.stringify(findings)}`)
  return finding
}
