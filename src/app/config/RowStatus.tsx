import { sourceFailureText } from '../failure-text.ts'
import { progressOf, type Row } from '../row.ts'
import styles from './RowStatus.module.css'

/** How far a row has come, in one line that is read out when it changes. */
export function RowStatus({ row }: { readonly row: Row }) {
  return <output className={`${styles.status} ${styles[progressOf(row)]}`}>{statusText(row)}</output>
}

function statusText(row: Row): string {
  const { sources, reading } = row
  if (progressOf(row) === 'working') {
    return sources.some(({ state }) => state.status === 'fetching') ? 'Fetching…' : 'Reading…'
  }
  const failures = sources.flatMap(({ state }) => (state.status === 'failed' ? [state.failure] : []))
  const [first] = failures
  const failed = first ? `${failures.length} ${failures.length === 1 ? 'source' : 'sources'} failed` : null
  if (reading.status === 'failed') return 'Failed: the chain could not be built'
  if (reading.status !== 'done') {
    if (!first) return 'No certificates yet'
    return `Failed: ${failures.length === 1 ? sourceFailureText(first).what : failed}`
  }
  const { chains, superfluous, notDecodable } = reading.report
  const given = new Set(
    chains.flatMap(({ links }) =>
      links.filter(({ origin }) => origin === 'given').map(({ certificate }) => certificate.sha256),
    ),
  )
  const count = given.size + superfluous.length
  const ready = `Ready: ${count} certificate${count === 1 ? '' : 's'}`
  const undecoded = notDecodable.length > 0 ? `${notDecodable.length} cannot be decoded` : null
  return [ready, undecoded, failed].filter((part) => part !== null).join(', ')
}
