import { certificateName } from '../../core/certificate/certificate.ts'
import { singleLine } from '../../core/formats/escape.ts'
import { chainsOf, hostOf, isBlank, isUnderWay, type Row } from '../row.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { FindingList } from '../shared/FindingList.tsx'
import { useApp, useReport } from '../store-context.tsx'
import { ChainFigure } from './ChainFigure.tsx'
import { RowFailures } from './RowFailures.tsx'
import styles from './ResultsTab.module.css'

/** Per row: its chains, what each pins, and what could go wrong. */
export function ResultsTab() {
  const rows = useApp((state) => state.rows)
  const { findings, now } = useReport()
  const shown = rows.filter((row) => !isBlank(row))
  const general = findings.filter(({ rowIds, tab }) => tab === 'results' && rowIds.length === 0)
  return (
    <div className={styles.tab}>
      <h2 className="visually-hidden">Results</h2>
      {shown.length === 0 ? (
        <EmptyState title="No results yet">
          <p>Each domain’s chain appears here from leaf to root, with the pin of every key in it.</p>
          <a href="#config">Go to Config</a>
        </EmptyState>
      ) : (
        shown.map((row) => <RowCard key={row.id} row={row} now={now} />)
      )}
      <FindingList findings={general} label="Findings for the whole set" />
    </div>
  )
}

function RowCard({ row, now }: { readonly row: Row; readonly now: number }) {
  const { findings } = useReport()
  const host = hostOf(row)
  const chains = chainsOf(row)
  const own = findings.filter(({ rowIds }) => rowIds.includes(row.id))
  const superfluous = row.reading.status === 'done' ? row.reading.report.superfluous : []
  const isWorking = row.reading.status === 'working' || row.sources.some(({ state }) => isUnderWay(state))
  const name = host.ok ? host.value.host : row.hostText || 'No domain yet'
  return (
    <section className={styles.card} aria-label={name}>
      <h3 className={styles.host}>{name}</h3>
      {chains.length === 0 ? (
        <p>
          {isWorking ? 'The certificates are being read.' : 'No certificates yet.'}{' '}
          <a href="#config">{isWorking ? 'See Config' : 'Add them in Config'}</a>
        </p>
      ) : null}
      <RowFailures row={row} />
      {chains.map((chain, index) => (
        <ChainFigure key={chain.links[0]?.certificate.sha256 ?? index} row={row} chain={chain} now={now} />
      ))}
      {superfluous.length > 0 ? (
        <p className={styles.note}>
          Not part of any chain, so not pinned:{' '}
          {superfluous.map((certificate) => singleLine(certificateName(certificate))).join('; ')}
        </p>
      ) : null}
      <FindingList findings={own} label={`Findings for ${name}`} />
    </section>
  )
}
