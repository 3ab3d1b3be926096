import { hostFailureText, sourceFailureText } from '../failure-text.ts'
import { certificatesOf, hostOf, type Row } from '../row.ts'
import { SourceOutcome } from '../shared/SourceOutcome.tsx'
import { sourceName } from '../source-name.ts'
import styles from './RowFailures.module.css'

/** Everything of a row that went wrong, so that nothing is missing without a word. */
export function RowFailures({ row }: { readonly row: Row }) {
  const host = hostOf(row)
  const { reading, sources } = row
  const failing = sources.filter(({ state }) => state.status === 'failed' || hasLeftOut(state))
  const sentences = [
    ...(host.ok ? [] : [`${hostFailureText(host.failure).what} ${hostFailureText(host.failure).next}`]),
    ...(reading.status === 'failed'
      ? [`${sourceFailureText(reading.failure).what} ${sourceFailureText(reading.failure).next}`]
      : []),
    ...(reading.status === 'done' ? reading.report.notDecodable.map((sha256) => notDecodableText(row, sha256)) : []),
    ...(reading.status === 'done' && reading.report.rootStore === 'unavailable'
      ? ['The bundled root store could not be loaded, so no root was added. Reload the page to try again.']
      : []),
  ]
  if (sentences.length === 0 && failing.length === 0) return null
  return (
    <ul className={styles.failures} aria-label="Failures">
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
      {failing.map((source) => (
        <li key={source.id}>
          <strong>{sourceName(source)}</strong>
          <SourceOutcome source={source} />
        </li>
      ))}
    </ul>
  )
}

function hasLeftOut(state: Row['sources'][number]['state']): boolean {
  return state.status === 'read' && state.damaged.length + state.ignored.length > 0
}

function notDecodableText(row: Row, fingerprint: string): string {
  const source = row.sources.find((candidate) =>
    certificatesOf(candidate).some((certificate) => certificate.sha256 === fingerprint),
  )
  const where = source ? ` in ${sourceName(source)}` : ''
  return `The certificate with the SHA-256 fingerprint ${fingerprint.slice(0, 16)}…${where} cannot be decoded, so it is in no chain. Export it again.`
}
