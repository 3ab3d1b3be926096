/**
 * The pins of Cronet and of Android's HttpEngine as a model: what a printed file adds, and which entry speaks for a host.
 * Written from Chromium's `TransportSecurityState` (what `GetDynamicPKPState` does) and the platform reference (C.13), and
 * without a look at the generator. The file is read by a grammar of Kotlin, never from the plan.
 */
import { syntaxTree, type GrammarNode } from '../support/grammar.ts'

/** One call of `addPublicKeyPins`. */
export interface CronetEntry {
  readonly host: string
  readonly includeSubdomains: boolean
  /** Milliseconds since 1970. */
  readonly end: number
  readonly pins: ReadonlySet<string>
}

/** The calls that the file makes with `pin`, in their order. */
export async function readCronetPins(source: string): Promise<readonly CronetEntry[]> {
  const root = await syntaxTree('kotlin', source)
  return calls(root, 'builder.pin').map((call) => {
    const values = new Map(
      argumentsOf(call).flatMap(({ children: [name, value] }) => (name && value ? [[name.text, value] as const] : [])),
    )
    return {
      host: stringOf(values.get('host')),
      includeSubdomains: values.get('includeSubdomains')?.text === 'true',
      end: Number(values.get('end')?.text.replace(/L$/, '')),
      pins: new Set(argumentsOf(values.get('pins')).map(({ children: [literal] }) => stringOf(literal))),
    }
  })
}

function calls(node: GrammarNode, name: string): GrammarNode[] {
  const own = node.type === 'call_expression' && node.children[0]?.text === name ? [node] : []
  return [...own, ...node.children.flatMap((child) => calls(child, name))]
}

function argumentsOf(call: GrammarNode | undefined): readonly GrammarNode[] {
  const list = call?.children.find(({ type }) => type === 'call_suffix')?.children[0]
  return list?.children.filter(({ type }) => type === 'value_argument') ?? []
}

function stringOf(literal: GrammarNode | undefined): string {
  if (literal?.type !== 'string_literal' || literal.text.includes('\\') || literal.text.includes('$')) {
    throw new Error(`no plain string: ${literal?.text}`)
  }
  return literal.text.slice(1, -1)
}

/**
 * The pins that a chain has to meet; null when the host is not pinned. The entry of the nearest name speaks alone, and
 * when it leaves sub-domains out they are unpinned, whatever stands above. An entry that has ended is as if it were not
 * there.
 */
export function pinsByCronet(entries: readonly CronetEntry[], host: string, now: number): ReadonlySet<string> | null {
  const names = host.split('.').map((_, index, labels) => labels.slice(index).join('.'))
  // A second call for a host takes the place of the first.
  const known = new Map(entries.filter(({ end }) => now <= end).map((entry) => [entry.host, entry]))
  const nearest = names.flatMap((name) => known.get(name) ?? []).at(0)
  return nearest && (nearest.host === host || nearest.includeSubdomains) ? nearest.pins : null
}
