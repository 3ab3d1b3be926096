import type { ReactNode } from 'react'
import { isoDay } from '../../core/instant.ts'
import type { SpkiPin } from '../../core/pins/spki-pin.ts'
import { CopyButton } from '../shared/CopyButton.tsx'
import { storesText } from './link-texts.ts'
import type { ShownEdition } from './root-editions.ts'
import styles from './RootEntry.module.css'

/** A bundled root that can be pinned: its pin, and its certificates with the stores that they are in. */
export function RootEntry({
  name,
  pin,
  editions,
  children,
}: {
  readonly name: string
  readonly pin: SpkiPin
  readonly editions: readonly ShownEdition[]
  /** What can be done with it. */
  readonly children: ReactNode
}) {
  return (
    <li className={styles.root}>
      <div className={styles.heading}>
        <strong>{name}</strong>
        {children}
      </div>
      <div className={styles.pin}>
        <code>{pin}</code>
        <CopyButton text={pin} what={`the pin of ${name}`} />
      </div>
      {editions.map(({ sha256, notAfter, stores }) => (
        <dl key={sha256} className={styles.facts}>
          <div>
            <dt>Root stores</dt>
            <dd>{storesText(stores)}</dd>
          </div>
          <div>
            <dt>Valid until</dt>
            <dd>{isoDay(notAfter)}</dd>
          </div>
          <div>
            <dt>Fingerprint, not a pin</dt>
            <dd>
              <code>{sha256}</code>
            </dd>
          </div>
        </dl>
      ))}
    </li>
  )
}
