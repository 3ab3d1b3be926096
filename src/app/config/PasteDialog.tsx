import { useEffect, useId, useRef, useState } from 'react'
import { Button } from '../shared/Button.tsx'
import styles from './PasteDialog.module.css'

/** Opens at once and takes certificates as text, for example the output of `openssl s_client -showcerts`. */
export function PasteDialog({
  onClose,
  onAdd,
}: {
  readonly onClose: () => void
  readonly onAdd: (text: string) => void
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [text, setText] = useState('')
  const id = useId()
  useEffect(() => {
    dialog.current?.showModal()
  }, [])

  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={`${id}-title`} onClose={onClose}>
      <form
        method="dialog"
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          onAdd(text)
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
          <Button onClick={() => dialog.current?.close()}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={text.trim() === ''}>
            Add certificates
          </Button>
        </div>
      </form>
    </dialog>
  )
}
