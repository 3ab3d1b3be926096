import { androidValues, iosValues } from '../../core/formats/platform-outputs.ts'
import { unpinnedHosts, type UnpinnedHost } from '../../core/formats/android/unpinned-hosts.ts'
import { expirationOf } from '../../core/formats/expiration.ts'
import { enforcedLists } from '../../core/formats/ios/identity-lists.ts'
import type { OutputSettings } from '../../core/formats/registry.ts'
import type { Instant } from '../../core/instant.ts'
import { distinctPins, type HostPolicy, type PinPlan } from '../../core/pins/plan-pins.ts'
import { listed } from '../../core/wording/wording.ts'

/** What Android will enforce for a host, in one sentence (platforms.md A.4, A.5, A.6). */
export function androidSentence(policy: HostPolicy, plan: PinPlan, settings: OutputSettings, now: Instant): string {
  const { expiration, unpinned } = androidValues(settings)
  const end = expirationOf(policy, expiration, now)
  const keys = distinctPins(policy.pins).length
  const left = unpinnedHosts(plan, unpinned).filter(({ parent }) => parent.host === policy.host)
  const but = left.length > 0 ? ` but ${listed(left.map(subdomainText))}, which it does not pin,` : ''
  const where = policy.includeSubdomains ? `this host and every sub-domain${but}` : 'this host'
  const what = keys === 1 ? 'the pinned key is' : `any of the ${keys} pinned keys is`
  const until = end.kind === 'written' ? `, and checks no pins from ${end.date} on` : ''
  return `connects to ${where} when ${what} in the chain${until}.`
}

function subdomainText({ host, includeSubdomains }: UnpinnedHost): string {
  return includeSubdomains ? `${host} with its own` : host
}

/** What iOS will enforce for a host, in one sentence (platforms.md B.2). */
export function iosSentence(policy: HostPolicy, { policies }: PinPlan, settings: OutputSettings): string {
  const { lists } = iosValues(settings)
  const { leaf, ca } = enforcedLists(policy, policies, lists)
  const where = policy.includeSubdomains ? 'this host and sub-domains one label below' : 'this host'
  const conditions = [
    ...(leaf.length > 0
      ? [
          `the leaf has ${leaf.length === 1 ? 'the' : `one of the ${leaf.length}`} pinned leaf key${leaf.length === 1 ? '' : 's'}`,
        ]
      : []),
    ...(ca.length > 0
      ? [`${ca.length === 1 ? 'the pinned CA' : `one of the ${ca.length} pinned CAs`} is in the chain`]
      : []),
  ]
  if (conditions.length === 0)
    return `pins nothing for ${where}: nobody said whether the typed pins are of a leaf or a CA.`
  return `connects to ${where} when ${conditions.join(' and ')}.`
}
