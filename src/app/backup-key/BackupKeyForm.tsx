import { useId, useState } from 'react'
import { shownName } from '../../core/wording/wording.ts'
import type { BackupKeyFailure, BackupKeyOrder } from '../../engine/backup-key.ts'
import { hostFailureText } from '../host-text.ts'
import type { Row } from '../row.ts'
import { Button } from '../shared/Button.tsx'
import { FormHint } from '../shared/FormDialog.tsx'
import dialogStyles from '../shared/FormDialog.module.css'
import styles from './BackupKeyDialog.module.css'
import { hasWebCrypto, keyFailureText } from './create-key.ts'
import { DEFAULT_KEY_TYPE, isKeyType, KEY_TYPES } from './key-types.ts'
import { MakingCommands } from './MakingCommands.tsx'
import { isBeyondAscii, passphraseProblem, SHORTEST_PASSPHRASE } from './passphrase.ts'
import { MOST_NAMES, namesOfRow, readRequestNames, type RequestNames } from './request-names.ts'

/** Asks what is needed for a key: names, kind and passphrase. Without WebCrypto it tells how OpenSSL makes the same. */
export function BackupKeyForm({
  row,
  titleId,
  isMaking,
  failure,
  onMake,
  onLeave,
}: {
  readonly row: Row
  readonly titleId: string
  readonly isMaking: boolean
  readonly failure: BackupKeyFailure | null
  readonly onMake: (order: BackupKeyOrder) => void
  readonly onLeave: () => void
}) {
  const [namesText, setNamesText] = useState(() => namesOfRow(row).join('\n'))
  const [keyType, setKeyType] = useState(DEFAULT_KEY_TYPE)
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [isShown, setShown] = useState(false)
  /** What is missing is said when the key is asked for, not while it is being typed. */
  const [wasAsked, setWasAsked] = useState(false)
  const id = useId()
  const requestNames = readRequestNames(namesText)
  const { names } = requestNames
  const canMake = hasWebCrypto() && failure?.kind !== 'no-web-crypto'
  const namesFault = wasAsked || requestNames.refused.length > 0 ? namesProblem(requestNames) : null
  const passphraseFault = wasAsked && canMake ? passphraseProblem(passphrase, again) : null
  const problem = namesFault ?? passphraseFault ?? (failure && canMake ? failureSentence(failure) : null)

  const submit = (form: HTMLFormElement) => {
    if (isMaking) return
    setWasAsked(true)
    if (namesProblem(requestNames) !== null) document.getElementById(`${id}-names`)?.focus()
    else if (passphraseProblem(passphrase, again) !== null) document.getElementById(`${id}-passphrase`)?.focus()
    else {
      // The field that may have the keyboard is about to be disabled.
      form.querySelector<HTMLElement>('[type="submit"]')?.focus()
      onMake({ keyType, names, passphrase })
    }
  }

  return (
    <form
      className={dialogStyles.form}
      // Faults are told in our own words.
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit(event.currentTarget)
      }}
    >
      <h2 id={titleId}>Make a backup key</h2>
      <p>
        A key that no server uses yet. Its pin goes into the app now, so that the app still connects on the day you have
        to put it into service.
      </p>
      <p className={styles.aside}>
        There is one already? Add its request (CSR), public key or certificate as a file, or type its pin under “Add
        ready pins”. The roots of a second CA serve as well: pin them in <a href="#results">Results</a>.{' '}
        <a href="#faq/backup-pin">About backup pins</a>
      </p>

      <fieldset className={styles.fields} disabled={isMaking}>
        <label htmlFor={`${id}-names`}>Names in the request</label>
        <textarea
          id={`${id}-names`}
          rows={3}
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          placeholder={'api.example.com\n*.api.example.com'}
          value={namesText}
          aria-invalid={namesFault !== null}
          aria-describedby={`${id}-problem ${id}-names-hint`}
          onChange={(event) => setNamesText(event.target.value)}
        />
        <FormHint id={`${id}-names-hint`}>
          One per line. A CA checks them before it certifies the key. The pin belongs to the key, whatever the names
          are.
        </FormHint>

        <label htmlFor={`${id}-type`}>Kind of key</label>
        <select
          id={`${id}-type`}
          className={styles.field}
          value={keyType}
          aria-describedby={`${id}-type-hint`}
          onChange={(event) => {
            if (isKeyType(event.target.value)) setKeyType(event.target.value)
          }}
        >
          {Object.entries(KEY_TYPES).map(([value, { name }]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
        <FormHint id={`${id}-type-hint`}>
          {KEY_TYPES[keyType].hint} Your CA and your server have to accept it; in doubt take the kind that is in
          service.
        </FormHint>

        {canMake ? (
          <>
            <label htmlFor={`${id}-passphrase`}>Passphrase</label>
            <input
              id={`${id}-passphrase`}
              className={styles.field}
              type={isShown ? 'text' : 'password'}
              autoComplete="off"
              spellCheck={false}
              value={passphrase}
              aria-invalid={passphraseFault !== null}
              aria-describedby={`${id}-problem ${id}-passphrase-hint`}
              onChange={(event) => setPassphrase(event.target.value)}
            />
            <label htmlFor={`${id}-again`}>Passphrase again</label>
            <input
              id={`${id}-again`}
              className={styles.field}
              type={isShown ? 'text' : 'password'}
              autoComplete="off"
              spellCheck={false}
              value={again}
              aria-invalid={passphraseFault !== null}
              aria-describedby={`${id}-problem`}
              onChange={(event) => setAgain(event.target.value)}
            />
            <label className={styles.show}>
              <input type="checkbox" checked={isShown} onChange={(event) => setShown(event.target.checked)} />
              Show passphrase
            </label>
            <FormHint id={`${id}-passphrase-hint`}>
              At least {SHORTEST_PASSPHRASE} characters, for example five words that have nothing to do with each other.
              Whoever loses it has lost the key: nobody can open the file without it.
              {isBeyondAscii(passphrase)
                ? ' It holds characters beyond ASCII, taken as UTF-8. Consoles that write them otherwise, as on Windows, do not open the key.'
                : ''}
            </FormHint>
          </>
        ) : (
          <MakingCommands keyType={keyType} names={names} />
        )}
      </fieldset>

      <div className={dialogStyles.actions}>
        <output id={`${id}-problem`} className={isMaking ? styles.progress : styles.problem}>
          {isMaking ? 'Making the key. A large RSA key may take half a minute.' : problem}
        </output>
        {isMaking ? <progress className={styles.progress} aria-label="Making the key" /> : null}
        <Button onClick={onLeave}>{canMake ? 'Cancel' : 'Close'}</Button>
        {canMake ? (
          // Not disabled while it works: the keyboard would lose its place.
          <Button type="submit" variant="primary" aria-disabled={isMaking}>
            Make the key
          </Button>
        ) : null}
      </div>
    </form>
  )
}

function failureSentence(failure: BackupKeyFailure): string {
  const { what, next } = keyFailureText(failure)
  return `${what} ${next}`
}

function namesProblem({ names, refused: [refused] }: RequestNames): string | null {
  if (refused)
    return `“${shownName(refused.text)}” cannot be a name in a request. ${hostFailureText(refused.failure).what}`
  if (names.length === 0) return 'Type at least one name, such as api.example.com.'
  return names.length > MOST_NAMES ? `These are ${names.length} names; CAs take at most ${MOST_NAMES}.` : null
}
