import type { Certificate } from '../certificate/certificate.ts'
import type { Chain } from '../chain/chain.ts'
import type { PlannedPin } from '../pins/plan-pins.ts'
import type { SpkiPin } from '../pins/spki-pin.ts'
import type { FamilyRoot } from '../trust/ca-families.ts'

/** One key of a chain that the server may present one day. */
export type FutureKey = { readonly pin: SpkiPin } & (
  | { readonly kind: 'kept'; readonly certificate: Certificate }
  /** Pinned, and not in service today. */
  | { readonly kind: 'reserve'; readonly planned: PlannedPin }
  | { readonly kind: 'family-root'; readonly root: FamilyRoot }
  /** Of which nothing is known today. */
  | { readonly kind: 'new' }
)

/** Its pin is no digest, so that it equals none. */
export const NEW_KEY: FutureKey = { kind: 'new', pin: '' as SpkiPin }

/** A chain of today with some of its keys exchanged. */
export interface FutureChain {
  /** Which chain, with all the ways that devices may build it. */
  readonly of: Chain
  /** Null keeps it. */
  readonly leaf: FutureKey | null
  /** The certificate that issues the leaf, in the place of today's or in front of a root alone; null keeps it. */
  readonly issuer: FutureKey | null
  /** All CAs, in the place of today's; null keeps them. */
  readonly authorities: readonly FutureKey[] | null
  /** Whether those CAs are another operator's than today's. */
  readonly isOtherCa: boolean
  /** Stands above a chain whose upper end nobody gave; null where it is known. */
  readonly beyond: FutureKey | null
  /** The key that somebody else than the server's owner decides on; null where there is nothing to decide. */
  readonly picked: FutureKey | null
}

/** As the server presents it today, every key kept. */
export function unchanged(of: Chain): FutureChain {
  return { of, leaf: null, issuer: null, authorities: null, isOtherCa: false, beyond: null, picked: null }
}

/** The same with other keys. */
export function exchanged(future: FutureChain, keys: Partial<FutureChain>): FutureChain {
  return { ...future, ...keys }
}

interface Linked {
  readonly links: readonly { readonly certificate: Certificate }[]
}

/** The keys of the chain as a device builds it that would build this path today; leaf first. */
export function keysOnPath(
  { leaf, issuer, authorities, beyond }: FutureChain,
  { links }: Linked,
): readonly FutureKey[] {
  const [first, ...above] = links.map(({ certificate }) => keptKey(certificate))
  const rest = beyond ? [...above, beyond] : above
  const kept = issuer ? [issuer, ...(rest.length > 1 ? rest.slice(1) : rest)] : rest
  return [leaf ?? first ?? NEW_KEY, ...(authorities ?? kept)]
}

function keptKey(certificate: Certificate): FutureKey {
  return { kind: 'kept', certificate, pin: certificate.pin }
}
