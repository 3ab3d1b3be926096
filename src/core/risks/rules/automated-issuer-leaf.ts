import { validityAt } from '../../certificate/certificate.ts'
import { enforcedPins } from '../../formats/enforced-pins.ts'
import { isoDay, type Instant } from '../../instant.ts'
import { policyOf, type PlanRow } from '../../pins/plan-pins.ts'
import { recognise } from '../../trust/recognise.ts'
import { isOwnPin, outlivesNewLeafKey } from '../chain-changes.ts'
import { defineRule } from '../risk-rule.ts'
import { haveRoots } from '../role-choice.ts'
import { dayInWords } from '../wording.ts'

interface Facts {
  readonly host: string
  readonly ca: string
  readonly ends: string
  /** A pinned root lets both platforms connect with a new leaf key. */
  readonly isCarried: boolean
}

/** CAs whose certificates come by the protocol ACME, and clients of it make a new key at each renewal if not told otherwise. */
const ACME_FAMILIES = new Set(['lets-encrypt', 'google'])

export default defineRule<Facts>({
  id: 'automated-issuer-leaf',
  tab: 'results',
  severity: ({ isCarried }) => (isCarried ? 'note' : 'warning'),
  title: ({ host }) => `The next renewal may change the key of ${host}`,
  why: ({ host, ca, ends, isCarried }) =>
    `${ca} issues by ACME, and most clients of it make a new key at every renewal; certbot keeps it only with --reuse-key. The certificate of ${host} ends on ${dayInWords(ends)} and is renewed before. ${
      isCarried
        ? 'Then the leaf pin matches nothing, and the pinned root carries the connection.'
        : 'Then the leaf pin matches nothing. Have the client reuse the key, or issue from a key that you keep, and pin a backup.'
    }`,
  fixes: ({ isCarried }, rowIds, { rows }) =>
    isCarried || !haveRoots(rows, rowIds)
      ? []
      : [
          {
            label: 'Pin the root instead of the leaf',
            change: { kind: 'choose-roles', rowIds, roles: { leaf: false, root: true } },
          },
        ],
  faq: 'lets-encrypt',
  source: 'https://github.com/certbot/certbot/blob/main/certbot/docs/cli-help.txt',
  since: '2026-11-21',
  applies: ({ plan, rows, now }) => plan.policies.length > 0 && rows.some((row) => leavesOf(row, now).length > 0),
  check: ({ plan, rows, settings, now }) =>
    rows.flatMap((row) => {
      const policy = row.hostRule && policyOf(row.hostRule.host, plan.policies)
      if (!policy) return []
      const pins = enforcedPins(policy, plan.policies, settings)
      return leavesOf(row, now)
        .filter(({ leaf }) => isOwnPin(policy, leaf.pin))
        .slice(0, 1)
        .map(({ chain, leaf, family }) => ({
          rowIds: [row.rowId],
          facts: {
            host: policy.host,
            ca: family.name,
            ends: isoDay(leaf.notAfter),
            isCarried: outlivesNewLeafKey(chain, pins, 'changes'),
          },
        }))
    }),
})

/** Leaves in use of such a CA; whether a provider holds the key is told by another rule. */
function leavesOf({ chains, hostRule }: PlanRow, now: Instant) {
  return chains.flatMap((chain) => {
    const [leaf] = chain.links
    const { family, provider } = recognise(chain, hostRule?.host ?? null)
    if (!leaf || !family || provider || !ACME_FAMILIES.has(family.family.id)) return []
    return validityAt(leaf.certificate, now) === 'expired'
      ? []
      : [{ chain, leaf: leaf.certificate, family: family.family }]
  })
}
