/**
 * What Swift of ours does when it runs, as a model: no compiler for Apple's frameworks can be had here. The tables are
 * read from the printed text by a grammar; the look-up follows what the code says, and `codeAround` lets tests hold
 * that the code is the same for every plan.
 */
import { nodesOf, syntaxTree, type GrammarNode } from '../support/grammar.ts'
import { nearestEntry } from './nearest-parent.ts'

export interface SwiftPinnedHost {
  readonly includesSubdomains: boolean
  readonly pins: ReadonlySet<string>
}

const ENTRY = /^Pinned(Host|KeysEvaluator)\(/

/** The entries of the delegate's `pinnedHosts` or of Alamofire's `evaluators`, by host. */
export async function swiftPinnedHosts(
  source: string,
  name: 'pinnedHosts' | 'evaluators',
): Promise<ReadonlyMap<string, SwiftPinnedHost>> {
  const table = declared(await syntaxTree('swift', source), name)
  const dictionary = table.children.at(-1)?.children.filter(({ type }) => type !== 'comment') ?? []
  const found = new Map<string, SwiftPinnedHost>()
  for (let index = 0; index < dictionary.length; index += 2) {
    const [host, entry] = [dictionary[index], dictionary[index + 1]]
    if (host?.type !== 'line_string_literal' || !entry || !ENTRY.test(entry.text)) throw new Error('no entry')
    const key = textOf(host)
    // Swift traps when a dictionary literal has a key twice.
    if (found.has(key)) throw new Error(`${key} stands twice`)
    const pins = nodesOf(entry, 'line_string_literal').map(textOf)
    found.set(key, { includesSubdomains: nodesOf(entry, 'boolean_literal')[0]?.text === 'true', pins: new Set(pins) })
  }
  return found
}

export interface SwiftKeyHeader {
  readonly type: string
  readonly bits: number
  readonly header: Buffer
}

/** The rows of `keyHeaders`. */
export async function swiftKeyHeaders(source: string): Promise<SwiftKeyHeader[]> {
  const table = declared(await syntaxTree('swift', source), 'keyHeaders')
  return Array.from(
    table.text.matchAll(/^ {4}\((\w+) as String, (\d+), "([^"]*)"\),$/gm),
    ([, type, bits, header]) => ({
      type: type ?? '',
      bits: Number(bits),
      header: Buffer.from(header ?? '', 'base64'),
    }),
  )
}

/** All of the text but the header of the file and the entries of its table. */
export function codeAround(source: string): string {
  return source
    .replace(/^\/\/.*$/m, '')
    .replace(/(\[String: (?:PinnedHost|any \w+)\] = \[\n)[\s\S]*?(\n *\]\n)(?=\n| *\/\/)/, '$1$2')
}

/** The host's own entry, else that of the nearest parent that includes sub-domains, alone. */
export function swiftPins(hosts: ReadonlyMap<string, SwiftPinnedHost>, asked: string): ReadonlySet<string> | null {
  return nearestEntry(hosts, asked.toLowerCase().replace(/\.$/, ''))?.pins ?? null
}

function declared(root: GrammarNode, name: string): GrammarNode {
  const found = nodesOf(root, 'property_declaration').find(({ children }) =>
    children.some(({ type, text }) => type === 'pattern' && text === name),
  )
  if (!found) throw new Error(`${name} is not declared`)
  return found
}

function textOf({ text }: GrammarNode): string {
  return text.slice(1, -1).replaceAll(/\\(.)/g, '$1')
}
