import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { KEY_PREFIX, openProject } from './app/persistence/open-project.ts'
import { ProjectNotices } from './app/persistence/ProjectNotices.tsx'
import { ProjectsProvider } from './app/persistence/projects-context.tsx'
import { createProjects } from './app/persistence/projects.ts'
import { randomId } from './app/persistence/random-id.ts'
import { browserStorage } from './app/persistence/text-storage.ts'
import type { Report } from './app/report.ts'
import { createShellChoice, ShellProvider } from './app/shared/shell-choice.ts'
import { createAppStore, type AppState, type Collaborators } from './app/store.ts'
import { StoreProvider } from './app/store-context.tsx'
import { MILLISECONDS_PER_HOUR } from './core/instant.ts'
import { failed } from './core/result.ts'
import { createEngine } from './engine/client.ts'
import { lookUpSuffix } from './host/suffix.ts'
import { createLiveChainClient } from './live-chain/client.ts'
import './app/tokens.css'
import './app/base.css'
import './app/shell.css'

const now = () => Date.now()
const engine = createEngine({
  createWorker: () => new Worker(new URL('./engine/worker.ts', import.meta.url), { type: 'module' }),
})
const fetchLiveChain = createLiveChainClient({ fetch: (...request) => fetch(...request) })
const fetchIssuer: Collaborators['fetchIssuer'] = async (url, signal) => {
  try {
    const { createIssuerClient } = await import('./live-chain/issuer-client.ts')
    return await createIssuerClient({ fetch: (...request) => fetch(...request) })(url, signal)
  } catch {
    // What the client is loaded from is what the endpoint runs on.
    return failed({ kind: 'endpoint-unreachable' })
  }
}
const store = createAppStore({ engine, fetchLiveChain, fetchIssuer, lookUpSuffix, now })

/** Rules and outputs are loaded when the first row holds something, not with the page. */
let reportSelector: Promise<(state: AppState) => Report> | null = null
async function importReportSelector() {
  const { createReportSelector } = await import('./app/report.ts')
  return createReportSelector(now, __PINSMITH_VERSION__)
}
const loadReportSelector = () => (reportSelector ??= importReportSelector())

/** Rows and choices are read at once, so that they stand in the first paint; what keeps them follows. */
const local = browserStorage(() => window.localStorage)
const session = browserStorage(() => window.sessionStorage)
const opened = openProject(local, session, randomId)
const projects = createProjects(opened)
if (opened.saved) store.getState().restore(opened.saved.rows, opened.saved.settings)
const initial = store.getState()
const shellChoice = createShellChoice(local, navigator.userAgent)

async function keepProjects() {
  try {
    const { startKeeping } = await import('./app/persistence/start-keeping.ts')
    startKeeping({ store, projects, opened, initial, local, session, engine, newId: randomId })
  } catch {
    projects.setState({ troubles: [{ kind: 'keeper-missing', isDismissed: false }] })
  }
}

// Dates pass while a page stays open: whoever looks at a report gets a new one when the old one no longer holds.
setInterval(() => store.setState({}), MILLISECONDS_PER_HOUR)

/** Where nothing of ours is stored there is nothing to keep either, until somebody uses the page. */
function keepFromFirstUse() {
  if (local.keys(KEY_PREFIX)?.length !== 0) {
    void keepProjects()
    return
  }
  const first = new AbortController()
  const start = () => {
    if (first.signal.aborted) return
    first.abort()
    stopWaiting()
    void keepProjects()
  }
  const stopWaiting = store.subscribe(start)
  for (const use of ['pointerdown', 'keydown', 'focusin', 'drop']) {
    window.addEventListener(use, start, { signal: first.signal })
  }
}

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <StoreProvider store={store} loadReportSelector={loadReportSelector}>
      <ProjectsProvider value={projects}>
        <ShellProvider value={shellChoice}>
          <ProjectNotices />
          <App />
        </ShellProvider>
      </ProjectsProvider>
    </StoreProvider>
  </StrictMode>,
)
keepFromFirstUse()
