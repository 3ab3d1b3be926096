import { changeTogether, type PlannedPin } from '../../pins/plan-pins.ts'
import type { CaFamily } from '../../trust/ca-families.ts'
import { familyOfAuthority, familyOfRoot } from '../../trust/recognise.ts'
import { defineRule } from '../risk-rule.ts'
import { usefulPins } from '../useful-pins.ts'

export default defineRule<{ readonly host: string; readonly family: string }>({
  id: 'one-ca-family',
  tab: 'results',
  severity: 'warning',
  title: ({ host, family }) => `All pins of ${host} are of ${family}`,
  why: ({ host, family }) =>
    `Only certificates that ${family} issues will do for ${host}. If it is distrusted, cannot issue to you, or moves to a root that is not pinned, installed apps are cut off, and no other CA can help. Pin the roots of a second, independent CA as well, or a backup key of your own that any CA can certify.`,
  faq: 'backup-pin',
  source: 'https://blog.gerv.net/2017/04/dont-pin-to-a-single-ca/',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.some(({ pins }) => pins.some(({ role }) => role === 'ca')),
  check: ({ plan, rows, now }) =>
    plan.policies.flatMap((policy) => {
      const { host, rowIds } = policy
      const pins = usefulPins(policy, rows, now)
      const families = new Set(pins.map(familyOf))
      const [family] = families
      // Pins of one chain have no backup at all, which another rule tells.
      return families.size === 1 && family && !changeTogether(pins)
        ? [{ rowIds, facts: { host, family: family.name } }]
        : []
    }),
})

/** Null for a key that is no CA's, or of a CA that is not known. */
function familyOf({ pin, role, origins }: PlannedPin): CaFamily | null {
  if (role !== 'ca') return null
  const ofCertificates = origins.flatMap((origin) =>
    origin.kind === 'certificate' ? (familyOfAuthority(origin.certificate) ?? []) : [],
  )
  return familyOfRoot(pin) ?? ofCertificates[0] ?? null
}
