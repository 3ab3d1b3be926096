import { withoutRoles, type HostPolicy, type PinPlan, type PlannedPin } from '../pins/plan-pins.ts'
import type { StampedHost } from './format.ts'

/** A host with its leaf pins, for what looks at the leaf alone. */
export interface LeafPins {
  readonly policy: HostPolicy
  /** Never empty. */
  readonly pins: readonly PlannedPin[]
}

/** Hosts without a leaf pin are left out. */
export function leafPins({ policies }: PinPlan): readonly LeafPins[] {
  return policies
    .map((policy) => ({ policy, pins: withoutRoles(policy.pins.filter(({ role }) => role === 'leaf')) }))
    .filter(({ pins }) => pins.length > 0)
}

/** The same for the first line of an output. */
export function leafPinsByHost(hosts: readonly LeafPins[]): readonly StampedHost[] {
  return hosts.map(({ policy, pins }) => ({ host: policy.host, pins }))
}
