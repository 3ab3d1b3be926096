import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { onTestFinished } from 'vitest'

const LEAD_NAMES = pathToFileURL(join(import.meta.dirname, 'lead-names.mjs')).href
const SERVER = join(import.meta.dirname, '../../../dist-server/node-server.js')

/** For the environment of a server: to it, these names have these addresses. */
export function leadNames(names: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, string>> {
  return { NODE_OPTIONS: `--import=${LEAD_NAMES}`, LEADING_NAMES: JSON.stringify(names) }
}

/** Starts what `npm run serve` starts, on a free port, until the end of the test. Answers with the printed address. */
export async function serve(environment: Readonly<Record<string, string>> = {}): Promise<string> {
  const server = spawn(process.execPath, [SERVER], { env: { PORT: '0', ...environment } })
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  onTestFinished(async () => {
    server.kill('SIGKILL')
    await ended
  })
  return new Promise((resolve, reject) => {
    let output = ''
    const collect = (chunk: Buffer) => {
      output += chunk.toString()
      const address = /http:\S+/.exec(output)?.[0]
      if (address) resolve(address)
    }
    server.stdout.on('data', collect)
    server.stderr.on('data', collect)
    server.once('exit', () => reject(new Error(`The server ended: ${output}`)))
  })
}
