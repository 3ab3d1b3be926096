import { useEffect, useLayoutEffect, useRef } from 'react'
import type { Place } from './location.ts'

/** Marks entries of the history that were shown before: there the browser finds its scroll position again. */
const SEEN = 'seen'

/**
 * Another place begins at its top, and the keyboard goes there when what had it is gone. Whatever a link names within
 * a place, such as an answer, takes both from here.
 */
export function useArrival({ tab, detail }: Place) {
  const last = useRef({ tab, detail })
  useLayoutEffect(() => {
    if (history.state === SEEN) return
    const { current } = last
    if (current.tab !== tab || (current.detail !== detail && isFocusLost())) scrollTo(0, 0)
    history.replaceState(SEEN, '')
  }, [tab, detail])
  useEffect(() => {
    if (last.current.tab === tab && last.current.detail === detail) return
    last.current = { tab, detail }
    // The tab that was left goes, and the next one stops being hidden, a moment later.
    const frame = requestAnimationFrame(() => {
      if (isFocusLost()) focusTab()
    })
    return () => cancelAnimationFrame(frame)
  }, [tab, detail])
}

export function isFocusLost(): boolean {
  return document.activeElement === document.body
}

/** For when a control goes and takes the keyboard's place with it. */
export function focusTab() {
  document.querySelector<HTMLElement>('[role="tabpanel"][data-state="active"]')?.focus({ preventScroll: true })
}
