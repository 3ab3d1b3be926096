/** Values of Swift literals, read by a grammar: what a manifest of Tuist amounts to, without a compiler of Swift. */
import { syntaxTree, type GrammarNode } from '../support/grammar.ts'
import type { PlistValue } from '../support/tools.ts'

/** The value that a constant at the top level is given; a key that stands twice makes Swift trap. */
export async function swiftConstant(source: string, name: string): Promise<PlistValue> {
  const { children } = await syntaxTree('swift', source)
  const declaration = children.find(
    (child) => child.type === 'property_declaration' && child.children.some(({ text }) => text === name),
  )
  const value = declaration?.children.at(-1)
  if (!value) throw new Error(`${name} is not declared`)
  return literalValue(value)
}

function literalValue(node: GrammarNode): PlistValue {
  const parts = node.children.filter(({ type }) => type !== 'comment')
  switch (node.type) {
    case 'line_string_literal':
      return node.text.slice(1, -1).replaceAll(/\\(.)/g, '$1')
    case 'boolean_literal':
      return node.text === 'true'
    case 'array_literal':
      return parts.map(literalValue)
    case 'dictionary_literal': {
      const found: Record<string, PlistValue> = {}
      for (let at = 0; at < parts.length; at += 2) {
        const [key, value] = [parts[at], parts[at + 1]]
        if (!key || !value) throw new Error('a key without a value')
        const text = literalValue(key)
        if (typeof text !== 'string') throw new TypeError('a key that is no text')
        if (Object.hasOwn(found, text)) throw new Error(`${text} stands twice`)
        found[text] = literalValue(value)
      }
      return found
    }
    default:
      throw new Error(`not a literal: ${node.type}`)
  }
}
