import { useApp } from '../store-context.tsx'
import { announce } from './announcer.tsx'
import { Button } from './Button.tsx'
import styles from './UndoBar.module.css'

const WHAT = { 'row-erased': 'Domain erased.', reset: 'Everything was reset.', 'rows-added': 'Domains added.' } as const

/** Offers to take back the last erase or reset, until it is dismissed or overtaken by another. */
export function UndoBar() {
  const undoable = useApp((state) => state.undoable)
  const undo = useApp((state) => state.undo)
  const dismiss = useApp((state) => state.dismissUndo)
  return (
    <output className={undoable ? styles.bar : undefined}>
      {undoable ? (
        <>
          <span>{WHAT[undoable.what]}</span>
          <Button
            onClick={() => {
              undo()
              announce('Undone')
            }}
          >
            Undo
          </Button>
          <Button variant="quiet" onClick={dismiss}>
            Dismiss
          </Button>
        </>
      ) : null}
    </output>
  )
}
