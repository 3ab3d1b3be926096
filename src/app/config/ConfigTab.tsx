import { Plus, RotateCcw } from 'lucide-react'
import { useRef } from 'react'
import { hostOf, isBlank } from '../row.ts'
import { goTo, placeOf } from '../location.ts'
import { ProjectBar } from '../persistence/ProjectBar.tsx'
import { TryIt } from '../samples/TryIt.tsx'
import { announce } from '../shared/announcer.tsx'
import { Button } from '../shared/Button.tsx'
import { useApp } from '../store-context.tsx'
import { AddFilesButton } from './AddFilesButton.tsx'
import styles from './ConfigTab.module.css'
import { DomainList } from './DomainList.tsx'
import { PasteListButton } from './PasteListButton.tsx'
import { useRowFocus } from './row-focus.ts'
import { StaticPinningAlert } from './StaticPinningAlert.tsx'

export function ConfigTab() {
  const addRow = useApp((state) => state.addRow)
  const isBlankPage = useApp(({ rows }) => rows.every(isBlank))
  const reset = useApp((state) => state.reset)
  const { list, focusRow } = useRowFocus()
  return (
    <div className={styles.tab}>
      <section className="introduction">
        <h2>Which hosts, and which keys?</h2>
        <p>
          Type the hosts that your app talks to, add their certificates or fetch them live, and choose what to pin. The
          Android and iOS configuration is ready at once, with what could go wrong beside it.
        </p>
        <p className="introduction-links">
          <a href="#faq/do-i-need-it">Do I need pinning?</a>
          <a href="#results/strategy">Which strategy fits?</a>
          <a href="https://developer.android.com/privacy-and-security/security-config" target="_blank" rel="noreferrer">
            Android’s document<span className="visually-hidden">, opens a new tab</span>
          </a>
          <a href="https://developer.apple.com/news/?id=g9ejcf8y" target="_blank" rel="noreferrer">
            Apple’s document<span className="visually-hidden">, opens a new tab</span>
          </a>
        </p>
      </section>
      <ProjectBar />
      <DomainList list={list} focusRow={focusRow} />
      <div className={styles.actions}>
        <Button
          onClick={() => {
            addRow()
            focusRow(Number.POSITIVE_INFINITY, 'domain')
          }}
        >
          <Plus aria-hidden="true" />
          Add another domain
        </Button>
        <PasteListButton />
        <AddFilesButton />
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
      {isBlankPage ? <TryIt onLoad={() => focusRow(1, 'bar')} /> : null}
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

  const button = useRef<HTMLButtonElement>(null)
  const run = async () => {
    announce('Fetching live chains')
    const isComplete = await generate()
    // Whoever went elsewhere meanwhile, or is in a dialog, stays there.
    if (!isComplete || placeOf(window.location.hash).tab !== 'config' || document.querySelector('dialog[open]')) return
    announce('Results are ready')
    goTo('results')
    document.querySelector<HTMLElement>('[role="tab"][aria-controls$="-results"]')?.focus()
  }
  return (
    <>
      <Button
        ref={button}
        variant="primary"
        disabled={!hasHost}
        // Not disabled while it works: the keyboard would lose its place.
        aria-disabled={generation !== null}
        onClick={() => {
          if (!generation) void run()
        }}
      >
        {generation
          ? `Fetching ${generation.done} of ${generation.total}${generation.isPaused ? ', paused by the endpoint' : ''}…`
          : 'Generate'}
      </Button>
      {generation ? (
        <Button
          onClick={() => {
            button.current?.focus()
            cancel()
          }}
        >
          Cancel
        </Button>
      ) : null}
    </>
  )
}
