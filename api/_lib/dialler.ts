import { fork } from 'node:child_process'
import type { Dial, DialFailure } from './dial.js'
import type { DialAnswer, DialOrder } from './dialling-process.js'
import { failed } from './result.js'

/** The argument that makes the program a dialling process. */
export const DIALLING = 'dialling'

type Outcome = Awaited<ReturnType<Dial>>

interface DiallingProcess {
  readonly dial: Dial
  /** Lets what is under way end, and then the process. */
  readonly retire: () => void
}

interface Events {
  readonly onStarted: (started: DiallingProcess) => void
  readonly onFull: (full: DiallingProcess) => void
  readonly onEnd: (ended: DiallingProcess) => void
}

/**
 * A dial that was told to end answers at once; a process that is silent for longer hangs. Whoever waited for it gets an
 * answer before the page gives up.
 */
const END_MILLISECONDS = 4000

/** The host is not to blame for the end of the process. */
const LOST: Outcome = failed<DialFailure>({ kind: 'busy', isTurnedDown: false, retryAfterSeconds: 2 })

/**
 * Dials in a process of its own, for two reasons. Each look at what a server sent costs native memory for good
 * (`dial.ts`): when that process holds more than `mostMemory` bytes, another takes its place, and since it owns nothing
 * but handshakes, neither callers nor their counts notice. And a caller who only wants the page need not wait for the
 * handshakes of others. A process that ends by itself takes its handshakes with it and is replaced when it is needed.
 */
export function createDialler(mostMemory: number): Dial {
  let current: DiallingProcess | null = null
  let successor: DiallingProcess | null = null

  const events: Events = {
    onStarted: (started) => {
      if (successor === started) successor = null
      if (current === started) return
      current?.retire()
      current = started
    },
    onFull: (full) => {
      if (current === full) successor ??= startProcess(mostMemory, events)
    },
    onEnd: (ended) => {
      if (current === ended) current = null
      if (successor === ended) successor = null
    },
  }

  return (target, address, options) => {
    current ??= successor ?? startProcess(mostMemory, events)
    return current.dial(target, address, options)
  }
}

function startProcess(mostMemory: number, { onStarted, onFull, onEnd }: Events): DiallingProcess {
  // The program that runs, in another part: a bundle has one file to start.
  const child = fork(process.argv[1] ?? '', [DIALLING, String(mostMemory)], { serialization: 'advanced' })
  child.unref()
  child.channel?.unref()
  const waiting = new Map<number, (outcome: Outcome) => void>()
  let last = 0
  let isRetired = false

  // Where the machine has no room for another process there is nothing to send with, and `error` follows.
  const order = (what: DialOrder) => {
    if (child.connected) child.send(what)
  }
  const disconnectWhenDone = () => {
    if (isRetired && waiting.size === 0 && child.connected) child.disconnect()
  }

  const started: DiallingProcess = {
    dial: (target, address, { offer, idleMilliseconds, signal }) =>
      new Promise((resolve) => {
        last += 1
        const id = last
        let hung: NodeJS.Timeout | undefined
        const giveUp = () => {
          order({ end: id })
          hung = setTimeout(kill, END_MILLISECONDS)
        }
        waiting.set(id, (outcome) => {
          waiting.delete(id)
          signal.removeEventListener('abort', giveUp)
          clearTimeout(hung)
          resolve(outcome)
          disconnectWhenDone()
        })
        order({ id, target, address, offer, idleMilliseconds })
        signal.addEventListener('abort', giveUp)
        if (signal.aborted) giveUp()
      }),
    retire: () => {
      isRetired = true
      disconnectWhenDone()
    },
  }
  const kill = () => child.kill('SIGKILL')
  const end = () => {
    kill()
    process.off('exit', kill)
    onEnd(started)
    for (const settle of waiting.values()) settle(LOST)
  }
  // A process that hangs does not see that this one is gone.
  process.on('exit', kill)
  child.on('exit', end)
  child.on('error', end)
  child.on('message', (answer: DialAnswer) => {
    if (answer === 'started') {
      onStarted(started)
      return
    }
    waiting.get(answer.id)?.(answer.outcome)
    if (answer.isFull) onFull(started)
  })
  return started
}
