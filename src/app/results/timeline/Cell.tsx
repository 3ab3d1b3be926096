import type { ReactNode } from 'react'
import styles from './Tables.module.css'

/** A cell that brings the name of its column along where the table becomes a list. */
export function Cell({ column, children }: { readonly column: string; readonly children: ReactNode }) {
  return (
    <td className={styles.cell} data-column={column}>
      <span>{children}</span>
    </td>
  )
}
