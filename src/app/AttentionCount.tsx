import type { FindingTab } from '../core/risks/risk-rule.ts'
import styles from './AttentionCount.module.css'
import { attention } from './report.ts'
import { useReport } from './store-context.tsx'

/** The count of blockers, or else of warnings, on the tab they belong to. */
export function AttentionCount({ tab }: { readonly tab: FindingTab }) {
  const { blockers, warnings } = attention(useReport().findings, tab)
  const count = blockers || warnings
  if (count === 0) return null
  const word = blockers > 0 ? 'blocker' : 'warning'
  return (
    <span className={`${styles.count} ${blockers > 0 ? styles.blockers : styles.warnings}`}>
      {count}
      <span className="visually-hidden">
        {' '}
        {word}
        {count > 1 ? 's' : ''}
      </span>
    </span>
  )
}
