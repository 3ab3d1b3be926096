/** What keeping needs of the page around it. */
export interface Surroundings {
  /** Does work later; the function it returns calls it off. */
  readonly schedule: (work: () => void, milliseconds: number) => () => void
  /** Calls back whenever the page may be about to go away. */
  readonly onLeave: (work: () => void) => void
  /** Calls back when another tab has changed what is stored: the key, or null for all of them. */
  readonly onChangeElsewhere: (work: (key: string | null) => void) => void
  /**
   * Does work when no other tab of ours is open; otherwise, and where tabs cannot know of each other, does nothing.
   * Another tab's work of this kind is over when the promise resolves.
   */
  readonly whenAlone: (work: () => Promise<void>) => Promise<void>
}

const LOCK = 'pinsmith:open'

/** The browser's own. */
export function browserSurroundings(): Surroundings {
  return {
    schedule: (work, milliseconds) => {
      const timer = setTimeout(work, milliseconds)
      return () => clearTimeout(timer)
    },

    onLeave: (work) => {
      window.addEventListener('pagehide', work)
      // On phones a page in the background is often ended without another word.
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'hidden') work()
      })
    },

    onChangeElsewhere: (work) => {
      window.addEventListener('storage', ({ key, storageArea }) => {
        if (storageArea === window.localStorage) work(key)
      })
    },

    whenAlone: async (work) => {
      // Only where the page is served over https or from localhost.
      const locks = 'locks' in navigator ? navigator.locks : null
      if (!locks) return
      try {
        await locks.request(LOCK, { ifAvailable: true }, async (lock) => {
          if (lock) await work()
        })
      } catch {
        // The browser refuses locks where it refuses storage.
        return
      }
      // Held for as long as the page lives.
      await new Promise<void>((resolve) => {
        void locks.request(LOCK, { mode: 'shared' }, () => {
          resolve()
          return new Promise(() => {})
        })
      })
    },
  }
}
