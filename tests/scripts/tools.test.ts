import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { reportSkipped } from '../support/report.ts'

const SCRIPT = join(import.meta.dirname, '../../scripts/tools.mjs')
const PREPARE = `import(${JSON.stringify(SCRIPT)}).then(async ({ prepareTools }) => {
  try {
    await prepareTools((line) => console.log(line))
  } catch (cause) {
    console.log(cause.constructor.name + ': ' + cause.message)
  }
})`

const PACKAGES = {
  xmllint: 'libxml2-utils',
  openssl: 'openssl',
  python3: 'python3',
  plparse: 'gnustep-base-runtime',
  javac: 'default-jdk-headless',
  kotlinc: 'kotlin',
  mcs: 'mono-mcs',
  curl: 'curl',
  'ldns-read-zone': 'ldnsutils',
  jsonschema: 'python3-jsonschema',
  'redis-server': 'redis-server',
  'firefox-esr': 'firefox-esr',
  chromium: 'chromium',
}

type Command = keyof typeof PACKAGES

/**
 * Prepares the tools on a machine that has no more than these commands, where apt-get installs everything but
 * `unavailable`, and nothing at all in a call that asks for one of those.
 */
function prepare(present: readonly Command[], { unavailable = [] }: { readonly unavailable?: readonly string[] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'pinsmith-tools-'))
  const inFolder = (name: string) => join(folder, name)
  const write = (name: string, script: string) => {
    writeFileSync(inFolder(name), `#!/bin/sh\n${script}\n`)
    chmodSync(inFolder(name), 0o755)
  }
  try {
    const cases = Object.entries(PACKAGES).map(
      ([command, name]) =>
        `${name}) printf '#!/bin/sh\\n' > ${inFolder(command)}; /bin/chmod 755 ${inFolder(command)};;`,
    )
    for (const command of present) write(command, 'exit 0')
    write(
      'apt-get',
      [
        `echo "$@" >> ${inFolder('calls')}`,
        ...unavailable.map(
          (name) => `case " $* " in *" ${name} "*) echo "E: Unable to locate package ${name}" >&2; exit 100;; esac`,
        ),
        `for name in "$@"; do case "$name" in ${cases.join(' ')} esac; done`,
      ].join('\n'),
    )
    const { stdout } = spawnSync(process.execPath, ['-e', PREPARE], { encoding: 'utf8', env: { PATH: folder } })
    const calls = existsSync(inFolder('calls')) ? readFileSync(inFolder('calls'), 'utf8').trim().split('\n') : []
    const installations = calls
      .filter((call) => call.includes(' install '))
      .map((call) => call.replace(/.*-recommends /, ''))
    return { output: stdout, installations, hasChromium: stdout.includes(`Chromium: ${inFolder('chromium')}`) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const ALL = Object.keys(PACKAGES) as Command[]
const mayNotInstall = process.getuid?.() !== 0 || !existsSync('/etc/debian_version')
if (mayNotInstall) reportSkipped('tests of installing tools', 'only root on Debian installs any')

/** What is looked for at fixed places: the machine of the test may lack it. */
function ofThisTest(installation: string | undefined) {
  const fixed = new Set([
    'aapt',
    'android-framework-res',
    'libokhttp-java',
    'libokio-java',
    'python3-yaml',
    'python3-icalendar',
    'fonts-dejavu-core',
  ])
  return installation?.split(' ').filter((name) => !fixed.has(name))
}

describe('preparing the tools', () => {
  it.skipIf(mayNotInstall)('installs Firefox when it is all that is missing', () => {
    const { output, installations, hasChromium } = prepare(ALL.filter((command) => command !== 'firefox-esr'))
    expect(ofThisTest(installations[0])).toEqual(['firefox-esr'])
    expect(output).not.toContain('firefox is missing')
    expect(hasChromium).toBe(true)
  })

  it.skipIf(mayNotInstall)('goes on without Firefox when it cannot be had, and says so', () => {
    const present = ALL.filter((command) => command !== 'firefox-esr')
    const { output, hasChromium } = prepare(present, { unavailable: ['firefox-esr'] })
    expect(output).toContain('E: Unable to locate package firefox-esr')
    expect(output).toContain('firefox is missing: tests that need it will be skipped (apt-get install firefox-esr)')
    expect(hasChromium).toBe(true)
  })

  it.skipIf(mayNotInstall)('installs everything else when one package spoils the joint call', () => {
    const { output, installations, hasChromium } = prepare([], { unavailable: ['firefox-esr'] })
    expect(ofThisTest(installations[0])).toEqual([
      'chromium',
      'libxml2-utils',
      'openssl',
      'python3',
      'gnustep-base-runtime',
      'default-jdk-headless',
      'kotlin',
      'mono-mcs',
      'curl',
      'ldnsutils',
      'python3-jsonschema',
      'redis-server',
      'firefox-esr',
    ])
    expect(hasChromium).toBe(true)
    expect(output).toContain('firefox is missing')
    expect(output).not.toContain('curl is missing')
  })

  it.skipIf(mayNotInstall)('stops only for a Chromium that cannot be had', () => {
    const { output } = prepare([], { unavailable: ['chromium'] })
    expect(output).toContain('ToolProblem: The browser tests need a Chromium or Chrome.')
  })

  it('installs none of the tools that are there', () => {
    const { installations } = prepare(ALL)
    expect(installations.flatMap((installation) => ofThisTest(installation) ?? [])).toEqual([])
  })
})
