import type { CertificateFingerprint } from '../../core/certificate/certificate.ts'
import type { SpkiPin } from '../../core/pins/spki-pin.ts'
import { counted } from '../../core/wording/wording.ts'
import type { Offer } from '../../live-chain/contract.ts'
import { sourceFailureText } from '../failure-text.ts'
import type { ServedChains } from '../row.ts'

/** One line of the table: what an address presented to a client that offered these keys, or why it presented nothing. */
export interface ServedLine {
  readonly address: string
  readonly offers: string
  readonly outcome:
    | {
        readonly leaf: CertificateFingerprint | null
        readonly pin: SpkiPin | null
        readonly isReferenceKey: boolean
        readonly certificates: string
        readonly connection: string
      }
    | string
}

/** What a host presented, in words. */
export interface ServedText {
  /** In the order of the addresses. */
  readonly lines: readonly ServedLine[]
  readonly summary: string
  /** Every address presents one and the same chain to every client. */
  readonly isUniform: boolean
  readonly hasSeveralKeys: boolean
}

const OFFER_NAMES: Readonly<Record<Offer, string>> = { any: 'any key', ecdsa: 'ECDSA alone', rsa: 'RSA alone' }

/** @param pins of the certificates, by fingerprint; what is no certificate has none */
export function servedText(served: ServedChains, pins: ReadonlyMap<CertificateFingerprint, SpkiPin>): ServedText {
  const leafOf = (chain: number) => served.lists[chain]?.[0] ?? null
  const keyOf = (chain: number) => {
    const leaf = leafOf(chain)
    return leaf === null ? null : (pins.get(leaf) ?? null)
  }
  const handshakes = served.addresses.flatMap(({ address, handshakes: own }) =>
    own.map((handshake) => ({ address, ...handshake, key: keyOf(handshake.chain) })),
  )
  const toPhones = handshakes.filter(({ offers }) => offers.includes('any'))
  const reference = mostCommon(toPhones.map(({ key }) => key))
  const lines = served.addresses.flatMap(({ address, handshakes: own, declined, failures }) => [
    ...own.map(({ offers, chain, tlsVersion, alpn, clientCertificateRequested, milliseconds }) => ({
      address,
      offers: offers.map((offer) => OFFER_NAMES[offer]).join(', '),
      outcome: {
        leaf: leafOf(chain),
        pin: keyOf(chain),
        isReferenceKey: keyOf(chain) === reference,
        certificates: counted(served.lists[chain]?.length ?? 0, 'certificate'),
        connection: [
          tlsName(tlsVersion),
          alpn ?? 'no ALPN',
          `handshake in ${milliseconds} ms`,
          ...(clientCertificateRequested ? ['asks for a client certificate'] : []),
        ].join(', '),
      },
    })),
    ...declined.map(({ offer, alert }) => ({
      address,
      offers: OFFER_NAMES[offer],
      outcome: `Declined, so it has no such key${alert === undefined ? '' : ` (${alert})`}.`,
    })),
    ...failures.map((failure) => ({
      address,
      offers: OFFER_NAMES[failure.offer],
      outcome: `Failed: ${sourceFailureText(failure).what}`,
    })),
  ])

  const others = toPhones.filter(({ key }) => key !== reference).length
  const failing = served.addresses.filter(({ failures }) => failures.length > 0).length
  const keys = new Set(handshakes.map(({ key }) => key)).size
  return {
    lines,
    summary: [
      differenceText(toPhones.length, others, keys, served.lists.length),
      ...(failing > 0 ? [`${counted(failing, 'address', 'addresses')} failed`] : []),
      // Not how long ago: the page may be looked at days later.
      ...(served.ageSeconds === undefined ? [] : [`fetched ${served.ageSeconds} s before you asked`]),
    ].join('; '),
    isUniform: served.lists.length === 1 && failing === 0,
    hasSeveralKeys: keys > 1,
  }
}

function differenceText(addresses: number, others: number, keys: number, lists: number): string {
  const all = addresses === 1 ? '1 address presents' : `all ${addresses} addresses present`
  if (others > 0) return `${others} of ${addresses} addresses ${others === 1 ? 'presents' : 'present'} another key`
  if (keys > 1) return `${all} another key to clients that verify one type alone`
  if (lists > 1) return `${all} one key, in ${lists} different chains`
  return addresses === 1 ? '1 address, one chain' : `${all} the same chain`
}

function mostCommon<T>(items: readonly T[]): T | undefined {
  const count = (item: T) => items.filter((other) => other === item).length
  return items.toSorted((one, other) => count(other) - count(one))[0]
}

/** As people write it: `TLS 1.3` for `TLSv1.3`. */
function tlsName(version: string): string {
  return version === 'TLSv1' ? 'TLS 1.0' : version.replace('TLSv', 'TLS ')
}
