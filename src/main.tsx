import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import type { Report } from './app/report.ts'
import { createAppStore, type AppState } from './app/store.ts'
import { StoreProvider } from './app/store-context.tsx'
import { createEngine } from './engine/client.ts'
import { lookUpSuffix } from './host/suffix.ts'
import { createLiveChainClient } from './live-chain/client.ts'
import './app/tokens.css'
import './app/base.css'

const now = () => Date.now()
const engine = createEngine({
  createWorker: () => new Worker(new URL('./engine/worker.ts', import.meta.url), { type: 'module' }),
})
const fetchLiveChain = createLiveChainClient({ fetch: (...request) => fetch(...request) })
const store = createAppStore({ engine, fetchLiveChain, lookUpSuffix, now })

/** Rules and outputs are loaded when the first row holds something, not with the page. */
let reportSelector: Promise<(state: AppState) => Report> | null = null
async function importReportSelector() {
  const { createReportSelector } = await import('./app/report.ts')
  return createReportSelector(now, __PINSMITH_VERSION__)
}
const loadReportSelector = () => (reportSelector ??= importReportSelector())

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <StoreProvider store={store} loadReportSelector={loadReportSelector}>
      <App />
    </StoreProvider>
  </StrictMode>,
)
