import { CAUSES } from './causes.ts'
import { RISK_RULES } from './registry.ts'
import type { Finding, RiskContext, Severity, ToldCauses } from './risk-rule.ts'

export interface Assessment {
  /** Sorted by severity, then by rule; the findings of one rule stay in its order. */
  readonly findings: readonly Finding[]
  /** Rules that looked and found nothing. */
  readonly fine: readonly string[]
  /** Rules that had nothing to look at, or nothing to tell that a stronger one does not. */
  readonly notApplicable: readonly string[]
}

const STRONGER: ReadonlySet<string> = new Set(Object.values(CAUSES).flatMap((rules) => rules.slice(0, -1)))

const SEVERITY_ORDER: readonly Severity[] = ['blocker', 'warning', 'note']

/** Runs every rule. A finding stands beside a snippet and never changes it. */
export function assess(context: RiskContext): Assessment {
  const findings: Finding[] = []
  const fine: string[] = []
  const notApplicable: string[] = []
  const told = toldCauses(context)
  for (const rule of RISK_RULES) {
    if (!rule.applies(context)) {
      notApplicable.push(rule.id)
      continue
    }
    const found = rule.find(context, told)
    if (found.length === 0) (rule.causes(context).size > 0 ? notApplicable : fine).push(rule.id)
    findings.push(...found)
  }
  return {
    findings: findings.toSorted((one, other) => rank(one) - rank(other) || compareText(one.ruleId, other.ruleId)),
    fine,
    notApplicable,
  }
}

function toldCauses(context: RiskContext): ToldCauses {
  const stronger = RISK_RULES.filter((rule) => STRONGER.has(rule.id) && rule.applies(context))
  return new Map(stronger.map((rule) => [rule.id, rule.causes(context)]))
}

function rank({ severity }: Finding): number {
  return SEVERITY_ORDER.indexOf(severity)
}

function compareText(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
