import { lazy, Suspense } from 'react'
import { moreCertificatesText, notDecodableText, offersCommand, offersPublicHalf } from '../failure-text.ts'
import { Button } from '../shared/Button.tsx'
import { CommandOffer } from '../shared/CommandOffer.tsx'
import { SourceOutcome } from '../shared/SourceOutcome.tsx'
import { isCurrent, isUnderWay, sourcesOf, type Row } from '../row.ts'
import { useApp } from '../store-context.tsx'
import { sourceName } from '../source-name.ts'
import styles from './SourceList.module.css'
import { Unlock } from './Unlock.tsx'

const BackupKeyList = lazy(async () => ({ default: (await import('../shared/BackupKeyList.tsx')).BackupKeyList }))

/** Where a row's certificates come from, each with what it gave or why it failed. */
export function SourceList({ row, onPaste }: { readonly row: Row; readonly onPaste: () => void }) {
  const removeSource = useApp((state) => state.removeSource)
  const unlock = useApp((state) => state.unlock)
  const takePublicHalf = useApp((state) => state.takePublicHalf)
  const { reading } = row
  const underWay = row.sources.filter(({ state }) => isUnderWay(state))
  return (
    <>
      {underWay.length > 1 ? (
        <Button
          className={styles.cancel ?? ''}
          onClick={(event) => {
            focusFiles(event.currentTarget)
            for (const { id } of underWay) void removeSource(row.id, id)
          }}
        >
          Cancel all
        </Button>
      ) : null}
      <ul className={styles.sources} aria-label="Certificate sources">
        {row.sources.map((source) => (
          <li key={source.id} className={styles.source}>
            <div className={styles.line}>
              <span className={styles.name}>{sourceName(source)}</span>
              <Button
                variant="quiet"
                onClick={(event) => {
                  focusFiles(event.currentTarget)
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
            <Unlock
              name={sourceName(source)}
              state={source.state}
              onUnlock={(password) => void unlock(row.id, source.id, password)}
            />
            {source.state.status === 'failed' && offersPublicHalf(source.state.failure) ? (
              <Button onClick={() => takePublicHalf(row.id, source.id)}>Use its public half as backup pin</Button>
            ) : null}
            {source.state.status === 'read' && source.state.keys.length > 0 ? (
              <Suspense fallback={null}>
                <BackupKeyList row={row} keys={source.state.keys} />
              </Suspense>
            ) : null}
            {source.state.status === 'failed' && offersCommand(source.state.failure) ? (
              <CommandOffer source={source}>
                <Button onClick={onPaste}>Paste its output</Button>
              </CommandOffer>
            ) : null}
          </li>
        ))}
      </ul>
      {reading.status === 'done'
        ? reading.report.notDecodable.map((sha256) => (
            <p key={sha256} className={styles.failed}>
              {notDecodableText(sha256, sourcesOf(row, sha256).map(sourceName))}
            </p>
          ))
        : null}
      {reading.status === 'done' && reading.report.leftOut > 0 ? (
        <p className={styles.failed}>{moreCertificatesText(reading.report.leftOut)}</p>
      ) : null}
    </>
  )
}

/** For a button that goes with what it ends: the keyboard stays in the row. */
function focusFiles(button: HTMLElement) {
  button.closest('fieldset')?.querySelector<HTMLElement>('input[type="file"]')?.focus()
}
