import type { BackupKey, BackupKeyOrder } from '../../engine/backup-key.ts'
import type { KeyFileNames } from './file-names.ts'

/** A key that was made, and what belongs to it. The key itself is encrypted, and lives no longer than the dialog. */
export interface MadeBackupKey extends BackupKey, Pick<BackupKeyOrder, 'keyType' | 'names'> {
  readonly files: KeyFileNames
  /** The day it was made, `yyyy-MM-dd`. */
  readonly day: string
}
