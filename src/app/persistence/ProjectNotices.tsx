import { useProjects } from './projects-context.tsx'

/** What the user has to know or to decide about what is kept, on whatever tab it happens. */
export function ProjectNotices() {
  const keeper = useProjects((state) => state.keeper)
  const views = useProjects((state) => state.views)
  return keeper && views ? <views.NoticeList keeper={keeper} /> : null
}
