import type { Chain } from '../chain/chain.ts'
import type { HostName } from '../pins/host-rule.ts'
import {
  distinctPins,
  isWithoutCertificate,
  parentPolicies,
  type HostPolicy,
  type PinPlan,
  type PlannedPin,
  type PlanRow,
} from '../pins/plan-pins.ts'
import { networkSecurityConfig } from './android/network-security-config.ts'
import type { Format } from './format.ts'
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
  /** What is pinned for one of these hosts holds for all of them. */
  | { readonly kind: 'shared-by-all-hosts'; readonly hosts: readonly HostName[] }
  /** The platform checks neither the chain nor the name of these hosts. */
  | { readonly kind: 'validation-replaced'; readonly hosts: readonly HostName[] }
  /** The chain ends at a private root, which the output does not make anything trust. */
  | { readonly kind: 'private-root-not-trusted'; readonly hosts: readonly HostName[] }
  /** The pins never end by themselves. */
  | { readonly kind: 'no-expiration'; readonly hosts: readonly HostName[] }

/**
 * What an output cannot say of this plan, told from its abilities alone; nothing of an output that rules of its own
 * speak for. Whether pins are wanted to end is told by the day that is set for Android.
 *
 * @param rows whose chains are looked at
 */
export function shortfallsOf(
  { abilities, hasOwnRules }: Pick<Format, 'abilities' | 'hasOwnRules'>,
  { policies }: PinPlan,
  settings: OutputSettings,
  rows: readonly PlanRow[] = [],
): readonly Shortfall[] {
  if (hasOwnRules) return []
  const {
    subdomainDepth,
    overlap,
    lists,
    minimumPins,
    expiry,
    keys,
    walk,
    refusesHost,
    needs,
    scope,
    replacesValidation,
  } = abilities
  const { expiration } = networkSecurityConfig.valuesOf(settings['android-network-security-config'] ?? {})
  const hostsWhere = (isMeant: (policy: HostPolicy) => boolean) =>
    policies.filter((policy) => isMeant(policy)).map(({ host }) => host)
  const hostsWith = (isMeant: (pin: PlannedPin) => boolean) => hostsWhere(({ pins }) => pins.some(isMeant))
  const found: readonly Shortfall[] = [
    ...(subdomainDepth === 'all'
      ? []
      : [
          {
            kind: 'subdomains' as const,
            depth: subdomainDepth,
            hosts: hostsWhere(({ includeSubdomains }) => includeSubdomains),
          },
        ]),
    ...(overlap === 'nearest-name'
      ? [{ kind: 'own-pins-reach-below' as const, hosts: hostsWhere((policy) => standsInTheWay(policy, policies)) }]
      : []),
    {
      kind: 'too-few-pins',
      minimum: minimumPins,
      hosts: hostsWhere(({ pins }) => distinctPins(pins).length < minimumPins),
    },
    ...(refusesHost
      ? [
          {
            kind: 'refused-hosts' as const,
            hosts: hostsWhere(({ host, includeSubdomains }) => refusesHost(host, includeSubdomains)),
          },
        ]
      : []),
    ...(keys === 'rebuilt'
      ? [
          {
            kind: 'keys-that-never-match' as const,
            hosts: hostsWhere(({ pins }) => !pins.every(isRebuilt) && pins.some(isRebuilt)),
          },
          { kind: 'no-key-that-matches' as const, hosts: hostsWhere(({ pins }) => !pins.some(isRebuilt)) },
        ]
      : []),
    ...(walk === 'root-first'
      ? [
          {
            kind: 'stops-before-pinned-key' as const,
            hosts: hostsWhere((policy) => chainsOf(policy, rows).some((chain) => isStopped(chain, policy))),
          },
        ]
      : []),
    ...(lists === 'leaf'
      ? [
          { kind: 'no-leaf-pin' as const, hosts: hostsWhere((policy) => !hasRole(policy, 'leaf')) },
          {
            kind: 'ca-pins-left-out' as const,
            hosts: hostsWhere((policy) => hasRole(policy, 'leaf') && hasRole(policy, 'ca')),
          },
        ]
      : []),
    ...(lists === 'leaf' || lists === 'leaf-or-ca'
      ? [{ kind: 'unknown-pins-left-out' as const, hosts: hostsWith(({ role }) => role === 'unknown') }]
      : []),
    ...(needs === 'certificates' ? [{ kind: 'no-certificate' as const, hosts: hostsWith(isWithoutCertificate) }] : []),
    ...(scope === 'all-hosts' && policies.length > 1
      ? [{ kind: 'shared-by-all-hosts' as const, hosts: policies.map(({ host }) => host) }]
      : []),
    ...(replacesValidation ? [{ kind: 'validation-replaced' as const, hosts: policies.map(({ host }) => host) }] : []),
    ...(lists === 'none' || lists === 'certificates' || replacesValidation
      ? []
      : [{ kind: 'private-root-not-trusted' as const, hosts: hostsWhere(({ anchors }) => anchors.own.length > 0) }]),
    ...(expiry === 'none' && lists !== 'none' && expiration.kind !== 'none'
      ? [{ kind: 'no-expiration' as const, hosts: policies.map(({ host }) => host) }]
      : []),
  ]
  return found.filter(({ hosts }) => hosts.length > 0)
}

function hasRole({ pins }: HostPolicy, role: 'leaf' | 'ca'): boolean {
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
