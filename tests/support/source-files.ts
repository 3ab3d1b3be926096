import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, extname, join, relative, resolve, sep } from 'node:path'
import { parseSync } from 'vite'

export const REPOSITORY = join(import.meta.dirname, '../..')

export interface Import {
  /** As written, for example `./pins/spki-pin.ts`, `react` or `./worker.ts?worker`. */
  readonly specifier: string
  /** From the repository's root, with `/`, when the specifier is relative; null for a package. */
  readonly file: string | null
  /** `type`: gone at run time. `url`: `new URL('…', import.meta.url)`, how a worker is named. */
  readonly kind: 'value' | 'type' | 'dynamic' | 'url'
}

export interface SourceFile {
  /** From the repository's root, with `/`. */
  readonly path: string
  readonly imports: readonly Import[]
  readonly program: unknown
}

/** A node of the syntax tree, as ESTree has them. */
export interface SyntaxNode {
  readonly type: string
  readonly [property: string]: unknown
}

/** All TypeScript files under a folder of the repository; none when there is no such folder. */
export function sourceFiles(folder: string): SourceFile[] {
  const absolute = join(REPOSITORY, folder)
  if (!existsSync(absolute)) return []
  return readdirSync(absolute, { recursive: true, encoding: 'utf8' })
    .filter((name) => ['.ts', '.tsx'].includes(extname(name)))
    .toSorted((left, right) => left.localeCompare(right))
    .map((name) => readSourceFile(join(folder, name).split(sep).join('/')))
}

export function readSourceFile(path: string): SourceFile {
  return parseSource(path, readFileSync(join(REPOSITORY, path), 'utf8'))
}

export function parseSource(path: string, text: string): SourceFile {
  const { program, module, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`)
  const from = (specifier: string, kind: Import['kind']): Import => ({
    specifier,
    file: specifier.startsWith('.') ? fileOf(path, specifier) : null,
    kind,
  })
  const nodes = [...syntaxNodes(program)]
  const imports = [
    ...module.staticImports.map(({ moduleRequest, entries }) =>
      from(moduleRequest.value, entries.length > 0 && entries.every(({ isType }) => isType) ? 'type' : 'value'),
    ),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest ? from(moduleRequest.value, isType ? 'type' : 'value') : [],
      ),
    ),
    ...nodes.flatMap((node) => {
      const specifier = textOf(node['source'])
      if (node.type === 'ImportExpression') return from(specifier ?? '(computed)', 'dynamic')
      if (node.type === 'TSImportType' && specifier !== null) return from(specifier, 'type')
      const url = isNewUrl(node) ? textOf((node['arguments'] as unknown[])[0]) : null
      return url === null ? [] : from(url, 'url')
    }),
  ]
  return { path, imports, program }
}

function isNewUrl(node: SyntaxNode): boolean {
  return node.type === 'NewExpression' && nameOf(node['callee']) === 'URL'
}

/** The file that a relative specifier means: without query, and `.js` is how `api/` names its `.ts` files. */
function fileOf(importer: string, specifier: string): string {
  const absolute = resolve(REPOSITORY, dirname(importer), specifier.replace(/[?#].*$/s, ''))
  const file = relative(REPOSITORY, absolute).split(sep).join('/')
  return file.endsWith('.js') && !existsSync(absolute) ? file.replace(/\.js$/, '.ts') : file
}

export function* syntaxNodes(value: unknown): Generator<SyntaxNode> {
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const item of value) yield* syntaxNodes(item)
    return
  }
  if (isSyntaxNode(value)) yield value
  for (const property of Object.values(value)) yield* syntaxNodes(property)
}

function isSyntaxNode(value: object): value is SyntaxNode {
  return 'type' in value && typeof value.type === 'string'
}

/** The name of an identifier; null for any other node. */
export function nameOf(node: unknown): string | null {
  const isNamed = typeof node === 'object' && node !== null && 'name' in node && typeof node.name === 'string'
  return isNamed ? (node.name as string) : null
}

/** The value of a string literal; null for any other node. */
export function textOf(node: unknown): string | null {
  const isText = typeof node === 'object' && node !== null && 'value' in node && typeof node.value === 'string'
  return isText ? (node.value as string) : null
}
