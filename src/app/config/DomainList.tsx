import { useCallback, useDeferredValue, useId, useMemo, useState, type RefObject } from 'react'
import { hostOf, progressOf, type Row, type RowProgress } from '../row.ts'
import { FoldButtons } from '../shared/FoldButtons.tsx'
import { useApp } from '../store-context.tsx'
import styles from './DomainList.module.css'
import { DomainRow } from './DomainRow.tsx'
import { ROW_NUMBER_ATTRIBUTE } from './row-focus.ts'

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
  readonly focusRow: (number: number) => void
}) {
  const rows = useApp((state) => state.rows)
  const addRow = useApp((state) => state.addRow)
  const [text, setText] = useState('')
  const [progress, setProgress] = useState<RowProgress | 'any'>('any')
  const wanted = useDeferredValue(text.trim().toLowerCase())
  const isFilterable = rows.length >= FEWEST_TO_FILTER

  const onErase = useCallback(
    (number: number, direction: 'next' | 'previous') =>
      focusRow(direction === 'next' ? number : Math.max(1, number - 1)),
    [focusRow],
  )
  const count = rows.length
  const onNext = useCallback(
    (number: number) => {
      if (number === count) addRow()
      focusRow(number + 1)
    },
    [count, addRow, focusRow],
  )
  const shown = useMemo(
    () =>
      rows
        .map((row, index) => ({ row, number: index + 1 }))
        .filter(
          ({ row }) => !isFilterable || (isNamed(row, wanted) && (progress === 'any' || progressOf(row) === progress)),
        ),
    [rows, isFilterable, wanted, progress],
  )
  return (
    <div className={styles.domains}>
      {isFilterable ? (
        <Toolbar
          text={text}
          onText={setText}
          progress={progress}
          onProgress={setProgress}
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
