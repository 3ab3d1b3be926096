import { STACKS, type Stack } from '../../core/stacks/stacks.ts'
import { useApp } from '../store-context.tsx'

/** What the app was said to connect with; kept with the project. */
export function useStacks(): readonly Stack[] {
  const chosen = useApp(({ settings }) => settings.stacks)
  return STACKS.filter(({ id }) => chosen?.[id] === true)
}
