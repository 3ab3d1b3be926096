import { lazy, Suspense } from 'react'
import { distinctPins } from '../../core/pins/plan-pins.ts'
import type { Finding, Severity } from '../../core/risks/risk-rule.ts'
import { chainsOf, hostOf, keysOf, progressOf, type Row } from '../row.ts'
import { FindingList, SeverityBadge } from '../shared/FindingList.tsx'
import { FoldCard } from '../shared/Fold.tsx'
import { LoadBoundary } from '../shared/LoadBoundary.tsx'
import { usePortion } from '../shared/portion.tsx'
import { useApp, useReport } from '../store-context.tsx'
import { Survival } from './survival/Survival.tsx'
import { ChainFigure } from './ChainFigure.tsx'
import { CoverageSection } from './CoverageSection.tsx'
import { androidSentence, iosSentence } from './enforcement-text.ts'
import { OtherPins } from './OtherPins.tsx'
import { KeptKeyNotes } from './review/KeptKeyNotes.tsx'
import styles from './RowCard.module.css'
import { ReserveList } from './ReserveList.tsx'
import { RowFailures } from './RowFailures.tsx'
import { ServedTable } from './ServedTable.tsx'
import { VerdictLine } from './VerdictLine.tsx'

const RecognitionCard = lazy(async () => ({ default: (await import('./RecognitionCard.tsx')).RecognitionCard }))

/** One domain: what the platforms will enforce, its chains, and what could go wrong. Folds to one line. */
export function RowCard({
  row,
  name,
  startsOpen,
}: {
  readonly row: Row
  /** Of `cardNames`. */
  readonly name: string
  readonly startsOpen: boolean
}) {
  const { findings, plan } = useReport()
  const host = hostOf(row)
  const own = findings.filter(({ rowIds }) => rowIds.includes(row.id))
  const policy = plan.policies.find(({ rowIds }) => rowIds.includes(row.id))
  const pins = policy ? distinctPins(policy.pins).length : 0
  const isRefused = !host.ok && row.hostText.trim() !== ''
  return (
    <FoldCard
      label={name}
      startsOpen={startsOpen}
      summary={
        <>
          <h3 className={styles.host}>{name}</h3>
          <span className={styles.pins}>{isRefused ? 'domain refused' : pins === 1 ? '1 pin' : `${pins} pins`}</span>
          <SeverityCounts findings={own} />
        </>
      }
    >
      <CardBody row={row} own={own} name={name} />
    </FoldCard>
  )
}

function CardBody({ row, own, name }: { readonly row: Row; readonly own: readonly Finding[]; readonly name: string }) {
  const { now } = useReport()
  const chains = chainsOf(row)
  const [shown, more] = usePortion(chains, 'chains')
  const superfluous = row.reading.status === 'done' ? row.reading.report.superfluous : []
  return (
    <div className={styles.body}>
      <VerdictLine rowId={row.id} />
      <Enforcement row={row} />
      <RowFailures row={row} />
      <ServedTable row={row} />
      <CoverageSection row={row} name={name} />
      <Survival row={row} name={name} />
      {chains.length === 0 ? <NoChains row={row} /> : null}
      <div className={chains.length > 0 ? styles.columns : undefined}>
        <div className={styles.chains}>
          {shown.map((chain, index) => (
            <ChainFigure key={chain.links[0]?.certificate.sha256 ?? index} row={row} chain={chain} now={now} />
          ))}
          {more}
          <KeptKeyNotes row={row} />
          {chains.length > 0 ? (
            <LoadBoundary fallback={null}>
              <Suspense fallback={null}>
                <RecognitionCard row={row} name={name} />
              </Suspense>
            </LoadBoundary>
          ) : null}
          <ReserveList row={row} certificates={superfluous} />
          <OtherPins row={row} />
        </div>
        <FindingList findings={own} label={`Findings for ${name}`} />
      </div>
    </div>
  )
}

function NoChains({ row }: { readonly row: Row }) {
  return progressOf(row) === 'working' ? (
    <p>
      The certificates are on their way. <a href="#config">See Config</a>
    </p>
  ) : (
    <p>
      {keysOf(row).length + row.choices.typedPins.length > 0 ? 'No certificates' : 'No certificates yet'}.{' '}
      <a href="#config">Add them in Config</a>
    </p>
  )
}

/** What each platform will do with these pins, in words. */
function Enforcement({ row }: { readonly row: Row }) {
  const { plan, now } = useReport()
  const settings = useApp((state) => state.settings)
  const policy = plan.policies.find(({ rowIds }) => rowIds.includes(row.id))
  if (!policy) return null
  return (
    <dl className={styles.enforcement}>
      <div>
        <dt>Android</dt>
        <dd>{androidSentence(policy, plan, settings, now)}</dd>
      </div>
      <div>
        <dt>iOS</dt>
        <dd>{iosSentence(policy, plan, settings)}</dd>
      </div>
    </dl>
  )
}

const SEVERITIES: readonly Severity[] = ['blocker', 'warning']

function SeverityCounts({ findings }: { readonly findings: readonly Finding[] }) {
  return SEVERITIES.map((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length
    return count === 0 ? null : <SeverityBadge key={severity} severity={severity} count={count} />
  })
}
