import type { CertificateFingerprint } from '../../../../src/core/certificate/certificate.ts'
import { failed, ok } from '../../../../src/core/result.ts'
import type { Engine } from '../../../../src/engine/inspection.ts'
import type { CertificateStorage } from '../../../../src/app/persistence/certificate-storage.ts'
import { keepProjects } from '../../../../src/app/persistence/keep-projects.ts'
import { openProject } from '../../../../src/app/persistence/open-project.ts'
import { createProjects } from '../../../../src/app/persistence/projects.ts'
import type { Surroundings } from '../../../../src/app/persistence/surroundings.ts'
import type { StorageFailure, TextStorage } from '../../../../src/app/persistence/text-storage.ts'
import { createAppStore } from '../../../../src/app/store.ts'
import { createInProcessEngine } from '../../../support/in-process-engine.ts'
import { TEST_NOW } from '../../../support/issue-chain.ts'

/** A storage in memory that refuses writing on demand. */
export interface FakeStorage extends TextStorage {
  readonly texts: Map<string, string>
  refusal: StorageFailure['kind'] | null
}

/** A browser with one profile: what tabs share, and tabs. */
export function fakeBrowser() {
  const listeners: { readonly tab: object; readonly work: (key: string | null) => void }[] = []
  const local = fakeStorage()
  const certificates = fakeCertificates()
  const openTabs = new Set<object>()
  let lastId = 0
  const newId = () => `id-${(lastId += 1)}`

  /** Opens a tab; a reload passes the session storage that the tab had before. */
  function openTab({
    session = fakeStorage(),
    engine = createInProcessEngine(),
  }: { readonly session?: FakeStorage; readonly engine?: Engine } = {}) {
    const tab = {}
    const scheduled = new Set<() => void>()
    const leaving: (() => void)[] = []
    const surroundings: Surroundings = {
      schedule: (work) => {
        const run = () => {
          scheduled.delete(run)
          work()
        }
        scheduled.add(run)
        return () => scheduled.delete(run)
      },
      onLeave: (work) => leaving.push(work),
      onChangeElsewhere: (work) => listeners.push({ tab, work }),
      whenAlone: async (work) => {
        const isAlone = openTabs.size === 0
        openTabs.add(tab)
        if (isAlone) await work()
      },
    }
    /** This tab's view: what it writes is heard in the others. */
    const shared: TextStorage = {
      ...local,
      write: (key, text) => {
        const written = local.write(key, text)
        if (written.ok) tellOthers(tab, key)
        return written
      },
      remove: (key) => {
        local.remove(key)
        tellOthers(tab, key)
      },
    }
    const store = createAppStore({
      engine,
      fetchLiveChain: () => Promise.resolve(failed({ kind: 'endpoint-missing' })),
      fetchIssuer: () => Promise.resolve(failed({ kind: 'endpoint-missing' })),
      lookUpSuffix: () => Promise.resolve({ registrableDomain: null, isPublicSuffix: false }),
      now: () => TEST_NOW,
    })
    const opened = openProject(shared, session, newId)
    const projects = createProjects(opened)
    if (opened.saved) store.getState().restore(opened.saved.rows, opened.saved.settings)
    const initial = store.getState()
    const keep = () =>
      keepProjects({
        store,
        projects,
        opened,
        initial,
        local: shared,
        session,
        certificates,
        engine,
        surroundings,
        newId,
      })
    return {
      session,
      projects: () => projects.getState(),
      app: () => store.getState(),
      rows: () => store.getState().rows,
      /** Types into the first row. */
      type: (text: string) => store.getState().typeHost(store.getState().rows[0]?.id ?? '', text),
      hosts: () => store.getState().rows.map(({ hostText }) => hostText),
      keep,
      /** How many saves are waiting. */
      waiting: () => scheduled.size,
      passTime: () => {
        for (const run of scheduled) run()
      },
      leave: () => {
        for (const work of leaving) work()
      },
      /** Ends it without another word. */
      close: () => {
        openTabs.delete(tab)
        scheduled.clear()
        for (const [index, listener] of listeners.entries()) if (listener.tab === tab) listeners.splice(index, 1)
      },
    }
  }

  function tellOthers(from: object, key: string) {
    for (const { tab, work } of listeners) if (tab !== from) work(key)
  }

  /** A tab whose code is there and whose certificates are back. */
  async function openReadyTab(options: Parameters<typeof openTab>[0] = {}) {
    const tab = openTab(options)
    const keeper = tab.keep()
    await settled()
    return { ...tab, keeper }
  }

  const keys = (prefix: string) => [...local.texts.keys()].filter((key) => key.startsWith(prefix))
  return { local, certificates, openTab, openReadyTab, keys }
}

/** Until nothing is left that waits for a promise alone. */
export async function settled(): Promise<void> {
  // Signatures are verified by the platform, off this thread.
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve, 2))
}

export function fakeStorage(): FakeStorage {
  const texts = new Map<string, string>()
  const storage: FakeStorage = {
    texts,
    refusal: null,
    read: (key) => texts.get(key) ?? null,
    write: (key, text) => {
      if (storage.refusal) return failed({ kind: storage.refusal })
      texts.set(key, text)
      return ok(undefined)
    },
    remove: (key) => texts.delete(key),
    keys: (prefix) => [...texts.keys()].filter((key) => key.startsWith(prefix)),
  }
  return storage
}

function fakeCertificates() {
  const kept = new Map<CertificateFingerprint, Uint8Array>()
  const state = { kept, isForbidden: false, isDestroyed: false }
  const storage: CertificateStorage = {
    load: (fingerprints) =>
      Promise.resolve(
        new Map(
          fingerprints.flatMap((sha256) => {
            const der = state.isForbidden ? undefined : kept.get(sha256)
            return der ? [[sha256, der]] : []
          }),
        ),
      ),
    save: (certificates) => {
      if (state.isForbidden) return Promise.resolve(false)
      state.isDestroyed = false
      for (const [sha256, der] of certificates) kept.set(sha256, der.slice())
      return Promise.resolve(true)
    },
    prune: (isNeeded) => {
      for (const sha256 of kept.keys()) if (!isNeeded(sha256)) kept.delete(sha256)
      return Promise.resolve()
    },
    destroy: () => {
      kept.clear()
      state.isDestroyed = true
      return Promise.resolve(!state.isForbidden)
    },
  }
  return Object.assign(state, storage)
}
