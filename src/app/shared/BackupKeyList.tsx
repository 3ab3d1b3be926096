import type { KeyWithoutCertificate } from '../../core/pins/key-without-certificate.ts'
import { backupKeyName } from '../key-names.ts'
import type { Row } from '../row.ts'
import { useApp } from '../store-context.tsx'
import styles from './BackupKeyList.module.css'
import { CopyButton } from './CopyButton.tsx'

/** Keys without a certificate, each of which can be pinned as a backup. */
export function BackupKeyList({ row, keys }: { readonly row: Row; readonly keys: readonly KeyWithoutCertificate[] }) {
  const pinBackupKey = useApp((state) => state.pinBackupKey)
  return (
    <ul className={styles.keys} aria-label="Keys without a certificate">
      {keys.map((key, index) => (
        // A file may hold a key twice.
        // oxlint-disable-next-line react/no-array-index-key -- the list never changes
        <li key={index} className={styles.key}>
          <label className={styles.switch}>
            <input
              type="checkbox"
              checked={row.choices.backupKeys.has(key.pin)}
              onChange={(event) => pinBackupKey(row.id, key.pin, event.target.checked)}
            />
            Pin as backup: {backupKeyName(key)}
          </label>
          <div className={styles.pin}>
            <code>{key.pin}</code>
            <CopyButton text={key.pin} what={`the pin of the ${backupKeyName(key)}`} />
          </div>
        </li>
      ))}
    </ul>
  )
}
