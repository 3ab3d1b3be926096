import { Plus, RotateCcw } from 'lucide-react'
import { useEffect } from 'react'
import { hostOf } from '../row.ts'
import { goTo } from '../location.ts'
import { announce } from '../shared/announcer.tsx'
import { Button } from '../shared/Button.tsx'
import { useApp } from '../store-context.tsx'
import styles from './ConfigTab.module.css'
import { DomainList } from './DomainList.tsx'
import { useRowFocus } from './row-focus.ts'
import { StaticPinningAlert } from './StaticPinningAlert.tsx'

export function ConfigTab() {
  const addRow = useApp((state) => state.addRow)
  const reset = useApp((state) => state.reset)
  const { list, focusRow } = useRowFocus()
  useStopsStrayDrops()
  return (
    <div className={styles.tab}>
      <section className={styles.introduction}>
        <h2>Which hosts, and which keys?</h2>
        <p>
          Type the hosts that your app talks to, add their certificates or fetch them live, and choose what to pin. The
          Android and iOS configuration is ready at once, with what could go wrong beside it.
        </p>
        <p className={styles.links}>
          <a href="#faq/do-i-need-it">Do I need pinning?</a>
          <a href="https://developer.android.com/privacy-and-security/security-config" target="_blank" rel="noreferrer">
            Android’s document<span className="visually-hidden">, opens a new tab</span>
          </a>
          <a href="https://developer.apple.com/news/?id=g9ejcf8y" target="_blank" rel="noreferrer">
            Apple’s document<span className="visually-hidden">, opens a new tab</span>
          </a>
        </p>
      </section>
      <DomainList list={list} focusRow={focusRow} />
      <div className={styles.actions}>
        <Button
          onClick={() => {
            addRow()
            focusRow(Number.POSITIVE_INFINITY)
          }}
        >
          <Plus aria-hidden="true" />
          Add another domain
        </Button>
        <GenerateButton />
        <Button
          variant="quiet"
          className={styles.reset ?? ''}
          onClick={() => {
            reset()
            announce('Everything was reset')
          }}
        >
          <RotateCcw aria-hidden="true" />
          Reset
        </Button>
      </div>
      <p className={styles.keys}>
        Keyboard: <kbd>Enter</kbd> in a domain goes to the next one, <kbd>Backspace</kbd> in an empty one erases it,{' '}
        <kbd>Ctrl</kbd> <kbd>Z</kbd> outside a field undoes.
      </p>
      <StaticPinningAlert />
    </div>
  )
}

/** Fetches what has no certificates yet, then shows the results. */
function GenerateButton() {
  const rows = useApp((state) => state.rows)
  const generation = useApp((state) => state.generation)
  const generate = useApp((state) => state.generate)
  const cancel = useApp((state) => state.cancelGenerate)
  const hasHost = rows.some((row) => hostOf(row).ok)

  if (generation) {
    return (
      <>
        <Button variant="primary" disabled>
          Fetching {generation.done} of {generation.total}…
        </Button>
        <Button onClick={cancel}>Cancel</Button>
      </>
    )
  }
  const run = async () => {
    announce('Fetching live chains')
    const isComplete = await generate()
    if (!isComplete) return
    announce('Results are ready')
    goTo('results')
  }
  return (
    <Button variant="primary" disabled={!hasHost} onClick={() => void run()}>
      Generate
    </Button>
  )
}

/** A file dropped beside a row would make the browser leave the page. */
function useStopsStrayDrops() {
  useEffect(() => {
    const stop = (event: DragEvent) => event.preventDefault()
    window.addEventListener('dragover', stop)
    window.addEventListener('drop', stop)
    return () => {
      window.removeEventListener('dragover', stop)
      window.removeEventListener('drop', stop)
    }
  }, [])
}
