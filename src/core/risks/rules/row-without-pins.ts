import { parentPolicies, type LeftOutRow } from '../../pins/plan-pins.ts'
import { defineRule } from '../risk-rule.ts'
import { rowsWithRole } from '../role-choice.ts'

interface Facts {
  readonly host: string
  readonly reason: LeftOutRow['reason']
  readonly parent: string | null
}

const MISSING: Readonly<Record<LeftOutRow['reason'], string>> = {
  'no-certificate': 'The row has no certificate yet: add a file, paste one, or fetch the live chain.',
  'no-pin-chosen': 'The row has certificates, but none of them is chosen: tick leaf, intermediate or root.',
  'no-key-chosen':
    'The row has a key without a certificate, and it is not pinned. It is a backup: add the certificate of the key in service as well.',
}

export default defineRule<Facts>({
  id: 'row-without-pins',
  tab: 'results',
  severity: ({ parent }) => (parent === null ? 'warning' : 'note'),
  title: ({ host }) => `${host} has no pins of its own`,
  why: ({ host, reason, parent }) =>
    [
      MISSING[reason],
      parent === null
        ? `Until then ${host} is in no output, and apps connect to it unpinned.`
        : `Until then the sub-domains of ${parent} cover it, as far down as each platform reaches.`,
    ].join(' '),
  fixes: ({ reason }, rowIds, { rows }) =>
    reason === 'no-pin-chosen'
      ? (['leaf', 'root'] as const)
          .filter((role) => rowsWithRole(rows, rowIds, role).length > 0)
          .map((role) => ({
            label: `Pin the ${role}`,
            change: { kind: 'choose-roles', rowIds, roles: { [role]: true } },
          }))
      : [],
  faq: 'leaf-intermediate-root',
  source: 'https://developer.android.com/privacy-and-security/security-config#pin-set',
  since: '2026-11-21',
  applies: ({ rows }) => rows.some(({ hostRule }) => hostRule !== null),
  check: ({ plan }) =>
    plan.leftOut
      .filter(({ host }) => plan.policies.every((policy) => policy.host !== host))
      .map(({ rowId, host, reason }) => ({
        rowIds: [rowId],
        facts: { host, reason, parent: parentPolicies(host, plan.policies)[0]?.host ?? null },
      })),
})
