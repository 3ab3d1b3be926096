import { certificateName, type Certificate } from '../../core/certificate/certificate.ts'
import { singleLine } from '../../core/single-line.ts'
import { isoDay } from '../../core/instant.ts'
import type { Row } from '../row.ts'
import { PinSwitch } from '../shared/PinSwitch.tsx'
import { usePortion } from '../shared/portion.tsx'
import { useApp } from '../store-context.tsx'
import styles from './ReserveList.module.css'

/** CA certificates that were given and are in no chain: of another path, or kept in reserve. */
export function ReserveList({
  row,
  certificates,
}: {
  readonly row: Row
  readonly certificates: readonly Certificate[]
}) {
  const pinReserve = useApp((state) => state.pinReserve)
  const [shown, more] = usePortion(certificates, 'certificates')
  if (certificates.length === 0) return null
  return (
    <fieldset className={styles.reserve} aria-label="Not in a chain">
      <h4>Not in a chain above</h4>
      <p className={styles.what}>
        CA certificates of another path, or of a CA kept in reserve. They are pinned only one by one, as a backup.
      </p>
      <ul className={styles.list}>
        {shown.map((certificate) => {
          const name = singleLine(certificateName(certificate))
          return (
            <li key={certificate.sha256}>
              <PinSwitch
                pin={certificate.pin}
                name={name}
                isPinned={row.choices.exceptions.get(certificate.sha256) === true}
                onChange={(pinned) => pinReserve(row.id, certificate.sha256, pinned)}
              >
                Pin {name}, valid until {isoDay(certificate.notAfter)}
              </PinSwitch>
            </li>
          )
        })}
      </ul>
      {more}
    </fieldset>
  )
}
