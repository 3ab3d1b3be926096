import * as Tabs from '@radix-ui/react-tabs'
import { lazy, Suspense, useEffect, useRef } from 'react'
import styles from './App.module.css'
import { useArrival } from './arrival.ts'
import { ConfigTab } from './config/ConfigTab.tsx'
import { PageDropZone } from './config/PageDropZone.tsx'
import { goTo, TAB_IDS, usePlace, type Place, type TabId } from './location.ts'
import { isBlank } from './row.ts'
import { Announcer } from './shared/announcer.tsx'
import { LoadBoundary, LoadFailure } from './shared/LoadBoundary.tsx'
import { UndoBar } from './shared/UndoBar.tsx'
import { useApp } from './store-context.tsx'

const AttentionCount = lazy(async () => ({ default: (await import('./AttentionCount.tsx')).AttentionCount }))
const ResultsTab = lazy(async () => ({ default: (await import('./results/ResultsTab.tsx')).ResultsTab }))
const AndroidTab = lazy(async () => ({ default: (await import('./android/AndroidTab.tsx')).AndroidTab }))
const IosTab = lazy(async () => ({ default: (await import('./ios/IosTab.tsx')).IosTab }))
const FaqTab = lazy(async () => ({ default: (await import('./faq/FaqTab.tsx')).FaqTab }))

const TAB_NAMES: Readonly<Record<TabId, string>> = {
  config: 'Config',
  results: 'Results',
  android: 'Android',
  ios: 'iOS',
  faq: 'FAQ',
}

export function App() {
  const place = usePlace()
  const outputs = useOutputs(place)
  useArrival(place)
  const hasRows = useApp(({ rows }) => rows.some((row) => !isBlank(row)))
  return (
    <Tabs.Root
      className="shell"
      value={place.tab}
      onValueChange={(value) => {
        const tab = TAB_IDS.find((id) => id === value) ?? 'config'
        goTo(tab, outputs.current[tab])
      }}
      activationMode="manual"
    >
      <title>{`${TAB_NAMES[place.tab]} · Pinsmith`}</title>
      <header className="shell-header">
        <div className="shell-brand">
          <img src="/favicon.svg" alt="" width="32" height="32" />
          <div>
            <h1 className="shell-name">Pinsmith</h1>
            <p className="shell-tagline">Certificate pinning for Android and iOS</p>
          </div>
        </div>
        <Tabs.List className={styles.tabs} aria-label="Sections">
          {TAB_IDS.map((id) => (
            <Tabs.Trigger key={id} value={id} className={styles.tab}>
              {TAB_NAMES[id]}
              {hasRows && (id === 'results' || id === 'android' || id === 'ios') ? (
                <LoadBoundary fallback={null}>
                  <Suspense>
                    <AttentionCount tab={id} />
                  </Suspense>
                </LoadBoundary>
              ) : null}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
      </header>
      <main className="shell-main">
        {TAB_IDS.map((id) => (
          <Tabs.Content key={id} value={id}>
            <LoadBoundary fallback={<LoadFailure />}>
              <Suspense fallback={<p className={styles.loading}>Loading…</p>}>
                <TabBody place={place} tab={id} />
              </Suspense>
            </LoadBoundary>
          </Tabs.Content>
        ))}
      </main>
      <footer className={styles.footer}>
        <p>
          Certificate files never leave this browser. Only a host name and port, or an issuer’s address that you
          confirmed, go to this site’s own endpoint. <a href="#faq/privacy">What is sent, exactly</a>
        </p>
        <p>
          Pinsmith {__PINSMITH_VERSION__}, root stores of {__PINSMITH_ROOT_STORE_DATE__}
        </p>
      </footer>
      <PageDropZone />
      <UndoBar />
      <Announcer />
    </Tabs.Root>
  )
}

/** The output that was last looked at in each tab, to come back to. */
function useOutputs({ tab, detail }: Place) {
  const outputs = useRef<Partial<Record<TabId, string>>>({})
  useEffect(() => {
    if (detail !== null && tab !== 'faq') outputs.current[tab] = detail
  }, [tab, detail])
  return outputs
}

function TabBody({ tab, place }: { readonly tab: TabId; readonly place: Place }) {
  switch (tab) {
    case 'config':
      return <ConfigTab />
    case 'results':
      return <ResultsTab />
    case 'android':
      return <AndroidTab chosenId={place.detail} />
    case 'ios':
      return <IosTab chosenId={place.detail} />
    case 'faq':
      return <FaqTab selectedId={place.detail} onSelect={(answer) => goTo('faq', answer)} />
  }
}
