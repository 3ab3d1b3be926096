import { failed, ok, type Result } from '../../core/result.ts'
import { decode, type SavedProject, type UnreadableProject } from './saved-project.ts'
import type { TextStorage } from './text-storage.ts'

/** Every key of ours begins so; "Forget everything" removes them all. */
export const KEY_PREFIX = 'pinsmith:'
export const PROJECT_PREFIX = `${KEY_PREFIX}project:`
/** In sessionStorage: the id of the project of this tab. */
export const TAB_KEY = `${KEY_PREFIX}tab`
/** In localStorage: the id of the project that was used last, in any tab. */
export const LAST_KEY = `${KEY_PREFIX}last`

export const FIRST_NAME = 'Untitled project'

export function projectKey(id: string): string {
  return `${PROJECT_PREFIX}${id}`
}

/** A project as this tab has it. */
export interface OpenProject {
  readonly id: string
  readonly name: string
  /** As read or written last; null when it is not stored. */
  readonly text: string | null
  readonly saved: SavedProject | null
}

/** A project that was never stored. */
export function freshProject(id: string, name = FIRST_NAME): OpenProject {
  return { id, name, text: null, saved: null }
}

/** A stored project; null when there is none. */
export function readProject(local: TextStorage, id: string): Result<OpenProject, UnreadableProject> | null {
  const text = local.read(projectKey(id))
  if (text === null) return null
  const project = decode(text)
  if (!project.ok) return project
  // A text under another project's key would be saved over that project.
  if (project.value.id !== id) return failed({ kind: 'not-a-project' })
  return ok({ id, name: project.value.name, text, saved: project.value })
}

/**
 * The project of this tab, or else the one that was used last, or else any. A fresh one when there is none or it
 * cannot be read; `keepProjects` then sets the unreadable text aside.
 */
export function openProject(local: TextStorage, session: TextStorage, newId: () => string): OpenProject {
  const ids = [
    session.read(TAB_KEY),
    local.read(LAST_KEY),
    ...(local.keys(PROJECT_PREFIX) ?? []).map((key) => key.slice(PROJECT_PREFIX.length)),
  ]
  for (const id of ids) {
    const project = id === null ? null : readProject(local, id)
    if (project) return project.ok ? project.value : freshProject(newId())
  }
  return freshProject(newId())
}
