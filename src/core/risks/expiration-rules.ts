import { daysAhead, endOfPin, type Expiration } from '../formats/expiration.ts'
import type { ExpirationChoice } from '../formats/format.ts'
import { pinSetEnd, pinSetEndsByPolicy, type EndOfDay, type PinSetEnd } from '../formats/pin-set-ends.ts'
import type { Output } from '../formats/registry.ts'
import { isoDay, MILLISECONDS_PER_DAY, type Instant } from '../instant.ts'
import type { HostPolicy, PlannedPin } from '../pins/plan-pins.ts'
import type { Fix } from './plan-change.ts'
import { FAR_EXPIRATION_DAYS, LINT_EXPIRATION_DAYS } from './policy.ts'
import { defineRule, type FindingTab, type RiskRule } from './risk-rule.ts'
import { dayInWords, inDays, listed } from '../wording/wording.ts'

const DAYS_PER_YEAR = 365

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
  /**
   * `outlives`: on that day every pinned certificate has ended, the last one on `lastEnd`. `with-leaf`: a pinned leaf’s
   * certificate ends on that very day, which says nothing about its key.
   */
  readonly kind: 'near' | 'with-leaf' | 'outlives' | 'far' | 'sound'
  readonly days: number
  readonly lastEnd: string | null
  /** A pinned key has no certificate, or one that lasts longer. */
  readonly hasLasting: boolean
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
        case 'with-leaf':
          return `The pins end on ${day}, with the certificate of the leaf`
        case 'outlives':
          return `The pins end on ${day}, after all pinned certificates`
        case 'far':
          return `The pins end on ${day}, more than a year from now`
        case 'sound':
          return `${enforcer} stops checking the pins on ${day}`
      }
    },
    why: ({ hosts, date, kind, lastEnd, hasLasting, end }) => {
      switch (kind) {
        case 'near':
          return `${open(end)} An app that is shipped today protects ${listed(hosts)} for no longer than that. Choose a day that your users’ next update comes well before.`
        case 'with-leaf':
          return [
            `That is when the certificate of ${listed(hosts)} ends, not when its pins stop being good: the certificate is renewed before, and may keep its key${hasLasting ? ', and another pinned key lasts longer' : ''}. From that day on nothing is pinned all the same.`,
            open(end),
            'Decide it by your releases: with a day, older versions lose their protection then; without one, they are locked out once the server has no pinned key any more.',
          ].join(' ')
        case 'outlives':
          return `The last pinned certificate of ${listed(hosts)} ends on ${dayInWords(lastEnd ?? date)}. Should its successor have another key, phones refuse the server from then until ${dayInWords(date)}. Choose an earlier day, or pin a backup key, which does not end. ${open(end)}`
        case 'far':
          return `Nobody knows the keys of ${listed(hosts)} so far ahead, and until then a phone that is not updated depends on them. Choose a day within a year, and move it with each release. ${open(end)}`
        case 'sound':
          return `${open(end)} Ship a version with a later day before, for ${listed(hosts)}.${remark === undefined ? '' : ` ${remark}`}`
      }
    },
    fixes: ({ kind, hasLasting, end }, _rowIds, { now }) => {
      if (kind !== 'with-leaf') return []
      const nextYear = isoDay(now + DAYS_PER_YEAR * MILLISECONDS_PER_DAY)
      return [
        // Without a key that lasts, a later day would only lock out versions that nobody updates.
        ...(hasLasting
          ? [choosing(end, `End them in a year, on ${dayInWords(nextYear)}`, { kind: 'date', date: nextYear })]
          : []),
        choosing(end, 'Choose no expiration', { kind: 'none' }),
      ]
    },
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
      const groups = new Map(written.map((one) => [identityOf(one), one]))
      return [...groups].map(([identity, { expiration, kind, days, hasLasting }]) => {
        const sharing = written.filter((one) => identityOf(one) === identity)
        const ends = sharing.flatMap(({ lastEnd }) => lastEnd ?? []).toSorted()
        return {
          rowIds: sharing.flatMap(({ policy }) => policy.rowIds),
          facts: {
            hosts: sharing.map(({ policy }) => policy.host),
            date: expiration.date,
            kind,
            days,
            lastEnd: ends.at(-1) ?? null,
            hasLasting,
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
    fixes: ({ end }) => [choosing(end, 'Choose no expiration', { kind: 'none' })],
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

function choosing({ owner, option }: PinSetEnd, label: string, value: ExpirationChoice): Fix {
  return { label, change: { kind: 'set-option', format: owner, option, value } }
}

type Judgement = Pick<WrittenFacts, 'kind' | 'days' | 'lastEnd' | 'hasLasting'>

function judge({ pins }: HostPolicy, written: Written, now: Instant): Judgement {
  const { date, until } = written
  const days = daysAhead(written, now)
  const ends = pins.map(endOfPin)
  // A key without a certificate does not end.
  const lastEnd = ends.includes(null) ? null : Math.max(...ends.flatMap((end) => end ?? []))
  const hasLasting = lastEnd === null || isoDay(lastEnd) > date
  const told = (kind: Judgement['kind'], shownEnd: string | null = null) => ({
    kind,
    days,
    lastEnd: shownEnd,
    hasLasting,
  })
  if (days < LINT_EXPIRATION_DAYS) return told('near')
  if (pins.some((pin) => isEndOfLeaf(pin, date))) return told('with-leaf')
  if (lastEnd !== null && until - MILLISECONDS_PER_DAY > lastEnd) return told('outlives', isoDay(lastEnd))
  return told(days > FAR_EXPIRATION_DAYS ? 'far' : 'sound')
}

function isEndOfLeaf(pin: PlannedPin, date: string): boolean {
  const end = endOfPin(pin)
  return pin.role === 'leaf' && end !== null && isoDay(end) === date
}

/** What makes hosts share a finding. */
function identityOf({ expiration, kind, hasLasting }: Judgement & { readonly expiration: Written }): string {
  return `${expiration.date} ${kind} ${hasLasting}`
}
