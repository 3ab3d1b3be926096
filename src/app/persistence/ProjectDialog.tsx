import { useEffect, useId, useRef, type ReactNode } from 'react'
import { Button } from '../shared/Button.tsx'
import styles from './ProjectDialog.module.css'

/** Opens at once and asks one question. */
export function ProjectDialog({
  title,
  confirm,
  isDisabled = false,
  onConfirm,
  onClose,
  children,
}: {
  readonly title: string
  readonly confirm: string
  readonly isDisabled?: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={id} onClose={onClose}>
      <form
        method="dialog"
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          dialog.current?.close()
          onConfirm()
        }}
      >
        <h2 id={id}>{title}</h2>
        {children}
        <div className={styles.actions}>
          <Button onClick={() => dialog.current?.close()}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={isDisabled}>
            {confirm}
          </Button>
        </div>
      </form>
    </dialog>
  )
}
