import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { IssuedCertificate } from './issue-chain.ts'

/** A folder with these files until the end of the test. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'pinsmith-openssl-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return folder
}

/** `openssl s_server` until the end of the test, on a free port of loopback; it answers any GET with a page. */
export async function serveTls(leaf: IssuedCertificate, above: readonly IssuedCertificate[] = []): Promise<number> {
  const folder = folderWith({
    'leaf.pem': leaf.pem,
    'leaf.key': await privateKeyPem(leaf),
    'above.pem': above.map(({ pem }) => pem).join(''),
  })
  const chain = above.length > 0 ? ['-cert_chain', 'above.pem'] : []
  const files = ['-cert', 'leaf.pem', '-key', 'leaf.key', ...chain]
  const server = spawn('openssl', ['s_server', '-accept', '127.0.0.1:0', '-www', ...files], { cwd: folder })
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  onTestFinished(async () => {
    server.kill('SIGKILL')
    await ended
  })
  return await new Promise((resolve, reject) => {
    let output = ''
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      const port = /^ACCEPT \S+:(\d+)$/m.exec(output)?.[1]
      if (port !== undefined) resolve(Number(port))
    }
    server.stdout.on('data', read)
    server.stderr.on('data', read)
    server.once('exit', () => reject(new Error(`s_server ended: ${output}`)))
  })
}

async function privateKeyPem({ keys }: IssuedCertificate): Promise<string> {
  const der = await crypto.subtle.exportKey('pkcs8', keys.privateKey)
  return `-----BEGIN PRIVATE KEY-----\n${Buffer.from(der).toString('base64')}\n-----END PRIVATE KEY-----\n`
}
