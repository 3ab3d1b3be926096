import type { Certificate } from '../certificate/certificate.ts'
import type { ChainRole } from '../chain/chain.ts'
import type { Platform } from '../formats/format.ts'
import type { OutputSettings } from '../formats/registry.ts'
import type { Instant } from '../instant.ts'
import type { HostName } from '../pins/host-rule.ts'
import type { PinPlan, PlanRow } from '../pins/plan-pins.ts'
import { cadenceOf, type Cadence } from '../cadence/cadence.ts'
import { addDays, dayOf, daysBetween, lastWholeDay } from './days.ts'
import { holdsOf, type Hold } from './holds.ts'
import { renewalCosts, type RenewalCost } from './renewal-costs.ts'

/** The change to another key, for the hosts whose pins rest on one certificate. Every date is the beginning of a UTC day. */
export interface Rotation {
  readonly certificate: Certificate
  readonly role: ChainRole
  readonly hosts: readonly HostName[]
  /** Where the pins end to match with this certificate. */
  readonly platforms: readonly Platform[]
  /** The plan has a pin that the server can change to. */
  readonly hasNextPin: boolean
  /** The last day that the certificate is valid all day long. */
  readonly lastDay: Instant
  /** The day on which a release with the next pin must be out. In time: the last safe one. Else: the next release. */
  readonly shipBy: Instant
  /** When nearly all phones have the next pin, if it is in the next release. */
  readonly switchFrom: Instant
  /** The last day for the server to change; when it is too late for that, the same as `switchFrom`. */
  readonly switchBy: Instant
  /** From the day after it, no server can go back to the old certificate. */
  readonly removeAfter: Instant
  /** How many days the certificate ends before the plan can be complete; 0 when that is in time. */
  readonly missingDays: number
}

export interface RotationPlan {
  readonly cadence: Cadence
  /** The day by which a pin that is added today is in a release, at the latest. */
  readonly nextRelease: Instant
  /** What ends first stands first. */
  readonly rotations: readonly Rotation[]
  readonly costs: readonly RenewalCost[]
  /** Hosts whose pins hold when the leaf’s key changes, since a CA of the chain is pinned. */
  readonly onCas: readonly HostName[]
  /** Hosts none of whose pins is known to be of a certificate that the server has: nobody knows when they end. */
  readonly unknown: readonly HostName[]
}

/** When to change keys, so that no app is cut off. */
export function rotationPlan(
  plan: PinPlan,
  rows: readonly PlanRow[],
  settings: OutputSettings,
  now: Instant,
): RotationPlan {
  const cadence = cadenceOf(settings)
  const nextRelease = addDays(dayOf(now), cadence.releaseEvery)
  const { holds, leafKeys, onCas, unknown } = holdsOf(plan, rows, settings, now)
  const groups = new Map<string, Hold[]>()
  for (const hold of holds) {
    const key = [hold.certificate.sha256, hold.role, hold.hasNextPin, ...hold.platforms].join(' ')
    const group = groups.get(key)
    if (group) group.push(hold)
    else groups.set(key, [hold])
  }
  const rotations = [...groups.values()].flatMap((group) => rotationOf(group, nextRelease, cadence))
  return {
    cadence,
    nextRelease,
    rotations: rotations.toSorted((one, other) => one.lastDay - other.lastDay),
    costs: renewalCosts(leafKeys, cadence, now),
    onCas,
    unknown,
  }
}

function rotationOf(group: readonly Hold[], nextRelease: Instant, { adoption }: Cadence): readonly Rotation[] {
  const [first] = group
  if (!first) return []
  const { certificate, role, platforms, hasNextPin } = first
  const lastDay = lastWholeDay(certificate)
  const switchFrom = addDays(nextRelease, adoption)
  const missingDays = Math.max(0, daysBetween(lastDay, switchFrom))
  const isInTime = missingDays === 0
  const switchBy = isInTime ? lastDay : switchFrom
  return [
    {
      certificate,
      role,
      hosts: group.map(({ host }) => host),
      platforms,
      hasNextPin,
      lastDay,
      shipBy: isInTime ? addDays(lastDay, -adoption) : nextRelease,
      switchFrom,
      switchBy,
      removeAfter: switchBy,
      missingDays,
    },
  ]
}
