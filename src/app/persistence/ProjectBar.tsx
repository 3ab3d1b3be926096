import styles from './ProjectBar.module.css'
import { useProjects } from './projects-context.tsx'
import type { Trouble } from './projects.ts'

/** Which project is open, what can be done with projects, and where they are kept. */
export function ProjectBar() {
  const { name } = useProjects(({ current }) => current)
  const keeper = useProjects((state) => state.keeper)
  const troubles = useProjects((state) => state.troubles)
  const conflict = useProjects((state) => state.conflict)
  const isKept = useProjects(
    ({ wasStored, keeper: loaded, troubles: all }) => wasStored || loaded !== null || all.length > 0,
  )
  const views = useProjects((state) => state.views)
  return (
    <section className={styles.bar} aria-label="Project">
      {keeper && views ? <views.ProjectMenu keeper={keeper} /> : <p className={styles.current}>{name}</p>}
      <p className={styles.where}>
        {conflict ? 'Not saved until you choose a version' : isKept ? whereKept(troubles) : 'Nothing to keep yet'}
      </p>
    </section>
  )
}

function whereKept(troubles: readonly Trouble[]): string {
  const kinds = new Set(troubles.map(({ kind }) => kind))
  if (kinds.has('keeper-missing')) return 'Not kept: part of the page did not load. Reload it.'
  if (kinds.has('storage-full') || kinds.has('storage-forbidden')) return 'Not kept'
  return kinds.has('certificates-not-kept')
    ? 'Kept in this browser only, without certificates'
    : 'Kept in this browser only'
}
