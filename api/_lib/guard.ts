import { lookup } from 'node:dns/promises'
import { isIP, isIPv6 } from 'node:net'
import { DEFAULT_PORT, MOST_ADDRESSES } from '../../src/live-chain/contract.js'
import type { LiveChainFailure, LiveChainFailureKind } from '../../src/live-chain/contract.js'
import { isAddress, mayConnect, plainAddress } from './address-rules.js'
import type { PrivateNetworks } from './address-rules.js'
import { failed, ok } from './result.js'
import type { Result } from './result.js'

/** What a caller wants to see; its host is clean, but nothing is known yet about where it leads. */
export interface Target {
  readonly host: string
  readonly port: number
}

/** An address that has passed the guard. Connections are made to no other. */
export type CheckedAddress = string & { readonly __brand: 'CheckedAddress' }

/** Looks a name up; rejects with the error code of `dns.lookup`. */
export type Resolver = (host: string) => Promise<readonly { readonly address: string }[]>

/** The resolver of the machine, for A and AAAA. */
export const lookUpBoth: Resolver = (host) => lookup(host, { all: true })

// What a URL parser would cut off, decode or drop without a word: a caller who writes it does not mean a host name.
const NOT_IN_A_HOST_NAME = /[\s\p{Cc}/\\?#@:%[\]]/u
const LABEL = /^(?=.*[a-z0-9])[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/
const LONGEST_HOST_NAME = 253

/** Reads `host` and `port` of a query. Anything written twice is refused, since two readers may pick two values. */
export function parseTarget(query: URLSearchParams, allowedPorts: readonly number[]): Result<Target, LiveChainFailure> {
  const [typedHost = '', ...otherHosts] = query.getAll('host')
  const host = otherHosts.length === 0 ? cleanHostName(typedHost) : null
  if (host === null) return failed({ kind: 'bad-host' })

  const [typedPort = String(DEFAULT_PORT), ...otherPorts] = query.getAll('port')
  const port = allowedPorts.find((allowed) => String(allowed) === typedPort)
  if (port === undefined || otherPorts.length > 0) return failed({ kind: 'port-not-allowed', allowedPorts })

  return ok({ host, port })
}

/**
 * The host name in the form DNS and SNI know, or null. `URL` is the parser on purpose: it turns every spelling of an
 * IPv4 address (octal, hexadecimal, one number, full-width) into the dotted one, which is then refused: without a
 * name there is nothing to send as SNI.
 */
export function cleanHostName(typed: string): string | null {
  if (NOT_IN_A_HOST_NAME.test(typed) || !URL.canParse(`https://${typed}`)) return null
  const host = new URL(`https://${typed}`).hostname.replace(/\.$/, '')
  if (isIP(host) !== 0 || host.length > LONGEST_HOST_NAME) return null
  return host.split('.').every((label) => LABEL.test(label)) ? host : null
}

/** The failures that a look-up can have. */
export interface LookUpFailure extends LiveChainFailure {
  readonly kind: Extract<
    LiveChainFailureKind,
    'no-such-host' | 'unreachable' | 'private-address' | 'timed-out' | 'busy'
  >
}

export interface FoundAddresses {
  readonly addresses: readonly CheckedAddress[]
  /** How many more the name has. */
  readonly leftOut: number
}

export interface AddressFinderOptions {
  readonly resolve: Resolver
  readonly networks: PrivateNetworks
  readonly mostAtOnce: number
}

export type AddressFinder = (host: string, signal: AbortSignal) => Promise<Result<FoundAddresses, LookUpFailure>>

const RETRY_AFTER_SECONDS = 2

/**
 * Looks a host up, once, and checks every address it has. The caller must connect to these addresses and not to the
 * name: a second look-up could answer otherwise. Never rejects.
 */
export function createAddressFinder({ resolve, networks, mostAtOnce }: AddressFinderOptions): AddressFinder {
  let underWay = 0

  const check = async (host: string): Promise<Result<FoundAddresses, LookUpFailure>> => {
    let found: readonly { readonly address: string }[]
    underWay += 1
    try {
      found = await resolve(host)
    } catch (cause) {
      const noSuchHost = ['ENOTFOUND', 'ENODATA'].includes((cause as NodeJS.ErrnoException).code ?? '')
      return failed({ kind: noSuchHost ? 'no-such-host' : 'unreachable' })
    } finally {
      underWay -= 1
    }
    if (found.length === 0) return failed({ kind: 'no-such-host' })

    // One special address among public ones is what an attack looks like; leaving out only that one would hide it.
    const addresses = found.map(({ address }) => address)
    if (!addresses.every((address) => isAddress(address) && mayConnect(host, address, networks))) {
      return failed({ kind: 'private-address' })
    }
    const distinct = [...new Set(addresses.map((address) => plainAddress(address) as CheckedAddress))]
    const chosen = chooseFromBothFamilies(distinct)
    return ok({ addresses: chosen, leftOut: distinct.length - chosen.length })
  }

  return (host, signal) => {
    // A look-up cannot be cancelled and keeps one of Node's few look-up threads: it counts until it has ended, which
    // may be long after its request.
    if (underWay >= mostAtOnce) {
      return Promise.resolve(failed({ kind: 'busy', retryAfterSeconds: RETRY_AFTER_SECONDS }))
    }
    return new Promise((settle) => {
      const conclude = (found: Result<FoundAddresses, LookUpFailure>) => {
        signal.removeEventListener('abort', giveUp)
        settle(found)
      }
      const giveUp = () => conclude(failed({ kind: 'timed-out' }))
      signal.addEventListener('abort', giveUp)
      if (signal.aborted) giveUp()
      void check(host).then(conclude)
    })
  }
}

/** A machine without IPv6 must not be left with AAAA records alone, nor the other way round. */
function chooseFromBothFamilies(addresses: readonly CheckedAddress[]): readonly CheckedAddress[] {
  const sixes = addresses.filter((address) => isIPv6(address))
  const fours = addresses.filter((address) => !isIPv6(address))
  const half = MOST_ADDRESSES / 2
  const chosen = new Set([
    ...sixes.slice(0, Math.max(half, MOST_ADDRESSES - fours.length)),
    ...fours.slice(0, Math.max(half, MOST_ADDRESSES - sixes.length)),
  ])
  return addresses.filter((address) => chosen.has(address))
}
