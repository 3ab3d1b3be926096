import type { Snippet } from '../core/formats/format.ts'
import {
  renderAll,
  settingsId,
  type Output,
  type OutputSettings,
  type SettingsOwner,
} from '../core/formats/registry.ts'
import { MILLISECONDS_PER_HOUR, type Instant } from '../core/instant.ts'
import { planPins, type PinPlan, type PlanRow } from '../core/pins/plan-pins.ts'
import { wrongCertificates, wrongPins } from '../core/pins/wrong-pins.ts'
import { assess } from '../core/risks/assess.ts'
import type { Finding, FindingTab } from '../core/risks/risk-rule.ts'
import { planRow } from './plan-row.ts'
import type { AppState } from './store.ts'

/** Everything that follows from rows and choices. Never stored; computed from the state. */
export interface Report {
  readonly rows: readonly PlanRow[]
  readonly plan: PinPlan
  readonly findings: readonly Finding[]
  readonly outputs: readonly Output[]
  /** An output of wrong pins, or of a wrong certificate, to see connections fail. */
  readonly negativeTest: (format: Output['format']) => readonly Snippet[]
  /** The instant for which all of this holds. */
  readonly now: Instant
}

type ReportInput = Pick<AppState, 'rows' | 'settings'>

/** How long a report holds: dates pass while a page stays open. */
const HOLDS_MILLISECONDS = MILLISECONDS_PER_HOUR

/** A selector that computes anew only when rows or settings are other objects, or when time has passed. */
export function createReportSelector(now: () => Instant, toolVersion: string): (state: ReportInput) => Report {
  let last: { readonly input: ReportInput; readonly report: Report } | null = null
  return ({ rows, settings }) => {
    const instant = now()
    const isFresh = last !== null && Math.abs(instant - last.report.now) < HOLDS_MILLISECONDS
    if (last && isFresh && last.input.rows === rows && areSame(last.input.settings, settings)) return last.report
    const planRows = rows.map(planRow)
    const plan = planPins(planRows)
    const { findings } = assess({ plan, rows: planRows, settings, now: instant })
    const stamp = { now: instant, toolVersion }
    let outputs: readonly Output[] | null = null
    const report: Report = {
      rows: planRows,
      plan,
      findings,
      now: instant,
      // Nobody looks at the outputs while a domain is typed.
      get outputs() {
        outputs ??= renderAll(plan, settings, stamp)
        return outputs
      },
      negativeTest: (format) => {
        const wrong = format.abilities.needs === 'certificates' ? wrongCertificates(plan) : wrongPins(plan)
        return format.render(wrong, settings[settingsId(format)] ?? {}, { ...stamp, purpose: 'negative-test' })
      },
    }
    last = { input: { rows, settings }, report }
    return report
  }
}

/** Settings that no rule and no output reads: a report of many rows takes its time. */
const UNREAD: ReadonlySet<SettingsOwner> = new Set(['review', 'strategy', 'survival'])

function areSame(older: OutputSettings, newer: OutputSettings): boolean {
  const owners = new Set([...Object.keys(older), ...Object.keys(newer)] as SettingsOwner[])
  return [...owners].every((owner) => UNREAD.has(owner) || older[owner] === newer[owner])
}

/** How many findings of a tab want attention; notes do not count. */
export function attention(findings: readonly Finding[], tab: FindingTab) {
  const ofTab = findings.filter((finding) => finding.tab === tab)
  return {
    blockers: ofTab.filter(({ severity }) => severity === 'blocker').length,
    warnings: ofTab.filter(({ severity }) => severity === 'warning').length,
  }
}
