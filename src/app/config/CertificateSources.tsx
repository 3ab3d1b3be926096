import { ClipboardPaste, Hash, Radio } from 'lucide-react'
import { lazy, Suspense, useId, useState } from 'react'
import { hostOf, isBlank, type Row } from '../row.ts'
import { Button } from '../shared/Button.tsx'
import { LoadBoundary } from '../shared/LoadBoundary.tsx'
import { useApp } from '../store-context.tsx'
import styles from './CertificateSources.module.css'

const BackupKeyButton = lazy(async () => ({
  default: (await import('../backup-key/BackupKeyButton.tsx')).BackupKeyButton,
}))
const PinDialog = lazy(async () => ({ default: (await import('../pins/PinDialog.tsx')).PinDialog }))
const TypedPinList = lazy(async () => ({ default: (await import('../pins/TypedPinList.tsx')).TypedPinList }))
const SourceList = lazy(async () => ({ default: (await import('./SourceList.tsx')).SourceList }))
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
  const [isAddingPins, setAddingPins] = useState(false)
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
        <Button onClick={() => setAddingPins(true)}>
          <Hash aria-hidden="true" />
          Add ready pins
        </Button>
        {isBlank(row) ? null : (
          <LoadBoundary fallback={null}>
            <Suspense>
              <BackupKeyButton row={row} />
            </Suspense>
          </LoadBoundary>
        )}
      </div>
      <p className={styles.hint}>
        Certificates, bundles, keystores, requests or public keys in any format. Or drop files on this row.
      </p>
      {row.sources.length > 0 ? (
        <Suspense fallback={null}>
          <SourceList row={row} onPaste={() => setPasting(true)} />
        </Suspense>
      ) : null}
      {row.choices.typedPins.length > 0 ? (
        <Suspense fallback={null}>
          <TypedPinList row={row} />
        </Suspense>
      ) : null}
      {isAddingPins ? (
        <Suspense fallback={null}>
          <PinDialog row={row} onClose={() => setAddingPins(false)} />
        </Suspense>
      ) : null}
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
