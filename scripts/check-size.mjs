/**
 * Holds the size of the first load: all JavaScript that the page loads before the first input, and its style sheets, at
 * brotli 11. No X.509 library may be part of it. The table of roots, which comes later, has a limit of its own.
 *
 * Usage: check-size.mjs [folder], default dist
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { basename, extname, join, relative, resolve } from 'node:path'
import { parseSync } from 'vite'
import { brotli } from './compress.mjs'

const KIB = 1024
const JAVASCRIPT_BUDGET = 90 * KIB
const STYLE_BUDGET = 10 * KIB

/** What is loaded with the first chain or typed pin; `budget` in bytes. */
const ROOT_ASSETS = [
  { what: 'The table of roots', name: /^root-table-.*\.json$/, budget: 60_000 },
  { what: 'The certificates of roots', name: /^root-certificates-.*\.json$/, budget: null },
]

/**
 * Texts that survive minification and occur in a bundle of these libraries and of no other code here: a property that
 * all of asn1js works with, and error messages.
 */
const X509_MARKERS = [
  { library: 'asn1js', text: 'valueBeforeDecode' },
  { library: 'pkijs', text: 'was not verified against input data' },
  { library: '@peculiar/asn1-schema', text: 'ASN.1 object is not constructed' },
  { library: 'node-forge', text: 'Cannot read password-based-encryption algorithm parameters' },
  { library: '@peculiar/x509', text: 'tsyringe requires a reflect polyfill' },
]

const dist = resolve(process.argv[2] ?? join(import.meta.dirname, '..', 'dist'))
/** @type {string[]} */
const problems = []

if (!existsSync(join(dist, 'index.html'))) {
  console.error(`There is no index.html in ${dist}. "npm run build" makes it.`)
  process.exit(1)
}

const { scripts, styles } = filesOfPage(readFileSync(join(dist, 'index.html'), 'utf8'))
const firstScripts = withStaticImports(scripts)
const firstStyles = new Set(styles)
const all = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  .filter((file) => ['.js', '.css'].includes(extname(file)))
  .map((file) => join(dist, file))
const sizes = new Map(
  await Promise.all(all.map(async (file) => /** @type {const} */ ([file, (await brotli(readFileSync(file))).length]))),
)

for (const [file, size] of [...sizes].toSorted(([, a], [, b]) => b - a)) {
  const when = firstScripts.has(file) || firstStyles.has(file) ? 'first load' : 'later'
  console.log(`${inKib(size).padStart(10)}  ${when.padEnd(10)}  ${relative(dist, file)}`)
}
checkBudget('JavaScript', firstScripts, JAVASCRIPT_BUDGET)
checkBudget('CSS', firstStyles, STYLE_BUDGET)
checkMarkers()
await checkRootAssets()

for (const problem of problems) console.error(`✗ ${problem}`)
process.exit(problems.length === 0 ? 0 : 1)

/**
 * The scripts and style sheets that a page names, as files of dist.
 *
 * @param {string} html
 */
function filesOfPage(html) {
  /** @type {{ scripts: string[], styles: string[] }} */
  const files = { scripts: [], styles: [] }
  for (const [tag, name] of html.replaceAll(/<!--[\s\S]*?-->/g, '').matchAll(/<(script|link)\b[^>]*>/g)) {
    const address = attribute(tag, name === 'script' ? 'src' : 'href')
    const relation = attribute(tag, 'rel')
    if (address === null) continue
    const file = join(dist, new URL(address, 'http://page/').pathname)
    if (name === 'script' || relation === 'modulepreload') files.scripts.push(file)
    else if (relation === 'stylesheet') files.styles.push(file)
  }
  if (files.scripts.length === 0) problems.push('index.html names no script: nothing was measured')
  return files
}

/**
 * @param {string} tag
 * @param {string} name
 */
function attribute(tag, name) {
  return new RegExp(`\\s${name}=(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`).exec(tag)?.slice(1).find(Boolean) ?? null
}

/**
 * Scripts with everything they import statically, however far away.
 *
 * @param {string[]} entries
 */
function withStaticImports(entries) {
  const reached = new Set(entries)
  for (const file of reached) {
    if (!existsSync(file)) {
      problems.push(`${relative(dist, file)} is imported but not there`)
      reached.delete(file)
      continue
    }
    const { module, errors } = parseSync(file, readFileSync(file, 'utf8'))
    if (errors.length > 0) problems.push(`${relative(dist, file)} cannot be parsed: ${errors[0]?.message}`)
    const requests = [
      ...module.staticImports.map(({ moduleRequest }) => moduleRequest),
      ...module.staticExports.flatMap(({ entries: exported }) => exported.map(({ moduleRequest }) => moduleRequest)),
    ]
    for (const request of requests) {
      if (request) reached.add(resolve(file, '..', request.value))
    }
  }
  return reached
}

/**
 * @param {string} what
 * @param {Set<string>} files
 * @param {number} budget
 */
function checkBudget(what, files, budget) {
  const total = [...files].reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0)
  const line = `${what} of the first load: ${inKib(total)} of ${inKib(budget)}`
  console.log(line)
  if (total > budget) problems.push(`${line} is too much`)
}

function checkMarkers() {
  const scriptTexts = all.filter((file) => extname(file) === '.js').map((file) => [file, readFileSync(file, 'utf8')])
  for (const { library, text } of X509_MARKERS) {
    const holders = scriptTexts.flatMap(([file = '', content = '']) => (content.includes(text) ? file : []))
    // A library that is found nowhere has changed its texts or is gone: either way this check has become blind.
    if (holders.length === 0) problems.push(`${library} is not found in any chunk by the text "${text}"`)
    for (const file of holders.filter((holder) => firstScripts.has(holder))) {
      problems.push(`${relative(dist, file)} is part of the first load and contains ${library}`)
    }
  }
}

async function checkRootAssets() {
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  for (const { what, name, budget } of ROOT_ASSETS) {
    const [file, ...others] = files.filter((candidate) => name.test(basename(candidate)))
    if (file === undefined || others.length > 0) {
      problems.push(`${what}: ${others.length > 0 ? 'several files are' : 'no file is'} called like it`)
      continue
    }
    const size = (await brotli(readFileSync(join(dist, file)))).length
    const line = `${what}: ${size} bytes${budget === null ? '' : ` of ${budget}`}`
    console.log(line)
    if (budget !== null && size > budget) problems.push(`${line} is too much`)
  }
}

/** @param {number} bytes */
function inKib(bytes) {
  return `${(bytes / KIB).toFixed(1)} KiB`
}
