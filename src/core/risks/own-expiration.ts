import { daysAhead, expirationOf, type Expiration } from '../formats/expiration.ts'
import { optionValue } from '../formats/format.ts'
import { settingsId, type Output, type OutputSettings } from '../formats/registry.ts'
import type { Instant } from '../instant.ts'
import type { HostName } from '../pins/host-rule.ts'
import type { PinPlan } from '../pins/plan-pins.ts'
import { FAR_EXPIRATION_DAYS, LINT_EXPIRATION_DAYS } from './policy.ts'
import type { Finding, FindingTab } from './risk-rule.ts'
import { dayInWords, listed } from './wording.ts'

const OPTION = 'expiration'

/**
 * What there is to say of the day on which the pins of an output end, where it has an option for that and no rules speak
 * for it: the rules about Android's expiration read that of the Network Security Config alone.
 */
export function ownExpirationFindings(
  format: Output['format'],
  { policies }: PinPlan,
  settings: OutputSettings,
  tab: FindingTab,
  now: Instant,
): readonly Finding[] {
  const option = format.options[OPTION]
  if (format.hasOwnRules || option?.kind !== 'expiration') return []
  const owner = settingsId(format)
  const choice = optionValue(option, settings[owner]?.[OPTION])
  if (typeof choice !== 'object' || !('kind' in choice)) return []
  const groups = new Map<string, { readonly worded: Worded; readonly hosts: readonly HostName[] }>()
  for (const policy of policies) {
    const worded = wordsFor(expirationOf(policy, choice, now), now)
    if (!worded) continue
    groups.set(worded.title, { worded, hosts: [...(groups.get(worded.title)?.hosts ?? []), policy.host] })
  }
  return [...groups.values()].map(({ worded: { title, why, isWritten }, hosts }) => ({
    id: `${format.id} ${title}`,
    ruleId: 'own-expiration',
    severity: 'warning',
    tab,
    title: `${format.title}: ${title}`,
    why: why(listed(hosts)),
    rowIds: [],
    faq: 'expiration',
    source: format.docs,
    isOfEveryOutput: false,
    fixes: isWritten
      ? []
      : [
          {
            label: 'Choose no expiration',
            change: { kind: 'set-option', format: owner, option: OPTION, value: { kind: 'none' } },
          },
        ],
  }))
}

interface Worded {
  readonly title: string
  readonly why: (hosts: string) => string
  readonly isWritten: boolean
}

/** Null where there is nothing to say. */
function wordsFor(expiration: Expiration, now: Instant): Worded | null {
  if (expiration.kind === 'none') return null
  if (expiration.kind === 'not-written') return { ...NOT_WRITTEN[expiration.reason], isWritten: false }
  const days = daysAhead(expiration, now)
  const day = dayInWords(expiration.date)
  if (days < LINT_EXPIRATION_DAYS) {
    return {
      title: `the pins end on ${day}`,
      why: (hosts) =>
        `An app that is shipped today protects ${hosts} for no longer than that; from then on any CA that the phone trusts will do. Choose a day that your users’ next update comes well before.`,
      isWritten: true,
    }
  }
  if (days <= FAR_EXPIRATION_DAYS) return null
  return {
    title: `the pins end on ${day}, more than a year from now`,
    why: (hosts) =>
      `Nobody knows the keys of ${hosts} so far ahead, and until then a phone that is not updated depends on them. Choose a day within a year, and move it with each release.`,
    isWritten: true,
  }
}

const NOT_WRITTEN: Readonly<
  Record<Extract<Expiration, { readonly kind: 'not-written' }>['reason'], Omit<Worded, 'isWritten'>>
> = {
  past: {
    title: 'the expiration has begun somewhere',
    why: (hosts) =>
      `It would switch the pins of ${hosts} off at once, so it is not written and they never end. Choose a later day, or none.`,
  },
  'not-a-day': {
    title: 'the expiration is not a date',
    why: (hosts) => `So none is written for ${hosts}, and the pins never end. Choose a day, or none.`,
  },
  'no-end': {
    title: 'the expiration cannot be computed',
    why: (hosts) =>
      `No certificate is known for the pinned keys of ${hosts}, so there is no day on which the first one ends. None is written, and the pins never end.`,
  },
}
