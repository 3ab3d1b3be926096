import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'
import styles from './PrintSheet.module.css'

/** Is printed in the place of the page for as long as it is there; on screen it is not seen. */
export function PrintSheet({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return createPortal(
    <main className={styles.sheet}>
      <h1>{title}</h1>
      {children}
    </main>,
    document.body,
  )
}
