import { setMaxListeners } from 'node:events'
import { failed } from './result.js'
import type { Result } from './result.js'

export interface SharedFetchOptions<T, F> {
  /** Over everything that one fetch does. */
  readonly deadlineMilliseconds: number
  /** How many fetches may be under way at a time; the next caller gets `busy`. */
  readonly mostAtOnce: number
  readonly busy: F
  /** For how long an outcome is given to later callers; 0 when it is not. */
  readonly keepMilliseconds: (outcome: Result<T, F>) => number
  /** Where other instances look before they fetch. */
  readonly store?: OutcomeStore<Result<T, F>> | null
  readonly now?: () => number
}

/** Keeps outcomes outside of this process. It never throws nor rejects, and answers soon. */
export interface OutcomeStore<T> {
  readonly read: (key: string) => Promise<Found<T> | null>
  /** Forgets the outcome after so many milliseconds. Nobody waits for it. */
  readonly write: (key: string, outcome: T, milliseconds: number) => void
}

export interface Found<T> {
  readonly outcome: T
  /** For how long it would still be kept. */
  readonly leftMilliseconds: number
}

/** What a caller gets, and how long ago it was fetched. */
export interface Shared<T, F> {
  readonly outcome: Result<T, F>
  readonly ageSeconds: number
}

interface Kept<T, F> {
  readonly outcome: Result<T, F>
  readonly bytes: number
  readonly fetchedAt: number
  readonly until: number
}

interface UnderWay<T, F> {
  readonly fetched: Promise<Shared<T, F>>
  readonly ending: AbortController
  callers: number
}

const MOST_KEPT = 256
const MOST_KEPT_BYTES = 8 * 1024 * 1024

/**
 * Spares the hosts that many ask about: callers with the same key share one fetch, and its outcome is kept for a
 * while, within bounds of number and size. A fetch ends when its last caller has gone away.
 */
export function createSharedFetch<T, F>({
  deadlineMilliseconds,
  mostAtOnce,
  busy,
  keepMilliseconds,
  store = null,
  now = () => performance.now(),
}: SharedFetchOptions<T, F>) {
  // Both in the order of insertion, so the first is the oldest.
  const kept = new Map<string, Kept<T, F>>()
  const underWay = new Map<string, UnderWay<T, F>>()
  let keptBytes = 0
  let running = 0

  const drop = (key: string) => {
    keptBytes -= kept.get(key)?.bytes ?? 0
    kept.delete(key)
  }
  const keep = (key: string, outcome: Result<T, F>, ageMilliseconds: number) => {
    const milliseconds = keepMilliseconds(outcome)
    const bytes = key.length + JSON.stringify(outcome).length
    if (milliseconds <= 0 || bytes > MOST_KEPT_BYTES) return
    drop(key)
    const fetchedAt = now() - ageMilliseconds
    kept.set(key, { outcome, bytes, fetchedAt, until: fetchedAt + milliseconds })
    keptBytes += bytes
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT && keptBytes <= MOST_KEPT_BYTES) break
      drop(oldest)
    }
  }
  const shared = (outcome: Result<T, F>, ageMilliseconds: number) => ({
    outcome,
    ageSeconds: Math.floor(ageMilliseconds / 1000),
  })

  /** From what another instance has fetched. */
  const findStored = async (key: string, from: OutcomeStore<Result<T, F>>): Promise<Shared<T, F> | null> => {
    const found = await from.read(key)
    if (found === null) return null
    const { outcome, leftMilliseconds } = found
    const ageMilliseconds = keepMilliseconds(outcome) - leftMilliseconds
    // Nothing that this instance would have kept for so long.
    if (leftMilliseconds <= 0 || ageMilliseconds < 0) return null
    keep(key, outcome, ageMilliseconds)
    return shared(outcome, ageMilliseconds)
  }

  type Work = (signal: AbortSignal) => Promise<Result<T, F>>
  const run = async (key: string, ending: AbortController, work: Work): Promise<Shared<T, F>> => {
    let isLate = false
    const deadline = setTimeout(() => {
      isLate = true
      ending.abort()
    }, deadlineMilliseconds)
    running += 1
    try {
      const found = store === null ? null : await findStored(key, store)
      if (found !== null) return found
      const outcome = await work(ending.signal)
      // What an abandoned fetch found says nothing about the host.
      if (isLate || !ending.signal.aborted) {
        keep(key, outcome, 0)
        const milliseconds = keepMilliseconds(outcome)
        if (milliseconds > 0) store?.write(key, outcome, milliseconds)
      }
      return shared(outcome, 0)
    } finally {
      clearTimeout(deadline)
      running -= 1
      if (underWay.get(key)?.ending === ending) underWay.delete(key)
    }
  }
  const start = (key: string, work: Work): UnderWay<T, F> => {
    const ending = new AbortController()
    // One for each connection, of which there may be many; Node would take that for a leak.
    setMaxListeners(0, ending.signal)
    const started = { fetched: run(key, ending, work), ending, callers: 0 }
    underWay.set(key, started)
    return started
  }

  /** @param caller ends when this caller no longer wants the answer; the others still get theirs */
  return async function fetchShared(key: string, caller: AbortSignal, work: Work): Promise<Shared<T, F>> {
    const found = kept.get(key)
    if (found !== undefined && now() < found.until) {
      return shared(found.outcome, now() - found.fetchedAt)
    }
    drop(key)

    if (!underWay.has(key) && running >= mostAtOnce) return shared(failed(busy), 0)
    const fetch = underWay.get(key) ?? start(key, work)
    fetch.callers += 1
    const leave = () => {
      fetch.callers -= 1
      if (fetch.callers > 0) return
      // Whoever comes now must not share what is being ended.
      if (underWay.get(key) === fetch) underWay.delete(key)
      fetch.ending.abort()
    }
    caller.addEventListener('abort', leave, { once: true })
    if (caller.aborted) leave()
    try {
      return await fetch.fetched
    } finally {
      caller.removeEventListener('abort', leave)
    }
  }
}
