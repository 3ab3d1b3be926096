import type { DistinguishedName } from '../core/certificate/certificate.ts'
import { encodeHex } from '../core/pins/encoding.ts'
import { contentOf, readChildren, readElement, TAG, type DerElement } from './der.ts'
import { readObjectIdentifier } from './object-identifier.ts'

/** The short names that RFC 4514 §3 fixes, and for the rest those that OpenSSL prints. */
const ATTRIBUTE_NAMES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.13': 'description',
  '2.5.4.15': 'businessCategory',
  '2.5.4.17': 'postalCode',
  '2.5.4.41': 'name',
  '2.5.4.42': 'GN',
  '2.5.4.43': 'initials',
  '2.5.4.44': 'generationQualifier',
  '2.5.4.46': 'dnQualifier',
  '2.5.4.65': 'pseudonym',
  '2.5.4.97': 'organizationIdentifier',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
  '1.2.840.113549.1.9.2': 'unstructuredName',
  '1.3.6.1.4.1.311.60.2.1.1': 'jurisdictionL',
  '1.3.6.1.4.1.311.60.2.1.2': 'jurisdictionST',
  '1.3.6.1.4.1.311.60.2.1.3': 'jurisdictionC',
}

interface Attribute {
  readonly name: string
  /** Null when the value is no string, or the attribute has no short name (RFC 4514 §2.4). */
  readonly text: string | null
  readonly encoded: Uint8Array
}

/**
 * Reads a DER name (RFC 5280 §4.1.2.4) into the notation of RFC 4514. Not left to @peculiar/x509, which prints the
 * attributes in the reverse order, escapes only the first line end and takes text that begins with `#` for hex.
 *
 * @returns null when the bytes are no DER name
 */
export function readDistinguishedName(name: Uint8Array): DistinguishedName | null {
  const outer = readElement(name, 0)
  const sets = outer.ok && outer.value.tag === TAG.sequence ? readChildren(name, outer.value) : null
  if (!sets) return null
  const parts: Attribute[][] = []
  for (const set of sets) {
    const attributes = readRelativeName(name, set)
    if (!attributes) return null
    parts.push(attributes)
  }
  // RFC 4514 §2.1: the last part comes first.
  const written = parts.toReversed()
  const attributes = written.flat()
  return {
    text: written.map((part) => part.map(printAttribute).join('+')).join(','),
    commonName: attributes.find((attribute) => attribute.name === 'CN')?.text ?? null,
    organization: attributes.find((attribute) => attribute.name === 'O')?.text ?? null,
  }
}

/**
 * The parts of a DER name from the top of the tree down, as texts that are equal where RFC 5280 §7.1 finds the parts
 * equal: whatever the kind of string, the case of ASCII letters and the amount of white space.
 *
 * @returns null when the bytes are no DER name
 */
export function comparableName(name: Uint8Array): readonly string[] | null {
  const outer = readElement(name, 0)
  const sets = outer.ok && outer.value.tag === TAG.sequence ? readChildren(name, outer.value) : null
  const parts = sets?.map((set) => readRelativeName(name, set)?.map(comparableAttribute).toSorted().join('+'))
  return parts?.every((part) => part !== undefined) ? parts : null
}

function comparableAttribute({ name, text, encoded }: Attribute): string {
  const value = text === null ? encodeHex(encoded) : text.trim().replaceAll(/\s+/g, ' ')
  return `${name}=${value.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())}`
}

function readRelativeName(bytes: Uint8Array, set: DerElement): Attribute[] | null {
  const pairs = set.tag === TAG.set ? readChildren(bytes, set) : null
  const attributes: Attribute[] = []
  for (const pair of pairs ?? []) {
    const [type, value] = readChildren(bytes, pair) ?? []
    const identifier = type?.tag === TAG.objectIdentifier ? readObjectIdentifier(contentOf(bytes, type)) : null
    if (!identifier || !value) return null
    const shortName = ATTRIBUTE_NAMES[identifier]
    attributes.push({
      name: shortName ?? identifier,
      text: shortName ? decodeString(value.tag, contentOf(bytes, value)) : null,
      encoded: bytes.subarray(value.start, value.end),
    })
  }
  return pairs && attributes.toReversed()
}

function printAttribute({ name, text, encoded }: Attribute): string {
  return `${name}=${text === null ? `#${encodeHex(encoded)}` : escapeText(text)}`
}

/** RFC 4514 §2.4. Control characters are written in hexadecimal as well, as OpenSSL does, so a name is one line. */
function escapeText(text: string): string {
  return text
    .replaceAll(/["+,;<>\\]/g, '\\$&')
    .replaceAll(CONTROL_CHARACTER, (character) => `\\${hexOctet(character)}`)
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, (space, index: number) => (index > 0 ? `\\${space}` : space))
}

// oxlint-disable-next-line no-control-regex -- these are the characters to escape
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/g

function hexOctet(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()
}

/** The string types of X.690 §8.23 that occur in names; null for anything else. */
function decodeString(tag: number, content: Uint8Array): string | null {
  switch (tag) {
    case 0x0c:
      return decode('utf-8', content)
    case 0x1e:
      return decode('utf-16be', content)
    case 0x1c:
      return decodeUniversal(content)
    // Numeric, Printable, Teletex, IA5, Visible: one byte for each character. Like OpenSSL, Teletex is read as Latin-1.
    case 0x12:
    case 0x13:
    case 0x14:
    case 0x16:
    case 0x1a:
      return decodeLatin1(content)
    default:
      return null
  }
}

function decode(encoding: string, content: Uint8Array): string {
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(content)
}

/** TextDecoder's `latin1` is windows-1252, which is another thing. */
function decodeLatin1(content: Uint8Array): string {
  let text = ''
  for (const byte of content) text += String.fromCharCode(byte)
  return text
}

function decodeUniversal(content: Uint8Array): string | null {
  if (content.length % 4 !== 0) return null
  const view = new DataView(content.buffer, content.byteOffset, content.length)
  let text = ''
  for (let index = 0; index < content.length; index += 4) {
    const point = view.getUint32(index)
    text += point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point)
  }
  return text
}
