import { useEffect, useId, useState } from 'react'
import { hostChangesText, hostFailureText } from '../host-text.ts'
import { hostOf, isBlank, type Row } from '../row.ts'
import { useApp } from '../store-context.tsx'
import styles from './HostField.module.css'

/** How long typing has to rest before the text is judged. */
const SETTLED_MILLISECONDS = 400

/** The domain of a row, and below it what was made of the text or why it is refused. */
export function HostField({
  row,
  onNext,
  onEraseBlank,
}: {
  readonly row: Row
  /** Enter: this domain is typed, the next one is wanted. */
  readonly onNext: () => void
  /** Backspace in a row that holds nothing. */
  readonly onEraseBlank: () => void
}) {
  const typeHost = useApp((state) => state.typeHost)
  const id = useId()
  const settledText = useSettled(row.hostText)
  const host = hostOf(row)
  const isSettled = settledText === row.hostText
  const isRefused = isSettled && !host.ok && row.hostText.trim() !== ''
  const changes = host.ok ? hostChangesText(host.value) : null
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        Domain
      </label>
      <input
        id={id}
        className={styles.input}
        type="text"
        inputMode="url"
        enterKeyHint="next"
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        placeholder="api.example.com"
        value={row.hostText}
        aria-invalid={isRefused}
        aria-describedby={`${id}-explanation`}
        onChange={(event) => typeHost(row.id, event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter' && row.hostText.trim() !== '') {
            event.preventDefault()
            onNext()
          } else if (event.key === 'Backspace' && !event.repeat && isBlank(row)) {
            event.preventDefault()
            onEraseBlank()
          }
        }}
      />
      <p id={`${id}-explanation`} className={isRefused ? styles.refused : styles.explanation} aria-live="polite">
        {isRefused ? (
          <>
            <strong>{hostFailureText(host.failure).what}</strong> {hostFailureText(host.failure).next}
          </>
        ) : null}
        {isSettled && host.ok && changes ? (
          <>
            Used as <code>{host.value.host}</code>: {changes}.
          </>
        ) : null}
      </p>
    </div>
  )
}

/** The text as it was when typing last rested. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLED_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
