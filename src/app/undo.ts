import type { FormatId, OutputSettings } from '../core/formats/registry.ts'
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
      readonly settings: OutputSettings
    }
  | { readonly what: 'rows-added'; readonly rowIds: readonly string[] }
  | {
      readonly what: 'roots-pinned' | 'strategy-applied'
      /** The rows without what was done. */
      readonly takeBack: RowsChange
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
export function mergedSettings(older: OutputSettings, newer: OutputSettings): OutputSettings {
  const formats = new Set([...Object.keys(older), ...Object.keys(newer)] as FormatId[])
  return Object.fromEntries([...formats].map((format) => [format, { ...older[format], ...newer[format] }]))
}

/** The rows that can come back, however far back. */
export function settledUndoable(undoable: Undoable | null, settle: (row: Row) => Row): Undoable | null {
  if (!undoable) return null
  const before = settledUndoable(undoable.before, settle)
  return 'rows' in undoable ? { ...undoable, before, rows: undoable.rows.map(settle) } : { ...undoable, before }
}
