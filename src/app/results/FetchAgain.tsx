import { needsFetch } from '../row.ts'
import { announce } from '../shared/announcer.tsx'
import { Button } from '../shared/Button.tsx'
import { useApp } from '../store-context.tsx'
import styles from './FetchAgain.module.css'

/** After fetching many: how many hosts failed, and another try, which leaves those with certificates alone. */
export function FetchAgain() {
  const rows = useApp((state) => state.rows)
  const generation = useApp((state) => state.generation)
  const generate = useApp((state) => state.generate)
  const cancel = useApp((state) => state.cancelGenerate)
  const failing = rows.filter(
    (row) => needsFetch(row) && row.sources.some(({ kind, state }) => kind === 'host' && state.status === 'failed'),
  ).length
  if (!generation && failing === 0) return null
  const run = async () => {
    if (generation) {
      cancel()
      return
    }
    announce('Fetching live chains')
    if (await generate()) announce('Fetching has ended')
  }
  return (
    <div className={styles.again}>
      <p>
        {generation
          ? `Fetching ${generation.done} of ${generation.total}…`
          : `The live ${failing === 1 ? 'chain of 1 domain' : `chains of ${failing} domains`} could not be fetched.`}
      </p>
      {/* One button for both, so that the keyboard stays on it. */}
      <Button onClick={() => void run()}>{generation ? 'Cancel' : 'Fetch again'}</Button>
    </div>
  )
}
