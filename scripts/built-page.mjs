/**
 * The built page on a free port and a Chromium to open it with: where screenshots and measurements start. Both end with
 * `use`, whatever happens in it.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { ToolProblem, requireChromium } from './tools.mjs'

const SERVER = join(import.meta.dirname, '..', 'dist-server', 'node-server.js')

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Quits with a sentence when the page is not built or there is no browser. */
export async function withBuiltPage(
  /** @type {(page: { address: string, browser: import('playwright-core').Browser }) => Promise<void>} */ use,
) {
  try {
    if (!existsSync(SERVER)) throw new ToolProblem('The page is not built. "npm run build" makes it.')
    const executablePath = await requireChromium()
    const server = spawn(process.execPath, [SERVER], { env: { PORT: '0' } })
    try {
      const address = await printedAddress(server)
      const browser = await chromium.launch({ executablePath, args: FLAGS })
      try {
        await use({ address, browser })
      } finally {
        await browser.close()
      }
    } finally {
      server.kill('SIGKILL')
    }
  } catch (cause) {
    if (!(cause instanceof ToolProblem)) throw cause
    console.error(cause.message)
    process.exitCode = 1
  }
}

/**
 * @param {import('node:child_process').ChildProcessWithoutNullStreams} server
 * @returns {Promise<string>}
 */
function printedAddress(server) {
  return new Promise((resolve, reject) => {
    let output = ''
    const collect = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString()
      const address = /http:\S+/.exec(output)?.[0]
      if (address) resolve(address)
    }
    server.stdout.on('data', collect)
    server.stderr.on('data', collect)
    server.once('exit', () => reject(new ToolProblem(`The server ended: ${output}`)))
  })
}

/**
 * Adds rows as a user does.
 *
 * @param {import('playwright-core').Page} page
 * @param {string[]} hosts
 */
export async function pasteList(page, hosts) {
  await page.getByRole('button', { name: 'Paste a list' }).click()
  const dialog = page.getByRole('dialog', { name: 'Paste a list of domains' })
  await dialog.getByLabel('Domains').fill(hosts.join('\n'))
  await dialog.getByRole('button', { name: /^Add \d/ }).click()
  await dialog.waitFor({ state: 'detached' })
  await page
    .getByText(hosts.at(-1) ?? '')
    .or(page.locator(`input[value="${hosts.at(-1)}"]`))
    .first()
    .waitFor()
}
