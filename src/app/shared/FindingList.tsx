import type { PlanChange } from '../../core/risks/plan-change.ts'
import type { Finding, Severity } from '../../core/risks/risk-rule.ts'
import { counted } from '../../core/wording/wording.ts'
import { applyChange } from '../apply-change.ts'
import { focusTab, isFocusLost } from '../arrival.ts'
import { useStoreState } from '../store-context.tsx'
import { announce } from './announcer.tsx'
import { Button } from './Button.tsx'
import { usePortion } from './portion.tsx'
import styles from './FindingList.module.css'

const SEVERITY_WORDS: Readonly<Record<Severity, string>> = { blocker: 'Blocker', warning: 'Warning', note: 'Note' }

/** The severity as a word on its colour, never colour alone; with a count where it stands for several findings. */
export function SeverityBadge({ severity, count }: { readonly severity: Severity; readonly count?: number }) {
  const word = SEVERITY_WORDS[severity]
  return (
    <span className={`${styles.badge} ${styles[severity]}`}>
      {count === undefined ? word : counted(count, word.toLowerCase())}
    </span>
  )
}

/** Findings, most severe first, each with its reason and the answer that explains it. */
export function FindingList({ findings, label }: { readonly findings: readonly Finding[]; readonly label: string }) {
  const [shown, more] = usePortion(findings, 'findings')
  if (findings.length === 0) return null
  return (
    <div className={styles.portion}>
      <ul className={styles.list} aria-label={label}>
        {shown.map((finding) => (
          <li key={finding.id} className={`${styles.finding} ${styles[`${finding.severity}Edge`]}`}>
            <h4 className={styles.title}>
              <SeverityBadge severity={finding.severity} /> {finding.title}
            </h4>
            <p className={styles.why}>{finding.why}</p>
            <Fixes finding={finding} />
            <p className={styles.links}>
              <a href={`#faq/${finding.faq}`}>More in the FAQ</a>
              <a href={finding.source} target="_blank" rel="noreferrer">
                Source<span className="visually-hidden"> for {finding.title}, opens a new tab</span>
              </a>
            </p>
          </li>
        ))}
      </ul>
      {more}
    </div>
  )
}

/** The finding goes with what it is about, and the button with it: the keyboard then stands at the list again. */
function Fixes({ finding: { title, fixes } }: { readonly finding: Finding }) {
  const current = useStoreState()
  if (fixes.length === 0) return null
  const fix = async (label: string, change: PlanChange) => {
    await applyChange(change, current())
    announce(`Done: ${label}`)
    if (isFocusLost()) focusTab()
  }
  return (
    <p className={styles.fixes}>
      {fixes.map(({ label, change }) => (
        <Button key={label} onClick={() => void fix(label, change)}>
          {label}
          <span className="visually-hidden">: {title}</span>
        </Button>
      ))}
    </p>
  )
}
