import { createContext, use, useMemo, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { Report } from './report.ts'
import type { AppState, AppStore } from './store.ts'

interface StoreContextValue {
  readonly store: AppStore
  /** Brings rules and outputs once somebody looks at them; the same promise every time. */
  readonly loadReportSelector: () => Promise<(state: AppState) => Report>
}

const StoreContext = createContext<StoreContextValue | null>(null)

export function StoreProvider({
  store,
  loadReportSelector,
  children,
}: StoreContextValue & { readonly children: ReactNode }) {
  const value = useMemo(() => ({ store, loadReportSelector }), [store, loadReportSelector])
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

/** Asks for the whole state when something is done, without a new rendering whenever any of it changes. */
export function useStoreState(): () => AppState {
  return useStoreContext().store.getState
}

/** Plan, findings and snippets for the current rows and choices. Suspends until the rules are loaded. */
export function useReport(): Report {
  const { store, loadReportSelector } = useStoreContext()
  return useStore(store, use(loadReportSelector()))
}
