import { contentOf, readChildren, readElement, TAG, type DerElement } from './der.ts'
import { comparableName, readDistinguishedName } from './distinguished-name.ts'
import { readObjectIdentifier } from './object-identifier.ts'
import { decodeText, KIND, printAddress, printOtherName } from './subject-alternative-names.ts'

/** A GeneralName (RFC 5280 §4.2.1.6), read for comparison. */
type ComparedName = { readonly printed: string } & (
  | { readonly kind: 'dns' | 'email' | 'uri'; readonly text: string }
  /** In a constraint with the mask behind. */
  | { readonly kind: 'ip'; readonly octets: Uint8Array }
  /** From the top of the tree down. */
  | { readonly kind: 'directory'; readonly parts: readonly string[] }
  | { readonly kind: 'other'; readonly type: string }
)

interface Subtree {
  readonly base: ComparedName
  /** RFC 5280 §4.2.1.10 allows no depth of its own. */
  readonly hasDepth: boolean
}

/** What a CA's certificate says about the names below it (RFC 5280 §4.2.1.10). */
export interface NameConstraints {
  readonly permitted: readonly Subtree[]
  readonly excluded: readonly Subtree[]
}

/** Every name of a certificate that name constraints may speak of. */
export type ConstrainedNames = readonly ComparedName[]

export type NameJudgement =
  | { readonly kind: 'permitted' }
  /** `name` is hostile text. */
  | { readonly kind: 'refused'; readonly name: string }
  /** There are a name and a constraint of a kind that is not compared, or more than can be compared. */
  | { readonly kind: 'unknown' }

const PERMITTED: NameJudgement = { kind: 'permitted' }
const UNKNOWN: NameJudgement = { kind: 'unknown' }

/** The limit of OpenSSL (`NAME_CHECK_MAX`): names times constraints, both of which a stranger chose. */
const MAX_COMPARISONS = 2 ** 20

const EXPLICIT_1 = 0xa1
const CONTEXT_0 = 0x80

/** @returns null when the bytes are no name constraints */
export function readNameConstraints(value: Uint8Array): NameConstraints | null {
  const outer = readElement(value, 0)
  const lists = outer.ok && outer.value.tag === TAG.sequence ? readChildren(value, outer.value) : null
  if (!lists?.every(({ tag }) => tag === TAG.explicit0 || tag === EXPLICIT_1)) return null
  const subtrees = (tag: number) => lists.filter((list) => list.tag === tag).map((list) => readSubtrees(value, list))
  const permitted = subtrees(TAG.explicit0)
  const excluded = subtrees(EXPLICIT_1)
  if (permitted.includes(null) || excluded.includes(null)) return null
  return { permitted: permitted.flatMap((list) => list ?? []), excluded: excluded.flatMap((list) => list ?? []) }
}

function readSubtrees(bytes: Uint8Array, list: DerElement): readonly Subtree[] | null {
  const elements = readChildren(bytes, list)
  const subtrees: Subtree[] = []
  for (const element of elements ?? []) {
    const [base, ...depths] = (element.tag === TAG.sequence && readChildren(bytes, element)) || []
    const name = base && readName(bytes, base)
    if (!name) return null
    // A minimum of 0 says what is said without one.
    const hasDepth = depths.some((depth) => depth.tag !== CONTEXT_0 || contentOf(bytes, depth).some(Boolean))
    subtrees.push({ base: name, hasDepth })
  }
  return elements && subtrees
}

/**
 * The subject, unless it is empty, and the subject alternative names. A common name is not taken for a host.
 *
 * @param alternativeNames the value of that extension
 * @returns null when they cannot be read
 */
export function readConstrainedNames(
  subject: Uint8Array,
  alternativeNames: Uint8Array | null,
): ConstrainedNames | null {
  const directory = readDirectoryName(subject)
  if (!directory) return null
  const outer = alternativeNames && readElement(alternativeNames, 0)
  if (alternativeNames && !outer?.ok) return null
  const elements = outer?.ok && alternativeNames ? readChildren(alternativeNames, outer.value) : []
  const names = elements?.map((element) => readName(alternativeNames ?? new Uint8Array(), element))
  if (!names?.every((name) => name !== null)) return null
  return directory.parts.length === 0 ? names : [directory, ...names]
}

function readName(bytes: Uint8Array, element: DerElement): ComparedName | null {
  const content = contentOf(bytes, element)
  switch (element.tag) {
    case KIND.dns: {
      const text = decodeText(content).toLowerCase()
      return { kind: 'dns', text, printed: text }
    }
    case KIND.ipAddress:
      return { kind: 'ip', octets: content, printed: printAddress(content) }
    case KIND.directoryName:
      return readDirectoryName(content)
    case KIND.email:
      return { kind: 'email', text: decodeText(content), printed: printOtherName(bytes, element) }
    case KIND.uri:
      return { kind: 'uri', text: decodeText(content).toLowerCase(), printed: printOtherName(bytes, element) }
    case KIND.otherName: {
      const [type] = readChildren(bytes, element, 1) ?? []
      const identifier = type && readObjectIdentifier(contentOf(bytes, type))
      return { kind: 'other', type: identifier ?? '', printed: printOtherName(bytes, element) }
    }
    default:
      return { kind: 'other', type: `[${element.tag}]`, printed: printOtherName(bytes, element) }
  }
}

function readDirectoryName(name: Uint8Array) {
  const parts = comparableName(name)
  return parts && { kind: 'directory' as const, parts, printed: `DirName:${readDistinguishedName(name)?.text ?? ''}` }
}

/**
 * Whether a CA's constraints let names be. Where RFC 5280 leaves room it is as in OpenSSL: a DNS constraint that begins
 * with a dot is for subdomains alone, and `*` is a letter like any other.
 */
export function judgeNames(names: ConstrainedNames, { permitted, excluded }: NameConstraints): NameJudgement {
  if (names.length * (permitted.length + excluded.length) > MAX_COMPARISONS) return UNKNOWN
  for (const name of names) {
    const allowing = permitted.filter(({ base }) => isOfOneKind(name, base))
    const forbidding = excluded.filter(({ base }) => isOfOneKind(name, base))
    const matches = [...allowing, ...forbidding].map(({ base, hasDepth }) => (hasDepth ? null : isWithin(name, base)))
    if (matches.includes(null)) return UNKNOWN
    const isAllowed = allowing.length === 0 || matches.slice(0, allowing.length).includes(true)
    if (!isAllowed || matches.slice(allowing.length).includes(true)) return { kind: 'refused', name: name.printed }
  }
  return PERMITTED
}

function isOfOneKind(name: ComparedName, base: ComparedName): boolean {
  return name.kind === base.kind && (name.kind !== 'other' || base.kind !== 'other' || name.type === base.type)
}

/** Null when that cannot be told. */
function isWithin(name: ComparedName, base: ComparedName): boolean | null {
  if (name.kind === 'dns' && base.kind === 'dns') return isDomainWithin(name.text, base.text)
  if (name.kind === 'ip' && base.kind === 'ip') return isAddressWithin(name.octets, base.octets)
  if (name.kind === 'directory' && base.kind === 'directory') {
    return base.parts.every((part, index) => part === name.parts[index])
  }
  if (name.kind === 'email' && base.kind === 'email') return isMailboxWithin(name.text, base.text)
  if (name.kind === 'uri' && base.kind === 'uri') {
    const host = /^[^:]*:\/\/([^:/]+)/.exec(name.text)?.[1]
    return host === undefined ? null : isHostWithin(host, base.text)
  }
  return null
}

function isDomainWithin(domain: string, base: string): boolean {
  if (base === '' || domain === base) return true
  return domain.endsWith(base.startsWith('.') ? base : `.${base}`)
}

/** Of URIs and e-mail addresses: a base without a dot in front is one host and not those below it. */
function isHostWithin(host: string, base: string): boolean {
  return base.startsWith('.') ? host.endsWith(base) && host !== base : host === base
}

function isAddressWithin(address: Uint8Array, base: Uint8Array): boolean | null {
  if (address.length !== 4 && address.length !== 16) return null
  if (base.length !== 8 && base.length !== 32) return null
  if (base.length !== 2 * address.length) return false
  return address.every((octet, index) => {
    const mask = base[address.length + index] ?? 0
    return (octet & mask) === ((base[index] ?? 0) & mask)
  })
}

/** The local part counts as it is written (RFC 5280 §7.5). */
function isMailboxWithin(mailbox: string, base: string): boolean | null {
  const at = mailbox.lastIndexOf('@')
  if (at < 0) return null
  const host = mailbox.slice(at + 1).toLowerCase()
  const baseAt = base.lastIndexOf('@')
  if (baseAt > 0 && mailbox.slice(0, at) !== base.slice(0, baseAt)) return false
  return isHostWithin(host, base.slice(baseAt + 1).toLowerCase())
}
