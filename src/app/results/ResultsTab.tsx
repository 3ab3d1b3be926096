import { lazy, Suspense, useState } from 'react'
import { isBlank } from '../row.ts'
import { FoldButtons } from '../shared/FoldButtons.tsx'
import { EmptyState } from '../shared/EmptyState.tsx'
import { FindingList } from '../shared/FindingList.tsx'
import { LoadBoundary } from '../shared/LoadBoundary.tsx'
import { useApp, useReport } from '../store-context.tsx'
import { Strategy } from './strategy/Strategy.tsx'
import { cardNames } from './card-names.ts'
import { FetchAgain } from './FetchAgain.tsx'
import { HostTester } from './HostTester.tsx'
import styles from './ResultsTab.module.css'
import { RowCard } from './RowCard.tsx'
import { VerdictLine } from './VerdictLine.tsx'

const ReviewSection = lazy(async () => ({ default: (await import('./review/ReviewSection.tsx')).ReviewSection }))
const TimelineSection = lazy(async () => ({
  default: (await import('./timeline/TimelineSection.tsx')).TimelineSection,
}))

/** More cards than this start folded. */
const MOST_UNFOLDED = 5

/** Per row: its chains, what each pins, and what could go wrong. */
export function ResultsTab() {
  const rows = useApp((state) => state.rows)
  const { findings } = useReport()
  // Each card folds by itself; folding them all is a new start for all.
  const [folding, setFolding] = useState<{ readonly count: number; readonly isOpen: boolean | null }>({
    count: 0,
    isOpen: null,
  })
  const foldAll = (isFolded: boolean) => setFolding(({ count }) => ({ count: count + 1, isOpen: !isFolded }))
  const shown = rows.filter((row) => !isBlank(row))
  const names = cardNames(rows)
  const general = findings.filter(({ rowIds, tab }) => tab === 'results' && rowIds.length === 0)
  return (
    <div className={styles.tab}>
      <h2 className="visually-hidden">Results</h2>
      {shown.length === 0 ? (
        <>
          <EmptyState title="No results yet">
            <p>Each domain’s chain appears here from leaf to root, with the pin of every key in it.</p>
            <a href="#config">Go to Config</a>
          </EmptyState>
          <Strategy />
        </>
      ) : (
        <>
          {shown.length > 1 ? <VerdictLine rowId={null} /> : null}
          <FetchAgain />
          <Strategy />
          <HostTester />
          {shown.length > MOST_UNFOLDED ? (
            <div className={styles.actions}>
              <FoldButtons onFold={foldAll} />
            </div>
          ) : null}
          {shown.map((row) => (
            <RowCard
              key={`${row.id} ${folding.count}`}
              row={row}
              name={names.get(row.id) ?? ''}
              startsOpen={folding.isOpen ?? shown.length <= MOST_UNFOLDED}
            />
          ))}
          <p>
            <a href="#faq/pins-broke">Apps no longer connect? What can still be served</a>
          </p>
        </>
      )}
      <FindingList findings={general} label="Findings for the whole set" />
      {shown.length > 0 ? (
        <LoadBoundary fallback={null}>
          <Suspense fallback={null}>
            <ReviewSection />
            <TimelineSection />
          </Suspense>
        </LoadBoundary>
      ) : null}
    </div>
  )
}
