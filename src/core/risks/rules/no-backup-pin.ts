import { distinctPins, type HostPolicy } from '../../pins/plan-pins.ts'
import { defineRule } from '../risk-rule.ts'

export default defineRule<{ host: string; pins: number }>({
  id: 'no-backup-pin',
  tab: 'results',
  severity: 'warning',
  title: ({ host }) => `No backup pin for ${host}`,
  why: ({ host, pins }) =>
    `${pins === 1 ? 'The only pin' : `All ${pins} pins`} of ${host} ${pins === 1 ? 'comes' : 'come'} from one chain that is in use. If that chain has to change, there is nothing left to match. Add the certificate of a key that is kept in reserve, or of a second CA.`,
  faq: 'backup-pin',
  source: 'https://www.rfc-editor.org/rfc/rfc7469#section-4.3',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.length > 0,
  check: ({ plan }) =>
    plan.policies.filter(isFromOneChain).map((policy) => ({
      rowIds: policy.rowIds,
      facts: { host: policy.host, pins: distinctPins(policy.pins).length },
    })),
})

/** One chain holds every pin, so one change of that chain can lose them all. */
function isFromOneChain({ pins }: HostPolicy): boolean {
  const chains = pins[0]?.origins.map(chainKey) ?? []
  return chains.some((chain) => pins.every(({ origins }) => origins.some((origin) => chainKey(origin) === chain)))
}

function chainKey({ rowId, chain }: { readonly rowId: string; readonly chain: number }): string {
  return `${rowId} ${chain}`
}
