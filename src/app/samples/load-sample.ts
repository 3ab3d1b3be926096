import type { AppState } from '../store.ts'
import { SAMPLES, type SampleName } from './samples.ts'

export type SampleActions = Pick<AppState, 'addHosts' | 'includeSubdomains' | 'pinRole' | 'addFiles'>

const ROLES = ['leaf', 'intermediate', 'root'] as const

/** Adds the rows of a sample as a user would, so that one `Undo` takes them back. Settles when all files are read. */
export async function loadSample(actions: SampleActions, name: SampleName): Promise<void> {
  const rows = SAMPLES[name]
  const rowIds = actions.addHosts(rows.map(({ host }) => host))
  await Promise.all(
    rows.map(({ includeSubdomains, pinned, files }, index) => {
      const rowId = rowIds[index] ?? ''
      actions.includeSubdomains(rowId, includeSubdomains)
      for (const role of ROLES) actions.pinRole(rowId, role, pinned.includes(role))
      return actions.addFiles(
        rowId,
        Object.entries(files).map(([fileName, pem]) => new File([pem], fileName)),
      )
    }),
  )
}
