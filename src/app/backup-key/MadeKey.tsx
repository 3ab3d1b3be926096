import { Download, Printer } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Row } from '../row.ts'
import { Button } from '../shared/Button.tsx'
import { downloadFile } from '../shared/clipboard.ts'
import { CopyButton } from '../shared/CopyButton.tsx'
import dialogStyles from '../shared/FormDialog.module.css'
import { PinSwitch } from '../shared/PinSwitch.tsx'
import { useApp } from '../store-context.tsx'
import styles from './BackupKeyDialog.module.css'
import type { MadeBackupKey } from './made-backup-key.ts'
import { KEY_TYPES } from './key-types.ts'

/** Hands out what was made: the key first, since it is gone when the dialog is. */
export function MadeKey({
  row,
  made,
  titleId,
  isDownloaded,
  isLeaving,
  onDownloaded,
  onLeave,
  onLeaveForGood,
}: {
  readonly row: Row
  readonly made: MadeBackupKey
  readonly titleId: string
  /** The key, not the request. */
  readonly isDownloaded: boolean
  /** It was about to be closed without the key. */
  readonly isLeaving: boolean
  readonly onDownloaded: () => void
  readonly onLeave: () => void
  readonly onLeaveForGood: () => void
}) {
  const pinBackupKey = useApp((state) => state.pinBackupKey)
  const [hasRequest, setHasRequest] = useState(false)
  const title = useRef<HTMLHeadingElement>(null)
  const warning = useRef<HTMLDivElement>(null)
  const { files, names, keyType, pin, requestFingerprint } = made
  const isPinned = row.choices.backupKeys.has(pin)
  // What had the keyboard is gone.
  useEffect(() => title.current?.focus(), [])
  useEffect(() => {
    if (isLeaving) warning.current?.querySelector('button')?.focus()
  }, [isLeaving])

  const downloadKey = () => {
    downloadFile(files.key, made.encryptedKey)
    onDownloaded()
  }
  return (
    <div className={dialogStyles.form}>
      <h2 id={titleId} ref={title} tabIndex={-1} className={styles.title}>
        Your backup key
      </h2>
      <output className={isDownloaded ? styles.done : styles.pending}>
        {isDownloaded ? (
          <>
            <strong>The download has begun.</strong>{' '}
            {isPinned
              ? 'Its pin is a backup of this row now. If no file arrived, download it again, or untick the pin: nobody would have its key.'
              : 'Its pin is not used.'}
          </>
        ) : (
          <>
            <strong>Download the key now.</strong> It is nowhere else, and gone when this closes. Its pin is added to
            the row with the download.
          </>
        )}
      </output>

      <ol className={styles.steps}>
        <li>
          <Button variant={isDownloaded ? 'secondary' : 'primary'} onClick={downloadKey}>
            <Download aria-hidden="true" />
            {isDownloaded ? 'Download the key again' : 'Download the key'}
          </Button>
          <p>
            <code>{files.key}</code>, encrypted with your passphrase. Keep it offline, in two places.
          </p>
        </li>
        <li>
          <Button
            onClick={() => {
              downloadFile(files.request, made.request)
              setHasRequest(true)
            }}
          >
            <Download aria-hidden="true" />
            Download the request
          </Button>
          <p>
            <code>{files.request}</code>, for the CA on the day the key is needed. It holds no secret.
          </p>
        </li>
        <li>
          <Button onClick={() => window.print()}>
            <Printer aria-hidden="true" />
            Print the sheet
          </Button>
          <p>How to keep the key and how to use it, with its pin. It holds no secret either.</p>
        </li>
      </ol>

      {isDownloaded ? (
        <PinSwitch
          pin={pin}
          name="the backup key"
          isPinned={isPinned}
          onChange={(pinned) => pinBackupKey(row.id, pin, pinned)}
        >
          Pin as backup
        </PinSwitch>
      ) : (
        <p className={styles.pin}>
          Pin: <code>{pin}</code> <CopyButton text={pin} what="the pin of the backup key" />
        </p>
      )}
      <dl className={styles.facts}>
        <dt>Key</dt>
        <dd>{KEY_TYPES[keyType].name}</dd>
        <dt>Names</dt>
        <dd>{names.join(', ')}</dd>
        <dt>SHA-256 of the request</dt>
        <dd>
          <code>{requestFingerprint}</code>
        </dd>
      </dl>

      {isLeaving ? (
        <div ref={warning} className={styles.warning} role="alert">
          <p>
            <strong>The key was not downloaded.</strong> When this closes nobody has it, and no pin of it is added.
            {hasRequest ? ' Throw away the request as well: no certificate for it would ever work.' : ''}
          </p>
          <div className={styles.warningActions}>
            <Button variant="primary" onClick={downloadKey}>
              Download the key
            </Button>
            <Button onClick={onLeaveForGood}>Close without the key</Button>
          </div>
        </div>
      ) : (
        <div className={dialogStyles.actions}>
          <Button variant={isDownloaded ? 'primary' : 'secondary'} onClick={onLeave}>
            {isDownloaded ? 'Done' : 'Close'}
          </Button>
        </div>
      )}
    </div>
  )
}
