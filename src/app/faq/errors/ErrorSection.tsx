import { useEffect, useRef, useState } from 'react'
import { FaqEntry } from '../FaqEntry.tsx'
import styles from '../FaqTab.module.css'
import { errorAnswer } from './error-answer.ts'
import { ERROR_DICTIONARY, type ErrorEntry } from './error-dictionary.ts'
import { ErrorLookup } from './ErrorLookup.tsx'

const ANSWERS = ERROR_DICTIONARY.map(errorAnswer)

interface ErrorSectionProps {
  /** Those that the search of the tab leaves. */
  readonly matching: readonly ErrorEntry[]
  readonly isSearching: boolean
  readonly selectedId: string | null
  readonly onSelect: (id: string) => void
}

/** Error messages: a field to paste one into, and all that are known. */
export function ErrorSection({ matching, isSearching, selectedId, onSelect }: ErrorSectionProps) {
  const [isOpen, setIsOpen] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const isSelected = selectedId === 'errors'
  const isForced = isSearching || ANSWERS.some(({ id }) => id === selectedId)
  const shown = new Set<string>(matching.map(({ id }) => id))

  // The messages may come after this part of the page does, and a search brings them back: only a link leads here.
  const isShown = shown.size > 0
  const isReached = useRef(false)
  useEffect(() => {
    if (!isSelected) isReached.current = false
    if (!isSelected || !isShown || isReached.current) return
    isReached.current = true
    heading.current?.scrollIntoView({ block: 'start' })
    heading.current?.focus({ preventScroll: true })
  }, [isSelected, isShown])

  return (
    <section className={styles.group} aria-labelledby="faq-group-errors" hidden={!isShown}>
      <h2 ref={heading} id="faq-group-errors" className={styles.groupTitle} tabIndex={-1}>
        Error messages
      </h2>
      <div hidden={isSearching}>
        <ErrorLookup />
      </div>
      <details
        className={styles.part}
        open={isOpen || isForced}
        onToggle={({ currentTarget }) => {
          if (!isForced) setIsOpen(currentTarget.open)
        }}
      >
        <summary className={styles.summary}>All messages that are known here</summary>
        {isOpen || isForced ? (
          <div className={styles.partContent}>
            {ANSWERS.map((answer) => (
              <FaqEntry
                key={answer.id}
                answer={answer}
                selected={answer.id === selectedId}
                hidden={!shown.has(answer.id)}
                onSelect={onSelect}
              />
            ))}
          </div>
        ) : null}
      </details>
    </section>
  )
}
