import type { Instant } from '../core/instant.ts'
import { needsFetch, type Row } from './row.ts'

/** A `Generate` run: how many of its rows are done. */
export interface Generation {
  readonly done: number
  readonly total: number
  /** The endpoint has asked for a pause; it goes on by itself. */
  readonly isPaused: boolean
}

/** How many hosts are asked at once. */
const FETCHES_AT_ONCE = 4

/** How often `generate` asks again for a host when the endpoint is asked too often. */
const MOST_ATTEMPTS = 30

/** No endpoint of ours asks for more; a timer that is told an absurd time would go off at once, again and again. */
const LONGEST_PAUSE_SECONDS = 60

/** What a run needs of the store. */
export interface GenerationParts {
  readonly rows: () => readonly Row[]
  readonly fetchLive: (rowId: string) => Promise<void>
  /** Ends a fetch that is under way, and leaves no trace of it. */
  readonly removeSource: (rowId: string, sourceId: string) => Promise<void>
  readonly show: (generation: Generation | null) => void
  readonly now: () => Instant
}

/** Fetches the live chain of every row that has a host and no certificates. A newer run takes the place of an older one. */
export function createGeneration({ rows, fetchLive, removeSource, show, now }: GenerationParts) {
  let generating: AbortController | null = null
  const rowOf = (rowId: string) => rows().find(({ id }) => id === rowId)

  function stopFetches(rowId: string) {
    for (const source of rowOf(rowId)?.sources ?? []) {
      if (source.state.status === 'fetching') void removeSource(rowId, source.id)
    }
  }

  async function generate(): Promise<boolean> {
    generating?.abort()
    const run = new AbortController()
    generating = run
    const asked = rows()
      .filter(needsFetch)
      .map(({ id }) => id)
    const waiting = [...asked]
    const total = asked.length
    let done = 0
    /** When the endpoint, which limits how often it is asked, may be asked again. */
    let pausedUntil = 0
    const report = () => show({ done, total, isPaused: pausedUntil > now() })
    const fetchPaced = async (rowId: string) => {
      for (let attempt = 1; attempt <= MOST_ATTEMPTS && !run.signal.aborted; attempt += 1) {
        if (pausedUntil > now()) await waitUntil(() => pausedUntil - now(), run.signal)
        const row = rowOf(rowId)
        if (run.signal.aborted || !row || !needsFetch(row)) return
        await fetchLive(rowId)
        const seconds = retryAfterOf(rowOf(rowId))
        if (seconds === null) return
        pausedUntil = Math.max(pausedUntil, now() + Math.min(seconds, LONGEST_PAUSE_SECONDS) * 1000)
        if (!run.signal.aborted) report()
      }
    }
    const work = async () => {
      for (let rowId = waiting.shift(); rowId && !run.signal.aborted; rowId = waiting.shift()) {
        const id = rowId
        const row = rowOf(id)
        // While it waited, the row may have been erased or given certificates.
        if (row && needsFetch(row)) {
          const stop = () => stopFetches(id)
          run.signal.addEventListener('abort', stop, { once: true })
          await fetchPaced(id)
          run.signal.removeEventListener('abort', stop)
        }
        done += 1
        if (!run.signal.aborted) report()
      }
    }
    if (total > 0) report()
    await Promise.all(Array.from({ length: Math.min(FETCHES_AT_ONCE, total) }, work))
    if (run.signal.aborted) return false
    generating = null
    show(null)
    return total === 0 || asked.some((rowId) => rowOf(rowId)?.sources.some(({ kind }) => kind === 'host'))
  }

  return {
    generate,
    cancel: () => {
      generating?.abort()
      generating = null
      show(null)
    },
  }
}

/** How long the endpoint wants to be left alone, in seconds; null when that is not why a row has failed. */
function retryAfterOf(row: Row | undefined): number | null {
  for (const { state } of row?.sources ?? []) {
    if (state.status !== 'failed') continue
    const { failure } = state
    if (failure.kind === 'rate-limited' || failure.kind === 'busy') return failure.retryAfterSeconds || 1
  }
  return null
}

/** Waits while `left` says that there are milliseconds left; no longer than until it is aborted. */
async function waitUntil(left: () => number, signal: AbortSignal): Promise<void> {
  for (let milliseconds = left(); milliseconds > 0 && !signal.aborted; milliseconds = left()) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
    })
  }
}
