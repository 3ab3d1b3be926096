import { FileDown, X } from 'lucide-react'
import { useEffect, useId } from 'react'
import { counted, shownName } from '../../core/wording/wording.ts'
import { damagedBlockText, ignoredBlockText, sourceFailureText } from '../failure-text.ts'
import type { FileDestination, RoutedFile, UnroutedCertificate } from '../route-files.ts'
import type { SourceState } from '../row.ts'
import { focusTab } from '../arrival.ts'
import { announce } from '../shared/announcer.tsx'
import { Button } from '../shared/Button.tsx'
import type { Routing } from '../file-routing.ts'
import { useApp } from '../store-context.tsx'
import styles from './RoutingSummary.module.css'
import { Unlock } from './Unlock.tsx'

/** Lies over the page while files are dragged; what is below it still takes the drop. */
export function DropHint() {
  return (
    // Only who drags with a pointer can make use of it.
    <div className={styles.hint} aria-hidden="true">
      <p className={styles.hintText}>
        <FileDown />
        Drop certificate files: they go to the domains that they are for.
      </p>
    </div>
  )
}

/** What became of files that were dropped on the page. */
export function RoutingSummary({ routing }: { readonly routing: Routing }) {
  const dismiss = useApp((state) => state.dismissRouting)
  const id = useId()
  const isReading = routing.status === 'reading'
  const sentence = isReading ? `Reading ${counted(routing.count, 'file')}…` : sumUp(routing.files)
  useEffect(() => announce(sentence), [sentence])
  return (
    <section className={styles.summary} aria-labelledby={`${id}-title`}>
      <div className={styles.head}>
        <h2 id={`${id}-title`} className={styles.title}>
          Dropped files
        </h2>
        <Button
          variant="quiet"
          onClick={() => {
            dismiss()
            focusTab()
          }}
        >
          <X aria-hidden="true" />
          {isReading ? 'Cancel' : 'Dismiss'}
          <span className="visually-hidden">
            {isReading ? ' reading the dropped files' : ' what became of the dropped files'}
          </span>
        </Button>
      </div>
      <p className={styles.sentence}>{sentence}</p>
      {isReading ? (
        <p className={styles.sentence}>
          <progress max={routing.count} value={routing.done} aria-label="Files that were read" /> {routing.done} of{' '}
          {routing.count}
        </p>
      ) : (
        <ul className={styles.files} aria-labelledby={`${id}-title`}>
          {routing.files.map((file, index) => (
            // Two files may have one name, and the list never changes.
            // oxlint-disable-next-line react/no-array-index-key -- see above
            <li key={index}>
              <span className={styles.name}>{shownName(file.name) || 'Unnamed file'}</span>
              <FileOutcome file={file} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** What became of all files together, in a sentence that is also read out. */
function sumUp(files: readonly RoutedFile[]): string {
  const locked = files.filter(({ state }) => state.status === 'failed' && 'canUnlock' in state).length
  const failures = files.filter(({ state }) => state.status === 'failed').length - locked
  const nowhere = files.filter(({ state, destinations }) => state.status === 'read' && destinations.length === 0).length
  const made = new Set(
    files.flatMap(({ destinations }) => destinations.filter(({ how }) => how === 'made').map(({ rowId }) => rowId)),
  ).size
  const parts = [
    `${counted(files.length - failures - locked - nowhere, 'file')} sorted into domains`,
    ...(made > 0 ? [`${made} ${made === 1 ? 'domain' : 'domains'} added`] : []),
    ...(nowhere > 0 ? [`${counted(nowhere, 'file')} without a place`] : []),
    ...(locked > 0 ? [`${counted(locked, 'file')} locked`] : []),
    ...(failures > 0 ? [`${counted(failures, 'file')} failed`] : []),
  ]
  return `${parts.join(', ')}.`
}

function FileOutcome({ file }: { readonly file: RoutedFile }) {
  const unlockRouted = useApp((state) => state.unlockRouted)
  const { state, destinations, unrouted } = file
  if (state.status === 'failed') {
    const { what, next } = sourceFailureText(state.failure)
    return (
      <>
        <p className={styles.failed}>
          <strong>{what}</strong> {next}
        </p>
        <Unlock name={shownName(file.name)} state={state} onUnlock={(password) => void unlockRouted(file, password)} />
      </>
    )
  }
  return (
    <>
      {destinations.slice(0, MOST_DESTINATIONS).map((destination) => (
        <p key={destination.rowId}>{destinationText(destination)}</p>
      ))}
      {destinations.length > MOST_DESTINATIONS ? (
        <p>{destinations.length - MOST_DESTINATIONS} more rows have it too.</p>
      ) : null}
      {unrouted.map((certificate, index) => (
        // Certificates may have one name, and the list never changes.
        // oxlint-disable-next-line react/no-array-index-key -- see above
        <p key={index} className={styles.unrouted}>
          {unroutedText(certificate)}
        </p>
      ))}
      {state.status === 'read'
        ? leftOutTexts(state).map((sentence) => (
            <p key={sentence} className={styles.unrouted}>
              {sentence}
            </p>
          ))
        : null}
      <Unlock name={shownName(file.name)} state={state} onUnlock={(password) => void unlockRouted(file, password)} />
      {state.status === 'read' && state.keys.length > 0 && destinations.length === 0 ? (
        <p className={styles.unrouted}>
          It holds {state.keys.length === 1 ? 'a key' : `${state.keys.length} keys`} without a certificate, which
          belongs to no domain by itself. Add the file to the row that it is a backup for.
        </p>
      ) : null}
    </>
  )
}

/** Nobody reads more, and the page stays quick. */
const MOST_LEFT_OUT = 20
const MOST_DESTINATIONS = 5

function leftOutTexts({ damaged, ignored }: Extract<SourceState, { readonly status: 'read' }>): readonly string[] {
  const sentences = [...damaged.map(damagedBlockText), ...ignored.map(ignoredBlockText)]
  const more = sentences.length - MOST_LEFT_OUT
  return more > 0 ? [...sentences.slice(0, MOST_LEFT_OUT), `${more} more blocks were left out.`] : sentences
}

function destinationText({ name, how }: FileDestination): string {
  const row = shownName(name) || 'a row without a domain'
  switch (how) {
    case 'added':
      return `Went to ${row}.`
    case 'made':
      return `A row was made for ${row}.`
    case 'had-it':
      return `${row} had it already.`
  }
}

function unroutedText({ name, reason }: UnroutedCertificate): string {
  const shown = shownName(name)
  switch (reason) {
    case 'completes-nothing':
      return `The CA certificate “${shown}” completes no row’s chain. Add it to the row that it is for.`
    case 'names-no-host':
      return `The certificate “${shown}” names no host. Add it to the row that it is for.`
    case 'not-decodable':
      return 'A certificate in it cannot be decoded and was left out.'
  }
}
