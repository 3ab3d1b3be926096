import { useId, useState, type ClipboardEvent, type DragEvent } from 'react'
import { hostOf, isBlank, type Row } from '../row.ts'
import { announce } from '../shared/announcer.tsx'
import { Button } from '../shared/Button.tsx'
import { useApp } from '../store-context.tsx'
import styles from './DomainRow.module.css'
import { HostField } from './HostField.tsx'
import { PasteDialog } from './PasteDialog.tsx'
import { PinSwitches } from './PinSwitches.tsx'
import { RowStatus } from './RowStatus.tsx'
import { SourceList } from './SourceList.tsx'

/** One domain: its host, what to pin, where its certificates come from. Files can be dropped anywhere on it. */
export function DomainRow({
  row,
  number,
  focusOnMount,
}: {
  readonly row: Row
  readonly number: number
  readonly focusOnMount: boolean
}) {
  const addFiles = useApp((state) => state.addFiles)
  const addText = useApp((state) => state.addText)
  const fetchLive = useApp((state) => state.fetchLive)
  const eraseRow = useApp((state) => state.eraseRow)
  const [isDropTarget, setDropTarget] = useState(false)
  const [isPasting, setPasting] = useState(false)
  const filesId = useId()
  const host = hostOf(row)
  const isFetching = row.sources.some(({ state }) => state.status === 'fetching')

  const readFiles = (files: readonly File[]) => {
    if (files.length === 0) return
    announce(files.length === 1 ? 'Reading 1 file' : `Reading ${files.length} files`)
    void addFiles(row.id, files)
  }
  const dropFiles = (event: DragEvent) => {
    event.preventDefault()
    setDropTarget(false)
    readFiles([...event.dataTransfer.files])
  }
  const pasteCertificates = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text')
    if (!text.includes('-----BEGIN ')) return
    event.preventDefault()
    void addText(row.id, text)
  }

  return (
    // Dropping and pasting have their twins for the keyboard: the file input and the paste dialog.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- see above
    <fieldset
      className={`${styles.row} ${isDropTarget ? styles.dropTarget : ''}`}
      onDragOver={(event) => {
        event.preventDefault()
        setDropTarget(true)
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDropTarget(false)
      }}
      onDrop={dropFiles}
      onPaste={isPasting ? undefined : pasteCertificates}
    >
      <legend className="visually-hidden">
        Domain {number}
        {host.ok ? `: ${host.value.host}` : ''}
      </legend>
      <div className={styles.what}>
        <HostField row={row} focusOnMount={focusOnMount} />
        <PinSwitches row={row} />
      </div>
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
              readFiles([...(event.target.files ?? [])])
              // The same file can be chosen again after it was corrected.
              event.target.value = ''
            }}
          />
          <Button onClick={() => setPasting(true)}>Paste text</Button>
          <Button disabled={!host.ok || isFetching} onClick={() => void fetchLive(row.id)}>
            Fetch live chain
          </Button>
        </div>
        <p className={styles.hint}>PEM or DER, one or many per file, in any order. Or drop files on this row.</p>
        <SourceList row={row} onPaste={() => setPasting(true)} />
      </div>
      <div className={styles.end}>
        <RowStatus row={row} />
        <Button
          onClick={() => {
            eraseRow(row.id)
            if (!isBlank(row)) announce('Domain erased')
          }}
        >
          Erase
        </Button>
      </div>
      <PasteDialog
        isOpen={isPasting}
        onClose={() => setPasting(false)}
        onAdd={(text) => {
          setPasting(false)
          void addText(row.id, text)
        }}
      />
    </fieldset>
  )
}
