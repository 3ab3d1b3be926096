import { useId, useState } from 'react'
import { FormDialog, FormHint } from '../shared/FormDialog.tsx'
import styles from './PasswordDialog.module.css'

/** Opens at once and asks for the password of a file, which is used for that file and forgotten. */
export function PasswordDialog({
  name,
  wasWrong,
  onClose,
  onUnlock,
}: {
  /** Of the file. */
  readonly name: string
  /** The one before did not open it. */
  readonly wasWrong: boolean
  readonly onClose: () => void
  readonly onUnlock: (password: string) => void
}) {
  const [password, setPassword] = useState('')
  const [isShown, setShown] = useState(false)
  const id = useId()
  return (
    <FormDialog title="Password needed" confirm="Unlock" onConfirm={() => onUnlock(password)} onClose={onClose}>
      <label htmlFor={`${id}-password`}>Password of {name}</label>
      <input
        id={`${id}-password`}
        className={styles.password}
        type={isShown ? 'text' : 'password'}
        autoComplete="off"
        spellCheck={false}
        value={password}
        aria-invalid={wasWrong}
        aria-describedby={wasWrong ? `${id}-wrong ${id}-hint` : `${id}-hint`}
        onChange={(event) => setPassword(event.target.value)}
      />
      {wasWrong ? (
        <p id={`${id}-wrong`} className={styles.wrong} role="alert">
          That was not its password. Try another one.
        </p>
      ) : null}
      <label className={styles.show}>
        <input type="checkbox" checked={isShown} onChange={(event) => setShown(event.target.checked)} />
        Show password
      </label>
      <FormHint id={`${id}-hint`}>
        It opens this file in your browser and is forgotten at once: neither stored nor sent.
      </FormHint>
    </FormDialog>
  )
}
