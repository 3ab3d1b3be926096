import { useMemo } from 'react'
import type { Output } from '../../core/formats/registry.ts'
import { useApp, useReport } from '../store-context.tsx'
import { enforcedSentences } from './enforced-text.ts'
import styles from './EnforcedHosts.module.css'

/** More are folded away: what follows should stay in sight. */
const MOST_UNFOLDED = 3

/** What an output enforces for the hosts of the plan. */
export function EnforcedHosts({ format }: { readonly format: Output['format'] }) {
  const { plan, rows } = useReport()
  const settings = useApp((state) => state.settings)
  const sentences = useMemo(() => enforcedSentences(format, plan, settings, rows), [format, plan, settings, rows])
  const folded = sentences.slice(MOST_UNFOLDED)
  return (
    <div className={styles.sentences}>
      <Sentences sentences={sentences.slice(0, MOST_UNFOLDED)} />
      {folded.length > 0 ? (
        <details>
          <summary>What it does for more hosts</summary>
          <Sentences sentences={folded} />
        </details>
      ) : null}
    </div>
  )
}

function Sentences({ sentences }: { readonly sentences: readonly string[] }) {
  return sentences.map((sentence) => (
    <p key={sentence} className={styles.sentence}>
      {sentence}
    </p>
  ))
}
