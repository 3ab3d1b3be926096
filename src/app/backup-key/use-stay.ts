import { useEffect } from 'react'

/**
 * Holds the page where it is while something would be lost. Back and Forward come to nothing and are reported, so that
 * the page can ask; before a reload, or a way out of Pinsmith, the browser asks.
 *
 * @param onHeld the same function every time
 */
export function useStay(isNeeded: boolean, onHeld: (isHeld: true) => void) {
  useEffect(() => {
    if (!isNeeded) return undefined
    const listening = new AbortController()
    const { href } = window.location
    window.addEventListener(
      'popstate',
      () => {
        // Before `hashchange`, which leads to another tab: the entry that was left is put back on top of the one reached.
        history.pushState(null, '', href)
        onHeld(true)
      },
      { signal: listening.signal },
    )
    window.addEventListener('beforeunload', (event) => event.preventDefault(), { signal: listening.signal })
    return () => listening.abort()
  }, [isNeeded, onHeld])
}
