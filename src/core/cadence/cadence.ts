import type { FormatSettings } from '../formats/format.ts'
import type { ProjectSettings } from '../settings/project-settings.ts'

/** How quickly an app can change its pins. */
export interface Cadence {
  /** Days between two releases of the app. */
  readonly releaseEvery: number
  /** Days until nearly all phones have a release; older versions are no longer counted then. */
  readonly adoption: number
}

export type CadenceField = keyof Cadence

export interface DayCount {
  readonly initial: number
  readonly least: number
  readonly most: number
}

export const CADENCE_FIELDS: Readonly<Record<CadenceField, DayCount>> = {
  releaseEvery: { initial: 14, least: 1, most: 365 },
  /** 0: the server refuses older versions, so that everybody has to update at once. */
  adoption: { initial: 180, least: 0, most: 1095 },
}

/** A number of days as it was typed; null when it is none, or out of range. */
export function dayCount(field: CadenceField, text: string): number | null {
  const { least, most } = CADENCE_FIELDS[field]
  const days = /^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN
  return days >= least && days <= most ? days : null
}

/** The cadence that the user set; what is not set or not usable has its initial value. */
export function cadenceOf(settings: ProjectSettings): Cadence {
  const own: FormatSettings = settings.rotation ?? {}
  const daysOf = (field: CadenceField) => {
    const stored = own[field]
    return (typeof stored === 'string' ? dayCount(field, stored) : null) ?? CADENCE_FIELDS[field].initial
  }
  return { releaseEvery: daysOf('releaseEvery'), adoption: daysOf('adoption') }
}

/** Whether the user says that no released version has any of these pins; whoever has not answered may have one. */
export function isFirstPlan(settings: ProjectSettings): boolean {
  return settings.rotation?.[RELEASED_FIELD] === 'no'
}

/** Where the answer is kept: `no`, or `yes`. */
export const RELEASED_FIELD = 'released'
