import type { Certificate, CertificateFingerprint } from '../certificate/certificate.ts'
import type { Chain, ChainLink } from '../chain/chain.ts'
import { interceptionsOf } from '../chain/interception.ts'
import type { TrustPath } from '../chain/trust-path.ts'
import { isInStore } from '../trust/device-paths.ts'
import { NEWEST_DEVICES } from '../trust/devices.ts'
import type { PlanRow } from './plan-pins.ts'

/** A certificate that devices have to trust for a host, and that no store lists or has listed. */
export interface OwnAnchor {
  readonly certificate: Certificate
  /** `leaf`: the server certificate signed itself, there is no CA to trust in its place. */
  readonly kind: 'root' | 'leaf'
}

/** What the trust in a host's chains has to start from. */
export interface HostAnchors {
  /** Distinct; never one of a product that intercepts connections. */
  readonly own: readonly OwnAnchor[]
  /** Whether the device's own store is wanted too: a chain ends there or may end there, or a pin is one of its roots'. */
  readonly needsStore: boolean
  /** Products that seem to stand between Pinsmith and the server; distinct. */
  readonly interceptors: readonly string[]
}

/** Of a host whose chains are not known. */
export const NO_ANCHORS: HostAnchors = { own: [], needsStore: false, interceptors: [] }

/** The anchors for all chains of the rows of one host; null when these rows have no chain. */
export function anchorsOf(rows: readonly PlanRow[]): HostAnchors | null {
  const chains = rows.flatMap((row) => row.chains.map((chain) => ({ chain, isStoreKnown: row.rootStoreDate !== null })))
  if (chains.length === 0) return null
  const judged = chains.map(({ chain, isStoreKnown }) => ({
    interceptions: interceptionsOf(chain),
    anchor: ownAnchorOf(chain, isStoreKnown),
  }))
  const sound = judged.filter(({ interceptions }) => interceptions.length === 0)
  const own = new Map<CertificateFingerprint, OwnAnchor>()
  for (const { anchor } of sound) if (anchor) own.set(anchor.certificate.sha256, anchor)
  const reserve = own.size > 0 ? rows.flatMap(pinnedReserve) : []
  // A root in reserve is a backup only for apps that trust it already.
  for (const certificate of reserve.filter(({ isSelfIssued }) => isSelfIssued)) {
    own.set(certificate.sha256, { certificate, kind: 'root' })
  }
  const names = new Set([...own.values()].map(({ certificate }) => certificate.subject.text))
  return {
    own: [...own.values()],
    needsStore:
      sound.some(({ anchor }) => anchor === null) ||
      rows.some(({ choices, bundledRoots }) => choices.typedPins.some(({ pin }) => bundledRoots.has(pin))) ||
      reserve.some(({ isSelfIssued, issuer }) => !isSelfIssued && !names.has(issuer.text)),
    interceptors: [...new Set(judged.flatMap(({ interceptions }) => interceptions).map(({ product }) => product))],
  }
}

/** CA certificates of no chain that are pinned, as backup. */
function pinnedReserve({ reserve, choices }: PlanRow): Certificate[] {
  return reserve.filter(({ isCa, sha256 }) => isCa && choices.exceptions.get(sha256) === true)
}

/**
 * What a device has to be given to trust a chain; null when a store has it or had it, when nobody knows its root,
 * or whether a store has that.
 */
function ownAnchorOf({ links, end, search }: Chain, isStoreKnown: boolean): OwnAnchor | null {
  const last = links.at(-1)
  if (!isStoreKnown && end.kind !== 'self-signed-leaf') return null
  if (!last || end.kind === 'issuer-missing' || isListed(last, end) || search.paths.some(isServedToStore)) return null
  return { certificate: last.certificate, kind: end.kind === 'self-signed-leaf' ? 'leaf' : 'root' }
}

/** Now or once: who dropped a root had reasons, so no app is to bring it along; old phones have it still. */
function isListed({ stores }: ChainLink, end: Chain['end']): boolean {
  return end.kind === 'public-root' && (stores === null || Object.values(stores).some((store) => store !== null))
}

/** A path that a device finds with what the server sends, to a root that it ships with. */
function isServedToStore({ links, stores, faults }: TrustPath): boolean {
  const isSent = links.every(({ origin }) => origin !== 'bundled-cross-sign')
  return isSent && faults.length === 0 && stores !== null && NEWEST_DEVICES.some((device) => isInStore(stores, device))
}
