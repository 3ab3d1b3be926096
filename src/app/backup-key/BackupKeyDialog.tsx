import { useEffect, useId, useRef, useState } from 'react'
import { isoDay } from '../../core/instant.ts'
import type { BackupKeyFailure, BackupKeyOrder } from '../../engine/backup-key.ts'
import type { Row } from '../row.ts'
import dialogStyles from '../shared/FormDialog.module.css'
import { useApp, useReport } from '../store-context.tsx'
import { BackupKeyForm } from './BackupKeyForm.tsx'
import { BackupKeySheet } from './BackupKeySheet.tsx'
import { createKey } from './create-key.ts'
import { keyFileNames } from './file-names.ts'
import type { MadeBackupKey } from './made-backup-key.ts'
import { MadeKey } from './MadeKey.tsx'
import { useStay } from './use-stay.ts'

type Stage =
  | { readonly at: 'asking'; readonly failure: BackupKeyFailure | null }
  | { readonly at: 'making' }
  | { readonly at: 'made'; readonly key: MadeBackupKey; readonly isDownloaded: boolean }

/**
 * Opens at once, makes a key, and hands it out. The pin is added when the key is downloaded and not before: the pin of a
 * key that nobody has would look like a backup and be none.
 */
export function BackupKeyDialog({ row, onClose }: { readonly row: Row; readonly onClose: () => void }) {
  const addFiles = useApp((state) => state.addFiles)
  const pinBackupKey = useApp((state) => state.pinBackupKey)
  const { now } = useReport()
  const [stage, setStage] = useState<Stage>({ at: 'asking', failure: null })
  const [isLeaving, setLeaving] = useState(false)
  const dialog = useRef<HTMLDialogElement>(null)
  const work = useRef<AbortController | null>(null)
  const id = useId()
  useEffect(() => {
    dialog.current?.showModal()
    return () => work.current?.abort()
  }, [])

  const make = async (order: BackupKeyOrder) => {
    const job = new AbortController()
    work.current = job
    setStage({ at: 'making' })
    const made = await createKey(order, job.signal)
    if (job.signal.aborted) return
    if (!made.ok) {
      setStage({ at: 'asking', failure: made.failure })
      return
    }
    const { keyType, names } = order
    const files = keyFileNames(names[0] ?? '', made.value.pin)
    setStage({ at: 'made', key: { ...made.value, keyType, names, files, day: isoDay(now) }, isDownloaded: false })
  }

  const addPin = ({ request, pin, files }: MadeBackupKey) => {
    void addFiles(row.id, [new File([request], files.request)])
    pinBackupKey(row.id, pin, true)
  }

  const isUnsaved = stage.at === 'made' && !stage.isDownloaded
  useStay(isUnsaved, setLeaving)
  const leave = () => {
    if (isUnsaved) setLeaving(true)
    else dialog.current?.close()
  }
  return (
    <dialog
      ref={dialog}
      className={`${dialogStyles.dialog} ${dialogStyles.wide}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        leave()
      }}
      onClose={() => {
        // Browsers close a dialog at a second Escape, whatever the page says.
        if (isUnsaved && !isLeaving) {
          dialog.current?.showModal()
          setLeaving(true)
        } else onClose()
      }}
    >
      {stage.at === 'made' ? (
        <>
          <MadeKey
            row={row}
            made={stage.key}
            titleId={id}
            isDownloaded={stage.isDownloaded}
            isLeaving={isLeaving}
            onDownloaded={() => {
              if (!stage.isDownloaded) addPin(stage.key)
              setStage({ ...stage, isDownloaded: true })
              setLeaving(false)
            }}
            onLeave={leave}
            onLeaveForGood={() => dialog.current?.close()}
          />
          <BackupKeySheet made={stage.key} />
        </>
      ) : (
        <BackupKeyForm
          row={row}
          titleId={id}
          isMaking={stage.at === 'making'}
          failure={stage.at === 'asking' ? stage.failure : null}
          onMake={(order) => void make(order)}
          onLeave={leave}
        />
      )}
    </dialog>
  )
}
