import { moreCertificatesText, notDecodableText, offersCommand, sourceFailureText } from '../failure-text.ts'
import { hostFailureText } from '../host-text.ts'
import { hostOf, sourcesOf, type Row } from '../row.ts'
import { CommandOffer } from '../shared/CommandOffer.tsx'
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
    ...(reading.status === 'done'
      ? reading.report.notDecodable.map((sha256) => notDecodableText(sha256, sourcesOf(row, sha256).map(sourceName)))
      : []),
    ...(reading.status === 'done' && reading.report.leftOut > 0 ? [moreCertificatesText(reading.report.leftOut)] : []),
    ...(reading.status === 'done' && reading.report.rootStore === 'unavailable'
      ? [
          'The bundled root store could not be loaded, so no root was added and nobody can say which phones connect. Reload the page to try again.',
        ]
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
          {source.state.status === 'failed' && offersCommand(source.state.failure) ? (
            <CommandOffer source={source}>
              <a href="#config">Paste its output in Config</a>
            </CommandOffer>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function hasLeftOut(state: Row['sources'][number]['state']): boolean {
  if (state.status !== 'read') return false
  // A private key beside its certificate is how PKCS#12 files are; Config says that it was forgotten.
  return state.damaged.length > 0 || state.ignored.some(({ kind }) => kind !== 'private-key')
}
