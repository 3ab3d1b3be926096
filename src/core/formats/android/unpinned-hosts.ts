import { parentPolicies, policyOf, type HostPolicy, type PinPlan } from '../../pins/plan-pins.ts'
import type { HostsOption } from '../format.ts'
import type { NamedHost } from '../named-hosts.ts'

/** Hosts that a pinned parent would cover. */
export const UNPINNED_OPTION = {
  kind: 'hosts',
  label: 'Which hosts below a pinned one must not be pinned?',
  effect:
    'One on each line; *.status.example.com means its sub-domains as well. They keep all that is written for the pinned parent but its pins. Other outputs, and iOS, know nothing of this.',
  isRare: true,
  matters: ({ policies }) => policies.some(({ includeSubdomains }) => includeSubdomains),
  judge: ({ host }, { policies }) => {
    if (policyOf(host, policies)) return 'pinned-by-a-row'
    return parentPolicies(host, policies).length > 0 ? 'counts' : 'below-no-pinned-host'
  },
} as const satisfies HostsOption

/** A host that gets an entry without pins, and the parent whose pins it would have. */
export interface UnpinnedHost extends NamedHost {
  readonly parent: HostPolicy
}

/**
 * Android applies one entry alone, so an entry of its own takes a host out of its parent's pins (platforms.md A.4). An
 * empty `pin-set` in a nested one would do the same, but lint stops the release build over it (A.11).
 */
export function unpinnedHosts({ policies }: PinPlan, named: readonly NamedHost[]): readonly UnpinnedHost[] {
  return named.flatMap((one) => {
    const [parent] = policyOf(one.host, policies) ? [] : parentPolicies(one.host, policies)
    return parent ? [{ ...one, parent }] : []
  })
}
