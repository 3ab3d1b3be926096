import type { ReactNode } from 'react'
import styles from './Table.module.css'

/** A cell that brings the name of its column along where the table becomes a list. */
export function Cell({
  column,
  isShort = false,
  children,
}: {
  readonly column: string
  /** Says what it is by itself, so that several stand in one line there. */
  readonly isShort?: boolean
  readonly children: ReactNode
}) {
  return (
    <td className={`${styles.cell} ${isShort ? styles.short : ''}`} data-column={column}>
      <span>{children}</span>
    </td>
  )
}
