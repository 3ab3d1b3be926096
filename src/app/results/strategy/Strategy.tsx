import { lazy, useEffect, useRef, useState } from 'react'
import { LazyFold } from '../../shared/Fold.tsx'
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
      <LazyFold
        summaryRef={summary}
        summary={
          <>
            <h3 className={styles.title}>Which strategy fits?</h3>
            <span className={styles.hint}>
              Four questions, and the reasons for the answer, which can be “do not pin”.
            </span>
          </>
        }
        isOpen={isOpen}
        onToggle={setOpen}
      >
        <StrategySection />
      </LazyFold>
    </section>
  )
}
