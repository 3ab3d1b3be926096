import { Undo2 } from 'lucide-react'
import { useEffect } from 'react'
import { focusTab } from '../arrival.ts'
import { useApp } from '../store-context.tsx'
import { announce } from './announcer.tsx'
import { Button } from './Button.tsx'
import styles from './UndoBar.module.css'

const WHAT = {
  'row-erased': 'Domain erased.',
  'rows-removed': 'Domains removed again.',
  reset: 'Everything was reset.',
  'rows-added': 'Domains added.',
  'roots-pinned': 'CA pins added.',
  'choices-changed': 'Pins changed.',
  'option-set': 'Option changed.',
  'strategy-applied': 'Strategy applied.',
} as const

/** Offers to take back the last erase or reset, until it is dismissed or overtaken by another. */
export function UndoBar() {
  const undoable = useApp((state) => state.undoable)
  const undo = useApp((state) => state.undo)
  const dismiss = useApp((state) => state.dismissUndo)
  useEffect(() => {
    if (!undoable) return undefined
    const onKeyDown = (event: KeyboardEvent) => {
      const isUndo =
        (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'z'
      // Behind an open dialog nothing may change.
      if (!isUndo || isTextField(event.target) || document.querySelector('dialog[open]')) return
      event.preventDefault()
      undo()
      announce('Undone')
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [undoable, undo])
  return (
    <output className={undoable ? styles.bar : undefined}>
      {undoable ? (
        <>
          <span>{WHAT[undoable.what]}</span>
          <Button
            onClick={() => {
              undo()
              announce('Undone')
              focusTab()
            }}
          >
            <Undo2 aria-hidden="true" />
            Undo
          </Button>
          <Button
            variant="quiet"
            onClick={() => {
              dismiss()
              focusTab()
            }}
          >
            Dismiss
          </Button>
        </>
      ) : null}
    </output>
  )
}

/** There the browser undoes typing. */
function isTextField(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'file', 'button'].includes(target.type)
}
