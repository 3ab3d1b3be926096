import { lazy, Suspense, useEffect, useId, useRef, useState, type Ref } from 'react'
import { counted } from '../../core/wording/wording.ts'
import { LoadBoundary, LoadFailure } from '../shared/LoadBoundary.tsx'
import { FAQ_ANSWERS, FAQ_GROUPS, type FaqGroup } from './answers.ts'
import type { ErrorEntry } from './errors/error-dictionary.ts'
import { FaqEntry } from './FaqEntry.tsx'
import styles from './FaqTab.module.css'
import { GLOSSARY } from './glossary.ts'
import { GlossarySection } from './GlossarySection.tsx'
import { searchAnswers, searchErrors, searchTerms } from './search-answers.ts'

const ErrorSection = lazy(async () => ({ default: (await import('./errors/ErrorSection.tsx')).ErrorSection }))
const IncidentPage = lazy(async () => ({ default: (await import('./incident/IncidentPage.tsx')).IncidentPage }))

interface FaqTabProps {
  /** From the address; an id that nothing has selects nothing. */
  readonly selectedId: string | null
  readonly onSelect: (id: string) => void
}

export function FaqTab({ selectedId, onSelect }: FaqTabProps) {
  // The checklist is a page of its own, so that it can be printed.
  if (selectedId === 'pins-broke') {
    return (
      <LoadBoundary fallback={<LoadFailure />}>
        <Suspense fallback={<p>Loading…</p>}>
          <IncidentPage />
        </Suspense>
      </LoadBoundary>
    )
  }
  return <Questions selectedId={selectedId} onSelect={onSelect} />
}

function answersOf(group: FaqGroup) {
  return group.answers.flatMap((id) => FAQ_ANSWERS.find((answer) => answer.id === id) ?? [])
}

interface Counts {
  readonly questions: number
  readonly errors: number
  readonly terms: number
}

function countText({ questions, errors, terms }: Counts, isSearching: boolean): string {
  const parts = [
    counted(questions, 'question'),
    ...(errors > 0 ? [counted(errors, 'error message')] : []),
    ...(terms > 0 ? [counted(terms, 'word of the glossary', 'words of the glossary')] : []),
  ]
  const listed = parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
  if (!isSearching) return listed
  return `${listed} ${questions + errors + terms === 1 ? 'matches' : 'match'}`
}

/** Empty until it is loaded, and for good when it cannot be: the answers stand without it. */
function useErrorDictionary(): readonly ErrorEntry[] {
  const [dictionary, setDictionary] = useState<readonly ErrorEntry[]>([])
  useEffect(() => {
    let isGone = false
    const load = async () => {
      const { ERROR_DICTIONARY } = await import('./errors/error-dictionary.ts')
      if (!isGone) setDictionary(ERROR_DICTIONARY)
    }
    load().catch(() => undefined)
    return () => {
      isGone = true
    }
  }, [])
  return dictionary
}

function Questions({ selectedId, onSelect }: FaqTabProps) {
  const [query, setQuery] = useState('')
  const [lastSelected, setLastSelected] = useState(selectedId)
  const dictionary = useErrorDictionary()
  const search = useRef<HTMLInputElement>(null)

  const isSearching = query.trim() !== ''
  const matches = new Set<string>(searchAnswers(FAQ_ANSWERS, query).map((answer) => answer.id))
  const errors = searchErrors(dictionary, query)
  const terms = searchTerms(GLOSSARY, query)

  if (selectedId !== lastSelected) {
    setLastSelected(selectedId)
    // A link that was followed outranks a search that would hide its answer.
    const isShown = matches.has(selectedId ?? '') || [...errors, ...terms].some(({ id }) => id === selectedId)
    if (selectedId !== null && !isShown) setQuery('')
  }

  function clear() {
    setQuery('')
    search.current?.focus()
  }

  return (
    <div className={styles.tab}>
      <Search
        field={search}
        query={query}
        counts={{ questions: matches.size, errors: errors.length, terms: terms.length }}
        isSearching={isSearching}
        onSearch={setQuery}
      />
      {matches.size + errors.length + terms.length === 0 && <NothingFound onClear={clear} />}
      {FAQ_GROUPS.map((group) => (
        <Group key={group.id} group={group} matches={matches} selectedId={selectedId} onSelect={onSelect} />
      ))}
      <GlossarySection matching={terms} isSearching={isSearching} selectedId={selectedId} />
      <LoadBoundary fallback={null}>
        <Suspense>
          <ErrorSection matching={errors} isSearching={isSearching} selectedId={selectedId} onSelect={onSelect} />
        </Suspense>
      </LoadBoundary>
    </div>
  )
}

/** The field, how much it leaves, and where most readers want to go. */
function Search({
  field,
  query,
  counts,
  isSearching,
  onSearch,
}: {
  readonly field: Ref<HTMLInputElement>
  readonly query: string
  readonly counts: Counts
  readonly isSearching: boolean
  readonly onSearch: (query: string) => void
}) {
  const id = useId()
  return (
    <search className={styles.search}>
      <label className={styles.label} htmlFor={id}>
        Search questions, error messages and words
      </label>
      <input
        ref={field}
        id={id}
        className={styles.field}
        type="search"
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={(event) => onSearch(event.target.value)}
      />
      <output className={styles.count} htmlFor={id} aria-live="polite">
        {countText(counts, isSearching)}
      </output>
      <ul className={styles.shortcuts} hidden={isSearching}>
        <li>
          <a href="#faq/errors">What does this error message mean?</a>
        </li>
        <li>
          <a href="#faq/pins-broke">The pins already broke: a checklist</a>
        </li>
        <li>
          <a href="#faq/glossary">Glossary</a>
        </li>
      </ul>
    </search>
  )
}

function NothingFound({ onClear }: { readonly onClear: () => void }) {
  return (
    <div className={styles.empty}>
      <p>Nothing here contains all of these words. Try fewer or other words.</p>
      <button type="button" className={styles.clear} onClick={onClear}>
        Clear the search
      </button>
    </div>
  )
}

/** Answers outside the search are hidden, not removed: what the reader opened stays open. */
function Group({
  group,
  matches,
  selectedId,
  onSelect,
}: FaqTabProps & { readonly group: FaqGroup; readonly matches: ReadonlySet<string> }) {
  return (
    <section
      className={styles.group}
      aria-labelledby={`faq-group-${group.id}`}
      hidden={!group.answers.some((id) => matches.has(id))}
    >
      <h2 id={`faq-group-${group.id}`} className={styles.groupTitle}>
        {group.title}
      </h2>
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
  )
}
