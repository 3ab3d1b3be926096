import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

const SERVER = join(import.meta.dirname, '../../../dist-server/node-server.js')

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
