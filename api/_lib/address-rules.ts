import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { Configuration } from './configuration.js'

/** What an operator allows beyond public addresses. */
export type PrivateNetworks = Pick<Configuration, 'allowPrivate' | 'privateSuffixes' | 'privateRanges'>

// Deprecated (RFC 4291 §2.5.5.1), and ipaddr.js takes it for the IPv4-mapped one: `::1.2.3.4`.
const IPV4_COMPATIBLE = /^[0:]+:\d+\./

/** In the eyes of the library that connects and of the one that judges, which must mean the same by it. */
export function isAddress(text: string): boolean {
  return isIP(text) !== 0 && ipaddr.isValid(text) && !IPV4_COMPATIBLE.test(text)
}

/** The one spelling of an address under which it is compared and connected to; IPv4-mapped addresses are unwrapped. */
export function plainAddress(address: string): string {
  return ipaddr.process(address).toString()
}

/**
 * Whether the endpoint may connect to an address that a host name led to: a list of what may, so that whatever is not
 * known to be public is refused.
 */
export function mayConnect(host: string, address: string, networks: PrivateNetworks): boolean {
  const parsed = carriedAddress(ipaddr.process(address))
  if (parsed === null || isMetadataService(parsed)) return false
  return isPublic(parsed) || mayConnectPrivately(host, parsed, networks)
}

type Address = ipaddr.IPv4 | ipaddr.IPv6

const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96')
const ISATAP_INTERFACE = [0x00, 0x00, 0x5e, 0xfe]
const UNIVERSAL_BIT = 0x02

/**
 * NAT64 addresses (RFC 6052) are judged by the IPv4 address they carry: in an IPv6-only network every IPv4 host has
 * one. Tunnels are refused whatever they carry; null. ISATAP (RFC 5214 §6.1) shows in the lower half alone, 6to4 and
 * Teredo have ranges of their own.
 */
function carriedAddress(address: Address): Address | null {
  if (address instanceof ipaddr.IPv4) return address
  const bytes = address.toByteArray()
  if (address.match(NAT64)) return new ipaddr.IPv4(bytes.slice(12))
  const [first = 0, ...rest] = bytes.slice(8, 12)
  const isIsatap = [first & ~UNIVERSAL_BIT, ...rest].join() === ISATAP_INTERFACE.join()
  return isIsatap ? null : address
}

const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3')

function isPublic(address: Address): boolean {
  // ipaddr.js calls every block without a name of its own unicast, `::127.0.0.1` among them.
  return address.range() === 'unicast' && (address instanceof ipaddr.IPv4 || address.match(GLOBAL_UNICAST))
}

/** Where clouds hand secrets to their machines. No setting opens them: there is never a certificate to see. */
const METADATA_SERVICES = [
  // https://datatracker.ietf.org/doc/html/rfc3927 (link-local); most clouds use this one
  '169.254.169.254/32',
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
  'fd00:ec2::/32',
  // https://cloud.google.com/compute/docs/metadata/querying-metadata
  'fd20:ce::254/128',
  // https://www.alibabacloud.com/help/en/ecs/user-guide/view-instance-metadata
  '100.100.100.200/32',
  // https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16 (public in form)
  '168.63.129.16/32',
].map((range) => ipaddr.parseCIDR(range))

function isMetadataService(address: Address): boolean {
  return METADATA_SERVICES.some((range) => isIn(address, range))
}

const PRIVATE = new Set(['private', 'uniqueLocal', 'loopback', 'carrierGradeNat'])
const NEVER = new Set(['unspecified', 'multicast', 'broadcast'])

function mayConnectPrivately(
  host: string,
  address: Address,
  { allowPrivate, privateSuffixes, privateRanges }: PrivateNetworks,
): boolean {
  if (!allowPrivate || NEVER.has(address.range())) return false
  const isNamed = privateSuffixes.some((suffix) => host === suffix || host.endsWith(`.${suffix}`))
  if (privateSuffixes.length > 0 && !isNamed) return false
  if (privateRanges.length === 0) return PRIVATE.has(address.range())
  return privateRanges.some((range) => isIn(address, ipaddr.parseCIDR(range)))
}

function isIn(address: Address, [start, bits]: readonly [Address, number]): boolean {
  return address.kind() === start.kind() && address.match(start, bits)
}
