/**
 * `npm test`: everything that has to hold, in order, until something does not. The last line of the output adds up the
 * tests of all Vitest runs; a step that fails without a failed test counts as one.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { ToolProblem, prepareTools, requireChromium } from './tools.mjs'

const ROOT = join(import.meta.dirname, '..')
const BIN = join(ROOT, 'node_modules', '.bin')
const REPORTS = mkdtempSync(join(tmpdir(), 'pinsmith-check-'))

/** @type {{ name: string, title: string, run: () => Promise<boolean> }[]} */
const STEPS = [
  { name: 'tools', title: 'Browser and tools', run: prepare },
  { name: 'typecheck', title: 'Types', run: () => runBin('tsc', '-b') },
  { name: 'lint', title: 'Lint', run: () => runBin('oxlint', '--type-aware', '--deny-warnings') },
  { name: 'format', title: 'Format', run: () => runBin('prettier', '--check', '.') },
  { name: 'unit', title: 'Unit and endpoint tests', run: () => runVitest('unit') },
  { name: 'build', title: 'Build', run: build },
  { name: 'size', title: 'Size of the first load', run: () => runNode('scripts/check-size.mjs') },
  { name: 'e2e', title: 'Browser tests', run: () => runVitest('e2e', { needsBrowser: true }) },
]

const counts = { passed: 0, failed: 0, skipped: 0 }

/** @type {Map<string, { ok: boolean, seconds: number }>} */
const outcomes = new Map()

/** @type {string | null} */
let chromium = null

/** @type {import('node:child_process').ChildProcess | null} */
let child = null

const steps = chosenSteps()
let stopping = false
for (const [signal, code] of /** @type {const} */ ([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])) {
  process.on(signal, async () => {
    const again = stopping
    stopping = true
    // Asked politely, Vitest's workers close their browsers; the second time nobody is asked.
    await endChild(again ? 0 : 5000)
    console.log(`\nStopped by ${signal}.`)
    finish(code)
  })
}

for (const step of steps) {
  console.log(`\n━━ ${step.title} (${step.name})`)
  const started = performance.now()
  const failedBefore = counts.failed
  const ok = await step.run().catch((/** @type {unknown} */ bug) => {
    console.error(bug)
    return false
  })
  if (stopping) await new Promise(() => {})
  const seconds = (performance.now() - started) / 1000
  if (!ok && counts.failed === failedBefore) counts.failed += 1
  outcomes.set(step.name, { ok, seconds })
  console.log(`${ok ? '✓' : '✗'} ${step.title}: ${ok ? 'passed' : 'FAILED'} after ${seconds.toFixed(1)} s`)
  if (!ok) break
}
finish([...outcomes.values()].every(({ ok }) => ok) ? 0 : 1)

function chosenSteps() {
  const names = STEPS.map(({ name }) => name).join(', ')
  try {
    const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } })
    if (!values.only) return STEPS
    const wanted = new Set(values.only.flatMap((list) => list.split(',')).map((name) => name.trim()))
    const unknown = [...wanted].filter((name) => !STEPS.some((step) => step.name === name))
    if (unknown.length === 0) return STEPS.filter(({ name }) => wanted.has(name))
    console.error(`There is no step ${unknown.map((name) => `"${name}"`).join(', ')}. The steps are ${names}.`)
  } catch (cause) {
    console.error(`${String(cause)}\nUsage: check.mjs [--only step,step]. The steps are ${names}.`)
  }
  return finish(2)
}

async function prepare() {
  return withTools(async () => {
    chromium = await prepareTools((line) => console.log(line))
    return true
  })
}

/** @param {() => Promise<boolean>} action */
async function withTools(action) {
  try {
    return await action()
  } catch (cause) {
    if (!(cause instanceof ToolProblem)) throw cause
    console.error(cause.message)
    return false
  }
}

async function build() {
  return (
    (await runBin('vite', 'build')) &&
    (await runNode('scripts/compress.mjs')) &&
    (await runBin('vite', 'build', '--ssr', 'api/_lib/node-server.ts'))
  )
}

/** @param {string} project */
async function runVitest(project, { needsBrowser = false } = {}) {
  return withTools(async () => {
    if (needsBrowser) chromium ??= await requireChromium()
    const file = join(REPORTS, `${project}.json`)
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const ok = await runBin('vitest', 'run', '--project', project, ...reporters)
    const counted = countTests(file)
    if (!counted && !stopping) console.error('Vitest wrote no report.')
    return ok && counted
  })
}

/** @param {string} file */
function countTests(file) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'))
    counts.passed += report.numPassedTests
    counts.failed += report.numFailedTests
    counts.skipped += report.numPendingTests + report.numTodoTests
    return true
  } catch {
    return false
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function runBin(command, ...args) {
  return runNode(join(BIN, command), ...args)
}

/**
 * Runs a script with this Node. The child leads a process group of its own, so that what it started ends with it.
 *
 * @param {string} script
 * @param {string[]} args
 * @returns {Promise<boolean>}
 */
function runNode(script, ...args) {
  const env = { ...process.env, PATH: `${BIN}${delimiter}${process.env.PATH ?? ''}` }
  if (chromium !== null) env.PINSMITH_CHROMIUM = chromium
  // Expected files are rewritten by a command of their own and never by a check.
  delete env.UPDATE_GOLDEN
  return new Promise((resolve) => {
    child = spawn(process.execPath, [script, ...args], {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: process.platform !== 'win32',
    })
    child.on('error', (error) => {
      console.error(error.message)
      resolve(false)
    })
    child.on('close', (code) => {
      child = null
      resolve(code === 0)
    })
  })
}

/**
 * Ends the running child and its process group.
 *
 * @param {number} patience milliseconds between asking and killing
 */
async function endChild(patience) {
  if (!child?.pid) return
  const closed = new Promise((resolve) => child?.once('close', resolve))
  const group = process.platform === 'win32' ? child.pid : -child.pid
  try {
    process.kill(group, 'SIGTERM')
    await Promise.race([closed, delay(patience)])
    process.kill(group, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

/**
 * @param {number} code
 * @returns {never}
 */
function finish(code) {
  rmSync(REPORTS, { recursive: true, force: true })
  if (code !== 0 && counts.failed === 0) counts.failed = 1
  if (outcomes.size > 0) {
    console.log('\n━━ Summary')
    for (const { name, title } of steps) {
      const outcome = outcomes.get(name)
      const result = outcome ? `${outcome.ok ? 'passed' : 'FAILED'}  ${outcome.seconds.toFixed(1)} s` : 'not run'
      console.log(`${title.padEnd(26)} ${result}`)
    }
    console.log()
  }
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
  process.exit(code)
}
