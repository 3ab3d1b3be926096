import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import type { CertificateSnippet, Snippet } from '../../../src/core/formats/format.ts'
import { FORMATS } from '../../../src/core/formats/registry.ts'
import { renderingsOf } from './renderings.ts'

export interface GoldenFile {
  /** `<format id>/<case>[.<option>-<value>].<snippet id>.<extension>`, under `tests/golden`. */
  readonly path: string
  readonly content: string
}

/** What every format makes of every case. */
export function rendered(): GoldenFile[] {
  const files = FORMATS.flatMap((format) =>
    renderingsOf(format).flatMap(({ name, snippets }) =>
      snippets.map((snippet) => ({
        path: `${format.id}/${fileName(name, snippet)}`,
        content: textOf(snippet),
      })),
    ),
  )
  return unique(files)
}

/** A text without a day says the same for every plan, and is kept once. */
function fileName(name: string, snippet: Snippet): string {
  const { id, fileName: ownName } = snippet
  if (snippet.kind === 'certificate') return `${name}.${id}.txt`
  const extension = ownName === null ? `.${snippet.language}` : extname(ownName)
  return snippet.content.includes('made by Pinsmith') ? `${name}.${id}${extension}` : `${id}${extension}`
}

/** Of a certificate, what is said about it: the certificates of the cases have no bytes. */
function textOf(snippet: Snippet): string {
  if (snippet.kind === 'certificate') return certificateText(snippet)
  return snippet.content.endsWith('\n') ? snippet.content : `${snippet.content}\n`
}

function certificateText({ title, path, fileName: ownName, certificate, encoding, place }: CertificateSnippet): string {
  return [title, path, `${ownName}: the certificate ${certificate} as ${encoding.toUpperCase()}`, place, ''].join('\n')
}

function unique(files: readonly GoldenFile[]): GoldenFile[] {
  const known = new Map<string, string>()
  for (const { path, content } of files) {
    if ((known.get(path) ?? content) !== content) throw new Error(`${path} would have two contents`)
    known.set(path, content)
  }
  return [...known].map(([path, content]) => ({ path, content }))
}

/** `UPDATE_GOLDEN=1` rewrites the files; never in CI, where nobody would read what was written. */
export function isUpdate(environment: Readonly<Record<string, string | undefined>>): boolean {
  const asked = isSet(environment['UPDATE_GOLDEN'])
  if (asked && isSet(environment['CI'])) throw new Error('Golden files are never written in CI: unset UPDATE_GOLDEN')
  return asked
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && !['', '0', 'false'].includes(value)
}

/** The paths of all files in a folder, with `/`. */
export function storedPaths(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
}

export function stored(folder: string, path: string): string | null {
  const file = join(folder, path)
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

/** Writes what is not there as it is, removes what has no case any more, leaves the rest untouched. */
export function rewrite(folder: string, files: readonly GoldenFile[]): void {
  const wanted = new Set(files.map(({ path }) => path))
  for (const path of storedPaths(folder)) if (!wanted.has(path)) rmSync(join(folder, path))
  for (const { path, content } of files) {
    if (stored(folder, path) === content) continue
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
}
