import type { ChainRole } from '../chain/chain.ts'
import type { PlanRow } from '../pins/plan-pins.ts'

/** Those of some rows that have a certificate of a role: choosing the role for others would pin nothing. */
export function rowsWithRole(rows: readonly PlanRow[], rowIds: readonly string[], role: ChainRole): readonly string[] {
  return rowIds.filter((rowId) =>
    rows.some((row) => row.rowId === rowId && row.chains.some(({ links }) => links.some((link) => link.role === role))),
  )
}

/** Whether every chain of these rows has a root, so that its pin can take the place of another. */
export function haveRoots(rows: readonly PlanRow[], rowIds: readonly string[]): boolean {
  return rows
    .filter(({ rowId }) => rowIds.includes(rowId))
    .every(({ chains }) => chains.length > 0 && chains.every(({ links }) => links.some(({ role }) => role === 'root')))
}
