import { BackupKeyButton } from '../backup-key/BackupKeyButton.tsx'
import { TypedPinList } from '../pins/TypedPinList.tsx'
import { keysOf, type Row } from '../row.ts'
import { BackupKeyList } from '../shared/BackupKeyList.tsx'
import styles from './OtherPins.module.css'

/** What a row can pin or pins beside its certificates: keys that came without one, and pins that were typed. */
export function OtherPins({ row }: { readonly row: Row }) {
  const keys = keysOf(row)
  return (
    <>
      {keys.length > 0 ? (
        <fieldset className={styles.pins} aria-label="Without a certificate">
          <h4>Keys without a certificate</h4>
          <p className={styles.what}>Of requests and public keys. Each is pinned only when you say so, as a backup.</p>
          <BackupKeyList row={row} keys={keys} />
        </fieldset>
      ) : null}
      {row.choices.typedPins.length > 0 ? (
        <fieldset className={styles.pins} aria-label="Typed in">
          <h4>Typed pins</h4>
          <TypedPinList row={row} />
        </fieldset>
      ) : null}
      <div className={styles.make}>
        <BackupKeyButton row={row} />
      </div>
    </>
  )
}
