import { spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect } from 'vitest'
import { reportSkipped } from '../../support/report.ts'

export const hasRedis = spawnSync('redis-server', ['--version']).status === 0
if (!hasRedis) reportSkipped('limits that instances share', 'redis-server is not installed')

/** A Redis of this test alone, on loopback and with nothing on disk. */
export async function startRedis(port?: number) {
  const chosen = port ?? (await freePort())
  const args = ['--port', String(chosen), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = new Promise<void>((resolve) => server.on('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    server.on('exit', () => reject(new Error('redis-server ended')))
    server.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('Ready to accept')) resolve()
    })
  })
  return {
    port: chosen,
    url: `redis://127.0.0.1:${chosen}`,
    freeze: () => server.kill('SIGSTOP'),
    stop: async () => {
      server.kill('SIGCONT')
      server.kill('SIGKILL')
      await ended
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

export async function eventually<T>(read: () => T, expected: T): Promise<void> {
  await expect.poll(read, { timeout: 8000, interval: 20 }).toEqual(expected)
}
