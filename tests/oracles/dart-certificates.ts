/** What Dart of ours holds, read by its grammar: no compiler of Dart can be had here. */
import { nodesOf, syntaxTree, type GrammarNode } from '../support/grammar.ts'
import { nearestEntry } from './nearest-parent.ts'

export interface DartPinnedHost {
  readonly includesSubdomains: boolean
  readonly certificates: ReadonlySet<string>
}

/** The entries of `_pinnedHosts`; Dart refuses a constant map that has a key twice. */
export async function dartPinnedHosts(source: string): Promise<ReadonlyMap<string, DartPinnedHost>> {
  const root = await syntaxTree('dart', source)
  const table = nodesOf(root, 'static_final_declaration').find(({ children }) => children[0]?.text === '_pinnedHosts')
  const pairs = table?.children.find(({ type }) => type === 'set_or_map_literal')?.children ?? []
  const found = new Map<string, DartPinnedHost>()
  for (const pair of pairs.filter(({ type }) => type !== 'comment')) {
    const [key] = pair.children
    if (pair.type !== 'pair' || !key) throw new Error(`no entry: ${pair.text}`)
    const host = textOf(key)
    if (found.has(host)) throw new Error(`${host} stands twice`)
    const [list] = nodesOf(pair, 'list_literal')
    found.set(host, {
      includesSubdomains: nodesOf(pair, 'true').length === 1,
      certificates: new Set(nodesOf(list ?? fail(host), 'string_literal').map(textOf)),
    })
  }
  return found
}

/** The host's own entry, else that of the nearest parent with sub-domains, as the printed look-up says. */
export function dartCertificates(
  hosts: ReadonlyMap<string, DartPinnedHost>,
  asked: string,
): ReadonlySet<string> | null {
  return nearestEntry(hosts, asked)?.certificates ?? null
}

/** An interpolation has a node of its own below the literal. */
function textOf({ type, text, children }: GrammarNode): string {
  if (type !== 'string_literal' || children.some((child) => child.type.includes('template'))) {
    throw new Error(`no plain string: ${text}`)
  }
  return text.slice(1, -1).replaceAll(/\\(.)/g, '$1')
}

function fail(host: string): never {
  throw new Error(`${host} has no list`)
}
