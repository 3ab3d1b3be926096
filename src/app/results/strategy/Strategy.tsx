import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { LoadBoundary, LoadFailure } from '../../shared/LoadBoundary.tsx'
import styles from './Strategy.module.css'

const StrategySection = lazy(async () => ({ default: (await import('./StrategySection.tsx')).StrategySection }))

const ADDRESS = '#results/strategy'

const isLinked = () => window.location.hash === ADDRESS

/** The adviser, folded until somebody wants it or comes from a link to it. */
export function Strategy() {
  const [isOpen, setOpen] = useState(isLinked)
  const summary = useRef<HTMLElement>(null)
  useEffect(() => {
    const follow = () => {
      if (!isLinked()) return
      setOpen(true)
      summary.current?.focus()
    }
    follow()
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [])
  return (
    <section className={styles.section} aria-label="Which strategy fits">
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary ref={summary} className={styles.summary}>
          <h3>Which strategy fits?</h3>
          <span className={styles.hint}>
            Four questions, and the reasons for the answer, which can be “do not pin”.
          </span>
        </summary>
        {isOpen ? (
          <LoadBoundary fallback={<LoadFailure />}>
            <Suspense fallback={<p>Loading…</p>}>
              <StrategySection />
            </Suspense>
          </LoadBoundary>
        ) : null}
      </details>
    </section>
  )
}
