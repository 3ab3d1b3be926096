import { labelsBelow } from '../../pins/host-rule.ts'
import { distinctPins, parentPolicies, type HostPolicy, type PinPlan, type PlannedPin } from '../../pins/plan-pins.ts'
import type { SpkiPin } from '../../pins/spki-pin.ts'
import type { ChoiceOption } from '../format.ts'

/** Which lists an iOS entry gets when a host has both leaf and CA pins. */
export type IosLists = 'ca' | 'leaf' | 'both'

/** Asked where it changes anything. */
export const LISTS_OPTION = {
  kind: 'choice',
  label: 'You pin both a leaf and a CA. What should iOS ask for?',
  choices: [
    {
      value: 'ca',
      label: 'CA list alone',
      effect:
        'iOS connects when a pinned CA is in the chain, whatever the leaf. New leaf keys of that CA keep working.',
    },
    {
      value: 'leaf',
      label: 'Leaf list alone',
      effect: 'iOS connects when the leaf has a pinned key, whatever the CA. A new leaf key needs an app update first.',
    },
    {
      value: 'both',
      label: 'Both lists',
      effect:
        'iOS connects only when the leaf and a CA both match. Stricter than either list; no pin is a backup for the other list.',
    },
  ],
  matters: (plan: PinPlan) => plan.policies.some(hasBothKinds),
} as const satisfies ChoiceOption

export interface IdentityLists {
  readonly leaf: readonly SpkiPin[]
  readonly ca: readonly SpkiPin[]
  /** Pins of the policy that are in neither list. */
  readonly leftOut: readonly PlannedPin[]
}

/**
 * Splits a policy's pins over `NSPinnedLeafIdentities` and `NSPinnedCAIdentities`. A leaf key never matches in the CA
 * list nor a CA key in the leaf list, and two filled lists must both match (platforms.md B.2). A host with pins of one
 * kind gets that list whatever was chosen: an entry without lists would not be pinned at all.
 */
export function identityLists(policy: HostPolicy, choice: IosLists): IdentityLists {
  const leaf = policy.pins.filter(({ role }) => role === 'leaf')
  const ca = policy.pins.filter(({ role }) => role === 'ca')
  const useLeaf = leaf.length > 0 && (choice !== 'ca' || ca.length === 0)
  const useCa = ca.length > 0 && (choice !== 'leaf' || leaf.length === 0)
  return {
    leaf: useLeaf ? distinctPins(leaf) : [],
    ca: useCa ? distinctPins(ca) : [],
    leftOut: policy.pins.filter(({ role }) => !((role === 'leaf' && useLeaf) || (role === 'ca' && useCa))),
  }
}

/** Whether iOS gets an entry for this policy: of unknown pins nobody can say which list they belong to. */
export function hasIosEntry(policy: HostPolicy): boolean {
  return policy.pins.some(({ role }) => role !== 'unknown')
}

/** Whether the choice changes anything for this policy. */
export function hasBothKinds(policy: HostPolicy): boolean {
  return policy.pins.some(({ role }) => role === 'leaf') && policy.pins.some(({ role }) => role === 'ca')
}

/** What iOS enforces for a host: the lists of every entry that matches, merged (platforms.md B.2). */
export function enforcedLists(
  policy: HostPolicy,
  policies: readonly HostPolicy[],
  choice: IosLists,
): Pick<IdentityLists, 'leaf' | 'ca'> {
  const parents = parentPolicies(policy.host, policies).filter((parent) => labelsBelow(policy.host, parent.host) === 1)
  const entries = [policy, ...parents].map((entry) => identityLists(entry, choice))
  return { leaf: [...new Set(entries.flatMap(({ leaf }) => leaf))], ca: [...new Set(entries.flatMap(({ ca }) => ca))] }
}
