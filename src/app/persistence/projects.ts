import type { ComponentType } from 'react'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { OpenProject } from './open-project.ts'
import type { UnreadableProject } from './saved-project.ts'
import type { StorageFailure } from './text-storage.ts'

export interface ProjectName {
  readonly id: string
  readonly name: string
}

/** What another tab did to the project of this tab. */
export type Conflict = 'changed' | 'deleted'

/** A stored text that could not be read. It is never removed unless the user says so. */
export interface SetAside {
  readonly key: string
  readonly failure: UnreadableProject
}

/**
 * Why what the user does is not kept. `certificates-not-kept`: certificates alone; `keeper-missing`: the code that keeps
 * projects did not load.
 */
export type KeepingFailure = StorageFailure | { readonly kind: 'certificates-not-kept' | 'keeper-missing' }

/** A failure that lasts. It is said once: dismissing it does not mend it. */
export interface Trouble {
  readonly kind: KeepingFailure['kind']
  readonly isDismissed: boolean
}

/** What the user can do with projects. Those that would lose what cannot be saved do nothing but say so. */
export interface ProjectKeeper {
  readonly open: (id: string) => void
  readonly create: () => void
  readonly rename: (name: string) => void
  readonly duplicate: () => void
  /** Deletes the project of this tab, and opens another. */
  readonly remove: () => void
  /** Another tab's version in the place of this tab's; when that is deleted, another project. */
  readonly loadOther: () => void
  /** This tab's version in the place of the other tab's. */
  readonly keepThis: () => void
  /** The text of something that was set aside. */
  readonly textOf: (setAside: SetAside) => string
  readonly discard: (setAside: SetAside) => void
  readonly dismiss: (trouble: Trouble) => void
  /** Removes everything that Pinsmith has stored in this browser; false when certificates could not be removed. */
  readonly forgetEverything: () => Promise<boolean>
}

export interface ProjectsState {
  readonly current: ProjectName
  /** Every project, by name; the one of this tab also when it is not stored. */
  readonly list: readonly ProjectName[]
  /** Whether the project was there when the page was opened. */
  readonly wasStored: boolean
  /** Nothing is saved until the user has answered it. */
  readonly conflict: Conflict | null
  readonly troubles: readonly Trouble[]
  readonly setAside: readonly SetAside[]
  /** null until its code is there. */
  readonly keeper: ProjectKeeper | null
  /** What shows all this; in the same chunk as the keeper, since neither is of use without the other. */
  readonly views: ProjectViews | null
}

export interface ProjectViews {
  readonly ProjectMenu: ComponentType<{ readonly keeper: ProjectKeeper }>
  readonly NoticeList: ComponentType<{ readonly keeper: ProjectKeeper }>
}

export type ProjectsStore = StoreApi<ProjectsState>

/** The projects as they are at the first paint. */
export function createProjects({ id, name, text }: OpenProject): ProjectsStore {
  const current = { id, name }
  return createStore<ProjectsState>(() => ({
    current,
    list: [current],
    wasStored: text !== null,
    conflict: null,
    troubles: [],
    setAside: [],
    keeper: null,
    views: null,
  }))
}
