import { useEffect, useId, useRef, useState } from 'react'
import { Button } from '../shared/Button.tsx'
import styles from './PasteDialog.module.css'

/** Takes certificates as text, for example the output of `openssl s_client -showcerts`. */
export function PasteDialog({
  isOpen,
  onClose,
  onAdd,
}: {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onAdd: (text: string) => void
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [text, setText] = useState('')
  const id = useId()
  useEffect(() => {
    if (isOpen) dialog.current?.showModal()
    else dialog.current?.close()
  }, [isOpen])

  const close = () => {
    setText('')
    onClose()
  }
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={`${id}-title`} onClose={close}>
      <form
        method="dialog"
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          onAdd(text)
          setText('')
        }}
      >
        <h2 id={`${id}-title`}>Paste certificates</h2>
        <label htmlFor={`${id}-text`}>Certificates as text</label>
        <textarea
          id={`${id}-text`}
          className={styles.text}
          rows={12}
          spellCheck={false}
          placeholder={'-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----'}
          value={text}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setText(event.target.value)}
        />
        <p id={`${id}-hint`} className={styles.hint}>
          PEM, one or many, in any order. Text around it, such as the output of openssl s_client -showcerts, is skipped.
        </p>
        <div className={styles.actions}>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={text.trim() === ''}>
            Add certificates
          </Button>
        </div>
      </form>
    </dialog>
  )
}
