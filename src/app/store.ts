import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ChainLink, ChainRole } from '../core/chain/chain.ts'
import type { FormatSettings } from '../core/formats/format.ts'
import type { FormatId, OutputSettings } from '../core/formats/registry.ts'
import type { Instant } from '../core/instant.ts'
import type { HostName } from '../core/pins/host-rule.ts'
import { chooseCertificate, chooseRole, DEFAULT_PIN_CHOICES } from '../core/pins/pin-choices.ts'
import { failed, type Result } from '../core/result.ts'
import type { Engine } from '../engine/inspection.ts'
import { cleanHost } from '../host/clean-host.ts'
import { UNKNOWN_SUFFIX, type SuffixFacts } from '../host/suffix.ts'
import type { LiveChain, LiveChainClientFailure } from '../live-chain/client.ts'
import {
  certificatesOf,
  chainsOf,
  isBlank,
  isUnderWay,
  liveSourceName,
  needsFetch,
  type Row,
  type RowSource,
  type SourceState,
} from './row.ts'

/** What `Undo` takes back; whatever was done since stays. */
export type Undoable =
  | {
      readonly what: 'row-erased' | 'reset'
      /** The rows that went. */
      readonly rows: readonly Row[]
      /** Where they stood. */
      readonly position: number
      /** The settings that went; empty when a row was erased. */
      readonly settings: OutputSettings
    }
  | { readonly what: 'rows-added'; readonly rowIds: readonly string[] }

/** A `Generate` run: how many of its rows are done. */
export interface Generation {
  readonly done: number
  readonly total: number
}

export interface AppState {
  readonly rows: readonly Row[]
  readonly settings: OutputSettings
  readonly undoable: Undoable | null
  readonly generation: Generation | null

  readonly addRow: () => string
  /** One row per text, in the place of a lone blank row or behind the others; folded when there are many. */
  readonly addHosts: (texts: readonly string[]) => readonly string[]
  readonly foldRow: (rowId: string, isFolded: boolean) => void
  readonly foldAll: (isFolded: boolean) => void
  readonly eraseRow: (rowId: string) => void
  readonly reset: () => void
  readonly undo: () => void
  readonly dismissUndo: () => void
  readonly typeHost: (rowId: string, text: string) => void
  readonly includeSubdomains: (rowId: string, include: boolean) => void
  readonly pinRole: (rowId: string, role: ChainRole, pinned: boolean) => void
  readonly pinCertificate: (rowId: string, link: ChainLink, pinned: boolean) => void
  readonly addFiles: (rowId: string, files: readonly File[]) => Promise<void>
  readonly addText: (rowId: string, text: string) => Promise<void>
  /** Removes a source; stops it first when it is still being read or fetched. */
  readonly removeSource: (rowId: string, sourceId: string) => Promise<void>
  readonly fetchLive: (rowId: string) => Promise<void>
  /** Fetches the live chain of every row that has a host and no certificates; false when it was cancelled. */
  readonly generate: () => Promise<boolean>
  /** Stops a running `generate`; rows that are done stay. */
  readonly cancelGenerate: () => void
  readonly set: (format: FormatId, option: string, value: FormatSettings[string]) => void
}

export type AppStore = StoreApi<AppState>

export interface Collaborators {
  readonly engine: Engine
  readonly fetchLiveChain: (
    host: string,
    port: number,
    signal: AbortSignal,
  ) => Promise<Result<LiveChain, LiveChainClientFailure>>
  readonly lookUpSuffix: (host: HostName) => Promise<SuffixFacts>
  readonly now: () => Instant
}

/** A file above this size is not even read into memory; the engine has the same limit. */
export const LARGEST_FILE = 16 * 1024 * 1024

/** More rows than this at once are added folded, so that the page stays readable. */
const MOST_UNFOLDED = 3

/** How many hosts are asked at once. */
const FETCHES_AT_ONCE = 4

/** Builds the store. Collaborators are arguments, so that tests pass their own and nothing is mocked. */
export function createAppStore({ engine, fetchLiveChain, lookUpSuffix, now }: Collaborators): AppStore {
  let lastId = 0
  const nextId = (prefix: string) => `${prefix}-${(lastId += 1)}`

  /** What is under way, by source; aborting drops the result too. */
  const running = new Map<string, AbortController>()
  const chainBuilds = new Map<string, AbortController>()
  let generating: AbortController | null = null

  const emptyRow = (): Row => ({
    id: nextId('row'),
    hostText: '',
    host: failed({ kind: 'host-empty' }),
    suffix: UNKNOWN_SUFFIX,
    includeSubdomains: true,
    choices: DEFAULT_PIN_CHOICES,
    sources: [],
    reading: { status: 'empty' },
    isFolded: false,
  })

  async function inspect(bytes: Uint8Array, signal: AbortSignal): Promise<SourceState> {
    const inspection = await engine.inspect(bytes, signal)
    if (!inspection.ok) return { status: 'failed', failure: inspection.failure }
    const { certificates, damaged, ignored } = inspection.value
    return { status: 'read', certificates, damaged, ignored }
  }

  async function readFile(file: File, signal: AbortSignal): Promise<SourceState> {
    if (file.size > LARGEST_FILE) {
      return { status: 'failed', failure: { kind: 'too-large', bytes: file.size, limit: LARGEST_FILE } }
    }
    let bytes: Uint8Array
    try {
      bytes = new Uint8Array(await file.arrayBuffer())
    } catch {
      return { status: 'failed', failure: { kind: 'unreadable-file' } }
    }
    return inspect(bytes, signal)
  }

  async function fetchHost(host: string, port: number, signal: AbortSignal): Promise<SourceState> {
    const live = await fetchLiveChain(host, port, signal)
    if (!live.ok) return { status: 'failed', failure: live.failure }
    const sent = live.value.chains.flat()
    const inspections = await Promise.all(sent.map((der) => engine.inspect(der, signal)))
    const certificates = inspections.flatMap((inspection, index) =>
      inspection.ok ? inspection.value.certificates.map((found) => ({ ...found, position: index + 1 })) : [],
    )
    const failure = inspections.find((inspection) => !inspection.ok)?.failure
    if (certificates.length === 0 && failure) return { status: 'failed', failure }
    const damaged = inspections.flatMap((inspection, index) =>
      inspection.ok ? [] : [{ position: index + 1, reason: 'not-a-certificate' as const }],
    )
    return { status: 'read', certificates, damaged, ignored: [] }
  }

  function stopWork(rows: readonly Row[]) {
    for (const row of rows) {
      chainBuilds.get(row.id)?.abort()
      for (const source of row.sources) running.get(source.id)?.abort()
    }
  }

  return createStore<AppState>()((setState, getState) => {
    const rowOf = (rowId: string) => getState().rows.find(({ id }) => id === rowId)

    function changeRow(rowId: string, change: (row: Row) => Partial<Row>) {
      setState(({ rows }) => ({ rows: rows.map((row) => (row.id === rowId ? { ...row, ...change(row) } : row)) }))
    }

    function changeSource(rowId: string, sourceId: string, state: SourceState) {
      changeRow(rowId, ({ sources }) => ({
        sources: sources.map((source) => (source.id === sourceId ? { ...source, state } : source)),
      }))
    }

    function askSuffix(rowId: string, name: HostName) {
      const settle = (suffix: SuffixFacts) =>
        changeRow(rowId, (row) => (row.host.ok && row.host.value.host === name ? { suffix } : {}))
      // Without the list nothing is refused: a page that lost its connection still works.
      lookUpSuffix(name).then(settle, () => settle(UNKNOWN_SUFFIX))
    }

    function dropSources(rowId: string, isDropped: (source: RowSource) => boolean) {
      for (const source of rowOf(rowId)?.sources.filter(isDropped) ?? []) running.get(source.id)?.abort()
      changeRow(rowId, ({ sources }) => ({ sources: sources.filter((source) => !isDropped(source)) }))
    }

    /** All certificates of a row → its chains. A newer call overtakes an older one. */
    async function rebuildChains(rowId: string) {
      chainBuilds.get(rowId)?.abort()
      const certificates =
        rowOf(rowId)
          ?.sources.flatMap(certificatesOf)
          .map(({ der }) => der) ?? []
      if (certificates.length === 0) {
        changeRow(rowId, () => ({ reading: { status: 'empty' } }))
        return
      }
      const build = new AbortController()
      chainBuilds.set(rowId, build)
      changeRow(rowId, ({ reading }) => ({ reading: reading.status === 'done' ? reading : { status: 'working' } }))
      const report = await engine.buildChains(certificates, now(), build.signal)
      if (build.signal.aborted) return
      chainBuilds.delete(rowId)
      changeRow(rowId, () => ({
        reading: report.ok ? { status: 'done', report: report.value } : { status: 'failed', failure: report.failure },
      }))
    }

    /**
     * Adds a source, lets it be read, and rebuilds the row's chains. Removing the source aborts it. The live chain of a
     * host takes the place of the one before.
     */
    async function addSource(
      rowId: string,
      source: Pick<RowSource, 'kind' | 'name'>,
      read: (signal: AbortSignal) => Promise<SourceState>,
    ) {
      const id = nextId('source')
      const status = source.kind === 'host' ? 'fetching' : 'reading'
      const job = new AbortController()
      running.set(id, job)
      changeRow(rowId, ({ sources }) => ({ sources: [...sources, { id, ...source, state: { status } }] }))
      const state = await read(job.signal)
      running.delete(id)
      if (job.signal.aborted) return
      changeSource(rowId, id, state)
      if (state.status !== 'read') return
      if (source.kind === 'host') dropSources(rowId, (other) => other.kind === 'host' && other.id !== id)
      await rebuildChains(rowId)
    }

    return {
      rows: [emptyRow()],
      settings: {},
      undoable: null,
      generation: null,

      addRow: () => {
        const row = emptyRow()
        setState(({ rows }) => ({ rows: [...rows, row] }))
        return row.id
      },

      addHosts: (texts) => {
        if (texts.length === 0) return []
        const added = texts.map(() => ({ ...emptyRow(), isFolded: texts.length > MOST_UNFOLDED }))
        const rowIds = added.map(({ id }) => id)
        setState(({ rows }) => ({
          rows: [...withoutLoneBlank(rows), ...added],
          undoable: { what: 'rows-added', rowIds },
        }))
        for (const [index, rowId] of rowIds.entries()) getState().typeHost(rowId, texts[index] ?? '')
        return rowIds
      },

      foldRow: (rowId, isFolded) => changeRow(rowId, () => ({ isFolded })),

      foldAll: (isFolded) => setState(({ rows }) => ({ rows: rows.map((row) => ({ ...row, isFolded })) })),

      eraseRow: (rowId) => {
        const { rows, undoable } = getState()
        const position = rows.findIndex(({ id }) => id === rowId)
        const row = rows[position]
        if (!row) return
        stopWork([row])
        const remaining = rows.filter(({ id }) => id !== rowId)
        setState({
          rows: remaining.length > 0 ? remaining : [emptyRow()],
          undoable: isBlank(row) ? undoable : { what: 'row-erased', rows: settled([row]), position, settings: {} },
        })
      },

      reset: () => {
        const { rows, settings, undoable } = getState()
        getState().cancelGenerate()
        stopWork(rows)
        const hadSomething = rows.length > 1 || rows.some((row) => !isBlank(row)) || Object.keys(settings).length > 0
        setState({
          rows: [emptyRow()],
          settings: {},
          undoable: hadSomething ? { what: 'reset', rows: settled(rows), position: 0, settings } : undoable,
        })
      },

      undo: () => {
        const { undoable, rows, settings } = getState()
        if (!undoable) return
        if (undoable.what === 'rows-added') {
          const added = rows.filter(({ id }) => undoable.rowIds.includes(id))
          stopWork(added)
          const remaining = rows.filter((row) => !added.includes(row))
          setState({ rows: remaining.length > 0 ? remaining : [emptyRow()], undoable: null })
          return
        }
        setState({
          rows: withoutLoneBlank(rows).toSpliced(undoable.position, 0, ...undoable.rows),
          settings: { ...undoable.settings, ...settings },
          undoable: null,
        })
        for (const { id, host, suffix } of undoable.rows) {
          if (host.ok && suffix === null) askSuffix(id, host.value.host)
          void rebuildChains(id)
        }
      },

      dismissUndo: () => setState({ undoable: null }),

      typeHost: (rowId, hostText) => {
        const host = cleanHost(hostText)
        const before = rowOf(rowId)?.host
        if (!host.ok) {
          changeRow(rowId, () => ({ hostText, host, suffix: UNKNOWN_SUFFIX }))
          return
        }
        const name = host.value.host
        const liveName = liveSourceName(host.value)
        const isSameHost = before?.ok === true && before.value.host === name
        changeRow(rowId, ({ suffix, includeSubdomains }) => ({
          hostText,
          host,
          suffix: isSameHost ? suffix : null,
          includeSubdomains: includeSubdomains || host.value.isWildcard,
        }))
        // What is on its way from another host or port would land in the wrong row.
        dropSources(
          rowId,
          ({ kind, state, name: of }) => kind === 'host' && state.status === 'fetching' && of !== liveName,
        )
        if (isSameHost) return
        askSuffix(rowId, name)
      },

      includeSubdomains: (rowId, include) => changeRow(rowId, () => ({ includeSubdomains: include })),

      pinRole: (rowId, role, pinned) =>
        changeRow(rowId, (row) => ({ choices: chooseRole(row.choices, chainsOf(row), role, pinned) })),

      pinCertificate: (rowId, link, pinned) =>
        changeRow(rowId, (row) => ({ choices: chooseCertificate(row.choices, chainsOf(row), link, pinned) })),

      addFiles: async (rowId, files) => {
        await Promise.all(
          files.map((file) => addSource(rowId, { kind: 'file', name: file.name }, (signal) => readFile(file, signal))),
        )
      },

      addText: (rowId, text) =>
        addSource(rowId, { kind: 'text', name: '' }, (signal) => inspect(new TextEncoder().encode(text), signal)),

      removeSource: async (rowId, sourceId) => {
        dropSources(rowId, ({ id }) => id === sourceId)
        await rebuildChains(rowId)
      },

      fetchLive: async (rowId) => {
        const row = rowOf(rowId)
        if (!row?.host.ok) return
        const { host, port } = row.host.value
        const name = liveSourceName(row.host.value)
        // A chain that is there stays until the newer one is.
        dropSources(rowId, ({ kind, state }) => kind === 'host' && state.status !== 'read')
        await addSource(rowId, { kind: 'host', name }, (signal) => fetchHost(host, port, signal))
      },

      generate: async () => {
        generating?.abort()
        const run = new AbortController()
        generating = run
        const waiting = getState()
          .rows.filter(needsFetch)
          .map(({ id }) => id)
        const total = waiting.length
        let done = 0
        const report = () => setState({ generation: { done, total } })
        const work = async () => {
          for (let rowId = waiting.shift(); rowId && !run.signal.aborted; rowId = waiting.shift()) {
            const id = rowId
            const row = rowOf(id)
            // While it waited, the row may have been erased or given certificates.
            if (row && needsFetch(row)) {
              const stop = () => stopFetches(id)
              run.signal.addEventListener('abort', stop, { once: true })
              await getState().fetchLive(id)
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
        setState({ generation: null })
        return true

        function stopFetches(rowId: string) {
          for (const source of rowOf(rowId)?.sources ?? []) {
            if (source.state.status === 'fetching') void getState().removeSource(rowId, source.id)
          }
        }
      },

      cancelGenerate: () => {
        generating?.abort()
        generating = null
        setState({ generation: null })
      },

      set: (format, option, value) =>
        setState(({ settings }) => ({ settings: { ...settings, [format]: { ...settings[format], [option]: value } } })),
    }
  })
}

/** Rows as `Undo` keeps them: work that was stopped cannot come back. */
function settled(rows: readonly Row[]): readonly Row[] {
  return rows.map((row) => ({ ...row, sources: row.sources.filter(({ state }) => !isUnderWay(state)) }))
}

/** A lone blank row only stands in for none. */
function withoutLoneBlank(rows: readonly Row[]): readonly Row[] {
  return rows.length === 1 && rows.every(isBlank) ? [] : rows
}
