import { lazy, Suspense, type ReactNode } from 'react'
import { counted } from '../../core/wording/wording.ts'
import { isUnderWay, keysOf, progressOf, type Row } from '../row.ts'
import { LoadBoundary } from '../shared/LoadBoundary.tsx'
import styles from './RowStatus.module.css'

// The sentences of every failure are not part of the first load.
const FailedSource = lazy(async () => ({ default: (await import('./FailedSource.tsx')).FailedSource }))

/** How far a row has come, in one line that is read out when it changes. */
export function RowStatus({ row }: { readonly row: Row }) {
  return <output className={`${styles.status} ${styles[progressOf(row)]}`}>{statusText(row)}</output>
}

function statusText(row: Row): ReactNode {
  const { sources, reading } = row
  if (progressOf(row) === 'working') {
    return sources.some(({ state }) => state.status === 'fetching') ? 'Fetching…' : readingText(row)
  }
  const failures = sources.flatMap(({ state }) => (state.status === 'failed' ? [state.failure] : []))
  const [first] = failures
  const failed = first ? `${failures.length} ${failures.length === 1 ? 'source' : 'sources'} failed` : null
  if (reading.status === 'failed') return 'Failed: the chain could not be built'
  if (reading.status !== 'done') {
    if (!first) return withoutCertificates(row)
    if (failures.length > 1) return `Failed: ${failed}`
    return (
      <>
        Failed:{' '}
        <LoadBoundary fallback={failed}>
          <Suspense fallback={failed}>
            <FailedSource failure={first} />
          </Suspense>
        </LoadBoundary>
      </>
    )
  }
  const { chains, superfluous, notDecodable, leftOut } = reading.report
  const given = new Set(
    chains.flatMap(({ links }) =>
      links.filter(({ origin }) => origin === 'given').map(({ certificate }) => certificate.sha256),
    ),
  )
  const count = given.size + superfluous.length
  const ready = `Ready: ${counted(count, 'certificate')}`
  const others = otherPins(row)
  const undecoded = notDecodable.length > 0 ? `${notDecodable.length} cannot be decoded` : null
  const inNoChain = leftOut > 0 ? `${leftOut.toLocaleString('en')} in no chain` : null
  return [ready, ...others, undecoded, inNoChain, failed].filter((part) => part !== null).join(', ')
}

/** The count is for the eyes: nobody wants each number read out. */
function readingText({ sources }: Row): ReactNode {
  const done = sources.filter(({ state }) => !isUnderWay(state)).length
  return (
    <>
      Reading…
      {sources.length > 1 ? (
        <span aria-hidden="true">
          {' '}
          {done} of {sources.length}
        </span>
      ) : null}
    </>
  )
}

/** A row may be ready with nothing but keys or pins. */
function withoutCertificates(row: Row): string {
  const others = otherPins(row)
  return others.length > 0 ? `Ready: ${others.join(', ')}` : 'No certificates yet'
}

function otherPins(row: Row): readonly string[] {
  const keys = keysOf(row).length
  const typed = row.choices.typedPins.length
  return [...(keys > 0 ? [counted(keys, 'key')] : []), ...(typed > 0 ? [counted(typed, 'typed pin')] : [])]
}
