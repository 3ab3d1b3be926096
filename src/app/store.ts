import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CertificateFingerprint } from '../core/certificate/certificate.ts'
import type { ChainLink, ChainRole } from '../core/chain/chain.ts'
import type { FormatSettings } from '../core/formats/format.ts'
import type { ProjectSettings, SettingsOwner } from '../core/settings/project-settings.ts'
import type { Instant } from '../core/instant.ts'
import type { HostName } from '../core/pins/host-rule.ts'
import {
  chooseBackupKey,
  chooseCertificate,
  chooseReserve,
  chooseRole,
  chooseTypedPin,
  DEFAULT_PIN_CHOICES,
  dropTypedPin,
  type TypedPin,
} from '../core/pins/pin-choices.ts'
import type { SpkiPin } from '../core/pins/spki-pin.ts'
import { failed, ok, type Result } from '../core/result.ts'
import type { Engine, IdentifiedRoot, IdentifiedRoots, InspectedKey } from '../engine/inspection.ts'
import { cleanHost } from '../host/clean-host.ts'
import { UNKNOWN_SUFFIX, type SuffixFacts } from '../host/suffix.ts'
import type { LiveChain, LiveChainClientFailure } from '../live-chain/client.ts'
import type { IssuerClientFailure, IssuerFile } from '../live-chain/issuer-client.ts'
import { createFileRouting, type Routing } from './file-routing.ts'
import { createGeneration, type Generation } from './generation.ts'
import { createSourceReader, type IssuerSourceFailure, type ReadSource } from './read-sources.ts'
import { rootNames } from './root-names.ts'
import type { RoutedFile } from './route-files.ts'
import {
  certificatesOf,
  chainsOf,
  isBlank,
  isCurrent,
  liveSourceName,
  type Row,
  type RowContent,
  type RowReading,
  type RowSource,
  type SourceState,
} from './row.ts'
import { mergedSettings, settled, settledUndoable, takenBack, type RowsChange, type Undoable } from './undo.ts'

export interface AppState {
  readonly rows: readonly Row[]
  readonly settings: ProjectSettings
  readonly undoable: Undoable | null
  readonly generation: Generation | null
  readonly routing: Routing | null

  readonly addRow: () => string
  /** One row per text, in the place of a lone blank row or behind the others; folded when there are many. */
  readonly addHosts: (texts: readonly string[]) => readonly string[]
  readonly foldRow: (rowId: string, isFolded: boolean) => void
  readonly foldAll: (isFolded: boolean) => void
  readonly eraseRow: (rowId: string) => void
  readonly reset: () => void
  readonly undo: () => void
  readonly dismissUndo: () => void
  /** Puts other rows and settings in the place of all that is there, which cannot be undone. */
  readonly restore: (rows: readonly RowContent[], settings: ProjectSettings) => void
  /** What became of sources from an earlier visit, by their id; those that were removed meanwhile stay so. */
  readonly settleSources: (states: ReadonlyMap<string, SourceState>) => Promise<void>
  readonly typeHost: (rowId: string, text: string) => void
  readonly includeSubdomains: (rowId: string, include: boolean) => void
  readonly pinRole: (rowId: string, role: ChainRole, pinned: boolean) => void
  readonly pinCertificate: (rowId: string, link: ChainLink, pinned: boolean) => void
  /** Pins a CA certificate that is in no chain of the row. */
  readonly pinReserve: (rowId: string, fingerprint: CertificateFingerprint, pinned: boolean) => void
  readonly addFiles: (rowId: string, files: readonly File[]) => Promise<void>
  readonly addText: (rowId: string, text: string) => Promise<void>
  /** Reads a source again that waits for a password, which is kept nowhere. */
  readonly unlock: (rowId: string, sourceId: string, password: string) => Promise<void>
  /** Pins the public half of a private key that was given, and only that, as a backup. */
  readonly takePublicHalf: (rowId: string, sourceId: string) => void
  readonly pinBackupKey: (rowId: string, pin: SpkiPin, pinned: boolean) => void
  /** Adds pins that were typed; one that is there gets the new role. */
  readonly addTypedPins: (rowId: string, typedPins: readonly TypedPin[]) => Promise<void>
  /** Which digests that were typed are of bundled roots; none when the store of roots does not load. */
  readonly identifyRoots: (digests: readonly SpkiPin[]) => Promise<IdentifiedRoots>
  /** The bundled roots that may have issued a certificate, by its names for them; none when the store does not load. */
  readonly candidateRoots: (certificate: Uint8Array) => Promise<readonly IdentifiedRoot[]>
  readonly removeTypedPin: (rowId: string, pin: SpkiPin) => void
  /** Adds the pins of CAs' roots that are not there yet, as typed pins; they are undone together. */
  readonly pinRoots: (rowId: string, pins: readonly SpkiPin[]) => Promise<void>
  /** Changes rows together, and says how that is taken back. */
  readonly changeRows: (what: 'choices-changed' | 'strategy-applied', change: RowsChange, takeBack: RowsChange) => void
  /**
   * Sends files to the rows that their certificates belong to, and makes rows where there are none. Answers with what
   * became of each file; `routing` says the same.
   */
  readonly addFilesAnywhere: (files: readonly File[], password?: string) => Promise<readonly RoutedFile[]>
  /** Reads a file of `routing` again that waits for a password. */
  readonly unlockRouted: (file: RoutedFile, password: string) => Promise<void>
  /** Drops what `routing` says, and stops what is on its way. */
  readonly dismissRouting: () => void
  /** A row with the same certificates for each of these names, which `otherNames` of a row offers. */
  readonly takeOtherNames: (rowId: string, names: readonly string[]) => Promise<void>
  readonly dismissOtherNames: (rowId: string) => void
  /** Removes a source; stops it first when it is still being read or fetched. */
  readonly removeSource: (rowId: string, sourceId: string) => Promise<void>
  readonly fetchLive: (rowId: string) => Promise<void>
  /** Adds the certificates at an issuer's address, which a certificate of the row names. */
  readonly fetchIssuer: (rowId: string, url: string, signal: AbortSignal) => Promise<Result<null, IssuerSourceFailure>>
  /**
   * Fetches the live chain of every row that has a host and no certificates; false when it was cancelled, as a whole or
   * every one of its fetches.
   */
  readonly generate: () => Promise<boolean>
  /** Stops a running `generate`; rows that are done stay. */
  readonly cancelGenerate: () => void
  readonly set: (owner: SettingsOwner, option: string, value: FormatSettings[string]) => void
  /** As `set`, for what is offered as a way out: it can be undone. */
  readonly setUndoably: AppState['set']
}

export type AppStore = StoreApi<AppState>

export interface Collaborators {
  readonly engine: Engine
  readonly fetchLiveChain: (
    host: string,
    port: number,
    signal: AbortSignal,
  ) => Promise<Result<LiveChain, LiveChainClientFailure>>
  readonly fetchIssuer: (url: string, signal: AbortSignal) => Promise<Result<IssuerFile, IssuerClientFailure>>
  readonly lookUpSuffix: (host: HostName) => Promise<SuffixFacts>
  readonly now: () => Instant
}

/** More rows than this at once are added folded, so that the page stays readable. */
const MOST_UNFOLDED = 3

/** How many chains are shown at once when many rows are read. */
const READINGS_AT_ONCE = 25

/** Builds the store. Collaborators are arguments, so that tests pass their own and nothing is mocked. */
export function createAppStore(collaborators: Collaborators): AppStore {
  const { engine, lookUpSuffix, now } = collaborators
  const reader = createSourceReader(collaborators)
  let lastId = 0
  const nextId = (prefix: string) => `${prefix}-${(lastId += 1)}`

  /** What is under way, by source; aborting drops the result too. */
  const running = new Map<string, AbortController>()
  /** How to read a source again, by its id, while it waits for a password. */
  const locked = new Map<string, ReadSource>()
  const chainBuilds = new Map<string, AbortController>()

  const emptyRow = (): Row => ({
    id: nextId('row'),
    hostText: '',
    host: failed({ kind: 'host-empty' }),
    suffix: UNKNOWN_SUFFIX,
    includeSubdomains: true,
    choices: DEFAULT_PIN_CHOICES,
    sources: [],
    reading: { status: 'empty' },
    rootNames: new Map(),
    isFolded: false,
    otherNames: [],
  })

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

    /** Asks for many rows; answers that come together are one change of the state. */
    async function askSuffixes(asked: readonly Row[]) {
      let answers = new Map<string, { readonly name: HostName; readonly suffix: SuffixFacts }>()
      const settle = () => {
        const together = answers
        answers = new Map()
        setState(({ rows }) => ({
          rows: rows.map((row) => {
            const answer = together.get(row.id)
            return answer && row.host.ok && row.host.value.host === answer.name
              ? { ...row, suffix: answer.suffix }
              : row
          }),
        }))
      }
      const ask = async (rowId: string, name: HostName) => {
        // Without the list nothing is refused: a page that lost its connection still works.
        const suffix = await lookUpSuffix(name).catch(() => UNKNOWN_SUFFIX)
        if (answers.size === 0) queueMicrotask(settle)
        answers.set(rowId, { name, suffix })
      }
      await Promise.all(asked.flatMap(({ id, host }) => (host.ok ? [ask(id, host.value.host)] : [])))
    }

    function dropSources(rowId: string, isDropped: (source: RowSource) => boolean) {
      const dropped = rowOf(rowId)?.sources.filter(isDropped) ?? []
      if (dropped.length === 0) return
      for (const { id } of dropped) {
        running.get(id)?.abort()
        locked.delete(id)
      }
      changeRow(rowId, ({ sources }) => ({ sources: sources.filter((source) => !isDropped(source)) }))
    }

    /** All certificates of a row → its chains. A newer call overtakes an older one. */
    function rebuildChains(rowId: string): Promise<void> {
      return rebuildManyChains([rowId])
    }

    /** As `rebuildChains`, for many rows with few changes of the state: a new report follows each of those. */
    async function rebuildManyChains(rowIds: readonly string[]) {
      if (rowIds.length === 0) return
      const builds = rowIds.map((rowId) => {
        chainBuilds.get(rowId)?.abort()
        const row = rowOf(rowId)
        const current = row?.sources.filter((source) => isCurrent(row, source)) ?? []
        const certificates = current.flatMap(certificatesOf).map(({ der }) => der)
        const build = new AbortController()
        chainBuilds.set(rowId, build)
        return { rowId, build, certificates }
      })
      const starting = new Map(builds.map(({ rowId, certificates }) => [rowId, certificates.length > 0]))
      setState(({ rows }) => ({ rows: rows.map((row) => withStartedReading(row, starting.get(row.id))) }))

      const finished = new Map<string, { readonly build: AbortController; readonly reading: RowReading }>()
      const show = () => {
        const readings = new Map(finished)
        finished.clear()
        setState(({ rows }) => ({
          rows: rows.map((row) => {
            const done = readings.get(row.id)
            // Overtaken while it waited for the others.
            return done && !done.build.signal.aborted ? { ...row, reading: done.reading } : row
          }),
        }))
      }
      const work = builds.map(async ({ rowId, build, certificates }) => {
        if (certificates.length === 0) return
        const report = await engine.buildChains(certificates, now(), build.signal)
        if (build.signal.aborted) return
        finished.set(rowId, {
          build,
          reading: report.ok ? { status: 'done', report: report.value } : { status: 'failed', failure: report.failure },
        })
        if (finished.size >= READINGS_AT_ONCE) show()
      })
      await Promise.all(work)
      if (finished.size > 0) show()
    }

    /**
     * Adds a source, lets it be read, and rebuilds the row's chains. Removing the source aborts it. The live chain of a
     * host takes the place of the one before.
     */
    async function addSource(rowId: string, source: Pick<RowSource, 'kind' | 'name'>, read: ReadSource) {
      const id = nextId('source')
      const status = source.kind === 'host' ? 'fetching' : 'reading'
      changeRow(rowId, ({ sources }) => ({ sources: [...sources, { id, ...source, state: { status } }] }))
      await readSource(rowId, { id, kind: source.kind }, read)
    }

    async function readSource(
      rowId: string,
      { id, kind }: Pick<RowSource, 'id' | 'kind'>,
      read: ReadSource,
      password?: string,
    ) {
      const job = new AbortController()
      running.set(id, job)
      const state = await read(job.signal, password)
      running.delete(id)
      if (job.signal.aborted) return
      if ('canUnlock' in state) locked.set(id, read)
      else locked.delete(id)
      changeSource(rowId, id, state)
      if (state.status !== 'read') return
      if (kind === 'host') dropSources(rowId, (other) => other.kind === 'host' && other.id !== id)
      await rebuildChains(rowId)
    }

    /** Asks which typed pins are of bundled roots. */
    async function nameRoots(rowId: string) {
      const pins = rowOf(rowId)?.choices.typedPins.map(({ pin }) => pin) ?? []
      const roots = pins.length > 0 ? await engine.identifyRoots(pins) : null
      if (!roots?.ok) return
      changeRow(rowId, () => ({ rootNames: rootNames(roots.value) }))
    }

    const rowParts = { emptyRow, nextSourceId: () => nextId('source') }

    /** Adds rows behind another, or behind all; they are undone together. */
    async function insertRows(added: readonly { readonly row: Row; readonly host: string }[], behindId: string | null) {
      if (added.length === 0) return
      const isFolded = added.length > MOST_UNFOLDED
      const inserted = added.map(({ row, host }) => withHost({ ...row, isFolded }, host))
      setState(({ rows, undoable }) => {
        const others = withoutLoneBlank(rows)
        const position = others.findIndex(({ id }) => id === behindId)
        return {
          rows: others.toSpliced(position < 0 ? others.length : position + 1, 0, ...inserted),
          undoable: { what: 'rows-added', rowIds: added.map(({ row }) => row.id), before: undoable },
        }
      })
      await Promise.all([askSuffixes(inserted), ...inserted.map(({ id }) => rebuildChains(id))])
    }

    const fileRouting = createFileRouting({
      engine,
      read: reader.file,
      route: async (files, report, { routeFiles }) => {
        const routed = routeFiles(files, report, getState().rows, rowParts)
        for (const [rowId, added] of routed.sources)
          changeRow(rowId, ({ sources }) => ({ sources: [...sources, ...added] }))
        await Promise.all([...[...routed.sources.keys()].map(rebuildChains), insertRows(routed.madeRows, null)])
        return routed
      },
      show: (routing) => setState({ routing }),
      now,
    })

    const generation = createGeneration({
      rows: () => getState().rows,
      fetchLive: (rowId) => getState().fetchLive(rowId),
      removeSource: (rowId, sourceId) => getState().removeSource(rowId, sourceId),
      show: (shown) => setState({ generation: shown }),
      now,
    })

    return {
      rows: [emptyRow()],
      settings: {},
      undoable: null,
      generation: null,
      routing: null,

      addRow: () => {
        const row = emptyRow()
        setState(({ rows }) => ({ rows: [...rows, row] }))
        return row.id
      },

      addHosts: (texts) => {
        if (texts.length === 0) return []
        const isFolded = texts.length > MOST_UNFOLDED
        const added = texts.map((text) => withHost({ ...emptyRow(), isFolded }, text))
        const rowIds = added.map(({ id }) => id)
        setState(({ rows, undoable }) => ({
          rows: [...withoutLoneBlank(rows), ...added],
          undoable: { what: 'rows-added', rowIds, before: undoable },
        }))
        void askSuffixes(added)
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
          undoable: isBlank(row)
            ? undoable
            : { what: 'row-erased', rows: settled([row]), position, settings: {}, before: undoable },
        })
      },

      reset: () => {
        const { rows, settings, undoable } = getState()
        getState().cancelGenerate()
        fileRouting.stop()
        stopWork(rows)
        const hadSomething = rows.length > 1 || rows.some((row) => !isBlank(row)) || Object.keys(settings).length > 0
        setState({
          rows: [emptyRow()],
          settings: {},
          undoable: hadSomething
            ? { what: 'reset', rows: settled(rows), position: 0, settings, before: undoable }
            : undoable,
        })
      },

      undo: () => {
        const { undoable, rows, settings } = getState()
        if (!undoable) return
        if ('takeBack' in undoable) {
          setState({ rows: undoable.takeBack(rows), undoable: undoable.before })
          return
        }
        if (undoable.what === 'option-set') {
          const { owner, older, newer, before } = undoable
          setState({
            settings: { ...settings, [owner]: takenBack(settings[owner] ?? {}, older, newer) },
            undoable: before,
          })
          return
        }
        if (undoable.what === 'rows-added') {
          const added = rows.filter(({ id }) => undoable.rowIds.includes(id))
          stopWork(added)
          const remaining = rows.filter((row) => !added.includes(row))
          const hasWork = added.some(({ sources }) => sources.length > 0)
          const position = rows.findIndex((row) => added.includes(row))
          setState({
            rows: remaining.length > 0 ? remaining : [emptyRow()],
            undoable: hasWork
              ? { what: 'rows-removed', rows: settled(added), position, settings: {}, before: undoable.before }
              : undoable.before,
          })
          return
        }
        setState({
          rows: withoutLoneBlank(rows).toSpliced(undoable.position, 0, ...undoable.rows),
          settings: mergedSettings(undoable.settings, settings),
          undoable: undoable.before,
        })
        void askSuffixes(undoable.rows.filter(({ suffix }) => suffix === null))
        for (const { id } of undoable.rows) void rebuildChains(id)
      },

      dismissUndo: () => setState({ undoable: null }),

      restore: (contents, settings) => {
        getState().cancelGenerate()
        fileRouting.stop()
        stopWork(getState().rows)
        const restored = contents.map((content): Row => {
          const host = cleanHost(content.hostText)
          const sources = content.sources.map((source) => ({ ...source, id: nextId('source') }))
          return { ...emptyRow(), ...content, host, suffix: host.ok ? null : UNKNOWN_SUFFIX, sources }
        })
        setState({ rows: restored.length > 0 ? restored : [emptyRow()], settings, undoable: null })
        void askSuffixes(restored)
        for (const { id } of restored) void nameRoots(id)
        void rebuildManyChains(
          restored.filter(({ sources }) => sources.flatMap(certificatesOf).length > 0).map(({ id }) => id),
        )
      },

      settleSources: async (states) => {
        const isAffected = ({ sources }: Row) => sources.some(({ id }) => states.has(id))
        const settle = (row: Row): Row =>
          isAffected(row)
            ? {
                ...row,
                sources: row.sources.map((source) => ({ ...source, state: states.get(source.id) ?? source.state })),
              }
            : row
        setState(({ rows, undoable }) => ({
          rows: rows.map(settle),
          undoable: settledUndoable(undoable, settle),
        }))
        const rowIds = getState()
          .rows.filter(isAffected)
          .map(({ id }) => id)
        await rebuildManyChains(rowIds)
      },

      typeHost: (rowId, hostText) => {
        const before = rowOf(rowId)
        if (!before) return
        const host = cleanHost(hostText)
        const name = host.ok ? host.value.host : null
        const isSameHost = before.host.ok && before.host.value.host === name
        const wasWildcard = before.host.ok && before.host.value.isWildcard
        changeRow(rowId, ({ suffix, includeSubdomains }) => ({
          hostText,
          host,
          suffix: isSameHost ? suffix : name === null ? UNKNOWN_SUFFIX : null,
          // Said once, when the wildcard is typed; whoever switches it off afterwards means it.
          includeSubdomains: includeSubdomains || (host.ok && host.value.isWildcard && !wasWildcard),
        }))
        // What is on its way from another host or port would land in the wrong row.
        dropSources(rowId, (source) => source.state.status !== 'read' && !isCurrent({ host }, source))
        const hasTurned = before.sources.some((source) => isCurrent(before, source) !== isCurrent({ host }, source))
        if (hasTurned) void rebuildChains(rowId)
        const changed = rowOf(rowId)
        if (changed && !isSameHost) void askSuffixes([changed])
      },

      includeSubdomains: (rowId, include) => changeRow(rowId, () => ({ includeSubdomains: include })),

      pinRole: (rowId, role, pinned) =>
        changeRow(rowId, (row) => ({ choices: chooseRole(row.choices, chainsOf(row), role, pinned) })),

      pinCertificate: (rowId, link, pinned) =>
        changeRow(rowId, (row) => ({ choices: chooseCertificate(row.choices, chainsOf(row), link, pinned) })),

      pinReserve: (rowId, fingerprint, pinned) =>
        changeRow(rowId, ({ choices }) => ({ choices: chooseReserve(choices, fingerprint, pinned) })),

      addFiles: async (rowId, files) => {
        await Promise.all(files.map((file) => addSource(rowId, { kind: 'file', name: file.name }, reader.file(file))))
      },

      addText: (rowId, text) => addSource(rowId, { kind: 'text', name: '' }, reader.text(text)),

      unlock: async (rowId, sourceId, password) => {
        const source = rowOf(rowId)?.sources.find(({ id }) => id === sourceId)
        const read = locked.get(sourceId)
        if (!source || !read) return
        changeSource(rowId, sourceId, { status: 'reading' })
        await readSource(rowId, source, read, password)
      },

      takePublicHalf: (rowId, sourceId) => {
        const source = rowOf(rowId)?.sources.find(({ id }) => id === sourceId)
        const failure = source?.state.status === 'failed' ? source.state.failure : null
        if (failure?.kind !== 'private-key-given' || failure.pin === null) return
        const { pin } = failure
        const key: InspectedKey = { pin, origin: 'private-key', name: '', publicKey: null, position: 1 }
        changeSource(rowId, sourceId, { status: 'read', certificates: [], keys: [key], damaged: [], ignored: [] })
        changeRow(rowId, ({ choices }) => ({ choices: chooseBackupKey(choices, pin, true) }))
      },

      pinBackupKey: (rowId, pin, pinned) =>
        changeRow(rowId, ({ choices }) => ({ choices: chooseBackupKey(choices, pin, pinned) })),

      addTypedPins: async (rowId, typedPins) => {
        changeRow(rowId, ({ choices }) => ({
          choices: typedPins.reduce((before, { pin, role }) => chooseTypedPin(before, pin, role), choices),
        }))
        await nameRoots(rowId)
      },

      identifyRoots: async (digests) => {
        const roots = await engine.identifyRoots(digests)
        return roots.ok ? roots.value : new Map()
      },

      candidateRoots: async (certificate) => {
        const roots = await engine.candidateRoots(certificate)
        return roots.ok ? roots.value : []
      },

      removeTypedPin: (rowId, pin) => changeRow(rowId, ({ choices }) => ({ choices: dropTypedPin(choices, pin) })),

      pinRoots: async (rowId, pins) => {
        const there = new Set(rowOf(rowId)?.choices.typedPins.map(({ pin }) => pin))
        const added = pins.filter((pin) => !there.has(pin))
        if (!rowOf(rowId) || added.length === 0) return
        const drop = (row: Row) => ({ ...row, choices: added.reduce(dropTypedPin, row.choices) })
        const takeBack = (rows: readonly Row[]) => rows.map((row) => (row.id === rowId ? drop(row) : row))
        setState(({ undoable }) => ({ undoable: { what: 'roots-pinned', takeBack, before: undoable } }))
        await getState().addTypedPins(
          rowId,
          added.map((pin) => ({ pin, role: 'ca' })),
        )
      },

      changeRows: (what, change, takeBack) =>
        setState(({ rows, undoable }) => ({ rows: change(rows), undoable: { what, takeBack, before: undoable } })),

      addFilesAnywhere: fileRouting.addFilesAnywhere,

      unlockRouted: fileRouting.unlockRouted,

      dismissRouting: fileRouting.stop,

      takeOtherNames: async (rowId, names) => {
        const { hostOfName, rowForName } = await import('./route-files.ts')
        const row = rowOf(rowId)
        if (!row) return
        await insertRows(
          names.map((name) => ({ row: rowForName(row, name, rowParts), host: hostOfName(name) })),
          rowId,
        )
      },

      dismissOtherNames: (rowId) => changeRow(rowId, () => ({ otherNames: [] })),

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
        await addSource(rowId, { kind: 'host', name }, reader.host(host, port))
      },

      fetchIssuer: async (rowId, url, signal) => {
        const read = await reader.issuer(url, signal)
        if (!read.ok) return read
        const source = { id: nextId('source'), kind: 'issuer' as const, name: url, state: read.value }
        changeRow(rowId, ({ sources }) => ({
          sources: [...sources.filter(({ kind, name }) => kind !== 'issuer' || name !== url), source],
        }))
        await rebuildChains(rowId)
        return ok(null)
      },

      generate: generation.generate,

      cancelGenerate: generation.cancel,

      set: (owner, option, value) =>
        setState(({ settings }) => ({ settings: { ...settings, [owner]: { ...settings[owner], [option]: value } } })),

      setUndoably: (owner, option, value) => {
        const { settings, undoable } = getState()
        const older = settings[owner] ?? {}
        const newer = { ...older, [option]: value }
        setState({
          settings: { ...settings, [owner]: newer },
          undoable: { what: 'option-set', owner, older, newer, before: undoable },
        })
      },
    }
  })
}

/** What is there stays until the newer chains are. */
function withStartedReading(row: Row, hasCertificates: boolean | undefined): Row {
  if (hasCertificates === undefined) return row
  if (!hasCertificates) return { ...row, reading: { status: 'empty' } }
  return row.reading.status === 'done' ? row : { ...row, reading: { status: 'working' } }
}

/** A row with a domain as if it had been typed; its suffix is still to be asked for. */
function withHost(row: Row, hostText: string): Row {
  const host = cleanHost(hostText)
  const includeSubdomains = row.includeSubdomains || (host.ok && host.value.isWildcard)
  return { ...row, hostText, host, suffix: host.ok ? null : UNKNOWN_SUFFIX, includeSubdomains }
}

/** A lone blank row only stands in for none. */
function withoutLoneBlank(rows: readonly Row[]): readonly Row[] {
  return rows.length === 1 && rows.every(isBlank) ? [] : rows
}
