import type { Platform } from '../formats/format.ts'
import { shortLine } from '../single-line.ts'

/** As their makers write them. */
export const PLATFORM_NAMES: Readonly<Record<Platform, string>> = { android: 'Android', ios: 'iOS' }

const LONGEST_NAME = 100

/** A name from a certificate as a sentence can hold it: one line, nothing that turns or hides text, bounded. */
export function shownName(name: string): string {
  return shortLine(name, LONGEST_NAME)
}

/** `a`, `a and b`, `a, b and c`; at most `most` items, the rest counted; each as `shownName` has it. */
export function listed(items: readonly string[], most = 4): string {
  const cut = items.length > most
  const names = items.slice(0, cut ? most - 1 : most).map(shownName)
  const shown = cut ? [...names, `${items.length - names.length} more`] : names
  const last = shown.at(-1) ?? ''
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`
}

/** `1 day`, `2 days`. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`
}

/** When a day is that comes after so many others, as `daysUntil` counts them, in a sentence that names the day as well. */
export function inDays(days: number): string {
  if (days < 2) return days < 1 ? 'today' : 'tomorrow'
  return `in ${days} days`
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** `15 April 2027`, `April 2027` or `2027`, as precise as what is given: `yyyy-MM-dd`, `yyyy-MM` or `yyyy`. */
export function dayInWords(day: string): string {
  const [year, month, date] = day.split('-')
  const parts = [date && String(Number(date)), month && MONTHS[Number(month) - 1], year]
  return parts.filter((part) => part !== undefined).join(' ')
}
