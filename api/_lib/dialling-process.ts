import { connectTcp } from './connection.js'
import { dialThrough } from './dial.js'
import type { Dial } from './dial.js'
import { reportBug } from './log.js'

type DialParameters = Parameters<Dial>

interface NewDial extends Omit<DialParameters[2], 'signal'> {
  readonly id: number
  readonly target: DialParameters[0]
  readonly address: DialParameters[1]
}

/** What the server asks of its dialling process; a dial that is to end is answered all the same. */
export type DialOrder = NewDial | { readonly end: NewDial['id'] }

/** What the process says: that it has started, and the outcome of each dial. */
export type DialAnswer =
  | 'started'
  | {
      readonly id: number
      readonly outcome: Awaited<ReturnType<Dial>>
      /** This process should give its place to another. */
      readonly isFull: boolean
    }

/** How many handshakes lie between two looks at the memory. */
const HANDSHAKES_PER_LOOK = 64

/** Makes the handshakes that the parent process orders, until that hangs up. */
export function answerDials(mostMemory: number): void {
  const dial = dialThrough(connectTcp)
  const underWay = new Map<number, AbortController>()
  let answered = 0
  let isFull = false
  const obey = async ({ id, target, address, ...options }: NewDial) => {
    const ending = new AbortController()
    underWay.set(id, ending)
    const outcome = await dial(target, address, { ...options, signal: ending.signal })
    underWay.delete(id)
    answered += 1
    if (answered % HANDSHAKES_PER_LOOK === 0) isFull ||= process.memoryUsage.rss() > mostMemory
    say({ id, outcome, isFull })
  }

  process.on('message', (order: DialOrder) => {
    if ('end' in order) underWay.get(order.end)?.abort()
    else void obey(order)
  })
  process.on('disconnect', () => process.exit())
  // The parent, which gets such a signal too, still needs answers for the requests under way.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})
  process.on('uncaughtException', (error) => {
    reportBug(error)
    process.exit(1)
  })
  say('started')
}

function say(answer: DialAnswer): void {
  // When the parent is gone nobody listens, and this process is about to end.
  process.send?.(answer, undefined, {}, () => {})
}
