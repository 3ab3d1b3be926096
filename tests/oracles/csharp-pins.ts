/** The table of C# of ours, read by the language's grammar. */
import { nodesOf, syntaxTree, type GrammarNode } from '../support/grammar.ts'
import { nearestEntry } from './nearest-parent.ts'

export interface CsharpPinnedHost {
  readonly includesSubdomains: boolean
  readonly pins: ReadonlySet<string>
}

/** What every call of `Pin` says, by host. */
export async function csharpPinnedHosts(source: string): Promise<ReadonlyMap<string, CsharpPinnedHost>> {
  const calls = nodesOf(await syntaxTree('csharp', source), 'invocation_expression').filter(
    ({ children }) => children[0]?.text === 'Pin',
  )
  const found = new Map<string, CsharpPinnedHost>()
  for (const { children } of calls) {
    const values = (children[1]?.children ?? []).filter(({ type }) => type === 'argument').map((one) => one.children[0])
    const [host, flag, ...pins] = values
    if (!host || flag?.type !== 'boolean_literal') throw new Error('a call without a host or its flag')
    const key = textOf(host)
    if (found.has(key)) throw new Error(`${key} stands twice`)
    found.set(key, {
      includesSubdomains: flag.text === 'true',
      pins: new Set(pins.map((pin) => textOf(pin ?? host))),
    })
  }
  return found
}

/** The host itself, else the nearest parent that includes its sub-domains. */
export function csharpPins(hosts: ReadonlyMap<string, CsharpPinnedHost>, asked: string): ReadonlySet<string> | null {
  return nearestEntry(hosts, asked)?.pins ?? null
}

function textOf({ type, text }: GrammarNode): string {
  if (type !== 'string_literal') throw new Error(`no plain string: ${text}`)
  return text.slice(1, -1).replaceAll(/\\(.)/g, '$1')
}
