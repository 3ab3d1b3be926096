import type { Chain } from '../chain/chain.ts'
import type { HostName } from '../pins/host-rule.ts'
import type { PinRole } from '../pins/pin-choices.ts'
import {
  distinctPins,
  isWithoutCertificate,
  parentPolicies,
  type HostPolicy,
  type PinPlan,
  type PlanRow,
} from '../pins/plan-pins.ts'
import { networkSecurityConfig } from './android/network-security-config.ts'
import { unpinnedHosts } from './android/unpinned-hosts.ts'
import { PLATFORMS, type ExpirationChoice, type Format, type FormatAbilities, type Platform } from './format.ts'
import type { NamedHost } from './named-hosts.ts'
import { reaches } from './reach.ts'
import { hasHeader, isKeyRebuilt, isRebuilt } from './rebuilt-keys.ts'
import type { OutputSettings } from './registry.ts'

/** What of a plan an output cannot honour, with the hosts that it is about. */
export type Shortfall =
  /** Sub-domains are wanted, and the output reaches one label below the host, or none. */
  | { readonly kind: 'subdomains'; readonly depth: 'one-label' | 'none'; readonly hosts: readonly HostName[] }
  /** Below these hosts a parent's pins are wanted alone, and the output lets the pins of the host pass there too. */
  | { readonly kind: 'own-pins-reach-below'; readonly hosts: readonly HostName[] }
  /** The output does not work at all with so few pins. */
  | { readonly kind: 'too-few-pins'; readonly minimum: number; readonly hosts: readonly HostName[] }
  /** The library throws when the app starts if one of these hosts is in its configuration. */
  | { readonly kind: 'refused-hosts'; readonly hosts: readonly HostName[] }
  /** Some pins of these hosts are of keys that the library cannot match, whatever the server presents. */
  | { readonly kind: 'keys-that-never-match'; readonly hosts: readonly HostName[] }
  /** The same for all pins of these hosts: no connection to them would ever pass. */
  | { readonly kind: 'no-key-that-matches'; readonly hosts: readonly HostName[] }
  /** The library stops at a key of these hosts' chains that it cannot match, before it comes to a pinned one. */
  | { readonly kind: 'stops-before-pinned-key'; readonly hosts: readonly HostName[] }
  /** The output looks at the leaf alone, and these hosts have no leaf pin: they are left out. */
  | { readonly kind: 'no-leaf-pin'; readonly hosts: readonly HostName[] }
  /** The output looks at the leaf alone, and these hosts have CA pins too, which are left out. */
  | { readonly kind: 'ca-pins-left-out'; readonly hosts: readonly HostName[] }
  /** The output tells leaf pins from CA pins, and nobody said which these hosts' pins are: those are left out. */
  | { readonly kind: 'unknown-pins-left-out'; readonly hosts: readonly HostName[] }
  /** The output consists of certificates, and these hosts have pins without one: those are left out. */
  | { readonly kind: 'no-certificate'; readonly hosts: readonly HostName[] }
  /** The same for all pins of these hosts: the output has nothing for them. */
  | { readonly kind: 'without-any-certificate'; readonly hosts: readonly HostName[] }
  /** What is pinned for one of these hosts holds for all of them. */
  | { readonly kind: 'shared-by-all-hosts'; readonly hosts: readonly HostName[] }
  /** The platform checks neither the chain nor the name of these hosts. */
  | { readonly kind: 'validation-replaced'; readonly hosts: readonly HostName[] }
  /** The chain ends at a private root, which the output does not make these platforms trust. */
  | {
      readonly kind: 'private-root-not-trusted'
      readonly platforms: readonly Platform[]
      readonly hosts: readonly HostName[]
    }
  /** The output pins nothing on these platforms, although it is made for them. */
  | { readonly kind: 'not-enforced'; readonly platforms: readonly Platform[]; readonly hosts: readonly HostName[] }
  /** Hosts that an option of the Network Security Config leaves unpinned, and that this output pins. */
  | { readonly kind: 'pins-excluded-hosts'; readonly hosts: readonly HostName[] }
  /** The pins never end by themselves. */
  | { readonly kind: 'no-expiration'; readonly hosts: readonly HostName[] }

type JudgedFormat = Pick<Format, 'abilities' | 'hasOwnRules'>

/**
 * What an output cannot say of this plan, told from its abilities alone; nothing of an output that rules of its own
 * speak for. Whether pins are wanted to end, and which hosts are not to be pinned, is told by what is set for Android.
 *
 * @param rows whose chains are looked at
 */
export function shortfallsOf(
  { abilities, hasOwnRules }: JudgedFormat,
  plan: PinPlan,
  settings: OutputSettings,
  rows: readonly PlanRow[],
): readonly Shortfall[] {
  if (hasOwnRules) return []
  const forAndroid = networkSecurityConfig.valuesOf(settings['android-network-security-config'] ?? {})
  const question: Question = { abilities, plan, policies: plan.policies, rows, ...forAndroid }
  return FINDERS.flatMap((find) => find(question)).filter(({ hosts }) => hosts.length > 0)
}

interface Question {
  readonly abilities: FormatAbilities
  readonly plan: PinPlan
  readonly policies: readonly HostPolicy[]
  readonly rows: readonly PlanRow[]
  /** As set for Android. */
  readonly expiration: ExpirationChoice
  readonly unpinned: readonly NamedHost[]
}

/** Nothing or something about some hosts, who may be none. */
type Finder = (question: Question) => readonly Shortfall[]

function hostsWhere({ policies }: Question, isMeant: (policy: HostPolicy) => boolean): readonly HostName[] {
  return policies.filter((policy) => isMeant(policy)).map(({ host }) => host)
}

const hostsOf = (question: Question) => hostsWhere(question, () => true)

const aboutHosts: Finder = (question) => {
  const { subdomainDepth, overlap, refusesHost, scope } = question.abilities
  return [
    ...(subdomainDepth === 'all'
      ? []
      : [
          {
            kind: 'subdomains' as const,
            depth: subdomainDepth,
            hosts: hostsWhere(question, ({ includeSubdomains }) => includeSubdomains),
          },
        ]),
    ...(overlap === 'nearest-name'
      ? [
          {
            kind: 'own-pins-reach-below' as const,
            hosts: hostsWhere(question, (policy) => standsInTheWay(policy, question.policies)),
          },
        ]
      : []),
    ...(refusesHost
      ? [
          {
            kind: 'refused-hosts' as const,
            hosts: hostsWhere(question, ({ host, includeSubdomains }) => refusesHost(host, includeSubdomains)),
          },
        ]
      : []),
    ...(scope === 'all-hosts' && question.policies.length > 1
      ? [{ kind: 'shared-by-all-hosts' as const, hosts: hostsOf(question) }]
      : []),
  ]
}

const aboutKeys: Finder = (question) => {
  const { minimumPins, keys, walk } = question.abilities
  return [
    {
      kind: 'too-few-pins',
      minimum: minimumPins,
      hosts: hostsWhere(question, ({ pins }) => distinctPins(pins).length < minimumPins),
    },
    ...(keys === 'rebuilt'
      ? [
          {
            kind: 'keys-that-never-match' as const,
            hosts: hostsWhere(question, ({ pins }) => !pins.every(isRebuilt) && pins.some(isRebuilt)),
          },
          {
            kind: 'no-key-that-matches' as const,
            hosts: hostsWhere(question, ({ pins }) => !pins.some(isRebuilt)),
          },
        ]
      : []),
    ...(walk === 'root-first'
      ? [
          {
            kind: 'stops-before-pinned-key' as const,
            hosts: hostsWhere(question, (policy) =>
              chainsOf(policy, question.rows).some((chain) => isStopped(chain, policy)),
            ),
          },
        ]
      : []),
  ]
}

const aboutRoles: Finder = (question) => {
  const { lists } = question.abilities
  return [
    ...(lists === 'leaf'
      ? [
          { kind: 'no-leaf-pin' as const, hosts: hostsWhere(question, (policy) => !hasRole(policy, 'leaf')) },
          {
            kind: 'ca-pins-left-out' as const,
            hosts: hostsWhere(question, (policy) => hasRole(policy, 'leaf') && hasRole(policy, 'ca')),
          },
        ]
      : []),
    ...(lists === 'leaf' || lists === 'leaf-or-ca'
      ? [
          {
            kind: 'unknown-pins-left-out' as const,
            hosts: hostsWhere(question, (policy) => hasRole(policy, 'unknown')),
          },
        ]
      : []),
  ]
}

const aboutCertificates: Finder = (question) => {
  const { needs, lists } = question.abilities
  if (needs !== 'certificates') return []
  // What enforces nothing leaves nobody out.
  const isEnforced = lists !== 'none'
  return [
    {
      kind: 'no-certificate',
      hosts: hostsWhere(
        question,
        (policy) => policy.pins.some(isWithoutCertificate) && !(isEnforced && isLeftOut(policy)),
      ),
    },
    { kind: 'without-any-certificate', hosts: isEnforced ? hostsWhere(question, isLeftOut) : [] },
  ]
}

function isLeftOut({ pins }: HostPolicy): boolean {
  return pins.every(isWithoutCertificate)
}

const aboutTrust: Finder = (question) => {
  const { lists, replacesValidation, trustsPinned = [] } = question.abilities
  const platforms = PLATFORMS.filter((platform) => !trustsPinned.includes(platform))
  return [
    // A host whose pins it leaves out keeps the platform's checks.
    ...(replacesValidation
      ? [
          {
            kind: 'validation-replaced' as const,
            hosts: hostsWhere(question, (policy) => lists !== 'leaf' || hasRole(policy, 'leaf')),
          },
        ]
      : []),
    ...(lists === 'none' || replacesValidation || platforms.length === 0
      ? []
      : [
          {
            kind: 'private-root-not-trusted' as const,
            platforms,
            hosts: hostsWhere(question, ({ anchors }) => anchors.own.length > 0),
          },
        ]),
  ]
}

const aboutPlatforms: Finder = (question) => {
  const { enforcedOn = PLATFORMS } = question.abilities
  const platforms = PLATFORMS.filter((platform) => !enforcedOn.includes(platform))
  return platforms.length === 0 ? [] : [{ kind: 'not-enforced', platforms, hosts: hostsOf(question) }]
}

/** What is set for Android and cannot be said here. */
const aboutSettings: Finder = (question) => {
  const { abilities, plan, policies, expiration, unpinned } = question
  if (abilities.lists === 'none') return []
  return [
    ...(abilities.expiry === 'none' && expiration.kind !== 'none'
      ? [{ kind: 'no-expiration' as const, hosts: hostsOf(question) }]
      : []),
    {
      kind: 'pins-excluded-hosts',
      hosts: unpinnedHosts(plan, unpinned).flatMap(({ host }) =>
        policies.some((policy) => reaches(abilities, policy, host)) ? [host] : [],
      ),
    },
  ]
}

const FINDERS: readonly Finder[] = [
  aboutPlatforms,
  aboutHosts,
  aboutKeys,
  aboutRoles,
  aboutCertificates,
  aboutTrust,
  aboutSettings,
]

function hasRole({ pins }: HostPolicy, role: PinRole): boolean {
  return pins.some((pin) => pin.role === role)
}

/** Whether its sub-domains are its parent's to speak for, and it has pins that the parent has not. */
function standsInTheWay({ host, includeSubdomains, pins }: HostPolicy, policies: readonly HostPolicy[]): boolean {
  const [parent] = includeSubdomains ? [] : parentPolicies(host, policies)
  return parent !== undefined && pins.some(({ pin }) => !parent.pins.some((held) => held.pin === pin))
}

function chainsOf({ rowIds }: HostPolicy, rows: readonly PlanRow[]): readonly Chain[] {
  return rows.filter(({ rowId }) => rowIds.includes(rowId)).flatMap(({ chains }) => chains)
}

/** Whether a key that no header is known for stands above the topmost pinned one. */
function isStopped({ links }: Chain, { pins }: HostPolicy): boolean {
  const isPinned = ({ certificate }: Chain['links'][number]) => pins.some(({ pin }) => pin === certificate.pin)
  const topmost = links.findLastIndex((link) => isPinned(link) && isKeyRebuilt(link.certificate))
  return topmost >= 0 && links.slice(topmost + 1).some(({ certificate }) => !hasHeader(certificate.publicKey))
}
