import { execFile, spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

const CHROMIUM_COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

const FIREFOX_COMMANDS = ['firefox-esr', 'firefox']

const NO_CHROMIUM =
  'The browser tests need a Chromium or Chrome. Install one (on Debian: sudo apt-get install chromium) or set PINSMITH_CHROMIUM to the path of yours.'

/**
 * Tools that judge what Pinsmith writes, or that it works with. Tests that need one are skipped, with the reason, where it is missing.
 *
 * @type {{ name: string, packages: string[], isPresent: () => boolean }[]}
 */
const OPTIONAL_TOOLS = [
  {
    name: 'aapt',
    packages: ['aapt', 'android-framework-res'],
    isPresent: () => findOnPath('aapt') !== null && existsSync('/usr/share/android-framework-res/framework-res.apk'),
  },
  { name: 'xmllint', packages: ['libxml2-utils'], isPresent: () => findOnPath('xmllint') !== null },
  { name: 'openssl', packages: ['openssl'], isPresent: () => findOnPath('openssl') !== null },
  { name: 'python3', packages: ['python3'], isPresent: () => findOnPath('python3') !== null },
  {
    name: 'PyYAML',
    packages: ['python3-yaml'],
    isPresent: () => hasPythonModule('yaml'),
  },
  { name: 'plparse', packages: ['gnustep-base-runtime'], isPresent: () => findOnPath('plparse') !== null },
  { name: 'javac', packages: ['default-jdk-headless'], isPresent: () => findOnPath('javac') !== null },
  {
    name: 'OkHttp',
    packages: ['libokhttp-java', 'libokio-java'],
    isPresent: () => ['okhttp', 'okio'].every((name) => existsSync(`/usr/share/java/${name}.jar`)),
  },
  { name: 'kotlinc', packages: ['kotlin'], isPresent: () => findOnPath('kotlinc') !== null },
  { name: 'mcs', packages: ['mono-mcs'], isPresent: () => findOnPath('mcs') !== null },
  { name: 'curl', packages: ['curl'], isPresent: () => findOnPath('curl') !== null },
  { name: 'ldns', packages: ['ldnsutils'], isPresent: () => findOnPath('ldns-read-zone') !== null },
  { name: 'jsonschema', packages: ['python3-jsonschema'], isPresent: () => findOnPath('jsonschema') !== null },
  { name: 'icalendar', packages: ['python3-icalendar'], isPresent: () => hasPythonModule('icalendar') },
  { name: 'redis-server', packages: ['redis-server'], isPresent: () => findOnPath('redis-server') !== null },
  {
    name: 'firefox',
    packages: ['firefox-esr'],
    isPresent: () =>
      Boolean(process.env.PINSMITH_FIREFOX) || FIREFOX_COMMANDS.some((name) => findOnPath(name) !== null),
  },
  // Without any font a screenshot shows no text.
  { name: 'fonts', packages: ['fonts-dejavu-core'], isPresent: hasFonts },
]

/**
 * Debian's own Python finds Debian's packages; another one may come first on the path.
 *
 * @param {string} name
 */
function hasPythonModule(name) {
  return spawnSync('/usr/bin/python3', ['-E', '-s', '-c', `import ${name}`]).status === 0
}

/** A sentence for the person at the keyboard, who can do something about it. */
export class ToolProblem extends Error {}

/** @returns {Promise<string | null>} the Chromium to test with, started once to see that it runs */
export async function findChromium() {
  const chosen = process.env.PINSMITH_CHROMIUM
  if (chosen) {
    if (await starts(chosen)) return chosen
    throw new ToolProblem(`PINSMITH_CHROMIUM is ${chosen}, which cannot be started.`)
  }
  for (const command of CHROMIUM_COMMANDS) {
    const file = findOnPath(command)
    // On Ubuntu `chromium-browser` may be a script that only asks for a snap.
    if (file !== null && (await starts(file))) return file
  }
  return null
}

/**
 * Finds the browser and the judging tools, and installs what is missing when this is Debian and we are root.
 *
 * @param {(line: string) => void} report
 * @returns {Promise<string>} the Chromium to test with; throws ToolProblem when there is none
 */
export async function prepareTools(report) {
  let chromium = await findChromium()
  let missing = OPTIONAL_TOOLS.filter(({ isPresent }) => !isPresent())
  if ((chromium === null || missing.length > 0) && mayInstall()) {
    const wanted = missing.map((tool) => tool.packages)
    if (chromium === null) wanted.unshift(['chromium'])
    await installAll(wanted, report)
    chromium ??= await findChromium()
    missing = missing.filter(({ isPresent }) => !isPresent())
  }
  if (chromium === null) throw new ToolProblem(NO_CHROMIUM)
  report(`Chromium: ${chromium}`)
  for (const { name, packages } of missing) {
    report(`${name} is missing: tests that need it will be skipped (apt-get install ${packages.join(' ')})`)
  }
  return chromium
}

/** @returns {Promise<string>} */
export async function requireChromium() {
  const chromium = await findChromium()
  if (chromium === null) throw new ToolProblem(NO_CHROMIUM)
  return chromium
}

function mayInstall() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && findOnPath('apt-get') !== null
}

/**
 * Installs in one call what belongs to several tools. One package that cannot be had spoils the whole call: then each
 * tool gets a call of its own.
 *
 * @param {string[][]} wanted the packages of each tool
 * @param {(line: string) => void} report
 */
async function installAll(wanted, report) {
  report(`Installing ${wanted.flat().join(', ')} with apt-get …`)
  // A list that cannot be refreshed, say of a foreign repository, does not rule out the installation.
  const update = await aptGet(300, 'update')
  const together = await aptGet(300, 'install', ...wanted.flat())
  if (together.ok) return
  report(`apt-get failed:\n${update.output}${together.output}`)
  if (wanted.length === 1) return
  for (const packages of wanted) {
    const alone = await aptGet(30, 'install', ...packages)
    report(alone.ok ? `Installed ${packages.join(', ')}` : `apt-get cannot install ${packages.join(', ')}`)
  }
}

/**
 * @param {number} patience in seconds, for the lock: someone else may be installing at this moment
 * @param {'update' | 'install'} command
 * @param {string[]} packages
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
async function aptGet(patience, command, ...packages) {
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: 64 * 1024 * 1024 }
  const args = ['-o', `DPkg::Lock::Timeout=${patience}`, command]
  if (command === 'install') args.push('-y', '--no-install-recommends', ...packages)
  try {
    return { ok: true, output: outputOf(await run('apt-get', args, options)) }
  } catch (cause) {
    return { ok: false, output: outputOf(cause) }
  }
}

/** @param {unknown} outcome what execFile resolved to or rejected with */
function outputOf(outcome) {
  const { stdout = '', stderr = '' } = /** @type {{ stdout?: string, stderr?: string }} */ (outcome)
  return `${stdout}${stderr}`
}

/** @param {string} browser */
async function starts(browser) {
  try {
    await run(browser, ['--version'], { timeout: 20_000 })
    return true
  } catch {
    return false
  }
}

function hasFonts() {
  return ['/usr/share/fonts/truetype', '/usr/share/fonts/opentype', '/usr/local/share/fonts'].some(
    (folder) => existsSync(folder) && readdirSync(folder).length > 0,
  )
}

/** @param {string} command */
function findOnPath(command) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const file = join(folder, command)
    try {
      accessSync(file, constants.X_OK)
      return file
    } catch {
      // Not in this folder.
    }
  }
  return null
}
