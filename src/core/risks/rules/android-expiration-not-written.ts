import { networkSecurityConfig } from '../../formats/android/network-security-config.ts'
import { expirationOf, type Expiration } from '../../formats/expiration.ts'
import { defineRule } from '../risk-rule.ts'
import { listed } from '../wording.ts'

interface Facts {
  readonly hosts: readonly string[]
  readonly outcome: NotWritten
}

type NotWritten = Extract<Expiration, { readonly kind: 'not-written' }>

export default defineRule<Facts>({
  id: 'android-expiration-not-written',
  tab: 'android',
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
  why: ({ hosts, outcome }) => {
    switch (outcome.reason) {
      case 'past':
        return `Phones stop checking at the start of that day in their own time zone, and somewhere on earth ${outcome.date} has begun. It would switch the pins of ${listed(hosts)} off at once there, so none is written and the pins never expire. Choose a later day, or none.`
      case 'not-a-day':
        return `${outcome.date ? `“${outcome.date}” is no day that a calendar has` : 'No day is chosen'}. Android refuses the whole file for that, so no expiration is written for ${listed(hosts)} and the pins never expire. Choose a day, or none.`
      case 'no-end':
        return `No certificate is known for the pinned keys of ${listed(hosts)}, so there is no day on which the first one ends. No expiration is written and the pins never expire. Choose a day, or add the certificate.`
    }
  },
  fixes: () => [
    {
      label: 'Choose no expiration',
      change: {
        kind: 'set-option',
        format: 'android-network-security-config',
        option: 'expiration',
        value: { kind: 'none' },
      },
    },
  ],
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
      return outcome.kind === 'not-written' ? [{ host, rowIds, outcome }] : []
    })
    // One finding per date, however many hosts share it.
    return [...new Set(notWritten.map(({ outcome }) => outcome.date))].flatMap((date) => {
      const sharing = notWritten.filter(({ outcome }) => outcome.date === date)
      return sharing.slice(0, 1).map(({ outcome }) => ({
        rowIds: sharing.flatMap(({ rowIds }) => rowIds),
        facts: { hosts: sharing.map(({ host }) => host), outcome },
      }))
    })
  },
})
