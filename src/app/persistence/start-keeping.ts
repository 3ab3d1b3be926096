import { createCertificateStorage } from './certificate-storage.ts'
import { keepProjects, type Keeping } from './keep-projects.ts'
import { NoticeList } from './NoticeList.tsx'
import { ProjectMenu } from './ProjectMenu.tsx'
import { browserSurroundings } from './surroundings.ts'

/** Keeps projects with what the browser offers, and shows them. Loaded after the first paint. */
export function startKeeping(parts: Omit<Keeping, 'certificates' | 'surroundings'>) {
  keepProjects({
    ...parts,
    certificates: createCertificateStorage(() => window.indexedDB),
    surroundings: browserSurroundings(),
  })
  parts.projects.setState({ views: { ProjectMenu, NoticeList } })
}
