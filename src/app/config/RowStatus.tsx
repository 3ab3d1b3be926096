import { isUnderWay, type Row } from '../row.ts'
import styles from './RowStatus.module.css'

/** How far a row has come, in one line that is read out when it changes. */
export function RowStatus({ row }: { readonly row: Row }) {
  const { kind, text } = rowStatus(row)
  return <output className={`${styles.status} ${styles[kind]}`}>{text}</output>
}

function rowStatus({ sources, reading }: Row): {
  readonly kind: 'quiet' | 'working' | 'ready' | 'failed'
  readonly text: string
} {
  if (sources.some(({ state }) => state.status === 'fetching')) return { kind: 'working', text: 'Fetching…' }
  if (sources.some(({ state }) => isUnderWay(state)) || reading.status === 'working') {
    return { kind: 'working', text: 'Reading…' }
  }
  const failures = sources.filter(({ state }) => state.status === 'failed').length
  const failed = failures > 0 ? `${failures} ${failures === 1 ? 'source' : 'sources'} failed` : null
  if (reading.status === 'failed') return { kind: 'failed', text: 'Failed: the chain could not be built' }
  if (reading.status !== 'done') {
    return failed ? { kind: 'failed', text: `Failed: ${failed}` } : { kind: 'quiet', text: 'No certificates yet' }
  }
  const { chains, superfluous } = reading.report
  const given = new Set(
    chains.flatMap(({ links }) =>
      links.filter(({ origin }) => origin === 'given').map(({ certificate }) => certificate.sha256),
    ),
  )
  const count = given.size + superfluous.length
  const ready = `Ready: ${count} certificate${count === 1 ? '' : 's'}`
  return failed ? { kind: 'failed', text: `${ready}, ${failed}` } : { kind: 'ready', text: ready }
}
