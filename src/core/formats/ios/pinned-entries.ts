import type { HostName } from '../../pins/host-rule.ts'
import type { PinRole } from '../../pins/pin-choices.ts'
import type { HostPolicy, PinPlan } from '../../pins/plan-pins.ts'
import type { SpkiPin } from '../../pins/spki-pin.ts'
import type { FormatAbilities, StampedHost } from '../format.ts'
import { pinComment } from '../pin-comment.ts'
import { identityLists, type IosLists } from './identity-lists.ts'

/** What App Transport Security's own pinning can express (platforms.md B.2), in whatever words it gets to Info.plist. */
export const ATS_ABILITIES = {
  subdomainDepth: 'one-label',
  overlap: 'merged',
  expiry: 'none',
  lists: 'leaf-and-ca',
  minimumPins: 1,
  minimumVersion: 'iOS 14',
} as const satisfies FormatAbilities

export const ATS_FAILS_WITH = 'NSURLErrorDomain -1200: An SSL error has occurred'

/** One list of a domain; never empty. */
export interface IdentityList {
  readonly key: 'NSPinnedLeafIdentities' | 'NSPinnedCAIdentities'
  /** The comments hold hostile text. */
  readonly identities: readonly { readonly pin: SpkiPin; readonly comment: string | null }[]
}

/** One domain of `NSPinnedDomains`; it has at least one list. */
export interface PinnedEntry {
  readonly host: HostName
  readonly includeSubdomains: boolean
  readonly lists: readonly IdentityList[]
}

/** What the entries pin, for the first line of an output. */
export function stampedEntries(entries: readonly PinnedEntry[]): readonly StampedHost[] {
  return entries.map(({ host, lists }) => ({ host, pins: lists.flatMap(({ identities }) => identities) }))
}

/** The entries of `NSPinnedDomains`; a host of which nobody can say which list its pins belong to has none. */
export function pinnedEntries({ policies }: PinPlan, choice: IosLists): readonly PinnedEntry[] {
  return policies
    .map((policy) => ({
      host: policy.host,
      includeSubdomains: policy.includeSubdomains,
      lists: listsOf(policy, choice),
    }))
    .filter(({ lists }) => lists.length > 0)
}

/** An empty list would reject every connection (platforms.md B.2), so there is none. */
function listsOf(policy: HostPolicy, choice: IosLists): readonly IdentityList[] {
  const { leaf, ca } = identityLists(policy, choice)
  const all: readonly IdentityList[] = [
    { key: 'NSPinnedLeafIdentities', identities: leaf.map((pin) => identity(pin, policy, 'leaf')) },
    { key: 'NSPinnedCAIdentities', identities: ca.map((pin) => identity(pin, policy, 'ca')) },
  ]
  return all.filter(({ identities }) => identities.length > 0)
}

function identity(pin: SpkiPin, { pins }: HostPolicy, role: PinRole) {
  const planned = pins.find((one) => one.pin === pin && one.role === role)
  return { pin, comment: planned ? pinComment(planned) : null }
}
