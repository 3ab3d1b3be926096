import {
  ISSUER_PROBLEMS,
  LIVE_CHAIN_PROBLEMS,
  MOST_ADDRESSES,
  MOST_CERTIFICATES,
} from '../../src/live-chain/contract.js'
import type { IssuerFailure, IssuerReply, LiveChainFailure, LiveChainReply } from '../../src/live-chain/contract.js'
import type { Result } from './result.js'

type Check = (value: unknown) => boolean

const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0
const isBoolean: Check = (value) => typeof value === 'boolean'
const isString: Check = (value) => typeof value === 'string'
const isDer: Check = (value) =>
  typeof value === 'string' && value !== '' && Buffer.from(value, 'base64').toString('base64') === value

const isText =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value)

const isOneOf =
  (names: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && names.includes(value)

const isList =
  (isItem: Check, least: number, most: number): Check =>
  (value) =>
    Array.isArray(value) && value.length >= least && value.length <= most && value.every(isItem)

type Properties = Readonly<Record<string, Check>>

/** An object with all of the first properties, and of others only the second: what knows more is of another version. */
const isObject =
  (required: Properties, optional: Properties = {}): Check =>
  (value) => {
    if (typeof value !== 'object' || value === null) return false
    const checks = new Map(Object.entries({ ...optional, ...required }))
    return (
      Object.keys(required).every((name) => Object.hasOwn(value, name)) &&
      Object.entries(value).every(([name, property]) => checks.get(name)?.(property) === true)
    )
  }

const isShortText = isText(/^[\x20-\x7E]{1,255}$/)
const isKeyType = isOneOf(['ecdsa', 'rsa'])
const isOffer = isOneOf(['any', 'ecdsa', 'rsa'])
const MOST_OFFERS = 3
const isDerList = isList(isDer, 1, MOST_CERTIFICATES)

const CHAIN_FAILURE: Properties = { kind: isOneOf(Object.keys(LIVE_CHAIN_PROBLEMS)) }
const CHAIN_FAILURE_FACTS: Properties = { alert: isShortText, retryAfterSeconds: isCount }
const isChainFailure = isObject(CHAIN_FAILURE, CHAIN_FAILURE_FACTS)

const isHandshake = isObject({
  offers: isList(isOffer, 1, MOST_OFFERS),
  chain: isCount,
  tlsVersion: isText(/^TLSv1(?:\.[123])?$/),
  alpn: (value) => value === null || isShortText(value),
  clientCertificateRequested: isBoolean,
  milliseconds: isCount,
})
const isAddressReport = isObject({
  address: isText(/^[0-9a-f:.]{2,45}(?:%[\w.-]{1,32})?$/),
  handshakes: isList(isHandshake, 0, MOST_OFFERS),
  declined: isList(isObject({ offer: isKeyType }, { alert: isShortText }), 0, MOST_OFFERS),
  failures: isList(isObject({ ...CHAIN_FAILURE, offer: isOffer }, CHAIN_FAILURE_FACTS), 0, MOST_OFFERS),
})
const isChainReply = isObject(
  {
    host: isString,
    port: isCount,
    addresses: isList(isAddressReport, 1, MOST_ADDRESSES),
    chains: isList(isObject({ certificates: isDerList }), 1, MOST_ADDRESSES * MOST_OFFERS),
  },
  { addressesLeftOut: isCount },
)
const isIssuerReply = isObject({ certificates: isDerList })
const isIssuerFailure = isObject({ kind: isOneOf(Object.keys(ISSUER_PROBLEMS)) }, { retryAfterSeconds: isCount })

function isResult(value: unknown, isValue: Check, isFailure: Check): boolean {
  const isSuccess = isObject({ ok: (ok) => ok === true, value: isValue })
  const isRefusal = isObject({ ok: (ok) => ok === false, failure: isFailure })
  return isSuccess(value) || isRefusal(value)
}

/**
 * Whether a value that others may have written is what fetching the chains of this host and port can have come to: of
 * the contract's shape to the last property, so that the page takes it.
 */
export function isChainOutcome(value: unknown, hostAndPort: string): value is Result<LiveChainReply, LiveChainFailure> {
  if (!isResult(value, isChainReply, isChainFailure)) return false
  const outcome = value as Result<LiveChainReply, LiveChainFailure>
  if (!outcome.ok) return true
  const { host, port, addresses, chains } = outcome.value
  const shown = new Set(addresses.flatMap(({ handshakes }) => handshakes.map(({ chain }) => chain)))
  return (
    `${host}:${port}` === hostAndPort &&
    shown.size === chains.length &&
    [...shown].every((chain) => chain < chains.length) &&
    addresses.every(({ handshakes, declined, failures }) => {
      const outcomes = [
        ...handshakes.flatMap(({ offers }) => offers),
        ...[...declined, ...failures].map((one) => one.offer),
      ]
      return new Set(outcomes).size === outcomes.length
    })
  )
}

/** The same for a file of issuers. It does not say which address it came from, so any file of the right shape will do. */
export function isIssuerOutcome(value: unknown): value is Result<IssuerReply, IssuerFailure> {
  return isResult(value, isIssuerReply, isIssuerFailure)
}
