import { certificateName } from '../../../core/certificate/certificate.ts'
import { shortLine } from '../../../core/single-line.ts'
import { isoDay, MILLISECONDS_PER_DAY, type Instant } from '../../../core/instant.ts'
import { dayOf } from '../../../core/days.ts'
import type { TimelineEvent, ValiditySpan } from '../../../core/rotation/timeline.ts'
import { counted } from '../../../core/wording/wording.ts'
import { dateText } from './date-text.ts'

/** The colours of a picture; each is the token of that name in `tokens.css`. */
export const INKS = [
  'surface',
  'surface-sunken',
  'text',
  'text-muted',
  'line',
  'line-strong',
  'accent',
  'warning',
] as const
export type Ink = (typeof INKS)[number]

export type Shape =
  | {
      readonly kind: 'rect'
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
      readonly radius: number
      readonly fill: Ink
      readonly stroke: Ink
    }
  | {
      readonly kind: 'line'
      readonly x: number
      readonly from: number
      readonly to: number
      readonly stroke: Ink
      readonly width: number
      readonly isDashed: boolean
    }
  | {
      readonly kind: 'text'
      readonly x: number
      /** Of the base line. */
      readonly y: number
      /** Hostile where it names a certificate: one line, printed as text. */
      readonly text: string
      readonly anchor: 'start' | 'middle' | 'end'
      readonly fill: Ink
      readonly isStrong: boolean
    }

/** Around every text, so that lines do not run through its letters. */
export const HALO_WIDTH = 3

/** A picture as plain data; on screen, as a file and as pixels it is the same. */
export interface Picture {
  readonly width: number
  readonly height: number
  /** What it shows, in a sentence. */
  readonly label: string
  /** In the order of painting. */
  readonly shapes: readonly Shape[]
}

export interface PictureInput {
  /** Those that the picture numbers, from 1 on. */
  readonly ahead: readonly TimelineEvent[]
  readonly spans: readonly ValiditySpan[]
  readonly now: Instant
  readonly width: number
  /** With the days in words below, for where no table stands beside it. */
  readonly hasLegend: boolean
}

export const TEXT_SIZE = 12
/** About how wide a character is; the picture is laid out without a font at hand. */
const CHARACTER = 6.6

const MARGIN = 12
const MARK_HEIGHT = 20
const MARKS_BOTTOM = MARGIN + MARK_HEIGHT
const TICKS_BASELINE = MARKS_BOTTOM + 20
const LANES_TOP = TICKS_BASELINE + 14
const LANE = 36
/** Narrower than this a name and its facts have a line each. */
const LEAST_SHARED_WIDTH = 420
const FACTS_LINE = 16
const BAR_HEIGHT = 9
const LINE = 18
const LEAST_TICK_DISTANCE = 80
/** Closer lines would be a surface. */
const LEAST_LINE_DISTANCE = 5

const MOST_LEAVES = 7
const MOST_LANES = 12
const MOST_LEGEND_LINES = 40

const MONTH = 30 * MILLISECONDS_PER_DAY
const SHORTEST_FUTURE = 12 * MONTH
const LONGEST_PAST = 12 * MONTH

export function timelinePicture({ ahead, spans, now, width, hasLegend }: PictureInput): Picture {
  const lanes = shownSpans(spans)
  const scale = scaleOf(ahead, lanes, now, width)
  const laneHeight = width < LEAST_SHARED_WIDTH ? LANE + FACTS_LINE : LANE
  const lanesBottom = LANES_TOP + lanes.length * laneHeight + (lanes.length < spans.length ? LINE : 0)
  const today = scale.at(dayOf(now))
  const todayLabel = `Today, ${isoDay(now)}`
  const legend = hasLegend ? legendLines(ahead, now) : []
  const legendTop = lanesBottom + LINE + 8
  return {
    width,
    height: legendTop + (legend.length > 0 ? legend.length * LINE + MARGIN : 4),
    label: `Timeline from ${isoDay(scale.from)} to ${isoDay(scale.to)}: ${counted(spans.length, 'certificate')}, ${counted(ahead.length, 'day')} to come, today is ${isoDay(now)}`,
    shapes: [
      ...ticks(scale, lanesBottom),
      ...marks(ahead, scale, lanesBottom),
      { kind: 'line', x: today, from: MARKS_BOTTOM, to: lanesBottom + 4, stroke: 'text', width: 2, isDashed: false },
      ...lanes.flatMap((span, index) => lane(span, LANES_TOP + index * laneHeight, scale, now)),
      ...(lanes.length < spans.length
        ? [
            text(
              AT_START,
              lanesBottom - 4,
              `and ${counted(spans.length - lanes.length, 'certificate')} more`,
              'text-muted',
            ),
          ]
        : []),
      text(within(today, todayLabel, width), lanesBottom + 17, todayLabel, 'text', true),
      ...legend.map((line, index) => text(AT_START, legendTop + (index + 1) * LINE, cut(line, width - 2 * MARGIN))),
    ],
  }
}

/** The certificates that a picture has room for: what ends first, and the CAs above. */
function shownSpans(spans: readonly ValiditySpan[]): readonly ValiditySpan[] {
  const leaves = spans.filter(({ role }) => role === 'leaf').slice(0, MOST_LEAVES)
  const cas = spans.filter(({ role }) => role !== 'leaf')
  return [...leaves, ...cas.slice(0, MOST_LANES - leaves.length)]
}

interface Scale {
  readonly from: Instant
  readonly to: Instant
  readonly width: number
  readonly at: (instant: Instant) => number
}

function scaleOf(ahead: readonly TimelineEvent[], lanes: readonly ValiditySpan[], now: Instant, width: number): Scale {
  const starts = lanes.filter(({ role }) => role === 'leaf').map(({ certificate }) => certificate.notBefore)
  const from = firstOfMonth(Math.max(now - LONGEST_PAST, Math.min(now - 2 * MONTH, ...starts)))
  // The last marks have room for their halves.
  const last = Math.max(now + SHORTEST_FUTURE, ...ahead.map(({ day }) => day))
  const to = firstOfMonth(last + 2 * MONTH)
  const inner = width - 2 * MARGIN
  const at = (instant: Instant) => {
    const share = Math.min(1, Math.max(0, (instant - from) / (to - from)))
    return Math.round((MARGIN + share * inner) * 10) / 10
  }
  return { from, to, width, at }
}

function firstOfMonth(instant: Instant, later = 0): Instant {
  const date = new Date(instant)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later)
}

function ticks({ from, to, width, at }: Scale, bottom: number): readonly Shape[] {
  const months = Array.from({ length: 12 * 8 }, (_, index) => firstOfMonth(from, index)).filter((day) => day <= to)
  const perMonth = (width - 2 * MARGIN) / Math.max(1, months.length - 1)
  const step = [1, 3, 6, 12, 24].find((candidate) => candidate * perMonth >= LEAST_TICK_DISTANCE) ?? 48
  return months
    .filter((day) => (12 * new Date(day).getUTCFullYear() + new Date(day).getUTCMonth()) % step === 0)
    .flatMap((day): readonly Shape[] => {
      const label = step >= 12 ? isoDay(day).slice(0, 4) : isoDay(day).slice(0, 7)
      return [
        { kind: 'line', x: at(day), from: TICKS_BASELINE + 4, to: bottom, stroke: 'line', width: 1, isDashed: false },
        text(within(at(day), label, width), TICKS_BASELINE, label, 'text-muted'),
      ]
    })
}

/** Marks that would cover each other are one, with the first and the last number. */
function marks(ahead: readonly TimelineEvent[], { width, at }: Scale, bottom: number): readonly Shape[] {
  const groups: { readonly first: number; last: number; readonly x: number; isDeadline: boolean }[] = []
  // Of a mark with two numbers and a sign.
  const widest = (2 * String(ahead.length).length + 3) * CHARACTER + 14
  for (const [index, { day, kind }] of ahead.entries()) {
    const x = at(day)
    const previous = groups.at(-1)
    if (previous && x - previous.x < widest) {
      previous.last = index + 1
      previous.isDeadline ||= kind === 'last-release'
    } else groups.push({ first: index + 1, last: index + 1, x, isDeadline: kind === 'last-release' })
  }
  let lastLine = -Infinity
  const lines = ahead.flatMap(({ day, kind }): readonly Shape[] => {
    const x = at(day)
    if (x - lastLine < LEAST_LINE_DISTANCE) return []
    lastLine = x
    const stroke = kind === 'last-release' ? 'warning' : 'line-strong'
    return [{ kind: 'line', x, from: MARKS_BOTTOM, to: bottom, stroke, width: 1, isDashed: true }]
  })
  const labels = groups.flatMap(({ first, last, x, isDeadline }): readonly Shape[] => {
    const label = `${isDeadline ? '! ' : ''}${first === last ? first : `${first}–${last}`}`
    const half = Math.max(10, (label.length * CHARACTER) / 2 + 5)
    const middle = Math.min(Math.max(x, half + 1), width - half - 1)
    return [
      {
        kind: 'rect',
        x: middle - half,
        y: MARGIN - 2,
        width: 2 * half,
        height: MARK_HEIGHT,
        radius: isDeadline ? 2 : 10,
        fill: 'surface',
        stroke: isDeadline ? 'warning' : 'text-muted',
      },
      text({ x: middle, anchor: 'middle' }, MARGIN + 12, label, isDeadline ? 'warning' : 'text', true),
    ]
  })
  return [...lines, ...labels]
}

function lane(
  { certificate, role, isPinned }: ValiditySpan,
  top: number,
  scale: Scale,
  now: Instant,
): readonly Shape[] {
  const { notBefore, notAfter } = certificate
  const facts = `${isPinned ? 'pinned, ' : ''}${notAfter < now ? 'ended' : 'ends'} ${isoDay(notAfter)}`
  const characters = Math.floor((scale.width - 2 * MARGIN) / CHARACTER) - role.length - 1
  const isShared = scale.width >= LEAST_SHARED_WIDTH
  const name = shortLine(certificateName(certificate), isShared ? characters - facts.length - 2 : characters)
  const labels = isShared
    ? [text(AT_START, top + 13, `${role} ${name}, ${facts}`)]
    : [text(AT_START, top + 13, `${role} ${name}`), text(AT_START, top + 13 + FACTS_LINE, facts, 'text-muted')]
  const bar = top + 19 + (isShared ? 0 : FACTS_LINE)
  if (notAfter < scale.from || notBefore > scale.to) return labels
  const [from, to] = [scale.at(notBefore), scale.at(notAfter)]
  return [
    ...labels,
    {
      kind: 'rect',
      x: from,
      y: bar,
      width: Math.max(2, to - from),
      height: BAR_HEIGHT,
      radius: 2,
      fill: isPinned ? 'accent' : 'surface-sunken',
      stroke: isPinned ? 'accent' : 'line-strong',
    },
  ]
}

function legendLines(ahead: readonly TimelineEvent[], now: Instant): readonly string[] {
  const shown = ahead.slice(0, ahead.length > MOST_LEGEND_LINES ? MOST_LEGEND_LINES - 1 : MOST_LEGEND_LINES)
  const left = ahead.length - shown.length
  return [
    `Days to come, as of ${isoDay(now)}, in UTC:`,
    ...shown.map((event, index) => `${index + 1}. ${dateText(event)}  ${event.title}`),
    ...(left > 0 ? [`and ${left} more`] : []),
  ]
}

/** Where a text around `x` stays inside the picture. */
function within(x: number, label: string, width: number): Place {
  const half = (label.length * CHARACTER) / 2
  if (x - half < 2) return { x: Math.max(2, x), anchor: 'start' }
  return x + half > width - 2 ? { x: Math.min(x, width - 2), anchor: 'end' } : { x, anchor: 'middle' }
}

function cut(line: string, room: number): string {
  return shortLine(line, Math.floor(room / CHARACTER))
}

interface Place {
  readonly x: number
  readonly anchor: 'start' | 'middle' | 'end'
}

const AT_START: Place = { x: MARGIN, anchor: 'start' }

function text(place: Place, y: number, line: string, fill: Ink = 'text', isStrong = false): Shape {
  return { kind: 'text', ...place, y, text: line, fill, isStrong }
}
