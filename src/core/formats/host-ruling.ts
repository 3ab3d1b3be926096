import type { HostName } from '../pins/host-rule.ts'
import {
  parentPolicies,
  withoutRoles,
  type HostPolicy,
  type PinPlan,
  type PlannedPin,
  type PlanRow,
} from '../pins/plan-pins.ts'
import type { PinRole } from '../pins/pin-choices.ts'
import type { Format } from './format.ts'
import { identityLists } from './ios/identity-lists.ts'
import { iosValues } from './platform-outputs.ts'
import type { NamedHost } from './named-hosts.ts'
import { reaches } from './reach.ts'
import { settingsFor, type Output, type OutputSettings } from './registry.ts'
import { shortfallsOf } from './shortfalls.ts'

/** What must be in a chain for a connection to pass. */
export type PinRequirement =
  /** One of the pins, anywhere in the chain. */
  | { readonly kind: 'any'; readonly pins: readonly PlannedPin[] }
  /** Each list that is there: a leaf pin at the leaf, and a CA pin above it. */
  | { readonly kind: 'lists'; readonly leaf: readonly PlannedPin[] | null; readonly ca: readonly PlannedPin[] | null }
  /** A leaf pin at the leaf, or a CA pin above it. */
  | { readonly kind: 'leaf-or-ca'; readonly pins: readonly PlannedPin[] }
  /** One of the certificates behind the pins, whole. */
  | { readonly kind: 'certificates'; readonly pins: readonly PlannedPin[] }

/** What an output does with connections to a host. */
export type HostRuling =
  /** No entry covers it: the connection is not pinned. */
  | { readonly kind: 'not-pinned' }
  /** The entries that speak for it, the closest first, and what they ask for together. */
  | {
      readonly kind: 'pinned'
      readonly entries: readonly HostName[]
      readonly requirement: PinRequirement
      /** The library finds none of these keys in the chain, whatever the server presents. */
      readonly findsNone: boolean
    }
  /** The library throws when the app starts, whichever host is asked for, because of these. */
  | {
      readonly kind: 'refuses-configuration'
      readonly reason: 'too-few-pins' | 'refused-hosts'
      readonly hosts: readonly HostName[]
    }

/**
 * Which entries of an output cover a host, and what they ask for (platforms.md section 0). The day on which pins end is
 * not considered.
 *
 * @param rows whose chains are looked at
 * @returns null for an output that enforces nothing by itself
 */
export function rulingOf(
  format: Output['format'],
  plan: PinPlan,
  settings: OutputSettings,
  host: string,
  rows: readonly PlanRow[],
): HostRuling | null {
  const { lists, overlap } = format.abilities
  if (lists === 'none') return null
  const shortfalls = shortfallsOf(format, plan, settings, rows)
  const refused = shortfalls.flatMap(({ kind, hosts }) =>
    kind === 'too-few-pins' || kind === 'refused-hosts' ? [{ reason: kind, hosts }] : [],
  )
  const [first] = refused
  if (first) {
    return {
      kind: 'refuses-configuration',
      reason: first.reason,
      hosts: [...new Set(refused.flatMap(({ hosts }) => hosts))],
    }
  }
  const unpinned = format.unpinned?.(plan, settingsFor(format, settings)) ?? []
  const covering = [
    ...plan.policies.flatMap((policy) => printedEntry(format, policy, plan, settings)),
    ...unpinned.map(({ host: name, includeSubdomains }) => ({ host: name, includeSubdomains, pins: [] })),
  ]
    .filter((entry) => reaches(format.abilities, entry, host))
    .toSorted((one, other) => other.host.length - one.host.length)
  const entries = overlap === 'merged' ? covering : covering.slice(0, 1)
  if (entries.every(({ pins }) => pins.length === 0)) return { kind: 'not-pinned' }
  return {
    kind: 'pinned',
    entries: entries.map((entry) => entry.host),
    requirement: requirementOf(
      lists,
      entries.flatMap(({ pins }) => pins),
    ),
    findsNone: shortfalls.some(
      ({ kind, hosts }) =>
        (kind === 'no-key-that-matches' || kind === 'stops-before-pinned-key') &&
        entries.every((entry) => hosts.includes(entry.host)),
    ),
  }
}

interface PrintedEntry extends NamedHost {
  /** Those of the policy that the output has; none for a host that is to stay unpinned. */
  readonly pins: readonly PlannedPin[]
}

/** An entry without a pin is not printed by any output. */
function printedEntry(
  { abilities: { lists, overlap } }: Format,
  policy: HostPolicy,
  { policies }: PinPlan,
  settings: OutputSettings,
): readonly PrintedEntry[] {
  const { host } = policy
  const pins = printedPins(lists, policy, settings)
  // It stands in the way of its parents, so such an output lets it cover what they would.
  const includeSubdomains =
    policy.includeSubdomains || (overlap === 'nearest-name' && parentPolicies(host, policies).length > 0)
  return pins.length === 0 ? [] : [{ host, includeSubdomains, pins }]
}

function printedPins(
  lists: Format['abilities']['lists'],
  policy: HostPolicy,
  settings: OutputSettings,
): readonly PlannedPin[] {
  switch (lists) {
    case 'any':
      return policy.pins
    case 'leaf':
      return withRole(policy.pins, 'leaf')
    case 'leaf-or-ca':
      return policy.pins.filter(({ role }) => role !== 'unknown')
    case 'leaf-and-ca': {
      const { leftOut } = identityLists(policy, iosValues(settings).lists)
      return policy.pins.filter((pin) => !leftOut.includes(pin))
    }
    case 'certificates':
      return policy.pins.filter(({ origins }) => origins.some(({ kind }) => kind === 'certificate'))
    case 'none':
      return []
  }
}

function requirementOf(lists: Format['abilities']['lists'], pins: readonly PlannedPin[]): PinRequirement {
  switch (lists) {
    case 'leaf':
    case 'leaf-and-ca': {
      const [leaf, ca] = [withRole(pins, 'leaf'), withRole(pins, 'ca')]
      return { kind: 'lists', leaf: leaf.length > 0 ? leaf : null, ca: ca.length > 0 ? ca : null }
    }
    case 'leaf-or-ca':
      return { kind: 'leaf-or-ca', pins: [...withRole(pins, 'leaf'), ...withRole(pins, 'ca')] }
    case 'certificates':
      return { kind: 'certificates', pins: withoutRoles(pins) }
    case 'any':
    case 'none':
      return { kind: 'any', pins: withoutRoles(pins) }
  }
}

function withRole(pins: readonly PlannedPin[], role: PinRole): PlannedPin[] {
  return withoutRoles(pins.filter((pin) => pin.role === role))
}
