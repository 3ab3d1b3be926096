import { useDeferredValue, useId, useMemo, useState } from 'react'
import { shownName } from '../../core/wording/wording.ts'
import { readHostList, type HostListEntry } from '../../host/host-list.ts'
import type { Row } from '../row.ts'
import { announce } from '../shared/announcer.tsx'
import { domains } from '../shared/domain-count.ts'
import { FormDialog, FormHint } from '../shared/FormDialog.tsx'
import { useApp } from '../store-context.tsx'
import { entryLeftOutText, passedOverText } from './host-list-text.ts'
import styles from './PasteListDialog.module.css'

/** Nobody reads more, and the page stays quick. */
const MOST_SHOWN = 100

/** Opens at once, takes a list of domains, and says before anything is added what becomes of each. */
export function PasteListDialog({ onClose }: { readonly onClose: () => void }) {
  const rows = useApp((state) => state.rows)
  const addHosts = useApp((state) => state.addHosts)
  const [text, setText] = useState('')
  const id = useId()
  const settledText = useDeferredValue(text)
  const entries = useMemo(() => readHostList(settledText, rows.map(hostOfRow)), [settledText, rows])
  const count = hostsOf(entries).length
  const add = () => {
    const texts = hostsOf(readHostList(text, rows.map(hostOfRow))).map((entry) => entry.text)
    addHosts(texts)
    announce(`${domains(texts.length)} added`)
  }

  return (
    <FormDialog
      title="Paste a list of domains"
      confirm={count === 0 ? 'Add domains' : `Add ${domains(count)}`}
      isDisabled={count === 0}
      isWide
      onConfirm={add}
      onClose={onClose}
    >
      <label htmlFor={`${id}-text`}>Domains</label>
      <textarea
        id={`${id}-text`}
        rows={8}
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        placeholder={'api.example.com\nhttps://auth.example.com/login\n*.cdn.example.com'}
        value={text}
        aria-describedby={`${id}-hint`}
        onChange={(event) => setText(event.target.value)}
      />
      <FormHint id={`${id}-hint`}>
        Hosts or URLs, on lines or between commas, or a table with a column such as host, domain or URL.
      </FormHint>
      <Preview entries={entries} />
    </FormDialog>
  )
}

function hostOfRow({ host }: Row) {
  return host.ok ? host.value.host : null
}

function hostsOf(entries: readonly HostListEntry[]): readonly HostListEntry[] {
  return entries.filter(({ outcome }) => outcome.kind === 'host')
}

/** What becomes of the list: how many are added, which are left out and why. */
function Preview({ entries }: { readonly entries: readonly HostListEntry[] }) {
  const id = useId()
  const added = hostsOf(entries)
  const passedOver = passedOverText(entries)
  const leftOut = entries.flatMap((entry) => {
    const reason = entryLeftOutText(entry)
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
