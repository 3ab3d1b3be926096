import type { KeyWithoutCertificate } from '../../core/pins/key-without-certificate.ts'
import { backupKeyName } from '../key-names.ts'
import type { Row } from '../row.ts'
import { useApp } from '../store-context.tsx'
import styles from './BackupKeyList.module.css'
import { PinSwitch } from './PinSwitch.tsx'

/** Keys without a certificate, each of which can be pinned as a backup. */
export function BackupKeyList({ row, keys }: { readonly row: Row; readonly keys: readonly KeyWithoutCertificate[] }) {
  const pinBackupKey = useApp((state) => state.pinBackupKey)
  return (
    <ul className={styles.keys} aria-label="Keys without a certificate">
      {keys.map((key, index) => (
        // A file may hold a key twice.
        // oxlint-disable-next-line react/no-array-index-key -- the list never changes
        <li key={index}>
          <PinSwitch
            pin={key.pin}
            name={backupKeyName(key)}
            isPinned={row.choices.backupKeys.has(key.pin)}
            onChange={(pinned) => pinBackupKey(row.id, key.pin, pinned)}
          >
            Pin as backup: {backupKeyName(key)}
          </PinSwitch>
        </li>
      ))}
    </ul>
  )
}
