import { expirationOf, type Expiration } from '../formats/expiration.ts'
import type { FormatSettings, Stamp } from '../formats/format.ts'
import { pinComment } from '../formats/pin-comment.ts'
import { FORMATS } from '../formats/registry.ts'
import type { ProjectSettings } from '../settings/project-settings.ts'
import { androidValues, PLATFORM_OUTPUTS } from '../formats/platform-outputs.ts'
import { isoDay } from '../instant.ts'
import type { HostName } from '../pins/host-rule.ts'
import type { PinRole } from '../pins/pin-choices.ts'
import type { HostPolicy, LeftOutRow, PinPlan, PlanRow } from '../pins/plan-pins.ts'
import type { SpkiPin } from '../pins/spki-pin.ts'
import type { Finding } from '../risks/risk-rule.ts'
import { verdictOnSet, type VerdictKind } from '../risks/verdict.ts'
import { chosenStacks } from '../stacks/stacks.ts'
import { sameKeyRenewals, sameKeyText } from './same-key-renewals.ts'
import { reasonText } from './label-text.ts'
import { pinLabels, type LabelledPin, type PinLabel } from './pin-labels.ts'

/** A pin as a reviewer sees it. The texts hold names from certificates: hostile, print as text. */
export interface ReviewedPin {
  readonly pin: SpkiPin
  readonly label: PinLabel
  readonly reason: string
  readonly role: PinRole
  readonly standsFor: string
  /** `yyyy-MM-dd`; null where no certificate is known. */
  readonly from: string | null
  readonly until: string | null
}

export interface ReviewedHost {
  readonly host: HostName
  readonly includeSubdomains: boolean
  readonly pins: readonly ReviewedPin[]
  /** A sentence for each renewal that kept its key. */
  readonly kept: readonly string[]
  readonly verdict: VerdictKind
  readonly blockers: readonly string[]
  readonly warnings: readonly string[]
  readonly expiration: Expiration
}

/** Who answers for the pins, as the user wrote it: hostile; empty where nobody did. */
export interface ReviewPeople {
  readonly owner: string
  readonly backupKeyHolder: string
}

export type ReviewField = keyof ReviewPeople

/** Everything that a review of a plan has to look at. */
export interface Review {
  readonly day: string
  readonly toolVersion: string
  readonly verdict: VerdictKind
  readonly people: ReviewPeople
  readonly hosts: readonly ReviewedHost[]
  readonly leftOut: readonly LeftOutRow[]
  /** Blockers and warnings that are about no row in particular. */
  readonly general: { readonly blockers: readonly string[]; readonly warnings: readonly string[] }
  /** Titles of the first output for whatever the app connects with; of the platforms’ own where nobody said. */
  readonly outputs: readonly string[]
}

export const LONGEST_ANSWER = 200

/** @param findings of `assess` for the same plan */
export function reviewOf(
  plan: PinPlan,
  rows: readonly PlanRow[],
  findings: readonly Finding[],
  settings: ProjectSettings,
  { now, toolVersion }: Pick<Stamp, 'now' | 'toolVersion'>,
): Review {
  const labels = new Map(pinLabels(plan, rows, now).map(({ host, pins }) => [host, pins]))
  const kept = sameKeyRenewals(plan, rows)
  const { expiration } = androidValues(settings)
  const reviewed = (policy: HostPolicy): ReviewedHost => {
    const own = findings.filter(({ rowIds }) => rowIds.some((rowId) => policy.rowIds.includes(rowId)))
    return {
      host: policy.host,
      includeSubdomains: policy.includeSubdomains,
      pins: (labels.get(policy.host) ?? []).map(reviewedPin),
      kept: kept.filter(({ host }) => host === policy.host).map((one) => sameKeyText(one, now)),
      verdict: verdictOnSet(own, { policies: [policy], leftOut: [] }).kind,
      ...titlesOf(own),
      expiration: expirationOf(policy, expiration, now),
    }
  }
  return {
    day: isoDay(now),
    toolVersion,
    verdict: verdictOnSet(findings, plan).kind,
    people: peopleOf(settings),
    hosts: plan.policies.map(reviewed),
    leftOut: plan.leftOut,
    general: titlesOf(findings.filter(({ rowIds }) => rowIds.length === 0)),
    outputs: outputTitles(settings),
  }
}

/** What the project keeps of it. */
function peopleOf(settings: ProjectSettings): ReviewPeople {
  const own: FormatSettings = settings.review ?? {}
  const textOf = (field: ReviewField) => {
    const stored = own[field]
    return typeof stored === 'string' ? stored.slice(0, LONGEST_ANSWER) : ''
  }
  return { owner: textOf('owner'), backupKeyHolder: textOf('backupKeyHolder') }
}

function reviewedPin({ planned, reason, from, until }: LabelledPin): ReviewedPin {
  return {
    pin: planned.pin,
    label: reason.label,
    reason: reasonText(reason),
    role: planned.role,
    standsFor: pinComment(planned),
    from: from === null ? null : isoDay(from),
    until: until === null ? null : isoDay(until),
  }
}

/** Several findings may say the same of several places. */
function titlesOf(findings: readonly Finding[]) {
  const titles = (wanted: Finding['severity']) => [
    ...new Set(findings.filter(({ severity }) => severity === wanted).map(({ title }) => title)),
  ]
  return { blockers: titles('blocker'), warnings: titles('warning') }
}

function outputTitles({ stacks }: ProjectSettings): readonly string[] {
  const chosen = chosenStacks(stacks)
  const best = chosen.flatMap(({ coverage }) =>
    [coverage.android, coverage.ios].flatMap((one) => one?.outputs.slice(0, 1) ?? []),
  )
  const ids = new Set<string>(chosen.length > 0 ? best : Object.values(PLATFORM_OUTPUTS))
  return FORMATS.filter(({ id }) => ids.has(id)).map(({ title }) => title)
}
