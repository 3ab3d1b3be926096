import { memo, useState, type ClipboardEvent, type DragEvent } from 'react'
import { hostOf, type Row } from '../row.ts'
import { announce } from '../shared/announcer.tsx'
import { useApp } from '../store-context.tsx'
import { CertificateSources } from './CertificateSources.tsx'
import styles from './DomainRow.module.css'
import { HostField } from './HostField.tsx'
import { OfferedNames } from './OfferedNames.tsx'
import { PinSwitches } from './PinSwitches.tsx'
import { RowBar } from './RowBar.tsx'

export interface DomainRowProps {
  readonly row: Row
  /** 1 for the first row. */
  readonly number: number
  /** Called with the place of a row that was erased, and whether the keyboard was in its domain. */
  readonly onErase: (number: number, direction: 'next' | 'previous') => void
  /** Called when the row is done with and the next domain is wanted. */
  readonly onNext: (number: number) => void
}

/**
 * One domain: its host, what to pin, where its certificates come from; or one line of all that when it is folded. Files
 * can be dropped anywhere on it. A row that has not changed is not drawn again, however many others there are.
 */
export const DomainRow = memo(function DomainRow({ row, number, onErase, onNext }: DomainRowProps) {
  const addFiles = useApp((state) => state.addFiles)
  const addText = useApp((state) => state.addText)
  const eraseRow = useApp((state) => state.eraseRow)
  const [isDropTarget, setDropTarget] = useState(false)
  const host = hostOf(row)

  const readFiles = (files: readonly File[]) => {
    if (files.length === 0) return
    announce(files.length === 1 ? 'Reading 1 file' : `Reading ${files.length} files`)
    void addFiles(row.id, files)
  }
  const dropFiles = (event: DragEvent) => {
    event.preventDefault()
    event.stopPropagation()
    setDropTarget(false)
    readFiles([...event.dataTransfer.files])
  }
  const pasteCertificates = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text')
    if (!text.includes('-----BEGIN ') || event.target instanceof HTMLTextAreaElement) return
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
      onPaste={pasteCertificates}
    >
      <legend className="visually-hidden">
        Domain {number}
        {host.ok ? `: ${host.value.host}` : ''}
      </legend>
      <RowBar row={row} number={number} onErase={onErase} />
      {row.isFolded ? null : (
        <div className={styles.body}>
          <div className={styles.what}>
            <HostField
              row={row}
              onNext={() => onNext(number)}
              onEraseBlank={() => {
                eraseRow(row.id)
                onErase(number, 'previous')
              }}
            />
            <PinSwitches row={row} />
            <OfferedNames row={row} />
          </div>
          <CertificateSources row={row} onFiles={readFiles} />
        </div>
      )}
    </fieldset>
  )
})
