import { chosenStacks, type Stack } from '../../core/stacks/stacks.ts'
import { useApp } from '../store-context.tsx'

/** What the app was said to connect with; kept with the project. */
export function useStacks(): readonly Stack[] {
  return chosenStacks(useApp(({ settings }) => settings.stacks))
}
