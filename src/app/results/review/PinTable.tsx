import { LABEL_WORDS } from '../../../core/review/label-text.ts'
import type { PinLabel } from '../../../core/review/pin-labels.ts'
import type { ReviewedHost } from '../../../core/review/review.ts'
import { NO_CERTIFICATE, reachText, ROLE_WORDS } from '../../../core/review/review-text.ts'
import { Cell } from '../../shared/Cell.tsx'
import tables from '../../shared/Table.module.css'
import styles from './PinTable.module.css'

/** The pins of some hosts, each with what it is, for how long, and why. */
export function PinTable({ hosts, caption }: { readonly hosts: readonly ReviewedHost[]; readonly caption: string }) {
  return (
    <table className={tables.table}>
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Label</th>
          <th scope="col">Pin</th>
          <th scope="col">Role</th>
          <th scope="col">Certificates</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      {hosts.map(({ host, includeSubdomains, pins, kept }) => (
        <tbody key={host}>
          <tr>
            <th scope="rowgroup" colSpan={5}>
              {host}
              <p className={tables.detail}>{[`Pins ${reachText({ includeSubdomains })}.`, ...kept].join(' ')}</p>
            </th>
          </tr>
          {pins.map(({ pin, label, role, standsFor, reason, from, until }) => (
            <tr key={`${role} ${pin}`}>
              <Cell column="Label">
                <LabelBadge label={label} />
              </Cell>
              <Cell column="Pin">
                <code className={styles.pin}>{pin}</code>
                <span className={styles.detail}>{standsFor}</span>
              </Cell>
              <Cell column="Role">{ROLE_WORDS[role]}</Cell>
              <Cell column="Certificates">
                {from === null || until === null ? (
                  NO_CERTIFICATE
                ) : (
                  <>
                    <time className={tables.day}>{from}</time> to <time className={tables.day}>{until}</time>
                  </>
                )}
              </Cell>
              <Cell column="Why">{reason}</Cell>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  )
}

/** A word on its colour, never colour alone. */
function LabelBadge({ label }: { readonly label: PinLabel }) {
  return <span className={`${styles.badge} ${styles[label]}`}>{LABEL_WORDS[label]}</span>
}
