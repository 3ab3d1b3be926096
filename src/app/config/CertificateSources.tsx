import { ClipboardPaste, Radio } from 'lucide-react'
import { lazy, Suspense, useId, useState } from 'react'
import { notDecodableText } from '../failure-text.ts'
import { hostOf, sourcesOf, type Row } from '../row.ts'
import { Button } from '../shared/Button.tsx'
import { sourceName } from '../source-name.ts'
import { useApp } from '../store-context.tsx'
import styles from './CertificateSources.module.css'
import { SourceList } from './SourceList.tsx'

const PasteDialog = lazy(async () => ({ default: (await import('./PasteDialog.tsx')).PasteDialog }))

/** The ways to give a row its certificates, and what came of each. */
export function CertificateSources({
  row,
  onFiles,
}: {
  readonly row: Row
  readonly onFiles: (files: readonly File[]) => void
}) {
  const addText = useApp((state) => state.addText)
  const fetchLive = useApp((state) => state.fetchLive)
  const [isPasting, setPasting] = useState(false)
  const filesId = useId()
  const isFetching = row.sources.some(({ state }) => state.status === 'fetching')
  return (
    <div className={styles.certificates}>
      <p className={styles.heading}>
        <label htmlFor={filesId}>Certificate files</label> <span className={styles.hint}>(recommended)</span>
      </p>
      <div className={styles.add}>
        <input
          id={filesId}
          className={styles.files}
          type="file"
          multiple
          onChange={(event) => {
            onFiles([...(event.target.files ?? [])])
            // The same file can be chosen again after it was corrected.
            event.target.value = ''
          }}
        />
        <Button onClick={() => setPasting(true)}>
          <ClipboardPaste aria-hidden="true" />
          Paste text
        </Button>
        <Button
          disabled={!hostOf(row).ok}
          // Not disabled while it works: the keyboard would lose its place.
          aria-disabled={isFetching}
          onClick={() => {
            if (!isFetching) void fetchLive(row.id)
          }}
        >
          <Radio aria-hidden="true" />
          Fetch live chain
        </Button>
      </div>
      <p className={styles.hint}>PEM or DER, one or many per file, in any order. Or drop files on this row.</p>
      <SourceList row={row} onPaste={() => setPasting(true)} />
      {row.reading.status === 'done'
        ? row.reading.report.notDecodable.map((sha256) => (
            <p key={sha256} className={styles.failed}>
              {notDecodableText(sha256, sourcesOf(row, sha256).map(sourceName))}
            </p>
          ))
        : null}
      {isPasting ? (
        <Suspense fallback={null}>
          <PasteDialog
            onClose={() => setPasting(false)}
            onAdd={(text) => {
              setPasting(false)
              void addText(row.id, text)
            }}
          />
        </Suspense>
      ) : null}
    </div>
  )
}
