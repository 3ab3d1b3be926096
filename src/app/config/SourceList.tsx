import { offersCommand } from '../failure-text.ts'
import { showCertificatesCommand } from '../openssl-commands.ts'
import { Button } from '../shared/Button.tsx'
import { CopyButton } from '../shared/CopyButton.tsx'
import { SourceOutcome } from '../shared/SourceOutcome.tsx'
import { hostOf, isUnderWay, type Row } from '../row.ts'
import { useApp } from '../store-context.tsx'
import { sourceName } from '../source-name.ts'
import styles from './SourceList.module.css'

/** Where a row's certificates come from, each with what it gave or why it failed. */
export function SourceList({ row, onPaste }: { readonly row: Row; readonly onPaste: () => void }) {
  const removeSource = useApp((state) => state.removeSource)
  if (row.sources.length === 0) return null
  return (
    <ul className={styles.sources} aria-label="Certificate sources">
      {row.sources.map((source) => (
        <li key={source.id} className={styles.source}>
          <div className={styles.line}>
            <span className={styles.name}>{sourceName(source)}</span>
            <Button variant="quiet" onClick={() => void removeSource(row.id, source.id)}>
              {isUnderWay(source.state) ? 'Cancel' : 'Remove'}
              <span className="visually-hidden"> {sourceName(source)}</span>
            </Button>
          </div>
          <SourceOutcome source={source} />
          {source.state.status === 'failed' && offersCommand(source.state.failure) ? (
            <CommandOffer row={row} onPaste={onPaste} />
          ) : null}
        </li>
      ))}
    </ul>
  )
}

/** The way out where the endpoint cannot reach a host: run it yourself, paste what it prints. */
function CommandOffer({ row, onPaste }: { readonly row: Row; readonly onPaste: () => void }) {
  const host = hostOf(row)
  if (!host.ok) return null
  const command = showCertificatesCommand(host.value.host, host.value.port)
  return (
    <div className={styles.offer}>
      <code className={styles.command}>{command}</code>
      <div className={styles.offerActions}>
        <CopyButton text={command} what="the openssl command" />
        <Button onClick={onPaste}>Paste its output</Button>
      </div>
    </div>
  )
}
