import type { ChainReport, Engine } from '../engine/inspection.ts'
import type { Instant } from '../core/instant.ts'
import type { ReadSource } from './read-sources.ts'
import type { RoutedFiles, ReadFile, RoutedFile } from './route-files.ts'
import type { SourceFailure } from './row.ts'

/** Files that were dropped on the page: on their way, or what became of them until that is dismissed. */
export type Routing =
  | {
      readonly status: 'reading'
      readonly count: number
      /** How many of them were read. */
      readonly done: number
    }
  | { readonly status: 'done'; readonly files: readonly RoutedFile[] }

/** What the routing of files needs of the store. */
export interface FileRoutingParts {
  readonly engine: Engine
  readonly read: (file: File) => ReadSource
  /** Finds the rows that files belong to, and puts them there. */
  readonly route: (
    files: readonly ReadFile[],
    report: ChainReport,
    routing: typeof import('./route-files.ts'),
  ) => Promise<RoutedFiles>
  readonly show: (routing: Routing | null) => void
  readonly now: () => Instant
}

/** Reads files that are for the page as a whole and sends them to rows; later ones join those that are on their way. */
export function createFileRouting({ engine, read, route, show, now }: FileRoutingParts) {
  const underWay = new Set<{ readonly stop: AbortController; readonly count: number; done: number }>()
  /** What became of those that have ended. */
  let routedFiles: readonly RoutedFile[] = []
  const locked = new WeakMap<RoutedFile, File>()

  /** A file that fails, or that no row takes, costs the others nothing. */
  async function readAndRoute(
    given: readonly File[],
    signal: AbortSignal,
    password: string | undefined,
    onRead: () => void,
  ): Promise<readonly RoutedFile[]> {
    const files = await Promise.all(
      given.map(async (file): Promise<ReadFile> => {
        const state = await read(file)(signal, password)
        onRead()
        return { name: file.name, state }
      }),
    )
    const certificates = files.flatMap(({ state }) => (state.status === 'read' ? state.certificates : []))
    const [report, routing] = await Promise.all([
      engine.buildChains(
        certificates.map(({ der }) => der),
        now(),
        signal,
      ),
      import('./route-files.ts').catch(() => null),
    ])
    if (signal.aborted) return failedTogether(files, { kind: 'cancelled' })
    if (!report.ok) return failedTogether(files, report.failure)
    if (!routing) return failedTogether(files, { kind: 'engine-crashed' })
    return (await route(files, report.value, routing)).files
  }

  function showAll() {
    const count = [...underWay].reduce((sum, job) => sum + job.count, 0)
    const done = [...underWay].reduce((sum, job) => sum + job.done, 0)
    show(count > 0 ? { status: 'reading', count, done } : { status: 'done', files: routedFiles })
  }

  async function routeAndShow(files: readonly File[], password: string | undefined) {
    const job = { stop: new AbortController(), count: files.length, done: 0 }
    underWay.add(job)
    showAll()
    const routed = await readAndRoute(files, job.stop.signal, password, () => {
      job.done += 1
      if (underWay.has(job)) showAll()
    })
    // Stopped: whoever did that has seen to what is shown.
    if (!underWay.delete(job)) return routed
    for (const [index, file] of routed.entries()) {
      const given = files[index]
      if (given && 'canUnlock' in file.state) locked.set(file, given)
    }
    routedFiles = [...routedFiles, ...routed]
    showAll()
    return routed
  }

  return {
    addFilesAnywhere: async (files: readonly File[], password?: string): Promise<readonly RoutedFile[]> => {
      if (files.length === 0) return []
      if (underWay.size === 0) routedFiles = []
      return routeAndShow(files, password)
    },

    unlockRouted: async (file: RoutedFile, password: string): Promise<void> => {
      const given = locked.get(file)
      if (!given) return
      routedFiles = routedFiles.filter((other) => other !== file)
      await routeAndShow([given], password)
    },

    stop: () => {
      for (const { stop } of underWay) stop.abort()
      underWay.clear()
      show(null)
    },
  }
}

/** Files whose certificates could not be put together fail alike, but for those that had failed before. */
function failedTogether(files: readonly ReadFile[], failure: SourceFailure): readonly RoutedFile[] {
  return files.map(({ name, state }) => ({
    name,
    state: state.status === 'failed' ? state : { status: 'failed', failure },
    destinations: [],
    unrouted: [],
  }))
}
