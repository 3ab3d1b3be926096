import { certificateName } from '../../../core/certificate/certificate.ts'
import { isoDay } from '../../../core/instant.ts'
import type { ValiditySpan } from '../../../core/rotation/timeline.ts'
import { listed, shownName } from '../../../core/wording/wording.ts'
import { usePortion } from '../../shared/portion.tsx'
import { Cell } from '../../shared/Cell.tsx'
import styles from '../../shared/Table.module.css'

/** The certificates of the picture, and those that it has no room for. */
export function SpanTable({ spans }: { readonly spans: readonly ValiditySpan[] }) {
  const [shown, more] = usePortion(spans, 'certificates')
  return (
    <>
      <table className={styles.table}>
        <caption className="visually-hidden">Validity of each certificate</caption>
        <thead>
          <tr>
            <th scope="col">Certificate</th>
            <th scope="col">Role</th>
            <th scope="col">For</th>
            <th scope="col">Valid from</th>
            <th scope="col">Ends</th>
            <th scope="col">Pinned</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ certificate, role, hosts, isPinned }) => (
            <tr key={certificate.sha256}>
              <th scope="row">{shownName(certificateName(certificate))}</th>
              <Cell column="Role">{role}</Cell>
              <Cell column="For">{listed(hosts)}</Cell>
              <Cell column="Valid from">
                <time className={styles.day}>{isoDay(certificate.notBefore)}</time>
              </Cell>
              <Cell column="Ends">
                <time className={styles.day}>{isoDay(certificate.notAfter)}</time>
              </Cell>
              <Cell column="Pinned">{isPinned ? 'yes' : 'no'}</Cell>
            </tr>
          ))}
        </tbody>
      </table>
      {more}
    </>
  )
}
