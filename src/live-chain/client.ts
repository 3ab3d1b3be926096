import { failed, ok, type Result } from '../core/result.ts'
import { askEndpoint, noAnswer, otherAnswer } from './ask-endpoint.ts'
import type { EndpointFailure, EndpointOptions } from './ask-endpoint.ts'
import { LIVE_CHAIN_PATH, LIVE_CHAIN_PROBLEMS, MOST_ADDRESSES } from './contract.ts'
import type {
  AddressReport,
  DeclinedOffer,
  Handshake,
  KeyType,
  LiveChainFailure,
  LiveChainReply,
  Offer,
  OfferFailure,
} from './contract.ts'
import { isCount, isKindOf, isRecord, readDerList, readFacts, readList } from './wire.ts'

/** What a host presented. */
export interface LiveChain extends Omit<LiveChainReply, 'chains'> {
  /** Distinct chains, each in DER as sent and in that order. The handshakes of `addresses` refer to them. */
  readonly chains: readonly (readonly Uint8Array[])[]
}

export type LiveChainClientFailure = LiveChainFailure | EndpointFailure

/** The page's way to `GET /api/chain`. The function it returns never rejects. */
export function createLiveChainClient(options: EndpointOptions) {
  return async function fetchLiveChain(
    host: string,
    port: number,
    signal: AbortSignal,
  ): Promise<Result<LiveChain, LiveChainClientFailure>> {
    const answer = await askEndpoint(LIVE_CHAIN_PATH, { host, port: String(port) }, signal, options)
    if (answer === null) return failed(noAnswer(signal))
    const live = answer.status === 200 ? readLiveChain(answer.body) : null
    // Of two hosts that are mixed up on the way, one would be pinned to the other's keys.
    if (live !== null) return live.host === host && live.port === port ? ok(live) : failed({ kind: 'bad-reply' })
    const failure = answer.status === 200 ? null : readFailure(answer.body)
    return failed(failure ?? otherAnswer(answer))
  }
}

function readLiveChain(body: unknown): LiveChain | null {
  if (!isRecord(body)) return null
  const { host, port, addressesLeftOut, ageSeconds } = body
  const addresses = readList(body.addresses, readAddress)
  const chains = readList(body.chains, (chain) => (isRecord(chain) ? readDerList(chain.certificates) : null))
  if (typeof host !== 'string' || !isCount(port) || addresses === null || chains === null) return null
  if (addressesLeftOut !== undefined && !isCount(addressesLeftOut)) return null
  if (ageSeconds !== undefined && !isCount(ageSeconds)) return null

  // Every handshake has its chain, and no chain comes from nowhere.
  const shown = new Set(addresses.flatMap(({ handshakes }) => handshakes.map(({ chain }) => chain)))
  const areChainsShown = shown.size === chains.length && [...shown].every((chain) => chain < chains.length)
  if (chains.length === 0 || !areChainsShown || addresses.length > MOST_ADDRESSES) return null
  return {
    host,
    port,
    addresses,
    ...(addressesLeftOut === undefined ? {} : { addressesLeftOut }),
    chains,
    ...(ageSeconds === undefined ? {} : { ageSeconds }),
  }
}

// With a zone where an operator allows link-local addresses.
const ADDRESS = /^[0-9a-f:.]{2,45}(?:%[\w.-]{1,32})?$/
const TLS_VERSION = /^TLSv1(?:\.[123])?$/
// Names of protocols and alerts come from a stranger's server and end up on the page.
const SHORT_TEXT = /^[\x20-\x7E]{1,255}$/

const KEY_TYPES: Readonly<Record<KeyType, true>> = { ecdsa: true, rsa: true }
const OFFERS: Readonly<Record<Offer, true>> = { any: true, ...KEY_TYPES }

function isText(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value)
}

function readAddress(value: unknown): AddressReport | null {
  if (!isRecord(value) || !isText(value.address, ADDRESS)) return null
  const handshakes = readList(value.handshakes, readHandshake)
  const declined = readList(value.declined, readDeclined)
  const failures = readList(value.failures, readOfferFailure)
  if (handshakes === null || declined === null || failures === null) return null

  const outcomes = [
    ...handshakes.flatMap(({ offers }) => offers),
    ...[...declined, ...failures].map(({ offer }) => offer),
  ]
  const isEachOnce = new Set(outcomes).size === outcomes.length
  return isEachOnce ? { address: value.address, handshakes, declined, failures } : null
}

function readHandshake(value: unknown): Handshake | null {
  if (!isRecord(value)) return null
  const { chain, tlsVersion, alpn, clientCertificateRequested, milliseconds } = value
  const offers = readList(value.offers, (offer) => (isKindOf(OFFERS, offer) ? offer : null))
  if (offers === null || offers.length === 0 || !isCount(chain) || !isText(tlsVersion, TLS_VERSION)) return null
  if (alpn !== null && !isText(alpn, SHORT_TEXT)) return null
  if (typeof clientCertificateRequested !== 'boolean' || !isCount(milliseconds)) return null
  return { offers, chain, tlsVersion, alpn, clientCertificateRequested, milliseconds }
}

function readDeclined(value: unknown): DeclinedOffer | null {
  if (!isRecord(value) || !isKindOf(KEY_TYPES, value.offer)) return null
  const { offer, alert } = value
  if (alert === undefined) return { offer }
  return isText(alert, SHORT_TEXT) ? { offer, alert } : null
}

function readOfferFailure(value: unknown): OfferFailure | null {
  const failure = readFailure(value)
  if (failure === null || !isRecord(value) || !isKindOf(OFFERS, value.offer)) return null
  return { ...failure, offer: value.offer }
}

/** Only the facts of the failure; a problem document says more. */
function readFailure(value: unknown): LiveChainFailure | null {
  if (!isRecord(value) || !isKindOf(LIVE_CHAIN_PROBLEMS, value.kind)) return null
  const { kind, alert } = value
  const facts = readFacts(value)
  if (facts === null) return null
  if (alert === undefined) return { kind, ...facts }
  return isText(alert, SHORT_TEXT) ? { kind, alert, ...facts } : null
}
