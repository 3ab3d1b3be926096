import { useSyncExternalStore } from 'react'

export const TAB_IDS = ['config', 'results', 'android', 'ios', 'faq'] as const
export type TabId = (typeof TAB_IDS)[number]

export interface Place {
  readonly tab: TabId
  /** What of the tab a link named: an answer of the FAQ, or an output. */
  readonly detail: string | null
}

/** Tabs that show one thing of many. */
const DETAILED_TABS: ReadonlySet<TabId> = new Set(['android', 'ios', 'faq'])

/** `#android` or `#faq/what-is-a-pin` → a place; anything else is the Config tab. */
export function placeOf(hash: string): Place {
  const [name = '', detail = ''] = hash.replace(/^#/, '').split('/')
  const tab = TAB_IDS.find((id) => id === name)
  return { tab: tab ?? 'config', detail: tab && DETAILED_TABS.has(tab) && detail ? detail : null }
}

function subscribe(onChange: () => void) {
  window.addEventListener('hashchange', onChange)
  return () => window.removeEventListener('hashchange', onChange)
}

/** Where the address bar says we are; links, reload and the back button all work through it. */
export function usePlace(): Place {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash)
  return placeOf(hash)
}

/** Another place instead of the one that the address names: the back button does not come to that one again. */
export function correctPlace(tab: TabId, detail: string) {
  window.location.replace(`#${tab}/${detail}`)
}

export function goTo(tab: TabId, detail?: string) {
  window.location.hash = detail ? `${tab}/${detail}` : tab
}
