import ipaddr from 'ipaddr.js'
import { failed, ok } from './result.js'
import type { Result } from './result.js'

/** Everything an operator can set, read from the environment in this file only. */
export interface Configuration extends FetchConfiguration {
  /** `HOST`: the address to listen on, and a name the server answers to. Default 127.0.0.1. */
  readonly bindHost: string
  /** `PORT`: default 4173; 0 takes any free port. */
  readonly bindPort: number
  /** `PINSMITH_HOSTS`: more names the server answers to, comma separated and without port, as `pins.example.com`. */
  readonly hosts: readonly string[]
  /** `PINSMITH_ALLOW_PRIVATE=1`: dial private and special addresses too. */
  readonly allowPrivate: boolean
  /** 443, 8443 and those of `PINSMITH_PORTS` (comma separated): the ports that may be dialled. */
  readonly dialPorts: readonly number[]
  /** `PINSMITH_RATE`, `PINSMITH_BURST`: live chains that one client may ask for; null with `PINSMITH_RATE=off`. */
  readonly rate: Rate | null
  /** `REDIS_URL`: where the instances count together and leave what they fetched; null when each is for itself. */
  readonly redisUrl: string | null
  /**
   * `PINSMITH_TRUST_PROXY`: how many proxies of the operator stand before the server. Default 0: `X-Forwarded-For` is
   * whatever the caller likes to write and is not read.
   */
  readonly trustedProxies: number
}

export interface Rate {
  readonly requestsPerMinute: number
  /** More requests that one minute may have, at any time in it. */
  readonly burst: number
}

/** What the endpoints may connect to beyond public addresses, and what they tell about it. */
interface FetchConfiguration {
  /** `PINSMITH_PRIVATE_SUFFIXES`: the only names that may lead to private addresses, as `corp.example`; empty: all. */
  readonly privateSuffixes: readonly string[]
  /**
   * `PINSMITH_PRIVATE_RANGES`: the only addresses that may be dialled beside public ones, as `10.1.0.0/16`; empty: the
   * private, unique local, shared (RFC 6598) and loopback ones.
   */
  readonly privateRanges: readonly string[]
  /** 80 and those of `PINSMITH_ISSUER_PORTS` (comma separated): the ports that issuers may be fetched from. */
  readonly issuerPorts: readonly number[]
  /** `PINSMITH_LOG_HOSTS=1`: write down which hosts were asked for. */
  readonly logHosts: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

const DEFAULT_BIND_HOST = '127.0.0.1'
const DEFAULT_BIND_PORT = 4173
const ALWAYS_DIALLED_PORTS = [443, 8443]
const ISSUER_PORT = 80
const DEFAULT_RATE: Rate = { requestsPerMinute: 60, burst: 20 }
const MOST_PROXIES = 9

// A host name, or an address with or without brackets; what must not pass is a port, a path or a whole URL.
const HOST_PATTERN = /^(?:[a-z0-9_](?:[a-z0-9._-]*[a-z0-9])?|\[?[0-9a-f:]*:[0-9a-f:.]*\]?)$/i

/** @returns the configuration, or a sentence for the operator that names the variable and its value */
export function readConfiguration(environment: Environment): Result<Configuration, string> {
  const bindHost = valueOf(environment, 'HOST') ?? DEFAULT_BIND_HOST
  if (!HOST_PATTERN.test(bindHost)) return failed(`HOST must be an address or a host name, but is "${bindHost}".`)

  const bindPort = wholeNumber(valueOf(environment, 'PORT') ?? String(DEFAULT_BIND_PORT), 0)
  if (bindPort === null) {
    return failed(`PORT must be a whole number from 0 to 65535, but is "${environment.PORT ?? ''}".`)
  }

  const hosts = listOf(environment, 'PINSMITH_HOSTS')
  const badHost = hosts.find((host) => !HOST_PATTERN.test(host))
  if (badHost !== undefined) {
    return failed(`PINSMITH_HOSTS must be host names without port, separated by commas, but holds "${badHost}".`)
  }

  const allowPrivate = valueOf(environment, 'PINSMITH_ALLOW_PRIVATE') ?? '0'
  if (allowPrivate !== '0' && allowPrivate !== '1') {
    return failed(`PINSMITH_ALLOW_PRIVATE must be 1 or 0, but is "${allowPrivate}".`)
  }

  const dialPorts = new Set(ALWAYS_DIALLED_PORTS)
  for (const text of listOf(environment, 'PINSMITH_PORTS')) {
    const port = wholeNumber(text, 1)
    if (port === null) {
      return failed(`PINSMITH_PORTS must be whole numbers from 1 to 65535, separated by commas, but holds "${text}".`)
    }
    dialPorts.add(port)
  }

  const rate = readRate(environment)
  if (!rate.ok) return rate

  const redisUrl = valueOf(environment, 'REDIS_URL')
  // Such an address may hold a password, so the sentence does not repeat it.
  if (redisUrl !== null && !isRedisUrl(redisUrl)) {
    return failed(
      'REDIS_URL must be an address like redis://host:6379 or rediss://user:password@host:6379/0, where 0 is the number of a database and what is special in a password is percent-encoded.',
    )
  }

  const trustedProxies = wholeNumber(valueOf(environment, 'PINSMITH_TRUST_PROXY') ?? '0', 0)
  if (trustedProxies === null || trustedProxies > MOST_PROXIES) {
    const text = environment.PINSMITH_TRUST_PROXY ?? ''
    return failed(`PINSMITH_TRUST_PROXY must be a number of proxies from 0 to ${MOST_PROXIES}, but is "${text}".`)
  }
  const fetching = readFetchConfiguration(environment, allowPrivate === '1')
  if (!fetching.ok) return fetching

  return ok({
    bindHost,
    bindPort,
    hosts,
    allowPrivate: allowPrivate === '1',
    dialPorts: [...dialPorts],
    rate: rate.value,
    redisUrl,
    trustedProxies,
    ...fetching.value,
  })
}

function readFetchConfiguration(environment: Environment, allowPrivate: boolean): Result<FetchConfiguration, string> {
  for (const name of ['PINSMITH_PRIVATE_SUFFIXES', 'PINSMITH_PRIVATE_RANGES']) {
    if (allowPrivate || valueOf(environment, name) === null) continue
    return failed(`${name} needs PINSMITH_ALLOW_PRIVATE=1, but is "${environment[name] ?? ''}" without it.`)
  }

  const privateSuffixes = listOf(environment, 'PINSMITH_PRIVATE_SUFFIXES').map((suffix) => suffix.toLowerCase())
  const badSuffix = privateSuffixes.find((suffix) => !HOST_PATTERN.test(suffix))
  if (badSuffix !== undefined) {
    return failed(`PINSMITH_PRIVATE_SUFFIXES must be domains, separated by commas, but holds "${badSuffix}".`)
  }

  const privateRanges = listOf(environment, 'PINSMITH_PRIVATE_RANGES')
  const badRange = privateRanges.find((range) => !ipaddr.isValidCIDR(range))
  if (badRange !== undefined) {
    return failed(
      `PINSMITH_PRIVATE_RANGES must be ranges as 10.1.0.0/16, separated by commas, but holds "${badRange}".`,
    )
  }

  const issuerPorts = new Set([ISSUER_PORT])
  for (const text of listOf(environment, 'PINSMITH_ISSUER_PORTS')) {
    const port = wholeNumber(text, 1)
    if (port === null) {
      return failed(
        `PINSMITH_ISSUER_PORTS must be whole numbers from 1 to 65535, separated by commas, but holds "${text}".`,
      )
    }
    issuerPorts.add(port)
  }

  const logHosts = valueOf(environment, 'PINSMITH_LOG_HOSTS') ?? '0'
  if (logHosts !== '0' && logHosts !== '1') return failed(`PINSMITH_LOG_HOSTS must be 1 or 0, but is "${logHosts}".`)

  return ok({ privateSuffixes, privateRanges, issuerPorts: [...issuerPorts], logHosts: logHosts === '1' })
}

function readRate(environment: Environment): Result<Rate | null, string> {
  const typedRate = valueOf(environment, 'PINSMITH_RATE') ?? String(DEFAULT_RATE.requestsPerMinute)
  const requestsPerMinute = wholeNumber(typedRate, 1)
  if (typedRate !== 'off' && requestsPerMinute === null) {
    return failed(`PINSMITH_RATE must be requests a minute from 1 to 65535, or off, but is "${typedRate}".`)
  }
  const typedBurst = valueOf(environment, 'PINSMITH_BURST') ?? String(DEFAULT_RATE.burst)
  const burst = wholeNumber(typedBurst, 0)
  if (burst === null) return failed(`PINSMITH_BURST must be a whole number from 0 to 65535, but is "${typedBurst}".`)
  return ok(requestsPerMinute === null ? null : { requestsPerMinute, burst })
}

/** Whatever the client throws at is refused here, since it is made when the server runs already. */
function isRedisUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, port, pathname, hash, username, password } = new URL(text)
  if (!['redis:', 'rediss:'].includes(protocol) || hostname === '' || port === '0') return false
  // Behind a `#` stands the rest of a password, and before it a wrong host.
  return /^(?:\/\d{0,5})?$/.test(pathname) && hash === '' && [username, password].every(isPercentEncoded)
}

function isPercentEncoded(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}

/**
 * For a serverless function and the development server, where nobody waits for a sentence: a bad setting stops the
 * start.
 *
 * @throws Error with the sentence of `readConfiguration`
 */
export function requireConfiguration(environment: Environment): Configuration {
  const configuration = readConfiguration(environment)
  if (!configuration.ok) throw new Error(configuration.failure)
  return configuration.value
}

function valueOf(environment: Environment, name: string): string | null {
  const text = environment[name]?.trim() ?? ''
  return text === '' ? null : text
}

function listOf(environment: Environment, name: string): string[] {
  return (environment[name] ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

function wholeNumber(text: string, least: number): number | null {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : -1
  return number >= least && number <= 65_535 ? number : null
}
