import { useDeferredValue, useId, useMemo, useState } from 'react'
import { isOkHttpLog } from '../../../core/pins/okhttp-log.ts'
import { readPins } from '../../../core/pins/read-pins.ts'
import { takeLongPaste } from '../../shared/long-paste.ts'
import { FaqBlockView } from '../FaqBlockView.tsx'
import { errorBlocks } from './error-answer.ts'
import { ERROR_DICTIONARY, type ErrorEntry } from './error-dictionary.ts'
import styles from './ErrorLookup.module.css'
import { logPins } from './log-pins.ts'
import { LogPinsView } from './LogPinsView.tsx'
import { LONGEST_LOG, matchErrors } from './match-errors.ts'

/** Takes an error message or a whole log, and says what is known of it. The text stays in the page. */
export function ErrorLookup() {
  const [{ text, isCut }, setGiven] = useState({ text: '', isCut: false })
  const give = (value: string) => setGiven({ text: value.slice(0, LONGEST_LOG), isCut: value.length > LONGEST_LOG })
  const id = useId()
  const log = useDeferredValue(text)
  const found = useMemo(() => matchErrors(ERROR_DICTIONARY, log), [log])
  const pins = useMemo(() => (isOkHttpLog(log) ? logPins(readPins(log)) : null), [log])
  const isEmpty = log.trim() === ''
  return (
    <div className={styles.lookup}>
      <label htmlFor={`${id}-log`}>Error message or log lines</label>
      <textarea
        id={`${id}-log`}
        rows={5}
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        placeholder={'javax.net.ssl.SSLHandshakeException: …\nError Domain=NSURLErrorDomain Code=…'}
        value={text}
        aria-describedby={`${id}-hint`}
        onChange={(event) => give(event.target.value)}
        onPaste={(event) => takeLongPaste(event, give)}
      />
      <p id={`${id}-hint`} className={styles.hint}>
        Of Android, OkHttp, iOS, TrustKit, Alamofire, React Native, Flutter, Ktor or curl. What you paste stays in this
        page.
      </p>
      <output className={styles.summary} htmlFor={`${id}-log`} aria-live="polite">
        {summaryOf(isEmpty, found, isCut)}
      </output>
      {!isEmpty && found.length === 0 && pins === null ? <NothingKnown /> : null}
      {found.length > 0 ? (
        <ol className={styles.found} aria-label="What it means, most certain first">
          {found.map((entry) => (
            <li key={entry.id} className={styles.entry}>
              <h3 className={styles.message}>
                <span className={styles.stack}>{entry.stack}</span> {entry.message}
              </h3>
              {errorBlocks(entry).map((block) => (
                <FaqBlockView key={block.kind === 'list' ? 'list' : JSON.stringify(block)} block={block} />
              ))}
              <p className={styles.source}>
                Source:{' '}
                <a href={entry.source.url} target="_blank" rel="noreferrer">
                  {entry.source.title}
                  <span className="visually-hidden">, opens a new tab</span>
                </a>
              </p>
            </li>
          ))}
        </ol>
      ) : null}
      {pins === null ? null : <LogPinsView pins={pins} />}
    </div>
  )
}

function summaryOf(isEmpty: boolean, { length }: readonly ErrorEntry[], isCut: boolean): string {
  if (isEmpty) return ''
  const known =
    length === 0
      ? 'No message that is known here is in this text.'
      : `${length === 1 ? '1 known message is' : `${length} known messages are`} in this text.`
  return isCut ? `${known} It is too long, and was read up to ${LONGEST_LOG.toLocaleString('en')} characters.` : known
}

function NothingKnown() {
  return (
    <div className={styles.nothing}>
      <p>That does not mean that nothing is wrong. Look for more of the log and paste that:</p>
      <ul>
        <li>
          on Android the last line that begins with <code>Caused by:</code>, in <code>adb logcat</code>;
        </li>
        <li>
          on iOS the line with <code>NSURLErrorDomain</code> and the number behind <code>_kCFStreamErrorCodeKey</code>,
          in Xcode’s console;
        </li>
        <li>
          any line with the words <code>pin</code>, <code>certificate</code>, <code>trust</code> or <code>SSL</code>.
        </li>
      </ul>
      <p>
        The first error of a log says more than those that follow from it. To tell pins from other causes, build once
        without them: if the app then connects, they are the cause.
      </p>
    </div>
  )
}
