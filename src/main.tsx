import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { createReportSelector } from './app/report.ts'
import { createAppStore } from './app/store.ts'
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
const selectReport = createReportSelector(now, __PINSMITH_VERSION__)

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <StoreProvider store={store} selectReport={selectReport}>
      <App />
    </StoreProvider>
  </StrictMode>,
)
