import type { CertificateFingerprint } from '../../certificate/certificate.ts'
import type { Chain } from '../../chain/chain.ts'
import { enforcedPins } from '../../formats/enforced-pins.ts'
import type { Platform } from '../../formats/format.ts'
import type { Instant } from '../../instant.ts'
import type { HostName } from '../../pins/host-rule.ts'
import { policyOf, type HostPolicy, type PlanRow } from '../../pins/plan-pins.ts'
import type { EnforcedPins } from '../../trust/coverage.ts'
import type { Cause } from '../causes.ts'
import { isRefusedOn } from '../device-coverage.ts'
import { defineRule, type Occurrence } from '../risk-rule.ts'
import { KEY_TYPE_NAMES, placesOf, type ServedPlaces } from '../served-places.ts'
import { PLATFORM_NAMES } from '../../wording/wording.ts'

interface Facts {
  readonly host: HostName
  /** How many different leaf keys it presents. */
  readonly keys: number
  readonly isPinned: boolean
  /** Where chains are presented that the pins do not match on some platform; null where there is none. */
  readonly unpinned: ServedPlaces | null
  /** The platform whose check they fail; null where it is the same on both. */
  readonly refusing: Platform | null
}

export default defineRule<Facts>({
  id: 'differing-served-keys',
  tab: 'results',
  severity: ({ unpinned }) => {
    if (unpinned === null) return 'note'
    // Phones verify both types of key, so they get the other one as long as the server has it.
    return unpinned.only === null ? 'blocker' : 'warning'
  },
  title: ({ host, keys, unpinned, refusing }) => {
    if (unpinned === null) return `${host} presents ${keys} different keys`
    const { addresses, total, only } = unpinned
    const present = addresses === 1 ? 'presents' : 'present'
    if (refusing !== null) {
      const who = PLATFORM_NAMES[refusing]
      return only === null
        ? `${addresses} of ${total} addresses of ${host} ${present} a key that ${who} refuses`
        : `${who} refuses the ${KEY_TYPE_NAMES[only]} key of ${host}`
    }
    return only === null
      ? `${addresses} of ${total} addresses of ${host} ${present} a key that is not pinned`
      : `The ${KEY_TYPE_NAMES[only]} key of ${host} is not pinned`
  },
  why: ({ host, keys, isPinned, unpinned, refusing }) => {
    const which = 'Which one a phone gets to see depends on the address it reaches and on the types of key it verifies.'
    if (unpinned === null) {
      return isPinned
        ? `${which} For each of them the key itself or a CA above it is pinned.`
        : `${which} Nothing is pinned for ${host} yet; whatever is, has to fit all of them.`
    }
    return [
      `${host} presents ${keys} different keys.`,
      unpinned.only === null
        ? `Whoever reaches those addresses${refusing === null ? '' : ` with ${PLATFORM_NAMES[refusing]}`} is cut off today:`
        : 'Phones verify both types, so they get the other one today; once the server drops that one, they are cut off:',
      refusing === 'ios'
        ? `of that chain iOS finds no key in a list that it enforces. A pinned CA does not help where iOS asks for the leaf list, nor a pinned leaf where it asks for the CA list. Pin this key too, or choose the list in the iOS tab that all chains match.`
        : 'neither the key nor a CA above it is pinned. Pin it too, or a CA that all of them share.',
    ].join(' ')
  },
  faq: 'backup-pin',
  source: 'https://datatracker.ietf.org/doc/html/rfc8446#section-4.4.2.2',
  since: '2026-11-21',
  applies: ({ rows }) => rows.some(({ hostRule, servedLists }) => hostRule !== null && servedLists.length > 1),
  check: ({ plan, rows, settings, now }) =>
    rows.flatMap(({ hostRule, rowId, chains, servedLists }): readonly Occurrence<Facts>[] => {
      if (!hostRule) return []
      const { host } = hostRule
      const presented = servedLists.flatMap((list) => {
        const chain = chainOf(list.fingerprints[0], chains)
        return chain ? [{ list, chain }] : []
      })
      const keys = new Set(presented.map(({ chain }) => chain.links[0]?.certificate.pin)).size
      if (keys < 2) return []
      const policy = policyOf(host, plan.policies)
      const facts = { host, keys, isPinned: policy !== null }
      if (!policy) return [{ rowIds: [rowId], facts: { ...facts, unpinned: null, refusing: null } }]
      const enforced = enforcedPins(policy, plan.policies, settings)
      const refusedOn = (platform: Platform) =>
        presented.flatMap(({ list, chain }) => (isRefused(platform, chain, policy, enforced, now) ? [list] : []))
      const [onAndroid, onIos] = [refusedOn('android'), refusedOn('ios')]
      const isSame = onAndroid.length === onIos.length && onAndroid.every((list) => onIos.includes(list))
      const refusals = isSame
        ? [{ lists: onAndroid, refusing: null }]
        : [
            { lists: onAndroid, refusing: 'android' as const },
            { lists: onIos, refusing: 'ios' as const },
          ].filter(({ lists }) => lists.length > 0)
      return refusals.map(({ lists, refusing }) => ({
        rowIds: [rowId],
        cause: lists.length === presented.length ? EVERY_CHAIN[refusing ?? 'android'] : undefined,
        facts: { ...facts, unpinned: lists.length === 0 ? null : placesOf(lists, servedLists), refusing },
      }))
    }),
})

const EVERY_CHAIN: Readonly<Record<Platform, Cause>> = {
  android: { kind: 'android-refuses-every-chain' },
  ios: { kind: 'ios-refuses-every-chain' },
}

/** The chain that begins with a list's leaf; null when no chain does, for example since it cannot be decoded. */
function chainOf(leaf: CertificateFingerprint | null | undefined, chains: PlanRow['chains']): Chain | null {
  return chains.find(({ links }) => links[0]?.certificate.sha256 === leaf) ?? null
}

/** Of a chain whose upper end is not known, a pinned CA may well be in it: then nobody can say. */
function isRefused(
  platform: Platform,
  chain: Chain,
  { pins }: HostPolicy,
  enforced: EnforcedPins,
  now: Instant,
): boolean {
  if (!isRefusedOn(platform, chain, enforced, now)) return false
  if (chain.end.kind !== 'issuer-missing') return true
  // Its leaf is known, and nothing above it makes up for that in the leaf list.
  const { leaf } = enforced.ios
  if (platform === 'ios')
    return leaf !== null && !chain.links.slice(0, 1).some((link) => leaf.has(link.certificate.pin))
  return pins.every(({ role }) => role === 'leaf')
}
