import type { BackupKeyType } from '../../engine/backup-key.ts'
import { CopyButton } from '../shared/CopyButton.tsx'
import styles from './BackupKeyDialog.module.css'
import { makingCommands } from './key-commands.ts'

/** The way out where the browser makes no keys: OpenSSL makes the key and its request, and the request gives the pin. */
export function MakingCommands({
  keyType,
  names,
}: {
  readonly keyType: BackupKeyType
  readonly names: readonly string[]
}) {
  const { key, request } = makingCommands(keyType, names)
  return (
    <div className={styles.commands}>
      <p>
        <strong>Browsers make keys only on pages opened over https or at localhost.</strong> Make this one with OpenSSL,
        in two steps. Both ask for the passphrase that you choose.
      </p>
      <code className={styles.command}>{key}</code>
      <CopyButton text={key} what="the command for the key" />
      {names.length > 0 ? (
        <>
          <code className={styles.command}>{request}</code>
          <CopyButton text={request} what="the command for the request" />
        </>
      ) : null}
      <p>
        Then add <code>backup.csr</code> to the row, never <code>backup.key</code>, and tick “Pin as backup”.
      </p>
    </div>
  )
}
