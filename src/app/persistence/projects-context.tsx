import { createContext, use } from 'react'
import { useStore } from 'zustand'
import type { ProjectsState, ProjectsStore } from './projects.ts'

const ProjectsContext = createContext<ProjectsStore | null>(null)

export const ProjectsProvider = ProjectsContext

/** One slice of what is known about projects. */
export function useProjects<Slice>(select: (state: ProjectsState) => Slice): Slice {
  const projects = use(ProjectsContext)
  if (!projects) throw new Error('ProjectsProvider is missing')
  return useStore(projects, select)
}
