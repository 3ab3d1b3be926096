import { icalendarText } from '../formats/escape.ts'
import type { Stamp } from '../formats/format.ts'
import { isoDay } from '../instant.ts'
import { addDays, dayOf, daysBetween } from '../days.ts'
import type { TimelineEvent, TimelineEventKind } from './timeline.ts'

/** How many days before its event an alarm goes off: enough for what there is to do, if there are as many. */
const ALARM_DAYS: Readonly<Record<TimelineEventKind, number>> = {
  'certificate-end': 30,
  'issuer-retired': 30,
  'last-release': 28,
  'lifetime-step': 60,
  'pins-expire': 60,
  'remove-old-pin': 1,
  'root-notice': 60,
  'switch-server': 14,
}

/** RFC 5545 §3.1, without the line break. */
const LONGEST_LINE_OCTETS = 75

/** Events as a calendar (RFC 5545): one whole day each, with an alarm. */
export function icsOf(events: readonly TimelineEvent[], stamp: Stamp): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//Pinsmith//Pinsmith ${icalendarText([stamp.toolVersion])}//EN`,
    'CALSCALE:GREGORIAN',
    ...events.flatMap((event) => eventLines(event, stamp)),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

function eventLines(event: TimelineEvent, stamp: Stamp): string[] {
  const { id, kind, day, title, text, isEstimate, date, source } = event
  // An alarm of a day that is over never goes off, or at once.
  const daysLeft = daysBetween(dayOf(stamp.now), day)
  const alarm = Math.max(0, Math.min(ALARM_DAYS[kind], daysLeft - 1))
  const isDay = date.length === 'yyyy-MM-dd'.length
  const precision = isEstimate || !isDay ? [`The day is not exact: ${isEstimate ? 'about ' : ''}${date}.`] : []
  return [
    'BEGIN:VEVENT',
    `UID:${id}@pinsmith`,
    `DTSTAMP:${utcDateTime(stamp)}`,
    `DTSTART;VALUE=DATE:${basic(isoDay(day))}`,
    `DTEND;VALUE=DATE:${basic(isoDay(addDays(day, 1)))}`,
    `SUMMARY:${icalendarText([title])}`,
    `DESCRIPTION:${icalendarText([text, ...precision])}`,
    ...(source === null ? [] : [`URL:${source}`]),
    // A reminder keeps nobody busy.
    'TRANSP:TRANSPARENT',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${icalendarText([title])}`,
    `TRIGGER:-P${alarm}D`,
    'END:VALARM',
    'END:VEVENT',
  ]
}

function basic(day: string): string {
  return day.replaceAll('-', '')
}

function utcDateTime({ now }: Stamp): string {
  return `${new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}

/** A content line in pieces that are short enough, none of which ends within a character. */
function folded(line: string): string {
  let text = ''
  let octets = 0
  for (const character of line) {
    const size = utf8Octets(character)
    if (octets + size > LONGEST_LINE_OCTETS) {
      text += '\r\n '
      octets = 1
    }
    text += character
    octets += size
  }
  return text
}

function utf8Octets(character: string): number {
  const codePoint = character.codePointAt(0) ?? 0
  if (codePoint < 0x80) return 1
  if (codePoint < 0x8_00) return 2
  return codePoint < 0x1_00_00 ? 3 : 4
}
