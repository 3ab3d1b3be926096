import { useId, useState } from 'react'
import { FormDialog, FormHint } from '../shared/FormDialog.tsx'

/** Opens at once and takes certificates as text, for example the output of `openssl s_client -showcerts`. */
export function PasteDialog({
  onClose,
  onAdd,
}: {
  readonly onClose: () => void
  readonly onAdd: (text: string) => void
}) {
  const [text, setText] = useState('')
  const id = useId()
  return (
    <FormDialog
      title="Paste certificates"
      confirm="Add certificates"
      isDisabled={text.trim() === ''}
      isWide
      onConfirm={() => onAdd(text)}
      onClose={onClose}
    >
      <label htmlFor={`${id}-text`}>Certificates as text</label>
      <textarea
        id={`${id}-text`}
        rows={12}
        spellCheck={false}
        placeholder={'-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----'}
        value={text}
        aria-describedby={`${id}-hint`}
        onChange={(event) => setText(event.target.value)}
      />
      <FormHint id={`${id}-hint`}>
        PEM, one or many, in any order. Text around it, such as the output of openssl s_client -showcerts, is skipped.
      </FormHint>
    </FormDialog>
  )
}
