import { daysAhead, endOfPin, type Expiration } from '../formats/expiration.ts'
import { pinSetEnd, pinSetEndsByPolicy, type EndOfDay, type PinSetEnd } from '../formats/pin-set-ends.ts'
import type { Output } from '../formats/registry.ts'
import { isoDay, MILLISECONDS_PER_DAY, type Instant } from '../instant.ts'
import type { HostPolicy } from '../pins/plan-pins.ts'
import type { Fix } from './plan-change.ts'
import { FAR_EXPIRATION_DAYS, LINT_EXPIRATION_DAYS } from './policy.ts'
import { defineRule, type FindingTab, type RiskRule } from './risk-rule.ts'
import { dayInWords, inDays, listed } from './wording.ts'

/** An output whose pin sets can end, and what its findings say beyond what follows from its abilities. */
export interface ExpirationRuleOrder {
  readonly id: string
  readonly tab: FindingTab
  readonly format: Output['format']
  /** Who stops to check the pins. */
  readonly enforcer: string
  readonly source: string
  readonly since: string
  /** What a text that is no day would do, `so` goes on; null where nothing worse comes of it. */
  readonly refusal?: string
  /** A last sentence about a day that is sound. */
  readonly remark?: string
}

type Written = Extract<Expiration, { readonly kind: 'written' }>
type NotWritten = Extract<Expiration, { readonly kind: 'not-written' }>

interface WrittenFacts {
  readonly hosts: readonly string[]
  readonly date: string
  /** `outlives`: on that day every pinned certificate has ended, the last one on `lastEnd`. */
  readonly kind: 'near' | 'outlives' | 'far' | 'sound'
  readonly days: number
  readonly lastEnd: string | null
  readonly end: PinSetEnd
}

const START_OF_DAY: Readonly<Record<EndOfDay, string>> = {
  'device-local-midnight': 'at the start of that day in their own time zone',
  'utc-midnight': 'at 00:00 UTC of that day',
}

function open({ begins }: PinSetEnd): string {
  return `Phones stop checking ${START_OF_DAY[begins]} and by their own clock, without a message: from then on any CA that the phone trusts will do.`
}

/** The day on which the pins of an output end: too near, too far, or what happens then. */
export function expirationRule(order: ExpirationRuleOrder): RiskRule {
  const { id, tab, format, enforcer, source, since, remark } = order
  return defineRule<WrittenFacts>({
    id,
    tab,
    severity: ({ kind }) => (kind === 'sound' ? 'note' : 'warning'),
    title: ({ date, kind, days }) => {
      const day = dayInWords(date)
      switch (kind) {
        case 'near':
          return `The pins end ${inDays(days)}, on ${day}`
        case 'outlives':
          return `The pins end on ${day}, after all pinned certificates`
        case 'far':
          return `The pins end on ${day}, more than a year from now`
        case 'sound':
          return `${enforcer} stops checking the pins on ${day}`
      }
    },
    why: ({ hosts, date, kind, lastEnd, end }) => {
      switch (kind) {
        case 'near':
          return `${open(end)} An app that is shipped today protects ${listed(hosts)} for no longer than that. Choose a day that your users’ next update comes well before.`
        case 'outlives':
          return `The last pinned certificate of ${listed(hosts)} ends on ${dayInWords(lastEnd ?? date)}. Should its successor have another key, phones refuse the server from then until ${dayInWords(date)}. Choose an earlier day, or pin a backup key, which does not end. ${open(end)}`
        case 'far':
          return `Nobody knows the keys of ${listed(hosts)} so far ahead, and until then a phone that is not updated depends on them. Choose a day within a year, and move it with each release. ${open(end)}`
        case 'sound':
          return `${open(end)} Ship a version with a later day before, for ${listed(hosts)}.${remark === undefined ? '' : ` ${remark}`}`
      }
    },
    fixes: ({ kind, end }) =>
      kind === 'outlives' ? [choosing(end, 'End them with the first pinned certificate', 'computed')] : [],
    faq: 'expiration',
    source,
    since,
    applies: ({ plan, settings, now }) => {
      const end = pinSetEnd(format, settings)
      return end !== null && pinSetEndsByPolicy(end, plan, now).some(({ expiration }) => expiration.kind === 'written')
    },
    check: ({ plan, settings, now }) => {
      const end = pinSetEnd(format, settings)
      if (!end) return []
      const written = pinSetEndsByPolicy(end, plan, now).flatMap(({ policy, expiration }) =>
        expiration.kind === 'written' ? [{ policy, expiration, ...judge(policy, expiration, now) }] : [],
      )
      // Hosts that share the day and what is wrong with it are told together.
      const groups = new Map(written.map((one) => [`${one.expiration.date} ${one.kind}`, one]))
      return [...groups].map(([identity, { expiration, kind, days }]) => {
        const sharing = written.filter((one) => `${one.expiration.date} ${one.kind}` === identity)
        const ends = sharing.flatMap(({ lastEnd }) => lastEnd ?? []).toSorted()
        return {
          rowIds: sharing.flatMap(({ policy }) => policy.rowIds),
          facts: {
            hosts: sharing.map(({ policy }) => policy.host),
            date: expiration.date,
            kind,
            days,
            lastEnd: ends.at(-1) ?? null,
            end,
          },
        }
      })
    },
  })
}

interface NotWrittenFacts {
  readonly hosts: readonly string[]
  readonly outcome: NotWritten
  readonly end: PinSetEnd
}

const BEGUN: Readonly<Record<EndOfDay, (date: string) => string>> = {
  'device-local-midnight': (date) =>
    `Phones stop checking at the start of that day in their own time zone, and somewhere on earth ${date} has begun. It would switch the pins of`,
  'utc-midnight': (date) =>
    `Phones stop checking at 00:00 UTC of that day, and somewhere on earth ${date} has begun: that moment is past, or hours away. It would switch the pins of`,
}

/** An end that is chosen and cannot be written, so that the pins never end. */
export function expirationNotWrittenRule(order: ExpirationRuleOrder): RiskRule {
  const { id, tab, format, source, since, refusal } = order
  return defineRule<NotWrittenFacts>({
    id,
    tab,
    severity: 'warning',
    title: ({ outcome }) => {
      switch (outcome.reason) {
        case 'past':
          return `The expiration ${outcome.date} has begun somewhere`
        case 'not-a-day':
          return 'The expiration is not a date'
        case 'no-end':
          return 'The expiration cannot be computed'
      }
    },
    why: ({ hosts, outcome, end: { begins } }) => {
      switch (outcome.reason) {
        case 'past':
          return `${BEGUN[begins](outcome.date)} ${listed(hosts)} off ${begins === 'utc-midnight' ? 'then' : 'at once there'}, so none is written and the pins never expire. Choose a later day, or none.`
        case 'not-a-day': {
          const what = outcome.date ? `“${outcome.date}” is no day that a calendar has` : 'No day is chosen'
          const none = `no expiration is written for ${listed(hosts)} and the pins never expire. Choose a day, or none.`
          return refusal === undefined ? `${what}, so ${none}` : `${what}. ${refusal}, so ${none}`
        }
        case 'no-end':
          return `No certificate is known for the pinned keys of ${listed(hosts)}, so there is no day on which the first one ends. No expiration is written and the pins never expire. Choose a day, or add the certificate.`
      }
    },
    fixes: ({ end }) => [choosing(end, 'Choose no expiration', 'none')],
    faq: 'expiration',
    source,
    since,
    applies: ({ plan, settings }) =>
      plan.policies.length > 0 && (pinSetEnd(format, settings)?.choice.kind ?? 'none') !== 'none',
    check: ({ plan, settings, now }) => {
      const end = pinSetEnd(format, settings)
      if (!end) return []
      const notWritten = pinSetEndsByPolicy(end, plan, now).flatMap(({ policy: { host, rowIds }, expiration }) =>
        expiration.kind === 'not-written' ? [{ host, rowIds, outcome: expiration }] : [],
      )
      // One finding per date, however many hosts share it.
      return [...new Set(notWritten.map(({ outcome }) => outcome.date))].flatMap((date) => {
        const sharing = notWritten.filter(({ outcome }) => outcome.date === date)
        return sharing.slice(0, 1).map(({ outcome }) => ({
          rowIds: sharing.flatMap(({ rowIds }) => rowIds),
          facts: { hosts: sharing.map(({ host }) => host), outcome, end },
        }))
      })
    },
  })
}

function choosing({ owner, option }: PinSetEnd, label: string, kind: 'none' | 'computed'): Fix {
  return { label, change: { kind: 'set-option', format: owner, option, value: { kind } } }
}

function judge({ pins }: HostPolicy, written: Written, now: Instant): Pick<WrittenFacts, 'kind' | 'days' | 'lastEnd'> {
  const days = daysAhead(written, now)
  const ends = pins.map(endOfPin)
  // A key without a certificate does not end.
  const lastEnd = ends.includes(null) ? null : Math.max(...ends.flatMap((end) => end ?? []))
  if (days < LINT_EXPIRATION_DAYS) return { kind: 'near', days, lastEnd: null }
  if (lastEnd !== null && written.until - MILLISECONDS_PER_DAY > lastEnd)
    return { kind: 'outlives', days, lastEnd: isoDay(lastEnd) }
  return { kind: days > FAR_EXPIRATION_DAYS ? 'far' : 'sound', days, lastEnd: null }
}
