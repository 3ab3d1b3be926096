import { offersCommand } from '../failure-text.ts'
import { Button } from '../shared/Button.tsx'
import { CommandOffer } from '../shared/CommandOffer.tsx'
import { SourceOutcome } from '../shared/SourceOutcome.tsx'
import { isCurrent, isUnderWay, type Row } from '../row.ts'
import { useApp } from '../store-context.tsx'
import { sourceName } from '../source-name.ts'
import styles from './SourceList.module.css'

/** Where a row's certificates come from, each with what it gave or why it failed. */
export function SourceList({ row, onPaste }: { readonly row: Row; readonly onPaste: () => void }) {
  const removeSource = useApp((state) => state.removeSource)
  if (row.sources.length === 0) return null
  return (
    <ul className={styles.sources} aria-label="Certificate sources">
      {row.sources.map((source) => (
        <li key={source.id} className={styles.source}>
          <div className={styles.line}>
            <span className={styles.name}>{sourceName(source)}</span>
            <Button
              variant="quiet"
              onClick={(event) => {
                // This button goes with its source; the keyboard stays in the row.
                event.currentTarget.closest('fieldset')?.querySelector<HTMLElement>('input[type="file"]')?.focus()
                void removeSource(row.id, source.id)
              }}
            >
              {isUnderWay(source.state) ? 'Cancel' : 'Remove'}
              <span className="visually-hidden"> {sourceName(source)}</span>
            </Button>
          </div>
          <SourceOutcome source={source} />
          {isCurrent(row, source) ? null : (
            <p className={styles.stale}>It was fetched from another host or port, so nothing of it is pinned.</p>
          )}
          {source.state.status === 'failed' && offersCommand(source.state.failure) ? (
            <CommandOffer source={source}>
              <Button onClick={onPaste}>Paste its output</Button>
            </CommandOffer>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
