import { VERDICT_WORDS, verdictOnRow, verdictOnSet, type VerdictKind } from '../../core/risks/verdict.ts'
import { useReport } from '../store-context.tsx'
import styles from './VerdictLine.module.css'
import { shareOf, verdictReason } from './verdict-text.ts'

/** What all findings come to, for one domain or for all of them: a word, a sign and the reason. */
export function VerdictLine({ rowId }: { readonly rowId: string | null }) {
  const { findings, plan } = useReport()
  const verdict = rowId === null ? verdictOnSet(findings, plan) : verdictOnRow(rowId, findings, plan)
  const { kind } = verdict
  return (
    <p className={`${styles.verdict} ${styles[kind]}`}>
      <svg className={styles.sign} viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="7" />
        <path d={SIGNS[kind]} />
      </svg>
      <span>
        <strong>
          {rowId === null ? 'The whole set: ' : ''}
          {VERDICT_WORDS[kind]}.
        </strong>{' '}
        {rowId === null ? shareOf(plan) : ''}
        {verdictReason(verdict, rowId === null ? 'set' : 'row')}
      </span>
    </p>
  )
}

/** Each its own shape, since colour alone tells nothing to many. */
const SIGNS: Readonly<Record<VerdictKind, string>> = {
  'nothing-pinned': 'M4.5 8h7',
  against: 'M3.2 3.2l9.6 9.6',
  'not-yet': 'M5.3 5.3l5.4 5.4m0-5.4l-5.4 5.4',
  'known-risks': 'M8 4v5m0 2v.8',
  ready: 'M4.6 8.3l2.4 2.4 4.4-5',
}
