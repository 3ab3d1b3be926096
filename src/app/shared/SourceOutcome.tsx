import { damageText, formatName, sourceFailureText } from '../failure-text.ts'
import type { RowSource } from '../row.ts'
import styles from './SourceOutcome.module.css'

/** What a source gave, what was left out of it, or why it failed. */
export function SourceOutcome({ source: { state } }: { readonly source: RowSource }) {
  switch (state.status) {
    case 'reading':
      return <p className={styles.outcome}>Reading…</p>
    case 'fetching':
      return <p className={styles.outcome}>Fetching…</p>
    case 'failed': {
      const { what, next } = sourceFailureText(state.failure)
      return (
        <p className={styles.failed}>
          <strong>{what}</strong> {next}
        </p>
      )
    }
    case 'read': {
      const count = state.certificates.length
      const different = new Set(state.certificates.map(({ sha256 }) => sha256)).size
      return (
        <>
          <p className={styles.outcome}>
            {count} certificate{count === 1 ? '' : 's'}
            {different < count ? `, ${different} different` : ''}
          </p>
          {state.damaged.map(({ position, reason }) => (
            <p key={position} className={styles.failed}>
              Block {position} was left out: {damageText(reason)}.
            </p>
          ))}
          {state.ignored.map(({ position, format }) => (
            <p key={position} className={styles.outcome}>
              Block {position} was left out: it is {formatName(format)}.
            </p>
          ))}
        </>
      )
    }
  }
}
