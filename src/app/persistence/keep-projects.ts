import type { CertificateFingerprint } from '../../core/certificate/certificate.ts'
import type { Engine } from '../../engine/inspection.ts'
import { certificatesOf, type KeptSource, type SourceState } from '../row.ts'
import type { AppState, AppStore } from '../store.ts'
import type { CertificateStorage } from './certificate-storage.ts'
import {
  FIRST_NAME,
  freshProject,
  KEY_PREFIX,
  LAST_KEY,
  openProject,
  PROJECT_PREFIX,
  projectKey,
  readProject,
  TAB_KEY,
  type OpenProject,
} from './open-project.ts'
import type { Conflict, ProjectKeeper, ProjectName, ProjectsStore, SetAside, Trouble } from './projects.ts'
import { decode, encode, type UnreadableProject } from './saved-project.ts'
import type { Surroundings } from './surroundings.ts'
import type { TextStorage } from './text-storage.ts'

/** How long after the last change a project is saved. */
export const SAVE_DELAY_MILLISECONDS = 400

const SET_ASIDE_PREFIX = `${KEY_PREFIX}set-aside:`
/** Folding is kept with the next change; by itself it is none, least of all one that another tab has to answer. */
function essenceOf(text: string): string {
  return text.replaceAll(/"isFolded":(?:true|false)/g, '')
}

const FINGERPRINTS = /[\da-f]{64}/g

export interface Keeping {
  readonly store: AppStore
  readonly projects: ProjectsStore
  /** The project that the store was given, and what the store held right then. */
  readonly opened: OpenProject
  readonly initial: Pick<AppState, 'rows' | 'settings'>
  readonly local: TextStorage
  readonly session: TextStorage
  readonly certificates: CertificateStorage
  readonly engine: Pick<Engine, 'inspect'>
  readonly surroundings: Surroundings
  readonly newId: () => string
}

/**
 * Keeps the project of this tab: saves it a moment after each change, brings its certificates back, and notices what
 * other tabs do. A text that another tab has written in between is never overwritten unasked.
 */
export function keepProjects({
  store,
  projects,
  opened,
  initial,
  local,
  session,
  certificates,
  engine,
  surroundings,
  newId,
}: Keeping): ProjectKeeper {
  const contentOf = ({ rows, settings }: Pick<AppState, 'rows' | 'settings'>, name: string, revision: string) =>
    encode({ id: projects.getState().current.id, name, revision, rows, settings })
  const contentNow = () => contentOf(store.getState(), projects.getState().current.name, revision)

  /** The stored text as this tab last read or wrote it. */
  let knownText = opened.text
  let revision = opened.saved?.revision ?? ''
  /** What there is nothing to save of; with the revision of `knownText`. */
  let savedContent = contentOf(initial, opened.name, revision)

  let pendingSave: (() => void) | null = null
  /** Certificates that are stored, as far as this tab knows. */
  const storedCertificates = new Set<CertificateFingerprint>()
  let seenSources = new WeakSet<SourceState>()
  /** Sources whose certificates are on their way back. */
  const askedFor = new WeakSet<SourceState>()

  function say(kind: Trouble['kind']) {
    projects.setState(({ troubles }) =>
      troubles.some((trouble) => trouble.kind === kind)
        ? {}
        : { troubles: [...troubles, { kind, isDismissed: false }] },
    )
  }

  function isMended(...kinds: readonly Trouble['kind'][]) {
    projects.setState(({ troubles }) =>
      troubles.some(({ kind }) => kinds.includes(kind))
        ? { troubles: troubles.filter(({ kind }) => !kinds.includes(kind)) }
        : {},
    )
  }

  function callOffSave() {
    pendingSave?.()
    pendingSave = null
  }

  /** Saves what has changed. False when there is something that could not be saved. */
  function save(): boolean {
    callOffSave()
    const { current, conflict } = projects.getState()
    if (conflict) return false
    if (essenceOf(contentNow()) === essenceOf(savedContent)) return true
    noticeOtherTab()
    return projects.getState().conflict === null && write(current)
  }

  function write({ id, name }: ProjectName): boolean {
    const nextRevision = newId()
    const text = contentOf(store.getState(), name, nextRevision)
    const written = local.write(projectKey(id), text)
    if (!written.ok) {
      say(written.failure.kind)
      return false
    }
    isMended('storage-full', 'storage-forbidden')
    knownText = text
    revision = nextRevision
    savedContent = text
    stay()
    list({ id, name })
    return true
  }

  /** The project of this tab is the one to open next time, here and in new tabs. */
  function stay() {
    const { id } = projects.getState().current
    session.write(TAB_KEY, id)
    if (local.read(LAST_KEY) !== id) local.write(LAST_KEY, id)
  }

  /** Whether another tab has changed what this tab has read or written. */
  function noticeOtherTab() {
    const stored = local.read(projectKey(projects.getState().current.id))
    if (stored === knownText) return
    callOffSave()
    const conflict: Conflict = stored === null ? 'deleted' : 'changed'
    projects.setState({ conflict })
  }

  /** Before something that takes the place of what is here. Says again why it cannot be saved. */
  function saveFirst(): boolean {
    const isSaved = save()
    if (!isSaved) {
      projects.setState(({ troubles }) => ({ troubles: troubles.map(({ kind }) => ({ kind, isDismissed: false })) }))
    }
    return isSaved
  }

  function scheduleSave() {
    callOffSave()
    if (!projects.getState().conflict) pendingSave = surroundings.schedule(save, SAVE_DELAY_MILLISECONDS)
  }

  /** Bytes are stored at once: a text that names them may follow in a moment. */
  async function storeCertificates() {
    if (projects.getState().conflict) return
    const added = new Map<CertificateFingerprint, Uint8Array>()
    for (const source of store.getState().rows.flatMap(({ sources }) => sources)) {
      if (seenSources.has(source.state)) continue
      seenSources.add(source.state)
      for (const { sha256, der } of certificatesOf(source)) {
        if (!storedCertificates.has(sha256)) added.set(sha256, der)
      }
    }
    if (added.size === 0) return
    for (const sha256 of added.keys()) storedCertificates.add(sha256)
    await alone
    if (await certificates.save(added)) return isMended('certificates-not-kept')
    for (const sha256 of added.keys()) storedCertificates.delete(sha256)
    seenSources = new WeakSet()
    say('certificates-not-kept')
  }

  /** Gives the sources from an earlier visit their certificates back. An erased row that returns may have such too. */
  async function bringBack() {
    const waiting: { readonly id: string; readonly kept: KeptSource }[] = []
    for (const { id, state } of store.getState().rows.flatMap(({ sources }) => sources)) {
      if (!('kept' in state) || !state.kept || askedFor.has(state)) continue
      askedFor.add(state)
      waiting.push({ id, kept: state.kept })
    }
    if (waiting.length === 0) return
    const wanted = new Set(waiting.flatMap(({ kept }) => kept.certificates.map(({ sha256 }) => sha256)))
    const stored = await certificates.load([...wanted])
    const sound = new Map<CertificateFingerprint, Inspected>()
    await Promise.all(
      [...stored].map(async ([sha256, der]) => {
        const inspection = await engine.inspect(der.slice())
        const found = inspection.ok ? inspection.value.certificates[0] : undefined
        // Whoever can write to the browser's storage may have exchanged the bytes.
        if (found?.sha256 === sha256) sound.set(sha256, found)
      }),
    )
    for (const sha256 of sound.keys()) storedCertificates.add(sha256)
    await store.getState().settleSources(new Map(waiting.map(({ id, kept }) => [id, stateOf(kept, sound)])))
  }

  /** Removes certificates that nothing stored names. What was set aside may name some too. */
  async function prune() {
    const keys = local.keys(KEY_PREFIX)
    if (!keys) return
    const named = new Set(keys.flatMap((key) => local.read(key)?.match(FINGERPRINTS) ?? []))
    await certificates.prune((fingerprint) => named.has(fingerprint))
  }

  /** Puts a project in the place of the one that this tab has. What that one has not saved is lost. */
  function adopt(project: OpenProject) {
    callOffSave()
    const { id, name, saved, text } = project
    projects.setState({ current: { id, name }, conflict: null })
    store.getState().restore(saved?.rows ?? [], saved?.settings ?? {})
    knownText = text
    revision = saved?.revision ?? ''
    savedContent = contentNow()
    if (text !== null) stay()
    refreshList()
  }

  function list(project: ProjectName) {
    projects.setState((state) => ({ list: sorted([...state.list.filter(({ id }) => id !== project.id), project]) }))
  }

  /** Another tab has saved or deleted another project. */
  function refreshName(id: string) {
    const project = readProject(local, id)
    if (project?.ok) list({ id, name: project.value.name })
    else projects.setState((state) => ({ list: state.list.filter((listed) => listed.id !== id) }))
  }

  /** Reads the names of all projects, and sets aside what is none. */
  function refreshList() {
    const { current } = projects.getState()
    const found = new Map([[current.id, current.name]])
    const unreadable: SetAside[] = []
    for (const key of local.keys(PROJECT_PREFIX) ?? []) {
      const id = key.slice(PROJECT_PREFIX.length)
      const project = id === current.id ? null : readProject(local, id)
      if (project?.ok) found.set(id, project.value.name)
      else if (project && !moveAside(key, project.failure)) unreadable.push({ key, failure: project.failure })
    }
    for (const key of local.keys(SET_ASIDE_PREFIX) ?? []) {
      const project = decode(local.read(key) ?? '')
      unreadable.push({ key, failure: project.ok ? { kind: 'not-a-project' } : project.failure })
    }
    projects.setState({ list: sorted([...found].map(([id, name]) => ({ id, name }))), setAside: unreadable })
  }

  /**
   * Moves a text out of the way of what is saved later. It stays where it is when a newer Pinsmith will read it, and
   * when there is no room for a second copy.
   */
  function moveAside(key: string, { kind }: UnreadableProject): boolean {
    const text = local.read(key)
    if (kind === 'newer-version' || text === null) return false
    const isCopied = local.write(`${SET_ASIDE_PREFIX}${newId()}`, text).ok
    if (isCopied) local.remove(key)
    return isCopied
  }

  /** A name that no other project has. */
  function freeName(wanted: string): string {
    const taken = new Set(projects.getState().list.map(({ name }) => name))
    let name = wanted
    for (let count = 2; taken.has(name); count += 1) name = `${wanted} ${count}`
    return name
  }

  /** Every stored key of ours, and the database; then a blank project that is stored with its first change. */
  async function forgetEverything(): Promise<boolean> {
    for (const storage of [local, session]) {
      for (const key of storage.keys(KEY_PREFIX) ?? []) storage.remove(key)
    }
    storedCertificates.clear()
    adopt(freshProject(newId()))
    projects.setState({ troubles: [] })
    await alone
    return certificates.destroy()
  }

  const keeper: ProjectKeeper = {
    open: (id) => {
      if (!saveFirst()) return
      const project = readProject(local, id)
      if (project?.ok) adopt(project.value)
      else refreshList()
    },

    create: () => {
      if (!saveFirst()) return
      adopt(freshProject(newId(), freeName(FIRST_NAME)))
      write(projects.getState().current)
    },

    rename: (name) => {
      const { current } = projects.getState()
      projects.setState({ current: { ...current, name } })
      list({ ...current, name })
      save()
    },

    // Also a way out of a conflict: both versions are kept.
    duplicate: () => {
      const { current, conflict } = projects.getState()
      if (!conflict && !saveFirst()) return
      const copy = { id: newId(), name: freeName(`${current.name} copy`) }
      projects.setState({ current: copy, conflict: null })
      knownText = null
      savedContent = ''
      forgetStoredCertificates()
      if (save()) refreshList()
    },

    remove: () => {
      const { id } = projects.getState().current
      callOffSave()
      local.remove(projectKey(id))
      session.remove(TAB_KEY)
      adopt(openProject(local, session, newId))
    },

    loadOther: () => {
      const { id } = projects.getState().current
      const project = readProject(local, id)
      if (project && !project.ok) moveAside(projectKey(id), project.failure)
      adopt(project?.ok ? project.value : openProject(local, session, newId))
    },

    keepThis: () => {
      const { current } = projects.getState()
      projects.setState({ conflict: null })
      forgetStoredCertificates()
      write(current)
    },

    textOf: ({ key }) => local.read(key) ?? '',

    discard: ({ key }) => {
      local.remove(key)
      refreshList()
    },

    dismiss: ({ kind }) =>
      projects.setState(({ troubles }) => ({
        troubles: troubles.map((trouble) => (trouble.kind === kind ? { kind, isDismissed: true } : trouble)),
      })),

    forgetEverything,
  }

  /** Another tab may have removed certificates since; they are stored again. */
  function forgetStoredCertificates() {
    storedCertificates.clear()
    seenSources = new WeakSet()
    void storeCertificates()
  }

  store.subscribe((state, before) => {
    if (state.rows === before.rows && state.settings === before.settings) return
    scheduleSave()
    void storeCertificates()
    void bringBack()
  })
  surroundings.onLeave(save)
  surroundings.onChangeElsewhere((key) => {
    if (key === null || key === projectKey(projects.getState().current.id)) noticeOtherTab()
    else if (key.startsWith(PROJECT_PREFIX)) refreshName(key.slice(PROJECT_PREFIX.length))
  })
  const alone = surroundings.whenAlone(prune)
  if (opened.text !== null) stay()
  refreshList()
  projects.setState({ keeper })
  // The user may have been quicker than this code.
  scheduleSave()
  void storeCertificates()
  void bringBack()
  return keeper
}

type Inspected = ReturnType<typeof certificatesOf>[number]

/** A source with its certificates, unless one of them is gone. */
function stateOf(kept: KeptSource, sound: ReadonlyMap<CertificateFingerprint, Inspected>): SourceState {
  const certificates = kept.certificates.flatMap(({ sha256, position }) => {
    const found = sound.get(sha256)
    return found ? [{ ...found, position }] : []
  })
  if (certificates.length < kept.certificates.length) return { status: 'failed', failure: { kind: 'not-kept', kept } }
  return { ...kept, status: 'read', certificates }
}

function sorted(projects: readonly ProjectName[]): readonly ProjectName[] {
  return projects.toSorted((one, other) => one.name.localeCompare(other.name, 'en'))
}
