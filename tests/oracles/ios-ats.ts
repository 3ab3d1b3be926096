/**
 * App Transport Security's `NSPinnedDomains` as a model: which entries apply to a host, what they amount to together and
 * when a connection passes. Written from the platform reference (sections B.1 to B.3 and B.5) and deliberately without a
 * look at the generator, so that the two can disagree.
 */
import { plistlibRead, type Judgement, type PlistDict, type PlistValue } from '../support/tools.ts'
import { childElements, ownText, parseStrictXml } from './strict-xml.ts'
import type { Element } from '@xmldom/xmldom'

export type { PlistDict, PlistValue } from '../support/tools.ts'

/** What applies to a host. A list that is present but empty matches nothing; null: no such list, nothing to meet. */
export interface PinRequirements {
  readonly leafPins: ReadonlySet<string> | null
  readonly caPins: ReadonlySet<string> | null
}

export interface Evaluation extends PinRequirements {
  readonly pinned: boolean
  readonly connects: boolean
}

/** Reads a property list with Python's plistlib, and refuses what no parser reports: the same key twice in one dict. */
export function parsePlist(xml: string): Judgement<PlistValue> {
  const duplicates = duplicateKeys(xml)
  if (duplicates.problem !== undefined) return duplicates
  if (duplicates.accepted.length > 0) return { problem: `duplicate key ${duplicates.accepted.join(', ')}` }
  return plistlibRead(xml)
}

/** The paths of keys that occur more than once in one dictionary, such as `NSAppTransportSecurity/NSPinnedDomains`. */
export function duplicateKeys(xml: string): Judgement<readonly string[]> {
  const document = parseStrictXml(xml)
  if (document.problem !== undefined) return { problem: `not well-formed: ${document.problem}` }
  return { accepted: childElements(document.root).flatMap((value) => duplicatesWithin(value, [])) }
}

function duplicatesWithin(value: Element, path: readonly string[]): string[] {
  if (value.localName === 'array') {
    return childElements(value).flatMap((item, index) => duplicatesWithin(item, [...path, String(index)]))
  }
  if (value.localName !== 'dict') return []
  const seen = new Set<string>()
  const found: string[] = []
  let here = path
  for (const child of childElements(value)) {
    if (child.localName === 'key') {
      const key = ownText(child)
      here = [...path, key]
      if (seen.has(key)) found.push(here.join('/'))
      seen.add(key)
    } else {
      found.push(...duplicatesWithin(child, here))
    }
  }
  return found
}

/**
 * Whether a connection passes, and what it has to meet.
 *
 * @param chainPins pins of the built chain, leaf first, anchor last, in canonical base64
 * @param otherPaths further valid chains of the same leaf: path building tries them when the CA list does not match
 */
export function evaluate(
  plist: PlistValue,
  host: string,
  chainPins: readonly string[],
  otherPaths: readonly (readonly string[])[] = [],
): Evaluation {
  const { leafPins, caPins } = pinRequirements(plist, host)
  const leaf = chainPins[0]
  const leafPasses = leafPins === null || (leaf !== undefined && leafPins.has(leaf))
  const caPasses =
    caPins === null || [chainPins, ...otherPaths].some((path) => path.slice(1).some((pin) => caPins.has(pin)))
  return { pinned: leafPins !== null || caPins !== null, leafPins, caPins, connects: leafPasses && caPasses }
}

/** The merged lists of all entries that match a host. */
export function pinRequirements(plist: PlistValue, host: string): PinRequirements {
  const entries = isWaived(plist) ? [] : matchingEntries(plist, host)
  return {
    leafPins: mergedPins(entries, 'NSPinnedLeafIdentities'),
    caPins: mergedPins(entries, 'NSPinnedCAIdentities'),
  }
}

/** With this key in Info.plist the system deletes all leaf and CA pins. */
function isWaived(plist: PlistValue): boolean {
  return isDict(plist) && plist['SecTrustPinningRequired'] === true
}

function matchingEntries(plist: PlistValue, host: string): PlistDict[] {
  const security = isDict(plist) ? plist['NSAppTransportSecurity'] : undefined
  const pinnedDomains = isDict(security) ? security['NSPinnedDomains'] : undefined
  if (!isDict(pinnedDomains)) return []
  // The dot goes from the host alone: a key that ends in one never matches.
  const name = host.toLowerCase().replace(/\.$/, '')
  const firstDot = name.indexOf('.')
  const parent = firstDot < 0 ? null : name.slice(firstDot + 1)
  return Object.entries(pinnedDomains).flatMap(([key, entry]) => {
    if (!isDict(entry)) return []
    const domain = key.toLowerCase()
    return domain === name || (entry['NSIncludesSubdomains'] === true && domain === parent) ? [entry] : []
  })
}

/** Items that are malformed are left out one by one, yet the list counts as present. */
function mergedPins(entries: readonly PlistDict[], list: string): Set<string> | null {
  const lists = entries.flatMap((entry) => (Object.hasOwn(entry, list) ? [entry[list]] : []))
  if (lists.length === 0) return null
  return new Set(lists.filter(isArray).flatMap((items) => items.flatMap((item) => pinOfItem(item) ?? [])))
}

function pinOfItem(item: PlistValue): string | null {
  const text = isDict(item) ? item['SPKI-SHA256-BASE64'] : undefined
  const bytes = typeof text === 'string' ? decodeLikeApple(text) : null
  return bytes === null ? null : Buffer.from(bytes).toString('base64')
}

const BASE64_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/**
 * Apple's decoder: unknown characters are ignored, characters are consumed in groups of four, and a last group that is
 * not padded to four is dropped. The length of the outcome is nobody's concern here.
 *
 * @returns null when nothing can be decoded, or padding stands elsewhere than at the end
 */
export function decodeLikeApple(text: string): Uint8Array | null {
  const characters = Array.from(text).filter((character) => character === '=' || BASE64_ALPHABET.includes(character))
  const bytes: number[] = []
  let ended = false
  for (let start = 0; start + 4 <= characters.length; start += 4) {
    const group = characters.slice(start, start + 4).join('')
    const values = /^([^=]{2,4})=*$/.exec(group)?.[1]
    if (values === undefined || ended) return null
    ended = values.length < 4
    const [a = 0, b = 0, c = 0, d = 0] = Array.from(values, (character) => BASE64_ALPHABET.indexOf(character))
    const decoded = [(a << 2) | (b >> 4), ((b & 15) << 4) | (c >> 2), ((c & 3) << 6) | d]
    bytes.push(...decoded.slice(0, values.length - 1))
  }
  return bytes.length === 0 ? null : Uint8Array.from(bytes)
}

function isArray(value: PlistValue | undefined): value is readonly PlistValue[] {
  return Array.isArray(value)
}

function isDict(value: PlistValue | undefined): value is PlistDict {
  return (
    typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date) && !(value instanceof Uint8Array)
  )
}
