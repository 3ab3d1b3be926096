import { Suspense, useState, type ReactNode, type Ref } from 'react'
import styles from './Fold.module.css'
import { LoadBoundary, LoadFailure } from './LoadBoundary.tsx'

interface FoldProps {
  readonly summary: ReactNode
  readonly summaryRef?: Ref<HTMLElement>
  readonly children: ReactNode
}

/** One line that opens what stands below it. */
export function Fold({ summary, summaryRef, isOpen = false, children }: FoldProps & { readonly isOpen?: boolean }) {
  return (
    <details className={styles.fold} open={isOpen}>
      <summary ref={summaryRef}>{summary}</summary>
      {children}
    </details>
  )
}

/** The same for what is loaded and worked out once somebody looks. */
export function LazyFold({
  summary,
  summaryRef,
  isOpen,
  onToggle,
  children,
}: FoldProps & { readonly isOpen: boolean; readonly onToggle: (isOpen: boolean) => void }) {
  return (
    <details className={styles.fold} open={isOpen} onToggle={(event) => onToggle(event.currentTarget.open)}>
      <summary ref={summaryRef}>{summary}</summary>
      {isOpen ? (
        <LoadBoundary fallback={<LoadFailure />}>
          <Suspense fallback={<p>Loading…</p>}>{children}</Suspense>
        </LoadBoundary>
      ) : null}
    </details>
  )
}

/** A card that folds to one line; what is in it is drawn while it is open. */
export function FoldCard({
  label,
  summary,
  startsOpen = false,
  children,
}: {
  readonly label: string
  readonly summary: ReactNode
  readonly startsOpen?: boolean
  readonly children: ReactNode
}) {
  const [isOpen, setOpen] = useState(startsOpen)
  return (
    <section className={styles.card} aria-label={label}>
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className={styles.cardSummary}>{summary}</summary>
        {isOpen ? children : null}
      </details>
    </section>
  )
}
