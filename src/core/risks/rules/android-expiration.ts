import { networkSecurityConfig } from '../../formats/android/network-security-config.ts'
import { endOfPin, expirationOf, type Expiration } from '../../formats/expiration.ts'
import type { ExpirationChoice } from '../../formats/format.ts'
import type { OutputSettings } from '../../formats/registry.ts'
import { isoDay, MILLISECONDS_PER_DAY, type Instant } from '../../instant.ts'
import type { HostPolicy, PlannedPin } from '../../pins/plan-pins.ts'
import type { Fix } from '../plan-change.ts'
import { FAR_EXPIRATION_DAYS, LINT_EXPIRATION_DAYS } from '../policy.ts'
import { defineRule } from '../risk-rule.ts'
import { dayInWords, listed } from '../wording.ts'

type Written = Extract<Expiration, { readonly kind: 'written' }>

interface Facts {
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
}

type Judgement = Pick<Facts, 'kind' | 'days' | 'lastEnd' | 'hasLasting'>

const YEAR_OF_DAYS = 365

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
        return days < 1 ? `The pins end within a day, on ${day}` : `The pins end in ${days} days, on ${day}`
      case 'with-leaf':
        return `The pins end on ${day}, with the certificate of the leaf`
      case 'outlives':
        return `The pins end on ${day}, after all pinned certificates`
      case 'far':
        return `The pins end on ${day}, more than a year from now`
      case 'sound':
        return `Android stops checking the pins on ${day}`
    }
  },
  why: ({ hosts, date, kind, lastEnd, hasLasting }) => {
    switch (kind) {
      case 'near':
        return `${OPEN} An app that is shipped today protects ${listed(hosts)} for no longer than that. Choose a day that your users’ next update comes well before.`
      case 'with-leaf':
        return [
          `That is when the certificate of ${listed(hosts)} ends, not when its pins stop being good: the certificate is renewed before, and may keep its key${hasLasting ? ', and another pinned key lasts longer' : ''}. From that day on nothing is pinned all the same.`,
          OPEN,
          'Decide it by your releases: with a day, older versions lose their protection then; without one, they are locked out once the server has no pinned key any more.',
        ].join(' ')
      case 'outlives':
        return `The last pinned certificate of ${listed(hosts)} ends on ${dayInWords(lastEnd ?? date)}. Should its successor have another key, phones refuse the server from then until ${dayInWords(date)}. Choose an earlier day, or pin a backup key, which does not end. ${OPEN}`
      case 'far':
        return `Nobody knows the keys of ${listed(hosts)} so far ahead, and until then a phone that is not updated depends on them. Choose a day within a year, and move it with each release. ${OPEN}`
      case 'sound':
        return `${OPEN} Ship a version with a later day before, for ${listed(hosts)}. OWASP’s mobile tests count a day that has passed as a finding.`
    }
  },
  fixes: ({ kind, hasLasting }, _rowIds, { now }) => {
    if (kind !== 'with-leaf') return []
    const nextYear = isoDay(now + YEAR_OF_DAYS * MILLISECONDS_PER_DAY)
    return [
      // Without a key that lasts, a later day would only lock out versions that nobody updates.
      ...(hasLasting
        ? [endingBy(`End them in a year, on ${dayInWords(nextYear)}`, { kind: 'date', date: nextYear })]
        : []),
      endingBy('Choose no expiration', { kind: 'none' }),
    ]
  },
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

function judge({ pins }: HostPolicy, { date, from, until }: Written, now: Instant): Judgement {
  const days = Math.floor((from - now) / MILLISECONDS_PER_DAY)
  const ends = pins.map(endOfPin)
  // A key without a certificate does not end.
  const lastEnd = ends.includes(null) ? null : Math.max(...ends.flatMap((end) => end ?? []))
  const hasLasting = lastEnd === null || isoDay(lastEnd) > date
  const told = (kind: Facts['kind'], shownEnd: string | null = null) => ({ kind, days, lastEnd: shownEnd, hasLasting })
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

function endingBy(label: string, value: ExpirationChoice): Fix {
  return {
    label,
    change: { kind: 'set-option', format: 'android-network-security-config', option: 'expiration', value },
  }
}
