import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { FormatId } from '../../../core/formats/registry.ts'

interface ShownOutputs {
  /** Beside those of the platforms themselves. */
  readonly shown: ReadonlySet<FormatId>
  readonly show: (output: FormatId, isShown: boolean) => void
}

/** For all domains, and for as long as the page is open. */
const shownOutputs = createStore<ShownOutputs>()((setState) => ({
  shown: new Set(),
  show: (output, isShown) =>
    setState(({ shown }) => {
      const changed = new Set(shown)
      if (isShown) changed.add(output)
      else changed.delete(output)
      return { shown: changed }
    }),
}))

export function useShownOutputs(): ShownOutputs {
  return useStore(shownOutputs)
}
