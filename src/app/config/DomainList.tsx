import { useCallback, useId, useState, type RefObject } from 'react'
import { hostOf, progressOf, type Row, type RowProgress } from '../row.ts'
import { Button } from '../shared/Button.tsx'
import { FoldButtons } from '../shared/FoldButtons.tsx'
import { useApp } from '../store-context.tsx'
import styles from './DomainList.module.css'
import { DomainRow } from './DomainRow.tsx'
import { ROW_NUMBER_ATTRIBUTE, type RowFocus } from './row-focus.ts'

/** Fewer rows than this are seen at a glance. */
const FEWEST_TO_FILTER = 5

const PROGRESS_CHOICES: readonly { readonly value: RowProgress | 'any'; readonly label: string }[] = [
  { value: 'any', label: 'All' },
  { value: 'empty', label: 'Without certificates' },
  { value: 'working', label: 'Under way' },
  { value: 'failed', label: 'Failed' },
  { value: 'ready', label: 'Ready' },
]

/** Every row, with a filter and folding when they are many. */
export function DomainList({
  list,
  focusRow,
}: {
  readonly list: RefObject<HTMLOListElement | null>
  readonly focusRow: RowFocus
}) {
  const rows = useApp((state) => state.rows)
  const addRow = useApp((state) => state.addRow)
  const [text, setText] = useState('')
  const [progress, setProgress] = useState<RowProgress | 'any'>('any')
  /** Decided when the filter changes: a row that is being edited, or added since, is never taken away. */
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const isFilterable = rows.length >= FEWEST_TO_FILTER
  const filter = (nextText: string, nextProgress: RowProgress | 'any') => {
    setText(nextText)
    setProgress(nextProgress)
    const wanted = nextText.trim().toLowerCase()
    const isShown = (row: Row) => isNamed(row, wanted) && (nextProgress === 'any' || progressOf(row) === nextProgress)
    setHidden(new Set(rows.filter((row) => !isShown(row)).map(({ id }) => id)))
  }

  const onErase = useCallback(
    (number: number, direction: 'next' | 'previous') =>
      direction === 'next' ? focusRow(number, 'bar') : focusRow(Math.max(1, number - 1), 'domain'),
    [focusRow],
  )
  const count = rows.length
  const onNext = useCallback(
    (number: number) => {
      if (number === count) addRow()
      focusRow(number + 1, 'domain')
    },
    [count, addRow, focusRow],
  )
  const shown = rows
    .map((row, index) => ({ row, number: index + 1 }))
    .filter(({ row }) => !isFilterable || !hidden.has(row.id))
  return (
    <div className={styles.domains}>
      {isFilterable ? (
        <Toolbar
          text={text}
          onText={(next) => filter(next, progress)}
          progress={progress}
          onProgress={(next) => filter(text, next)}
          shown={shown.length}
          total={rows.length}
        />
      ) : null}
      <ol ref={list} className={styles.rows} aria-label="Domains">
        {shown.map(({ row, number }) => (
          <li key={row.id} className={row.isFolded ? styles.folded : undefined} {...{ [ROW_NUMBER_ATTRIBUTE]: number }}>
            <DomainRow row={row} number={number} onErase={onErase} onNext={onNext} />
          </li>
        ))}
      </ol>
      {shown.length === 0 ? (
        <p>
          No domain matches. <Button onClick={() => filter('', 'any')}>Show all</Button>
        </p>
      ) : null}
    </div>
  )
}

function isNamed(row: Row, text: string): boolean {
  const host = hostOf(row)
  return row.hostText.toLowerCase().includes(text) || (host.ok && host.value.host.includes(text))
}

function Toolbar({
  text,
  onText,
  progress,
  onProgress,
  shown,
  total,
}: {
  readonly text: string
  readonly onText: (text: string) => void
  readonly progress: RowProgress | 'any'
  readonly onProgress: (progress: RowProgress | 'any') => void
  readonly shown: number
  readonly total: number
}) {
  const foldAll = useApp((state) => state.foldAll)
  const id = useId()
  return (
    <search className={styles.toolbar} aria-label="Domains">
      <label htmlFor={`${id}-text`}>Filter</label>
      <input
        id={`${id}-text`}
        className={styles.field}
        type="search"
        placeholder="part of a domain"
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
      <label htmlFor={`${id}-progress`}>Show</label>
      <select
        id={`${id}-progress`}
        className={styles.field}
        value={progress}
        onChange={(event) =>
          onProgress(PROGRESS_CHOICES.find(({ value }) => value === event.target.value)?.value ?? 'any')
        }
      >
        {PROGRESS_CHOICES.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <output className={styles.count}>{shown === total ? `${total} domains` : `${shown} of ${total} domains`}</output>
      <FoldButtons onFold={foldAll} />
    </search>
  )
}
