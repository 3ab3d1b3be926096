import * as Tabs from '@radix-ui/react-tabs'
import { lazy, Suspense } from 'react'
import type { FindingTab } from '../core/risks/risk-rule.ts'
import styles from './App.module.css'
import { ConfigTab } from './config/ConfigTab.tsx'
import { goTo, TAB_IDS, usePlace, type Place, type TabId } from './location.ts'
import { attention } from './report.ts'
import { Announcer } from './shared/announcer.tsx'
import { UndoBar } from './shared/UndoBar.tsx'
import { useReport } from './store-context.tsx'

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
  return (
    <Tabs.Root
      className={styles.page}
      value={place.tab}
      onValueChange={(value) => goTo(TAB_IDS.find((id) => id === value) ?? 'config')}
      activationMode="manual"
    >
      <header className={styles.header}>
        <div className={styles.brand}>
          <img src="/favicon.svg" alt="" width="32" height="32" />
          <div>
            <h1 className={styles.name}>Pinsmith</h1>
            <p className={styles.tagline}>Certificate pinning for Android and iOS</p>
          </div>
        </div>
        <Tabs.List className={styles.tabs} aria-label="Steps">
          {TAB_IDS.map((id) => (
            <Tabs.Trigger key={id} value={id} className={styles.tab}>
              {TAB_NAMES[id]}
              {id === 'results' || id === 'android' || id === 'ios' ? <AttentionCount tab={id} /> : null}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
      </header>
      <main className={styles.main}>
        {TAB_IDS.map((id) => (
          <Tabs.Content key={id} value={id} className={styles.panel}>
            <Suspense fallback={<p className={styles.loading}>Loading…</p>}>
              <TabBody place={place} tab={id} />
            </Suspense>
          </Tabs.Content>
        ))}
      </main>
      <footer className={styles.footer}>
        <p>
          Certificate files never leave this browser. Only a host name and port go to this site’s own endpoint, and only
          when you fetch a live chain. <a href="#faq/privacy">What is sent, exactly</a>
        </p>
        <p>Pinsmith {__PINSMITH_VERSION__}</p>
      </footer>
      <UndoBar />
      <Announcer />
    </Tabs.Root>
  )
}

function TabBody({ tab, place }: { readonly tab: TabId; readonly place: Place }) {
  switch (tab) {
    case 'config':
      return <ConfigTab />
    case 'results':
      return <ResultsTab />
    case 'android':
      return <AndroidTab />
    case 'ios':
      return <IosTab />
    case 'faq':
      return <FaqTab selectedId={place.answer} onSelect={(answer) => goTo('faq', answer)} />
  }
}

/** The count of blockers, or else of warnings, on the tab they belong to. */
function AttentionCount({ tab }: { readonly tab: FindingTab }) {
  const { blockers, warnings } = attention(useReport().findings, tab)
  const count = blockers || warnings
  if (count === 0) return null
  const word = blockers > 0 ? 'blocker' : 'warning'
  return (
    <span className={`${styles.count} ${blockers > 0 ? styles.blockers : styles.warnings}`}>
      {count}
      <span className="visually-hidden">
        {' '}
        {word}
        {count > 1 ? 's' : ''}
      </span>
    </span>
  )
}
