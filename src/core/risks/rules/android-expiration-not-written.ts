import { networkSecurityConfig } from '../../formats/android/network-security-config.ts'
import { expirationOf } from '../../formats/expiration.ts'
import { defineRule } from '../risk-rule.ts'
import { listed } from '../wording.ts'

interface Facts {
  readonly hosts: readonly string[]
  readonly date: string
  readonly reason: 'past' | 'not-a-day'
}

export default defineRule<Facts>({
  id: 'android-expiration-not-written',
  tab: 'android',
  severity: 'warning',
  title: ({ date, reason }) =>
    reason === 'past' ? `The expiration ${date} has begun somewhere` : 'The expiration is not a date',
  why: ({ hosts, date, reason }) =>
    reason === 'past'
      ? `Phones stop checking at the start of that day in their own time zone, and somewhere on earth ${date} has begun. It would switch the pins of ${listed(hosts)} off at once there, so none is written and the pins never expire. Choose a later day, or none.`
      : `${date ? `“${date}” is no day that a calendar has` : 'No day is chosen'}. Android refuses the whole file for that, so no expiration is written for ${listed(hosts)} and the pins never expire. Choose a day, or none.`,
  faq: 'expiration',
  source: 'https://developer.android.com/privacy-and-security/security-config#pin-set',
  since: '2026-11-21',
  applies: ({ plan, settings }) =>
    plan.policies.length > 0 &&
    networkSecurityConfig.valuesOf(settings['android-network-security-config'] ?? {}).expiration.kind !== 'none',
  check: ({ plan, settings, now }) => {
    const { expiration } = networkSecurityConfig.valuesOf(settings['android-network-security-config'] ?? {})
    const notWritten = plan.policies.flatMap(({ host, rowIds, pins }) => {
      const outcome = expirationOf({ pins }, expiration, now)
      return outcome.kind === 'not-written' ? [{ host, rowIds, date: outcome.date, reason: outcome.reason }] : []
    })
    // One finding per date, however many hosts share it.
    return [...new Set(notWritten.map(({ date }) => date))].flatMap((date) => {
      const sharing = notWritten.filter((one) => one.date === date)
      return sharing.slice(0, 1).map(({ reason }) => ({
        rowIds: sharing.flatMap(({ rowIds }) => rowIds),
        facts: { hosts: sharing.map(({ host }) => host), date, reason },
      }))
    })
  },
})
