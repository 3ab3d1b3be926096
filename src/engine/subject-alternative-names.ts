import { encodeHex } from '../core/pins/encoding.ts'
import { contentOf, readChildren, readElement, TAG } from './der.ts'

export interface HostNames {
  readonly dnsNames: readonly string[]
  readonly ipAddresses: readonly string[]
}

/** GeneralName of RFC 5280 §4.2.1.6: `[2] IA5String` and `[7] OCTET STRING`. */
const DNS_NAME = 0x82
const IP_ADDRESS = 0x87

/**
 * Reads the value of a subject alternative name extension. Not left to @peculiar/x509, which refuses certificates of
 * some ten thousand names and reads names in UTF-8 byte by byte.
 *
 * @returns null when the bytes are no such value
 */
export function readSubjectAlternativeNames(value: Uint8Array): HostNames | null {
  const outer = readElement(value, 0)
  const names = outer.ok && outer.value.tag === TAG.sequence ? readChildren(value, outer.value) : null
  if (!names) return null
  const contents = (tag: number) => names.filter((name) => name.tag === tag).map((name) => contentOf(value, name))
  return {
    dnsNames: contents(DNS_NAME).map((content) => decodeDnsName(content).toLowerCase()),
    ipAddresses: contents(IP_ADDRESS).map(printAddress),
  }
}

/** Only ASCII is allowed; some CAs wrote UTF-8, and any byte may come. */
function decodeDnsName(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    return Array.from(content, (byte) => String.fromCharCode(byte)).join('')
  }
}

/** Hexadecimal where it is neither an IPv4 nor an IPv6 address. */
function printAddress(content: Uint8Array): string {
  if (content.length === 4) return content.join('.')
  if (content.length !== 16) return encodeHex(content)
  const groups = encodeHex(content).match(/.{4}/g) ?? []
  // The URL parser shortens an address as RFC 5952 says.
  return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1)
}
