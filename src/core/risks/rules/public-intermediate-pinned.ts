import { certificateName } from '../../certificate/certificate.ts'
import type { Chain } from '../../chain/chain.ts'
import { policyOf } from '../../pins/plan-pins.ts'
import type { SpkiPin } from '../../pins/spki-pin.ts'
import { recognise } from '../../trust/recognise.ts'
import { hasPinnedRoot, isOfPublicCa, isOwnPin } from '../chain-changes.ts'
import { retiredIssuersOf } from '../policy.ts'
import { defineRule } from '../risk-rule.ts'
import { haveRoots } from '../role-choice.ts'
import { shownName } from '../../wording/wording.ts'

interface Facts {
  readonly host: string
  readonly name: string
  /** A CA or provider that is known to change its intermediates at will. */
  readonly rotating: string | null
  /** A root above it is pinned as well. */
  readonly isCarried: boolean
}

/** They issue from several intermediates, at random or without notice (platforms.md D.3). */
const ROTATING_FAMILIES = new Set(['lets-encrypt', 'google', 'amazon', 'microsoft'])
const ROTATING_PROVIDERS = new Set(['cloudflare', 'aws', 'azure', 'azure-app-service', 'akamai'])

export default defineRule<Facts>({
  id: 'public-intermediate-pinned',
  tab: 'results',
  severity: ({ isCarried }) => (isCarried ? 'note' : 'warning'),
  title: ({ host, name }) => `The pinned intermediate ${name} of ${host} can change without notice`,
  why: ({ host, name, rotating, isCarried }) =>
    [
      rotating === null
        ? `A public CA replaces its intermediates every few years, sooner when something goes wrong, and tells nobody who pins them. The next certificate of ${host} may come from another one than ${name}.`
        : `${rotating} issues from several intermediates and changes between them without notice, so the next certificate of ${host} may not come from ${name}.`,
      isCarried
        ? 'A root above it is pinned too, which carries the connection then; this pin adds little.'
        : 'Then its pin matches nothing. Pin the roots above it instead, or a key that you keep.',
    ].join(' '),
  fixes: (_facts, rowIds, { rows }) =>
    haveRoots(rows, rowIds)
      ? [
          {
            label: 'Pin the root instead of the intermediate',
            change: { kind: 'choose-roles', rowIds, roles: { intermediate: false, root: true } },
          },
        ]
      : [],
  faq: 'why-not-intermediate',
  source: 'https://aws.amazon.com/blogs/security/amazon-introduces-dynamic-intermediate-certificate-authorities/',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.some(({ pins }) => pins.some(({ role }) => role === 'ca')),
  check: ({ plan, rows, now }) =>
    rows.flatMap((row) => {
      const policy = row.hostRule && policyOf(row.hostRule.host, plan.policies)
      if (!policy) return []
      const found = new Map<SpkiPin, Facts>()
      for (const chain of row.chains.filter(isOfPublicCa)) {
        const rotating = rotatingIssuer(chain, policy.host)
        const isCarried = hasPinnedRoot(chain, policy)
        for (const { certificate, role } of chain.links) {
          // Of one that issues no more, another rule tells.
          if (role !== 'intermediate' || retiredIssuersOf(certificate.subject, now)) continue
          if (!isOwnPin(policy, certificate.pin) || (isCarried && rotating === null)) continue
          const name = shownName(certificateName(certificate))
          found.set(certificate.pin, { host: policy.host, name, rotating, isCarried })
        }
      }
      return [...found.values()].map((facts) => ({ rowIds: [row.rowId], facts }))
    }),
})

function rotatingIssuer(chain: Chain, host: string): string | null {
  const { family, provider } = recognise(chain, host)
  if (provider && ROTATING_PROVIDERS.has(provider.provider.id)) return provider.provider.name
  return family && ROTATING_FAMILIES.has(family.family.id) ? family.family.name : null
}
