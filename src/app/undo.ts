import type { FormatSettings } from '../core/formats/format.ts'
import { ownersIn, type ProjectSettings, type SettingsOwner } from '../core/settings/project-settings.ts'
import { isUnderWay, type Row, type RowSource } from './row.ts'

export type RowsChange = (rows: readonly Row[]) => readonly Row[]

/** What `Undo` takes back; whatever was done since stays. */
export type Undoable = {
  /** What can be taken back after it. */
  readonly before: Undoable | null
} & (
  | {
      /** `rows-removed`: the undoing of `rows-added`, which took later work along. */
      readonly what: 'row-erased' | 'rows-removed' | 'reset'
      /** The rows that went. */
      readonly rows: readonly Row[]
      /** Where they stood. */
      readonly position: number
      /** The settings that went; empty when a row was erased. */
      readonly settings: ProjectSettings
    }
  | { readonly what: 'rows-added'; readonly rowIds: readonly string[] }
  | {
      readonly what: 'roots-pinned' | 'choices-changed' | 'strategy-applied'
      /** The rows without what was done. */
      readonly takeBack: RowsChange
    }
  | {
      readonly what: 'option-set'
      readonly owner: SettingsOwner
      readonly older: FormatSettings
      readonly newer: FormatSettings
    }
)

/** Rows as `Undo` keeps them: work that was stopped cannot come back. Sources from an earlier visit still can. */
export function settled(rows: readonly Row[]): readonly Row[] {
  return rows.map((row) => ({ ...row, sources: row.sources.filter(outlivesErasing) }))
}

function outlivesErasing({ state }: RowSource): boolean {
  return !isUnderWay(state) || ('kept' in state && state.kept !== undefined)
}

/** Every option by itself: what was set since stays, what was not comes back. */
export function mergedSettings(older: ProjectSettings, newer: ProjectSettings): ProjectSettings {
  return Object.fromEntries(ownersIn(older, newer).map((owner) => [owner, { ...older[owner], ...newer[owner] }]))
}

/** An object as it was before a change; what was changed once more since then stays as it is now. */
export function takenBack<Parts extends object>(now: Parts, older: Parts, newer: Parts): Parts {
  const names = new Set([...Object.keys(now), ...Object.keys(older)] as (keyof Parts)[])
  const parts = [...names].map((name) => [name, now[name] === newer[name] ? older[name] : now[name]])
  return Object.fromEntries(parts.filter(([, part]) => part !== undefined)) as Parts
}

/** The rows that can come back, however far back. */
export function settledUndoable(undoable: Undoable | null, settle: (row: Row) => Row): Undoable | null {
  if (!undoable) return null
  const before = settledUndoable(undoable.before, settle)
  return 'rows' in undoable ? { ...undoable, before, rows: undoable.rows.map(settle) } : { ...undoable, before }
}
