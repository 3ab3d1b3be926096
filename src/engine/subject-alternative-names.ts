import { encodeHex } from '../core/pins/encoding.ts'
import { contentOf, readChildren, readElement, TAG, type DerElement } from './der.ts'
import { readDistinguishedName } from './distinguished-name.ts'
import { readObjectIdentifier } from './object-identifier.ts'

export interface AlternativeNames {
  readonly dnsNames: readonly string[]
  readonly ipAddresses: readonly string[]
  /** Names of other kinds, each with its kind in front as OpenSSL writes it. */
  readonly otherNames: readonly string[]
}

/** GeneralName of RFC 5280 §4.2.1.6. */
export const KIND = {
  otherName: 0xa0,
  email: 0x81,
  dns: 0x82,
  directoryName: 0xa4,
  uri: 0x86,
  ipAddress: 0x87,
  registeredId: 0x88,
} as const

/**
 * Reads the value of a subject alternative name extension. Not left to @peculiar/x509, which refuses certificates of
 * some ten thousand names and reads names in UTF-8 byte by byte.
 *
 * @returns null when the bytes are no such value
 */
export function readSubjectAlternativeNames(value: Uint8Array): AlternativeNames | null {
  const outer = readElement(value, 0)
  const names = outer.ok && outer.value.tag === TAG.sequence ? readChildren(value, outer.value) : null
  if (!names) return null
  const contents = (tag: number) => names.filter((name) => name.tag === tag).map((name) => contentOf(value, name))
  return {
    dnsNames: contents(KIND.dns).map((content) => decodeText(content).toLowerCase()),
    ipAddresses: contents(KIND.ipAddress).map(printAddress),
    otherNames: names
      .filter(({ tag }) => tag !== KIND.dns && tag !== KIND.ipAddress)
      .map((name) => printOtherName(value, name)),
  }
}

/** Only ASCII is allowed in an IA5String; some CAs wrote UTF-8, and any byte may come. */
export function decodeText(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    return Array.from(content, (byte) => String.fromCharCode(byte)).join('')
  }
}

/** Hexadecimal where it is neither an IPv4 nor an IPv6 address. */
export function printAddress(content: Uint8Array): string {
  if (content.length === 4) return content.join('.')
  if (content.length !== 16) return encodeHex(content)
  const groups = encodeHex(content).match(/.{4}/g) ?? []
  // The URL parser shortens an address as RFC 5952 says.
  return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1)
}

/** Kinds that say nothing about hosts; of those without a text there is the kind alone. */
export function printOtherName(bytes: Uint8Array, name: DerElement): string {
  const content = contentOf(bytes, name)
  switch (name.tag) {
    case KIND.email:
      return `email:${decodeText(content)}`
    case KIND.uri:
      return `URI:${decodeText(content)}`
    case KIND.directoryName:
      return `DirName:${readDistinguishedName(content)?.text ?? ''}`
    case KIND.registeredId:
      return `Registered ID:${readObjectIdentifier(content) ?? ''}`
    case KIND.otherName: {
      const [type] = readChildren(bytes, name, 1) ?? []
      return `othername:${(type && readObjectIdentifier(contentOf(bytes, type))) ?? ''}`
    }
    default:
      return `[${name.tag & 0x1f}]`
  }
}
