/** Rows and what rotation makes of them; the days are written out, so that nothing of them is computed as the code does. */
import type { ProjectSettings } from '../../../src/core/settings/project-settings.ts'
import { isoDay } from '../../../src/core/instant.ts'
import { planPins, type PlanRow } from '../../../src/core/pins/plan-pins.ts'
import { rotationPlan } from '../../../src/core/rotation/rotation-plan.ts'
import { timelineEvents } from '../../../src/core/rotation/timeline.ts'
import { CASE_NOW } from '../../support/cases.ts'

export function planOf(rows: readonly PlanRow[], settings: ProjectSettings = {}, now = CASE_NOW) {
  return rotationPlan(planPins(rows), rows, settings, now)
}

export function eventsOf(rows: readonly PlanRow[], settings: ProjectSettings = {}, now = CASE_NOW) {
  return timelineEvents(planPins(rows), rows, settings, now)
}

/** `day kind: title`, in order. */
export function told(rows: readonly PlanRow[], settings: ProjectSettings = {}, now = CASE_NOW): string[] {
  return eventsOf(rows, settings, now).map(({ date, title }) => `${date} ${title}`)
}

export function datesOf({ shipBy, switchFrom, switchBy, removeAfter }: ReturnType<typeof planOf>['rotations'][number]) {
  return [shipBy, switchFrom, switchBy, removeAfter].map(isoDay)
}

/** What the planner's two fields hold. */
export function cadence(releaseEvery: number, adoption: number): ProjectSettings {
  return { rotation: { releaseEvery: String(releaseEvery), adoption: String(adoption) } }
}

/** The same fields, where no released version has pins. */
export function firstCadence(releaseEvery: number, adoption: number): ProjectSettings {
  return { rotation: { releaseEvery: String(releaseEvery), adoption: String(adoption), released: 'no' } }
}
