import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  REPOSITORY,
  nameOf,
  parseSource,
  readSourceFile,
  sourceFiles,
  syntaxNodes,
  textOf,
  type Import,
  type SourceFile,
  type SyntaxNode,
} from './support/source-files.ts'

const core = sourceFiles('src/core')
const src = sourceFiles('src')
const api = sourceFiles('api')

const within = (folder: string) => src.filter(({ path }) => path.startsWith(`src/${folder}/`))
const isUnder = (file: string | null, ...folders: readonly string[]) =>
  file !== null && folders.some((folder) => file.startsWith(`${folder}/`))

/** One line per import that a rule forbids. */
function forbiddenImports(files: readonly SourceFile[], isAllowed: (request: Import, from: SourceFile) => boolean) {
  return files.flatMap((file) =>
    file.imports.filter((request) => !isAllowed(request, file)).map(({ specifier }) => `${file.path}: ${specifier}`),
  )
}

/** One line per node of the syntax tree that a rule forbids, with what the rule calls it. */
function forbiddenCode(files: readonly SourceFile[], forbid: (node: SyntaxNode) => string | null) {
  return files.flatMap(({ path, program }) =>
    [...syntaxNodes(program)].flatMap((node) => {
      const found = forbid(node)
      return found === null ? [] : `${path}: ${found}`
    }),
  )
}

it('there is a core to hold rules for', () => {
  expect(core.length).toBeGreaterThan(0)
  expect(core.flatMap(({ imports }) => imports).length).toBeGreaterThan(0)
})

describe('the core', () => {
  it('imports nothing but the core, by relative path and with .ts', () => {
    expect(forbiddenImports(core, isCore)).toEqual([])
  })

  it('has one direction: certificate, chain, trust, pins, formats, settings, wording, stacks, cadence, risks, and above it what answers one question each', () => {
    expect(forbiddenImports(core, goesTheRightWay)).toEqual([])
  })

  it('knows neither clock nor chance nor the language of the machine', () => {
    expect(forbiddenCode(core, outsideWorld)).toEqual([])
  })
})

function isCore({ specifier, file }: Import): boolean {
  return isUnder(file, 'src/core') && specifier.endsWith('.ts')
}

const LAYERS = [
  'certificate',
  'chain',
  'trust',
  'pins',
  'formats',
  'settings',
  'wording',
  'stacks',
  'cadence',
  'risks',
  'rotation',
  'incident',
  'survival',
  'strategy',
  'review',
]

function goesTheRightWay({ file, kind }: Import, from: SourceFile): boolean {
  // A certificate carries its pin, devices check some, and the brand of a pin is a type alone.
  if (isUnder(from.path, 'src/core/certificate', 'src/core/trust') && file === 'src/core/pins/spki-pin.ts')
    return kind === 'type'
  return layerOf(file ?? '') <= layerOf(from.path)
}

/** Files directly in the core are shared by all its folders; -1. A folder that is not in the list may use nothing. */
function layerOf(path: string): number {
  const [, folder] = /^src\/core\/([^/]+)\/./.exec(path) ?? []
  if (folder === undefined) return -1
  const layer = LAYERS.indexOf(folder)
  if (layer < 0) throw new Error(`src/core/${folder} has no place in the order of the core's folders`)
  return layer
}

function outsideWorld(node: SyntaxNode): string | null {
  const callee = nameOf(node['callee'])
  const hasArguments = Array.isArray(node['arguments']) && node['arguments'].length > 0
  if (node.type === 'NewExpression' && callee === 'Date' && !hasArguments) return 'new Date()'
  if (node.type === 'CallExpression' && callee === 'Date') return 'Date()'
  if (node.type === 'Identifier' && (node['name'] === 'Intl' || node['name'] === 'performance')) return node['name']
  if (node.type !== 'MemberExpression') return null
  const property = nameOf(node['property']) ?? textOf(node['property']) ?? ''
  const member = `${nameOf(node['object'])}.${property}`
  return property.startsWith('toLocale') || ['Date.now', 'Math.random'].includes(member) ? member : null
}

describe('the folders around the core', () => {
  it('keep the X.509 libraries in the engine', () => {
    const outside = [...src, ...api].filter(({ path }) => !isUnder(path, 'src/engine'))
    expect(forbiddenImports(outside, isNoX509Library)).toEqual([])
  })

  it('have one import of the library that needs a polyfill, behind it', () => {
    const importers = src.filter(({ imports }) => imports.some(({ specifier }) => specifier === '@peculiar/x509'))
    expect(importers.map(({ path }) => path)).toEqual(['src/engine/x509.ts'])
    const specifiers = importers[0]?.imports.map(({ specifier }) => specifier)
    expect([...new Set(specifiers)]).toEqual(['reflect-metadata', '@peculiar/x509'])
  })

  it.each(['engine', 'host', 'live-chain'])('%s imports only the core and itself', (folder) => {
    const isAllowed = ({ file }: Import) => file === null || isUnder(file, 'src/core', `src/${folder}`)
    expect(forbiddenImports(within(folder), isAllowed)).toEqual([])
  })

  it('the app takes from the engine its clients, the address of its worker and types', () => {
    const app = src.filter(({ path }) => isUnder(path, 'src/app') || /^src\/[^/]+$/.test(path))
    expect(forbiddenImports(app, staysAtTheDoor)).toEqual([])
  })

  it('the endpoint takes from the page the contract alone', () => {
    expect(forbiddenImports(api, isNoPageButContract)).toEqual([])
  })

  it('the contract imports nothing', () => {
    expect(readSourceFile('src/live-chain/contract.ts').imports).toEqual([])
  })
})

function isNoX509Library({ specifier }: Import): boolean {
  return !/^(?:pkijs|asn1js|node-forge|reflect-metadata|@peculiar\/.*)(?:\/|$)/.test(specifier)
}

function staysAtTheDoor({ file, kind }: Import): boolean {
  if (!isUnder(file, 'src/engine') || kind === 'type') return true
  return (
    /^src\/engine\/(?:backup-key-)?client\.ts$/.test(file ?? '') || (file === 'src/engine/worker.ts' && kind === 'url')
  )
}

function isNoPageButContract({ file }: Import): boolean {
  return !isUnder(file, 'src') || file === 'src/live-chain/contract.ts'
}

describe('the page', () => {
  it('uses every class of its style sheets, and none that is not there', () => {
    const sheets = readdirSync(join(REPOSITORY, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.module.css'),
    )
    const problems = sheets.flatMap((sheet) => {
      const name = basename(sheet)
      const css = readFileSync(join(REPOSITORY, 'src', sheet), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '')
      const there = new Set(Array.from(css.matchAll(/\.([a-z][A-Za-z]*)(?=[^{}]*\{)/g), ([, found = '']) => found))
      const users = src.filter(({ imports }) => imports.some(({ specifier }) => basename(specifier) === name))
      const used = new Set<string>()
      // A class that is chosen by a value: `styles[severity]`.
      let isChosen = false
      for (const { path } of users) {
        const text = readFileSync(join(REPOSITORY, path), 'utf8')
        const local = new RegExp(`import (\\w+) from '[^']*${name}'`).exec(text)?.[1] ?? 'styles'
        isChosen ||= text.includes(`${local}[`)
        for (const [, found = ''] of text.matchAll(new RegExp(`\\b${local}\\.(\\w+)`, 'g'))) used.add(found)
      }
      const missing = [...used].filter((found) => !there.has(found)).map((found) => `${name} has no .${found}`)
      const unused = [...there].filter((found) => !used.has(found) && !isChosen)
      return missing.concat(unused.map((found) => `nobody uses .${found} of ${name}`))
    })
    expect(problems).toEqual([])
  })

  it('never turns text into markup', () => {
    expect(forbiddenCode(src, markupFromText)).toEqual([])
  })
})

const MARKUP_SINKS = new Set(['dangerouslySetInnerHTML', 'innerHTML', 'outerHTML', 'insertAdjacentHTML'])

function markupFromText(node: SyntaxNode): string | null {
  const name = nameOf(node) ?? (node.type === 'Literal' ? textOf(node) : null)
  return name !== null && MARKUP_SINKS.has(name) ? name : null
}

describe('inspect.ts', () => {
  const files = reachedFrom('src/engine/inspect.ts')

  it('runs in plain Node: nothing it reaches asks a bundler for anything', () => {
    expect(files.length).toBeGreaterThan(0)
    expect(forbiddenImports(files, isWithoutQuery)).toEqual([])
    expect(forbiddenCode(files, bundlerFeature)).toEqual([])
  })
})

function isWithoutQuery({ specifier }: Import): boolean {
  return !/[?#]/.test(specifier)
}

/** A file of ours and all others that it imports for use at run time, however far away. */
function reachedFrom(start: string): SourceFile[] {
  const known = new Map(src.map((file) => [file.path, file]))
  const reached = new Set(known.has(start) ? [start] : [])
  for (const path of reached) {
    for (const { file, kind } of known.get(path)?.imports ?? []) {
      if (file !== null && kind !== 'type') reached.add(file)
    }
  }
  return [...reached].flatMap((path) => known.get(path) ?? [])
}

function bundlerFeature(node: SyntaxNode): string | null {
  const object = node['object']
  const isImportMeta =
    typeof object === 'object' && object !== null && 'type' in object && object.type === 'MetaProperty'
  const property = nameOf(node['property'])
  return isImportMeta && (property === 'glob' || property === 'env') ? `import.meta.${property}` : null
}

describe('the registries', () => {
  const rules = core.filter(({ path }) => isUnder(path, 'src/core/risks/rules'))
  const formats = core.filter(({ path }) =>
    isUnder(path, ...['android', 'ios', 'cross', 'tools'].map((folder) => `src/core/formats/${folder}`)),
  )

  it('list every risk rule, and a rule is called as its file', async () => {
    const registry = await registered('src/core/risks/registry.ts')
    expect(rules.length).toBeGreaterThan(0)
    for (const { path } of rules) {
      const { default: rule } = await loadModule(path)
      expect.soft(registry.has(rule), `${path} is in the registry`).toBe(true)
      expect.soft(rule, path).toHaveProperty('id', /([^/]+)\.ts$/.exec(path)?.[1])
    }
  })

  it('list every format', async () => {
    const registry = await registered('src/core/formats/registry.ts')
    expect(formats.length).toBeGreaterThan(0)
    for (const { path } of formats) {
      for (const format of Object.values(await loadModule(path)).filter(isFormat)) {
        expect.soft(registry.has(format), `${path} is in the registry`).toBe(true)
      }
    }
  })
})

async function loadModule(path: string): Promise<Readonly<Record<string, unknown>>> {
  return await import(/* @vite-ignore */ pathToFileURL(join(REPOSITORY, path)).href)
}

/** What a registry lists: the items of the arrays that it exports. */
async function registered(path: string): Promise<ReadonlySet<unknown>> {
  return new Set(
    Object.values(await loadModule(path))
      .filter(Array.isArray)
      .flat(),
  )
}

function isFormat(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'id' in value && 'render' in value
}

const parsed = (path: string, text: string) => [parseSource(path, text)]
const arrowsBack = (path: string, text: string) => forbiddenImports(parsed(path, text), goesTheRightWay).length

describe('these rules', () => {
  it('see every way to import', () => {
    const text = `
      import a from './a.ts'; import type { B } from './b.ts'; import { type C } from './c.ts'; import './d.ts'
      export * from './e.ts'; export type { F } from './f.ts'; export { g } from './g.ts'
      const h = import('./h.ts'); type I = import('./i.ts').I; new URL('./j.ts', import.meta.url)
      // import './comment.ts'
      const text = "import './text.ts'"; import k from 'package'; import('./' + k)`
    const seen = parsed('src/core/pins/x.ts', text).flatMap(({ imports }) => imports)
    const here = 'src/core/pins'
    expect(new Set(seen.map(({ file, specifier, kind }) => `${kind} ${file ?? specifier}`))).toEqual(
      new Set([
        ...['a', 'd', 'e', 'g'].map((name) => `value ${here}/${name}.ts`),
        ...['b', 'c', 'f', 'i'].map((name) => `type ${here}/${name}.ts`),
        `dynamic ${here}/h.ts`,
        `url ${here}/j.ts`,
        'value package',
        'dynamic (computed)',
      ]),
    )
  })

  it('see what the core must not use', () => {
    const text = `Intl.NumberFormat(); x.toLocaleDateString(); x['toLocaleString'](); Date.now(); new Date(); Date()
      Math.random(); performance.now(); new Date(0); Date.parse('x'); Math.max(1); x.toString()`
    expect(forbiddenCode(parsed('src/core/x.ts', text), outsideWorld).length).toBe(8)
  })

  it('see an arrow that points back', () => {
    expect(arrowsBack('src/core/pins/x.ts', `import '../formats/y.ts'`)).toBe(1)
    expect(arrowsBack('src/core/pins/x.ts', `import '../chain/y.ts'; import '../result.ts'; import './z.ts'`)).toBe(0)
    expect(arrowsBack('src/core/result.ts', `import './pins/y.ts'`)).toBe(1)
    expect(arrowsBack('src/core/certificate/x.ts', `import type { SpkiPin } from '../pins/spki-pin.ts'`)).toBe(0)
    expect(arrowsBack('src/core/trust/x.ts', `import type { SpkiPin } from '../pins/spki-pin.ts'`)).toBe(0)
    expect(arrowsBack('src/core/trust/x.ts', `import type { PinPlan } from '../pins/plan-pins.ts'`)).toBe(1)
    expect(arrowsBack('src/core/certificate/x.ts', `import { spkiPin } from '../pins/spki-pin.ts'`)).toBe(1)
  })

  it('see bundler features', () => {
    const text = `import.meta.glob('./*'); import.meta.env.DEV; import.meta.url; other.env`
    expect(forbiddenCode(parsed('src/engine/x.ts', text), bundlerFeature).length).toBe(2)
  })
})
