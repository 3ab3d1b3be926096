import type { ReactNode } from 'react'
import styles from './EmptyState.module.css'

/** What a tab shows before there is anything to show: what will be here, and how to get there. */
export function EmptyState({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={styles.empty}>
      <h3>{title}</h3>
      {children}
    </div>
  )
}
