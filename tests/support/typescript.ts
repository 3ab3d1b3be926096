/** The project's own compiler of TypeScript, as a judge of what is printed in it. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { run } from './tools.ts'

const TSC = join(import.meta.dirname, '../../node_modules/.bin/tsc')

/** Files by path, and what the packages that they import are: a declaration and a stand-in that records. */
export interface TypeScriptProject {
  readonly sources: Readonly<Record<string, string>>
  readonly packages: Readonly<Record<string, { readonly declaration: string; readonly code: string }>>
}

/**
 * Checks all files strictly and makes modules of them. `problems` are the compiler's own; `load` runs one of the files.
 * Whoever calls removes the folder with `dispose`.
 */
export function compileTypeScript({ sources, packages }: TypeScriptProject) {
  const folder = mkdtempSync(join(tmpdir(), 'pinsmith-typescript-'))
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  const config = {
    compilerOptions: {
      target: 'ES2022',
      module: 'ESNext',
      moduleResolution: 'bundler',
      strict: true,
      noUnusedLocals: true,
      types: [],
      rootDir: 'src',
      outDir: 'out',
    },
    include: ['src'],
  }
  write('tsconfig.json', JSON.stringify(config))
  write('package.json', '{"type":"module"}')
  for (const [path, content] of Object.entries(sources)) write(`src/${path}`, content)
  for (const [name, { declaration, code }] of Object.entries(packages)) {
    write(`node_modules/${name}/package.json`, '{"type":"module","main":"index.js","types":"index.d.ts"}')
    write(`node_modules/${name}/index.d.ts`, declaration)
    write(`node_modules/${name}/index.js`, code)
  }
  const { problem } = run(TSC, ['-p', folder], '', 120_000)
  return {
    problems: problem === undefined ? [] : problem.replaceAll(`${folder}/`, '').split('\n'),
    load: async (path: string) =>
      (await import(/* @vite-ignore */ pathToFileURL(join(folder, 'out', path)).href)) as Record<string, unknown>,
    loadPackage: async (name: string) =>
      (await import(/* @vite-ignore */ pathToFileURL(join(folder, 'node_modules', name, 'index.js')).href)) as Record<
        string,
        unknown
      >,
    files: () => readdirSync(join(folder, 'out')),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  }
}
