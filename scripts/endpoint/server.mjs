/**
 * The server as `npm run serve` starts it, but with the resolver of the bench: built by the bench and started with
 * `--expose-gc`. It says where it is, and tells at each message what it and its dialling process hold.
 */
import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { DIALLING } from '../../api/_lib/dialler.ts'
import { answerDials } from '../../api/_lib/dialling-process.ts'
import { serve } from '../../api/_lib/serve.ts'
import { resolve } from './names.mjs'

if (process.argv[2] === DIALLING) {
  answerDials(Number(process.argv[3]))
} else {
  serve({ resolve })
  process.on('message', async () => process.send?.(await holdings()))
}

async function holdings() {
  // Buffers are freed in a second round, after what held them.
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.()
    await new Promise((next) => setTimeout(next, 50))
  }
  const { rss, heapUsed, external } = process.memoryUsage()
  const dialling = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean)
  return {
    rss,
    heap: heapUsed + external,
    diallingRss: sum(dialling.map(residentBytes)),
    sockets: sum([process.pid, ...dialling].map(openSockets)),
  }
}

/** @param {number[]} counts */
function sum(counts) {
  return counts.reduce((total, count) => total + count, 0)
}

/** @param {string} pid */
function residentBytes(pid) {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
}

/** @param {number | string} pid */
function openSockets(pid) {
  return readdirSync(`/proc/${pid}/fd`).filter((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`).startsWith('socket:')
    } catch {
      // The descriptor with which the folder was read.
      return false
    }
  }).length
}
