import { createContext, use, useMemo, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { Report } from './report.ts'
import type { AppState, AppStore } from './store.ts'

interface StoreContextValue {
  readonly store: AppStore
  readonly selectReport: (state: AppState) => Report
}

const StoreContext = createContext<StoreContextValue | null>(null)

export function StoreProvider({ store, selectReport, children }: StoreContextValue & { readonly children: ReactNode }) {
  const value = useMemo(() => ({ store, selectReport }), [store, selectReport])
  return <StoreContext value={value}>{children}</StoreContext>
}

function useStoreContext(): StoreContextValue {
  const value = use(StoreContext)
  if (!value) throw new Error('StoreProvider is missing')
  return value
}

/** One slice of the state. Actions are stable, so taking one never renders again. */
export function useApp<Slice>(select: (state: AppState) => Slice): Slice {
  return useStore(useStoreContext().store, select)
}

/** Plan, findings and snippets for the current rows and choices. */
export function useReport(): Report {
  const { store, selectReport } = useStoreContext()
  return useStore(store, selectReport)
}
