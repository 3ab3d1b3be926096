import { useId, useRef, useState } from 'react'
import { FAQ_ANSWERS, FAQ_GROUPS, type FaqGroup } from './answers.ts'
import { FaqEntry } from './FaqEntry.tsx'
import styles from './FaqTab.module.css'
import { searchAnswers } from './search-answers.ts'

interface FaqTabProps {
  /** From the address; an id that no answer has selects nothing. */
  readonly selectedId: string | null
  readonly onSelect: (id: string) => void
}

function answersOf(group: FaqGroup) {
  return group.answers.flatMap((id) => FAQ_ANSWERS.find((answer) => answer.id === id) ?? [])
}

function countText(count: number, query: string): string {
  if (query === '') return `${count} questions`
  return count === 1 ? '1 question matches' : `${count} questions match`
}

export function FaqTab({ selectedId, onSelect }: FaqTabProps) {
  const [query, setQuery] = useState('')
  const [lastSelected, setLastSelected] = useState(selectedId)
  const searchId = useId()
  const search = useRef<HTMLInputElement>(null)

  const matches = new Set<string>(searchAnswers(FAQ_ANSWERS, query).map((answer) => answer.id))

  if (selectedId !== lastSelected) {
    setLastSelected(selectedId)
    // A link that was followed outranks a search that would hide its answer.
    if (selectedId !== null && !matches.has(selectedId)) setQuery('')
  }

  function clear() {
    setQuery('')
    search.current?.focus()
  }

  return (
    <div className={styles.tab}>
      <search className={styles.search}>
        <label className={styles.label} htmlFor={searchId}>
          Search the questions and answers
        </label>
        <input
          ref={search}
          id={searchId}
          className={styles.field}
          type="search"
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <output className={styles.count} htmlFor={searchId} aria-live="polite">
          {countText(matches.size, query.trim())}
        </output>
      </search>

      {matches.size === 0 && (
        <div className={styles.empty}>
          <p>No question or answer contains all of these words. Try fewer or other words.</p>
          <button type="button" className={styles.clear} onClick={clear}>
            Clear the search
          </button>
        </div>
      )}

      {FAQ_GROUPS.map((group) => (
        <section
          key={group.id}
          className={styles.group}
          aria-labelledby={`faq-group-${group.id}`}
          hidden={!group.answers.some((id) => matches.has(id))}
        >
          <h2 id={`faq-group-${group.id}`} className={styles.groupTitle}>
            {group.title}
          </h2>
          {/* Answers outside the search are hidden, not removed: what the reader opened stays open. */}
          {answersOf(group).map((answer) => (
            <FaqEntry
              key={answer.id}
              answer={answer}
              selected={answer.id === selectedId}
              hidden={!matches.has(answer.id)}
              onSelect={onSelect}
            />
          ))}
        </section>
      ))}
    </div>
  )
}
