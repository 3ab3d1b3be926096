import { createHash } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import { describe, expect, it, onTestFinished } from 'vitest'
import { describe as describeCertificate } from '../../src/engine/describe.ts'
import { inspect } from '../../src/engine/inspect.ts'
import type { InspectedCertificate, Inspection } from '../../src/engine/inspection.ts'
import { mutatedInput, type MutatedInput } from './mutate.ts'
import { mutationSeeds } from './mutation-seeds.ts'

const numberFrom = (name: string, usual: number) => Number(process.env[name] ?? usual)

/** `npm run test:fuzz` takes 100 000. One input alone is read with its number in `PINSMITH_FUZZ_FROM`. */
const INPUTS = numberFrom('PINSMITH_FUZZ_INPUTS', 2000)
const FROM = numberFrom('PINSMITH_FUZZ_FROM', 0)
const SEED = numberFrom('PINSMITH_FUZZ_SEED', 1)

const DEADLINE_MILLISECONDS = 3000
const MOST_MEMORY = 512 * 1024 * 1024
/** Of an input's certificates; those of a large one are much alike. */
const MOST_DESCRIBED = 20

const seeds = mutationSeeds()
const optionsOf = (password: string | null) => (password === null ? {} : { password })

/** A parser that hangs holds its thread, so another one has to say which input it was, and end the process. */
function watchOver(current: Int32Array): Worker {
  const hangs = `
    const { workerData } = require('node:worker_threads')
    const { writeSync } = require('node:fs')
    let last = -1, since = Date.now()
    setInterval(() => {
      const number = Atomics.load(workerData, 0)
      if (number !== last) { last = number; since = Date.now() }
      else if (Date.now() - since > 20000) {
        writeSync(2, 'Input ' + number + ' of PINSMITH_FUZZ_SEED=${SEED} hangs\\n')
        process.kill(process.pid, 'SIGKILL')
      }
    }, 500)`
  return new Worker(hangs, { eval: true, workerData: current })
}

/** What is wrong with the answer to an input; null when nothing is. */
async function problemOf({ bytes, password }: MutatedInput): Promise<string | null> {
  const started = performance.now()
  const before = digest(bytes)
  const inspected = await inspect(bytes, optionsOf(password))
  const took = performance.now() - started
  if (took > DEADLINE_MILLISECONDS) return `took ${took.toFixed(0)} ms`
  if (digest(bytes) !== before) return 'the input was changed'
  if (!inspected.ok) return typeof inspected.failure.kind === 'string' ? null : 'a failure without a kind'
  return (await problemOfCertificates(inspected.value.certificates)) ?? problemOfBlocks(inspected.value)
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function problemOfCertificates(certificates: readonly InspectedCertificate[]): Promise<string | null> {
  for (const { der, pin, sha256 } of certificates) {
    if (!/^[\d+/A-Za-z]{43}=$/.test(pin)) return `${pin} is no pin`
    if (digest(der) !== sha256) return 'the fingerprint is not of the certificate'
    // A certificate begins with a sequence in a sequence; a private key has its version there.
    if (der[0] !== 0x30 || der.indexOf(0x30, 1) > 6) return 'a certificate that is none'
    const again = await inspect(der)
    const [only, ...others] = again.ok ? again.value.certificates : []
    if (only?.pin !== pin || only.sha256 !== sha256 || others.length > 0) return 'read again, it is another certificate'
  }
  for (const { der, pin } of certificates.slice(0, MOST_DESCRIBED)) {
    const started = performance.now()
    const described = await describeCertificate(der)
    if (performance.now() - started > DEADLINE_MILLISECONDS) return 'describing it took too long'
    if (described.ok && described.value.pin !== pin) return 'described, it has another pin'
    if (!described.ok && described.failure !== 'not-decodable') return `described, it is ${described.failure}`
  }
  return null
}

function problemOfBlocks({ certificates, keys, damaged, ignored }: Inspection): string | null {
  const all = [certificates, keys, damaged, ignored].map((blocks) => blocks.map(({ position }) => position))
  for (const positions of all) {
    const isRising = positions.every((position, index) => position > (positions[index - 1] ?? 0))
    if (!isRising) return `positions ${positions.join(' ')}`
  }
  const positions = all.flat()
  if (new Set(positions).size !== positions.length) return 'two blocks in one place'
  if (Math.max(...positions) !== positions.length) return 'a block is missing'
  for (const key of keys) {
    if (!/^[\d+/A-Za-z]{43}=$/.test(key.pin)) return `${key.pin} is no pin`
    const fields = Object.keys(key).toSorted().join(' ')
    if (fields !== 'name origin pin position publicKey') return `a key with ${fields}`
    if (key.origin !== 'certificate-request' && key.origin !== 'public-key') return `a key of ${key.origin}`
  }
  return null
}

describe('the seeds', () => {
  it.for(seeds.filter(({ isPrivateKey }) => isPrivateKey))('$name gives neither certificate nor key', async (seed) => {
    const inspected = await inspect(seed.bytes)
    expect(inspected).toMatchObject({ ok: false, failure: { kind: 'private-key-given' } })
  })

  it('are nearly all read', async () => {
    const read = await Promise.all(
      seeds.map(async ({ bytes, password }) => (await inspect(bytes, optionsOf(password))).ok),
    )
    const expected = seeds.filter(({ isPrivateKey }) => !isPrivateKey).length
    expect(read.filter(Boolean).length).toBeGreaterThan(expected * 0.8)
  })
})

describe('mutated inputs', () => {
  it(
    `${INPUTS} from ${FROM} of seed ${SEED} are answered in time, within memory, and without nonsense`,
    async () => {
      const current = new Int32Array(new SharedArrayBuffer(4))
      const watchdog = watchOver(current)
      onTestFinished(async () => {
        await watchdog.terminate()
      })
      const problems: string[] = []
      let read = 0
      const started = performance.now()
      for (let number = FROM; number < FROM + INPUTS && problems.length < 20; number += 1) {
        Atomics.store(current, 0, number)
        const input = mutatedInput(seeds, SEED, number)
        const problem = await problemOf(input).catch((bug: unknown) => `thrown: ${String(bug)}`)
        if (problem === null) read += 1
        else problems.push(`PINSMITH_FUZZ_SEED=${SEED} PINSMITH_FUZZ_FROM=${number}: ${problem}: ${input.recipe}`)
      }
      const seconds = (performance.now() - started) / 1000
      const peak = process.resourceUsage().maxRSS * 1024
      // oxlint-disable-next-line no-console -- the figures of a run
      console.info(
        `${read} mutated inputs in ${seconds.toFixed(1)} s; the process took ${(peak / 2 ** 20).toFixed(0)} MiB at most`,
      )
      expect(problems).toEqual([])
      expect(peak).toBeLessThan(MOST_MEMORY)
    },
    // Some 10 ms for one, ten times that when the machine is busy.
    60_000 + INPUTS * 100,
  )
})
