import { useSyncExternalStore } from 'react'

export const TAB_IDS = ['config', 'results', 'android', 'ios', 'faq'] as const
export type TabId = (typeof TAB_IDS)[number]

export interface Place {
  readonly tab: TabId
  /** With the FAQ: the answer that a link named. */
  readonly answer: string | null
}

/** `#android` or `#faq/what-is-a-pin` → a place; anything else is the Config tab. */
export function placeOf(hash: string): Place {
  const [name = '', answer = ''] = hash.replace(/^#/, '').split('/')
  const tab = TAB_IDS.find((id) => id === name)
  return { tab: tab ?? 'config', answer: tab === 'faq' && answer ? answer : null }
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

export function goTo(tab: TabId, answer?: string) {
  window.location.hash = answer ? `${tab}/${answer}` : tab
}
