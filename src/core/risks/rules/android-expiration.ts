import { networkSecurityConfig } from '../../formats/android/network-security-config.ts'
import { daysAhead, endOfPin, expirationOf, type Expiration } from '../../formats/expiration.ts'
import type { OutputSettings } from '../../formats/registry.ts'
import { isoDay, MILLISECONDS_PER_DAY, type Instant } from '../../instant.ts'
import type { HostPolicy } from '../../pins/plan-pins.ts'
import { FAR_EXPIRATION_DAYS, LINT_EXPIRATION_DAYS } from '../policy.ts'
import { defineRule } from '../risk-rule.ts'
import { dayInWords, inDays, listed } from '../wording.ts'

type Written = Extract<Expiration, { readonly kind: 'written' }>

interface Facts {
  readonly hosts: readonly string[]
  readonly date: string
  /** `outlives`: on that day every pinned certificate has ended, the last one on `lastEnd`. */
  readonly kind: 'near' | 'outlives' | 'far' | 'sound'
  readonly days: number
  readonly lastEnd: string | null
}

const OPEN =
  'Phones stop checking at the start of that day in their own time zone and by their own clock, without a message: from then on any CA that the phone trusts will do.'

export default defineRule<Facts>({
  id: 'android-expiration',
  tab: 'android',
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
        return `Android stops checking the pins on ${day}`
    }
  },
  why: ({ hosts, date, kind, lastEnd }) => {
    switch (kind) {
      case 'near':
        return `${OPEN} An app that is shipped today protects ${listed(hosts)} for no longer than that. Choose a day that your users’ next update comes well before.`
      case 'outlives':
        return `The last pinned certificate of ${listed(hosts)} ends on ${dayInWords(lastEnd ?? date)}. Should its successor have another key, phones refuse the server from then until ${dayInWords(date)}. Choose an earlier day, or pin a backup key, which does not end. ${OPEN}`
      case 'far':
        return `Nobody knows the keys of ${listed(hosts)} so far ahead, and until then a phone that is not updated depends on them. Choose a day within a year, and move it with each release. ${OPEN}`
      case 'sound':
        return `${OPEN} Ship a version with a later day before, for ${listed(hosts)}. OWASP’s mobile tests count a day that has passed as a finding.`
    }
  },
  fixes: ({ kind }) =>
    kind === 'outlives'
      ? [
          {
            label: 'End them with the first pinned certificate',
            change: {
              kind: 'set-option',
              format: 'android-network-security-config',
              option: 'expiration',
              value: { kind: 'computed' },
            },
          },
        ]
      : [],
  faq: 'expiration',
  source: 'https://developer.android.com/privacy-and-security/security-config#pin-set',
  since: '2026-11-21',
  applies: ({ plan, settings, now }) => plan.policies.some((policy) => writtenFor(policy, settings, now) !== null),
  check: ({ plan, settings, now }) => {
    const written = plan.policies.flatMap((policy) => {
      const expiration = writtenFor(policy, settings, now)
      return expiration ? [{ policy, expiration, ...judge(policy, expiration, now) }] : []
    })
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
        },
      }
    })
  },
})

function writtenFor(policy: HostPolicy, settings: OutputSettings, now: Instant): Written | null {
  const { expiration } = networkSecurityConfig.valuesOf(settings['android-network-security-config'] ?? {})
  const outcome = expirationOf(policy, expiration, now)
  return outcome.kind === 'written' ? outcome : null
}

function judge({ pins }: HostPolicy, written: Written, now: Instant): Pick<Facts, 'kind' | 'days' | 'lastEnd'> {
  const days = daysAhead(written, now)
  const ends = pins.map(endOfPin)
  // A key without a certificate does not end.
  const lastEnd = ends.includes(null) ? null : Math.max(...ends.flatMap((end) => end ?? []))
  if (days < LINT_EXPIRATION_DAYS) return { kind: 'near', days, lastEnd: null }
  if (lastEnd !== null && written.until - MILLISECONDS_PER_DAY > lastEnd)
    return { kind: 'outlives', days, lastEnd: isoDay(lastEnd) }
  return { kind: days > FAR_EXPIRATION_DAYS ? 'far' : 'sound', days, lastEnd: null }
}
