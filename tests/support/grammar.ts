/** Grammars of target languages, as a judge of what is printed: they tell what no parser of the language would accept. */
import { createRequire } from 'node:module'
import { Language, Parser, type Node, type TreeCursor } from 'web-tree-sitter'

export type GrammarLanguage = 'csharp' | 'dart' | 'java' | 'kotlin' | 'objectivec' | 'swift' | 'typescript'

const FILES: Readonly<Record<GrammarLanguage, string>> = {
  csharp: 'tree-sitter-c_sharp.wasm',
  dart: 'tree-sitter-dart.wasm',
  java: 'tree-sitter-java.wasm',
  kotlin: 'tree-sitter-kotlin.wasm',
  objectivec: 'tree-sitter-objc.wasm',
  swift: 'tree-sitter-swift.wasm',
  typescript: 'tree-sitter-typescript.wasm',
}

const { resolve } = createRequire(import.meta.url)

await Parser.init()

const parsers = new Map<GrammarLanguage, Promise<Parser>>()

function parserOf(language: GrammarLanguage): Promise<Parser> {
  const known = parsers.get(language) ?? load(language)
  parsers.set(language, known)
  return known
}

async function load(language: GrammarLanguage): Promise<Parser> {
  const grammar = await Language.load(resolve(`tree-sitter-wasms/out/${FILES[language]}`))
  return new Parser().setLanguage(grammar)
}

/** One named node of a syntax tree. */
export interface GrammarNode {
  readonly type: string
  readonly text: string
  readonly children: readonly GrammarNode[]
}

/** The whole tree as plain data, without punctuation. */
export async function syntaxTree(language: GrammarLanguage, source: string): Promise<GrammarNode> {
  return withTree(language, source, (root) => {
    const cursor = root.walk()
    try {
      return plainNode(cursor, source)
    } finally {
      cursor.delete()
    }
  })
}

/** Those of one type in a tree, from its root on, in the order of the text. */
export function nodesOf(node: GrammarNode, type: string): GrammarNode[] {
  return [...(node.type === type ? [node] : []), ...node.children.flatMap((child) => nodesOf(child, type))]
}

/** By a cursor: each `Node`, and its text, would be fetched from WebAssembly by itself. */
function plainNode(cursor: TreeCursor, source: string): GrammarNode {
  const { nodeType: type, startIndex, endIndex } = cursor
  const children: GrammarNode[] = []
  if (cursor.gotoFirstChild()) {
    do {
      if (cursor.nodeIsNamed) children.push(plainNode(cursor, source))
    } while (cursor.gotoNextSibling())
    cursor.gotoParent()
  }
  return { type, text: source.slice(startIndex, endIndex), children }
}

/** What the grammar could not make sense of, with its place; empty when all of it is of that language. */
export async function parseProblems(language: GrammarLanguage, source: string): Promise<string[]> {
  return withTree(language, source, (root) => {
    const problems: string[] = []
    if (!root.hasError) return problems
    visit(root, (node) => {
      const { row, column } = node.startPosition
      if (node.isMissing) problems.push(`${row + 1}:${column + 1}: ${node.type} is missing`)
      else if (node.isError) problems.push(`${row + 1}:${column + 1}: unexpected ${JSON.stringify(node.text)}`)
    })
    return problems
  })
}

async function withTree<T>(language: GrammarLanguage, source: string, use: (root: Node) => T): Promise<T> {
  const parser = await parserOf(language)
  const tree = parser.parse(source)
  if (tree === null) throw new Error(`The ${language} grammar gave no tree`)
  try {
    return use(tree.rootNode)
  } finally {
    // WebAssembly's memory is not collected.
    tree.delete()
  }
}

function visit(node: Node, see: (node: Node) => void): void {
  see(node)
  for (const child of node.children) if (child !== null) visit(child, see)
}
