import { entryExpiration } from '../../core/formats/expiration.ts'
import type { ExpirationChoice, Format, FormatAbilities } from '../../core/formats/format.ts'
import type { Instant } from '../../core/instant.ts'
import type { PinPlan } from '../../core/pins/plan-pins.ts'

// Every sentence about what an output makes of the plan, in one place.

/** What an output of this kind enforces whatever the plan, in one sentence; null for one that enforces nothing. */
export function abilitiesText({
  lists,
  subdomainDepth,
  expiry,
  scope,
  replacesValidation,
}: FormatAbilities): string | null {
  if (lists === 'none') return null
  const where = scope === 'all-hosts' ? 'any host, named here or not,' : DEPTHS[subdomainDepth]
  const condition = replacesValidation
    ? `${CONDITIONS[lists]}, and checks nothing else of the chain`
    : CONDITIONS[lists]
  return `Connects to ${where} when ${condition}${ENDS[expiry]}.`
}

const DEPTHS: Readonly<Record<FormatAbilities['subdomainDepth'], string>> = {
  all: 'a host, and to its sub-domains of every depth where they are included,',
  'one-label': 'a host, and to its sub-domains one label below where they are included,',
  none: 'exactly the hosts that are named',
}

const CONDITIONS: Readonly<Record<Exclude<FormatAbilities['lists'], 'none'>, string>> = {
  any: 'any one of the pinned keys is in the chain',
  'leaf-and-ca': 'each list that is there matches: the leaf’s key the leaf list, a CA’s key the CA list',
  'leaf-or-ca': 'the leaf has one of the pinned leaf keys, or a CA of the chain one of the pinned CA keys',
  leaf: 'the leaf has one of the pinned leaf keys, whatever the CA',
  certificates: 'the chain is the pinned certificate’s own or was issued by it; no other CA is trusted',
}

const ENDS: Readonly<Record<FormatAbilities['expiry'], string>> = {
  'device-local-midnight': ', and checks no pins from the day that you set, if any',
  'utc-midnight': ', and checks no pins from the day that you set, if any',
  none: '; the pins never end by themselves',
}

/** What happens on the day, by platforms.md A.6, C.3, C.8 and C.13. */
export function expirationText(
  plan: PinPlan,
  choice: ExpirationChoice,
  { abilities, platforms }: Format,
  now: Instant,
): string {
  if (choice.kind === 'none') {
    return 'The pins are enforced for as long as the app is installed. If the server can no longer present any of them, only an app update helps.'
  }
  const days = plan.policies.flatMap((policy) => {
    const expiration = entryExpiration(policy, plan.policies, abilities, choice, now)
    return expiration.kind === 'written' ? [expiration.date] : []
  })
  const distinct = [...new Set(days)].toSorted()
  if (distinct.length === 0)
    return 'No expiration is written, so the pins are enforced for as long as the app is installed.'
  const midnight = abilities.expiry === 'utc-midnight' ? 'UTC' : 'in the device’s own time zone'
  const hasIos = platforms.includes('ios')
  // `NSDateFormatter` without a locale (Apple QA1480).
  const calendar = hasIos
    ? ' An iPhone with the Buddhist calendar takes the day for long past and never checks them.'
    : ''
  return `From 00:00 of ${distinct.join(' or ')} ${midnight}, ${hasIos ? 'the app' : 'Android'} stops checking these pins, without a message. Connections go on and are then protected by the device’s trusted CAs alone.${calendar}`
}
