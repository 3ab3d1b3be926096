import type { Certificate } from '../certificate/certificate.ts'
import type { ChainRole } from '../chain/chain.ts'
import type { Platform } from '../formats/format.ts'
import type { ProjectSettings } from '../settings/project-settings.ts'
import type { Instant } from '../instant.ts'
import type { HostName } from '../pins/host-rule.ts'
import type { PinPlan, PlanRow } from '../pins/plan-pins.ts'
import { cadenceOf, isFirstPlan, type Cadence } from '../cadence/cadence.ts'
import { addDays, dayOf, daysBetween } from '../days.ts'
import { identityOf, type HoldingEnd } from './holding-end.ts'
import { holdsOf, type Hold } from './holds.ts'
import { renewalCosts, type RenewalCost } from './renewal-costs.ts'

/** The change to another key, for the hosts whose pins rest on one certificate. Every date is the beginning of a UTC day. */
export interface Rotation extends HoldingEnd {
  readonly certificate: Certificate
  readonly role: ChainRole
  readonly hosts: readonly HostName[]
  /** Where the pins end to match with this certificate. */
  readonly platforms: readonly Platform[]
  /** The plan has a pin that the server can change to. */
  readonly hasNextPin: boolean
  readonly start: RotationStart
  /** The day on which a release with the next pin must be out. In time: the last safe one. Else: the next release. */
  readonly shipBy: Instant
  /** When nearly all phones have the next pin, if it is in the next release; today, where no version has any pin. */
  readonly switchFrom: Instant
  /** The last day for the server to change; when it is too late for that, the same as `switchFrom`. */
  readonly switchBy: Instant
  /** From the day after it, no server can go back to the old certificate. */
  readonly removeAfter: Instant
  /** How many days too early `lastDay` is for the plan to be complete; 0 when that is in time. */
  readonly missingDays: number
}

/**
 * What is in the hands of users when the plan begins. `released`: the pins are in released versions. The others: no
 * version has pins, so none can be cut off, and with the next pin in the first release the server may change on any day.
 * `free`: a later release can bring the next pin as well. `first-release`: only the first one can. `next-pin-alone`: not
 * even the first one comes before the old pin ends.
 */
export type RotationStart = 'released' | 'free' | 'first-release' | 'next-pin-alone'

export interface RotationPlan {
  readonly cadence: Cadence
  /** No released version has pins. */
  readonly isFirst: boolean
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
  settings: ProjectSettings,
  now: Instant,
): RotationPlan {
  const cadence = cadenceOf(settings)
  const isFirst = isFirstPlan(settings)
  const today = dayOf(now)
  const nextRelease = addDays(today, cadence.releaseEvery)
  const { holds, leafKeys, onCas, unknown } = holdsOf(plan, rows, settings, now)
  const groups = new Map<string, Hold[]>()
  for (const hold of holds) {
    const key = [hold.certificate.sha256, hold.role, hold.hasNextPin, ...hold.platforms, identityOf(hold)].join(' ')
    const group = groups.get(key)
    if (group) group.push(hold)
    else groups.set(key, [hold])
  }
  const days = isFirst ? firstDays : daysAfterReleases
  const rotations = [...groups.values()].flatMap((group): readonly Rotation[] => {
    const [first] = group
    if (!first) return []
    const { host: _, ...hold } = first
    return [
      { ...hold, hosts: group.map(({ host }) => host), ...days(hold.lastDay, { today, nextRelease, ...cadence }) },
    ]
  })
  return {
    cadence,
    isFirst,
    nextRelease,
    rotations: rotations.toSorted((one, other) => one.lastDay - other.lastDay),
    costs: renewalCosts(leafKeys, cadence, now),
    onCas,
    unknown,
  }
}

interface Pace {
  readonly today: Instant
  readonly nextRelease: Instant
  readonly adoption: number
}

type RotationDays = Pick<Rotation, 'start' | 'shipBy' | 'switchFrom' | 'switchBy' | 'removeAfter' | 'missingDays'>

function daysAfterReleases(lastDay: Instant, { nextRelease, adoption }: Pace): RotationDays {
  const switchFrom = addDays(nextRelease, adoption)
  const missingDays = Math.max(0, daysBetween(lastDay, switchFrom))
  const isInTime = missingDays === 0
  const switchBy = isInTime ? lastDay : switchFrom
  return {
    start: 'released',
    shipBy: isInTime ? addDays(lastDay, -adoption) : nextRelease,
    switchFrom,
    switchBy,
    removeAfter: switchBy,
    missingDays,
  }
}

/** The same where no version has pins: whoever gets the first ones gets the next pin with them. */
function firstDays(lastDay: Instant, { today, nextRelease, adoption }: Pace): RotationDays {
  const isFree = addDays(nextRelease, adoption) <= lastDay
  const switchBy = Math.max(today, lastDay)
  return {
    start: isFree ? 'free' : lastDay < nextRelease ? 'next-pin-alone' : 'first-release',
    shipBy: isFree ? addDays(lastDay, -adoption) : nextRelease,
    switchFrom: today,
    switchBy,
    removeAfter: switchBy,
    missingDays: 0,
  }
}
