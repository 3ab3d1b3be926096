import { isWithoutCertificate } from '../../pins/plan-pins.ts'
import { defineRule } from '../risk-rule.ts'

export default defineRule<{ readonly host: string; readonly isTyped: boolean }>({
  id: 'pins-without-chain',
  tab: 'results',
  // Nobody presents a key that was made for a backup; of typed pins one may be in service.
  severity: ({ isTyped }) => (isTyped ? 'warning' : 'blocker'),
  title: ({ host }) => `No certificate of ${host} is known`,
  why: ({ host, isTyped }) =>
    `${isTyped ? 'Its pins were typed in' : 'Only keys that no certificate is there for are pinned, as backups are'}, so nobody checked that its server presents one of these keys. If it presents none, the app cannot connect to ${host} at all. Fetch the live chain, or add its certificates.`,
  faq: 'backup-pin',
  source: 'https://www.rfc-editor.org/rfc/rfc7469#section-2.5',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.some(({ pins }) => pins.some(isWithoutCertificate)),
  check: ({ plan, rows }) => {
    const withChains = new Set(rows.filter(({ chains }) => chains.length > 0).map(({ rowId }) => rowId))
    return plan.policies
      .filter(({ rowIds, pins }) => pins.every(isWithoutCertificate) && !rowIds.some((rowId) => withChains.has(rowId)))
      .map(({ host, rowIds, pins }) => ({
        rowIds,
        facts: { host, isTyped: pins.some(({ origins }) => origins.some(({ kind }) => kind === 'typed')) },
      }))
  },
})
