import type { Output } from '../formats/registry.ts'
import { expirationNotWrittenRule, expirationRule } from './expiration-rules.ts'
import type { Finding, FindingTab, RiskContext } from './risk-rule.ts'

/**
 * What there is to say of the day on which the pins of an output end, where it has an option for that and no rules of
 * the registry speak for it. It is told beside that output alone, since nobody knows whether the app has it.
 */
export function ownExpirationFindings(
  format: Output['format'],
  context: RiskContext,
  tab: FindingTab,
): readonly Finding[] {
  if (format.hasOwnRules) return []
  const order = { tab, format, enforcer: format.title, source: format.docs, since: '2026-11-21' }
  const rules = [
    expirationRule({ ...order, id: 'own-expiration' }),
    expirationNotWrittenRule({ ...order, id: 'own-expiration-not-written' }),
  ]
  return rules.flatMap((rule) => (rule.applies(context) ? rule.find(context) : []))
}
