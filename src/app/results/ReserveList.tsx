import { useState } from 'react'
import { certificateName, type Certificate } from '../../core/certificate/certificate.ts'
import { singleLine } from '../../core/formats/escape.ts'
import { isoDay } from '../../core/instant.ts'
import type { Row } from '../row.ts'
import { Button } from '../shared/Button.tsx'
import { CopyButton } from '../shared/CopyButton.tsx'
import { useApp } from '../store-context.tsx'
import styles from './ReserveList.module.css'

/** A bundle of roots has hundreds. */
const MOST_SHOWN = 20

/** CA certificates that were given and are in no chain: of another path, or kept in reserve. */
export function ReserveList({
  row,
  certificates,
}: {
  readonly row: Row
  readonly certificates: readonly Certificate[]
}) {
  const pinReserve = useApp((state) => state.pinReserve)
  const [shownCount, setShownCount] = useState(MOST_SHOWN)
  if (certificates.length === 0) return null
  return (
    <section className={styles.reserve} aria-label="Not in a chain">
      <h4>Not in a chain above</h4>
      <p className={styles.what}>
        CA certificates of another path, or of a CA kept in reserve. They are pinned only one by one, as a backup.
      </p>
      <ul className={styles.list}>
        {certificates.slice(0, shownCount).map((certificate) => {
          const name = singleLine(certificateName(certificate))
          return (
            <li key={certificate.sha256} className={styles.certificate}>
              <label className={styles.switch}>
                <input
                  type="checkbox"
                  checked={row.choices.exceptions.get(certificate.sha256) === true}
                  onChange={(event) => pinReserve(row.id, certificate.sha256, event.target.checked)}
                />
                Pin {name}, valid until {isoDay(certificate.notAfter)}
              </label>
              <div className={styles.pin}>
                <code>{certificate.pin}</code>
                <CopyButton text={certificate.pin} what={`the pin of ${name}`} />
              </div>
            </li>
          )
        })}
      </ul>
      {certificates.length > shownCount ? (
        <Button onClick={() => setShownCount(shownCount + MOST_SHOWN)}>
          Show {Math.min(MOST_SHOWN, certificates.length - shownCount)} more of{' '}
          {(certificates.length - shownCount).toLocaleString('en')}
        </Button>
      ) : null}
    </section>
  )
}
