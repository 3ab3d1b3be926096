import { useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react'
import { shownName } from '../../core/risks/wording.ts'
import { readHostList, type HostListEntry } from '../../host/host-list.ts'
import type { Row } from '../row.ts'
import { announce } from '../shared/announcer.tsx'
import { Button } from '../shared/Button.tsx'
import { useApp } from '../store-context.tsx'
import { leftOutText, passedOverText } from './host-list-text.ts'
import styles from './PasteListDialog.module.css'

/** Nobody reads more, and the page stays quick. */
const MOST_SHOWN = 100

/** Opens at once, takes a list of domains, and says before anything is added what becomes of each. */
export function PasteListDialog({ onClose }: { readonly onClose: () => void }) {
  const rows = useApp((state) => state.rows)
  const addHosts = useApp((state) => state.addHosts)
  const dialog = useRef<HTMLDialogElement>(null)
  const [text, setText] = useState('')
  const id = useId()
  useEffect(() => {
    dialog.current?.showModal()
  }, [])

  const settledText = useDeferredValue(text)
  const entries = useMemo(() => readHostList(settledText, rows.map(hostOfRow)), [settledText, rows])
  const count = hostsOf(entries).length
  const add = () => {
    const texts = hostsOf(readHostList(text, rows.map(hostOfRow))).map((entry) => entry.text)
    addHosts(texts)
    announce(`${domains(texts.length)} added`)
    dialog.current?.close()
  }

  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={`${id}-title`} onClose={onClose}>
      <form
        method="dialog"
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          add()
        }}
      >
        <h2 id={`${id}-title`}>Paste a list of domains</h2>
        <label htmlFor={`${id}-text`}>Domains</label>
        <textarea
          id={`${id}-text`}
          className={styles.text}
          rows={8}
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          placeholder={'api.example.com\nhttps://auth.example.com/login\n*.cdn.example.com'}
          value={text}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setText(event.target.value)}
        />
        <p id={`${id}-hint`} className={styles.hint}>
          Hosts or URLs, on lines or between commas, or a table with a column such as host, domain or URL.
        </p>
        <Preview entries={entries} />
        <div className={styles.actions}>
          <Button onClick={() => dialog.current?.close()}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={count === 0}>
            {count === 0 ? 'Add domains' : `Add ${domains(count)}`}
          </Button>
        </div>
      </form>
    </dialog>
  )
}

function hostOfRow({ host }: Row) {
  return host.ok ? host.value.host : null
}

function hostsOf(entries: readonly HostListEntry[]): readonly HostListEntry[] {
  return entries.filter(({ outcome }) => outcome.kind === 'host')
}

function domains(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'domain' : 'domains'}`
}

/** What becomes of the list: how many are added, which are left out and why. */
function Preview({ entries }: { readonly entries: readonly HostListEntry[] }) {
  const id = useId()
  const added = hostsOf(entries)
  const passedOver = passedOverText(entries)
  const leftOut = entries.flatMap((entry) => {
    const reason = leftOutText(entry)
    return reason === null ? [] : [{ entry, reason }]
  })
  const summary = [
    entries.length > 0 ? `${domains(added.length)} will be added` : null,
    leftOut.length > 0 ? `${leftOut.length.toLocaleString('en')} left out` : null,
  ].filter((part) => part !== null)
  return (
    <div className={styles.preview}>
      <output className={styles.summary}>{summary.join(', ')}</output>
      {passedOver === null ? null : <p className={styles.hint}>{passedOver}</p>}
      {leftOut.length > 0 ? (
        <>
          <h3 id={`${id}-left-out`}>Left out</h3>
          <ul className={styles.entries} aria-labelledby={`${id}-left-out`}>
            {leftOut.slice(0, MOST_SHOWN).map(({ entry, reason }, index) => (
              // The same text may stand in a line twice.
              // oxlint-disable-next-line react/no-array-index-key -- nothing else tells them apart
              <li key={index}>
                <span className={styles.line}>Line {entry.line}</span> <code>{shownName(entry.text)}</code>
                <span className={styles.reason}>{reason}</span>
              </li>
            ))}
            {leftOut.length > MOST_SHOWN ? <li>{(leftOut.length - MOST_SHOWN).toLocaleString('en')} more</li> : null}
          </ul>
        </>
      ) : null}
    </div>
  )
}
