import { validityAt } from '../../certificate/certificate.ts'
import type { Instant } from '../../instant.ts'
import type { PlanRow } from '../../pins/plan-pins.ts'
import type { Provider } from '../../trust/providers.ts'
import { recognise } from '../../trust/recognise.ts'
import { pinnedLeaves } from '../pinned-leaves.ts'
import { defineRule } from '../risk-rule.ts'

interface Facts {
  readonly host: string
  readonly provider: Provider
  /** A pinned root lets both platforms connect with a new leaf key. */
  readonly isCarried: boolean
}

export default defineRule<Facts>({
  id: 'provider-leaf',
  tab: 'results',
  severity: ({ isCarried }) => (isCarried ? 'note' : 'warning'),
  title: ({ host, provider }) => `${provider.name} seems to hold the pinned leaf key of ${host}`,
  why: ({ host, provider, isCarried }) =>
    [
      `The certificate of ${host} looks like one that ${provider.name} gets and renews by itself, with a key that you do not have. The day on which it changes is not yours to choose.`,
      ...(provider.advice ? [provider.advice.text] : []),
      isCarried
        ? 'The pinned root carries the connection when the leaf changes; leave out the leaf.'
        : 'Do not pin this leaf. If you must pin, bring a certificate of your own to the provider and pin its key and a backup, or pin all roots that it may issue from.',
    ].join(' '),
  faq: 'other-providers',
  source: 'https://developers.cloudflare.com/ssl/reference/certificate-pinning/',
  since: '2026-11-21',
  applies: ({ plan, rows, now }) => plan.policies.length > 0 && rows.some((row) => leavesOf(row, now).length > 0),
  check: (context) =>
    pinnedLeaves(context, (row) => leavesOf(row, context.now)).map(({ rowId, host, isCarried, provider }) => ({
      rowIds: [rowId],
      facts: { host, provider, isCarried },
      source: provider.advice?.source,
    })),
})

/** Leaves in use that a provider seems to serve, by their own signs: of a host that is the provider's, another rule tells. */
function leavesOf({ chains }: PlanRow, now: Instant) {
  return chains.flatMap((chain) => {
    const [leaf] = chain.links
    const { provider } = recognise(chain, null)
    if (!leaf || !provider || validityAt(leaf.certificate, now) === 'expired') return []
    return [{ chain, leaf: leaf.certificate, provider: provider.provider }]
  })
}
