/**
 * TrustKit as a model: what it makes of a configuration and when a connection passes. Written from the platform
 * reference (section C.3) and without a look at the generator. The configuration is read from the printed text, by
 * Python's plistlib or a grammar of the language, never from the plan.
 */
import { nodesOf, syntaxTree, type GrammarNode } from '../support/grammar.ts'
import type { Judgement } from '../support/tools.ts'
import { parsePlist, type PlistValue } from './ios-ats.ts'

export interface TrustKitDomain {
  readonly includeSubdomains: boolean
  readonly enforcesPinning: boolean
  readonly reportsToVendor: boolean
  readonly expires: boolean
  readonly pins: ReadonlySet<string>
}

export type TrustKitConfiguration = ReadonlyMap<string, TrustKitDomain>

type Value = boolean | string | readonly Value[] | { readonly [key: string]: Value }

/** The strings behind the constants. */
const CONSTANTS: Readonly<Record<string, string>> = {
  kTSKSwizzleNetworkDelegates: 'TSKSwizzleNetworkDelegates',
  kTSKPinnedDomains: 'TSKPinnedDomains',
  kTSKPublicKeyHashes: 'TSKPublicKeyHashes',
  kTSKIncludeSubdomains: 'TSKIncludeSubdomains',
  kTSKEnforcePinning: 'TSKEnforcePinning',
  kTSKExpirationDate: 'TSKExpirationDate',
  kTSKDisableDefaultReportUri: 'TSKDisableDefaultReportUri',
  kTSKExcludeSubdomainFromParentPolicy: 'kSKExcludeSubdomainFromParentPolicy',
}

/** The part of an Info.plist, or the file of code, to what TrustKit keeps of it; a problem where it would throw. */
export async function trustKitConfiguration(
  language: 'plist' | 'swift' | 'objectivec',
  text: string,
): Promise<Judgement<TrustKitConfiguration>> {
  const { accepted, problem } =
    language === 'plist' ? plistConfiguration(text) : await codeConfiguration(language, text)
  return problem === undefined ? trustKitConfigurationOf(accepted) : { problem }
}

function plistConfiguration(part: string): Judgement<Value> {
  const { accepted, problem } = parsePlist(`<?xml version="1.0"?>\n<plist version="1.0"><dict>${part}</dict></plist>`)
  if (problem !== undefined) return { problem }
  const configuration = (accepted as { readonly [key: string]: PlistValue })['TSKConfiguration']
  return configuration === undefined ? { problem: 'no TSKConfiguration' } : { accepted: configuration as Value }
}

/** Evaluates the dictionary that the code hands over, through the constants it names before. */
async function codeConfiguration(language: 'swift' | 'objectivec', source: string): Promise<Judgement<Value>> {
  const root = await syntaxTree(language, source)
  const named = new Map<string, Value>()
  for (const node of nodesOf(root, 'property_declaration')) {
    const name = node.children.find(({ type }) => type === 'pattern')?.text
    const value = node.children.at(-1)
    if (name !== undefined && value) named.set(name, valueOf(value, named))
  }
  if (language === 'swift') {
    const handedOver = /TrustKit\.initSharedInstance\(withConfiguration: (\w+)\)/.exec(source)?.[1]
    const value = handedOver === undefined ? undefined : named.get(handedOver)
    return value === undefined ? { problem: 'nothing is handed over' } : { accepted: value }
  }
  const call = nodesOf(root, 'message_expression').find(({ text }) =>
    text.startsWith('[TrustKit initSharedInstanceWithConfiguration:'),
  )
  const dictionary = call?.children.at(-1)
  return dictionary ? { accepted: valueOf(dictionary, named) } : { problem: 'nothing is handed over' }
}

function valueOf(node: GrammarNode, named: ReadonlyMap<string, Value>): Value {
  const children = node.children.filter(({ type }) => type !== 'comment')
  const [first] = children
  switch (node.type) {
    case 'dictionary_literal': {
      const flat = children.flatMap((child) => (child.type === 'dictionary_pair' ? child.children : [child]))
      const items = flat.filter(({ type }) => type !== 'comment').map((child) => valueOf(child, named))
      const entries = items.flatMap((item, index): [string, Value][] =>
        index % 2 === 0 ? [[typeof item === 'string' ? item : fail('a key is no text'), items[index + 1] ?? '']] : [],
      )
      if (new Set(entries.map(([key]) => key)).size < entries.length) throw new Error('a key stands twice')
      return Object.fromEntries(entries)
    }
    case 'array_literal':
      return children.map((child) => valueOf(child, named))
    case 'line_string_literal':
    case 'string_literal':
      return node.text.replace(/^@?"|"$/g, '').replaceAll(/\\(.)/g, '$1')
    case 'boolean_literal':
      return node.text === 'true'
    case 'at_expression':
      return node.text === '@YES'
    case 'simple_identifier':
    case 'identifier':
      return named.get(node.text) ?? CONSTANTS[node.text] ?? fail(`unknown name ${node.text}`)
    default:
      return first && children.length === 1 ? valueOf(first, named) : fail(`unknown node ${node.type}: ${node.text}`)
  }
}

function fail(message: string): never {
  throw new Error(message)
}

const PIN = /^[A-Za-z0-9+/]{43}=$/

/** What TrustKit checks when it starts, and the defaults that it fills in. Its table of suffixes is not part of it. */
export function trustKitConfigurationOf(configuration: Value): Judgement<TrustKitConfiguration> {
  const domains = dict(dict(configuration)['TSKPinnedDomains'] ?? {})
  if (Object.keys(domains).length === 0) return { problem: 'no pinned domain' }
  const found = new Map<string, TrustKitDomain>()
  for (const [host, value] of Object.entries(domains)) {
    const entry = dict(value)
    const hashes = (entry['TSKPublicKeyHashes'] ?? []) as readonly string[]
    const bad = hashes.find((hash) => !PIN.test(hash))
    if (bad !== undefined) return { problem: `invalid pin ${bad} for ${host}` }
    const enforcesPinning = entry['TSKEnforcePinning'] !== false
    const pins = new Set(hashes)
    if (pins.size < (enforcesPinning ? 2 : 1)) return { problem: `too few pins for ${host}` }
    found.set(host, {
      includeSubdomains: entry['TSKIncludeSubdomains'] === true,
      enforcesPinning,
      reportsToVendor: entry['TSKDisableDefaultReportUri'] !== true,
      expires: 'TSKExpirationDate' in entry,
      pins,
    })
  }
  return { accepted: found }
}

function dict(value: Value): { readonly [key: string]: Value } {
  if (typeof value !== 'object' || Array.isArray(value)) throw new Error(`${JSON.stringify(value)} is no dictionary`)
  return value as { readonly [key: string]: Value }
}

/** The pins that apply to a host: its own entry, else that of the longest parent with sub-domains, alone. */
export function trustKitPins(configuration: TrustKitConfiguration, host: string): ReadonlySet<string> | null {
  const own = configuration.get(host)
  if (own) return own.pins
  const parents = [...configuration].filter(([parent, entry]) => entry.includeSubdomains && host.endsWith(`.${parent}`))
  const [longest] = parents.toSorted(([one], [other]) => other.length - one.length)
  return longest?.[1].pins ?? null
}

/** Whether a connection passes: any certificate of the evaluated chain may have a pinned key. */
export function trustKitConnects(
  configuration: TrustKitConfiguration,
  host: string,
  chainPins: readonly string[],
): boolean {
  const pins = trustKitPins(configuration, host)
  return pins === null || chainPins.some((pin) => pins.has(pin))
}
