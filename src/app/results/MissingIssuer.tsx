import { useRef, useState } from 'react'
import { certificateName, httpIssuerUrls, type Certificate } from '../../core/certificate/certificate.ts'
import { shortLine } from '../../core/single-line.ts'
import type { Row } from '../row.ts'
import { isFocusLost } from '../arrival.ts'
import { announce } from '../shared/announcer.tsx'
import { Button } from '../shared/Button.tsx'
import { FormDialog } from '../shared/FormDialog.tsx'
import { useApp } from '../store-context.tsx'
import { issuerFailureText } from './issuer-failure-text.ts'
import styles from './MissingIssuer.module.css'

/** A certificate may name as many addresses as fit it. */
const MOST_ADDRESSES = 3
const LONGEST_NAME = 100

type Stage =
  | { readonly status: 'idle' | 'asking' | 'not-the-issuer' }
  | { readonly status: 'fetching'; readonly stop: AbortController }
  | { readonly status: 'failed'; readonly text: string }

/** Offers to fetch the certificate above the last one of a chain from where that one says; shows the address first. */
export function MissingIssuer({ row, certificate }: { readonly row: Row; readonly certificate: Certificate }) {
  const fetchIssuer = useApp((state) => state.fetchIssuer)
  const [stage, setStage] = useState<Stage>({ status: 'idle' })
  const button = useRef<HTMLButtonElement>(null)
  const urls = httpIssuerUrls(certificate).slice(0, MOST_ADDRESSES)
  const [chosen, setChosen] = useState(0)
  const stop = stage.status === 'fetching' ? stage.stop : null
  const url = urls[chosen]
  if (url === undefined) return null
  const name = shortLine(certificateName(certificate), LONGEST_NAME)

  const run = async () => {
    const started = new AbortController()
    // The button goes when its chain is complete; the keyboard stays with the chain.
    const figure = button.current?.closest('figure')
    setStage({ status: 'fetching', stop: started })
    announce('Fetching the missing certificate')
    const fetched = await fetchIssuer(row.id, url, started.signal)
    if (!fetched.ok) {
      const { what, next } = issuerFailureText(fetched.failure)
      if (!started.signal.aborted) setStage({ status: 'failed', text: `${what} ${next}` })
      return
    }
    if (isFocusLost()) figure?.focus()
    announce('The certificate was added')
    setStage({ status: 'not-the-issuer' })
  }
  return (
    <div className={styles.offer}>
      <Button
        ref={button}
        onClick={() => {
          stop?.abort()
          setStage({ status: stop ? 'idle' : 'asking' })
        }}
      >
        {stop ? 'Cancel fetching' : 'Fetch the missing certificate'}
        <span className="visually-hidden"> above {name}</span>
      </Button>
      {stage.status === 'failed' ? (
        <p role="alert" className={styles.failed}>
          {stage.text}
        </p>
      ) : null}
      {stage.status === 'not-the-issuer' ? (
        <p role="alert" className={styles.failed}>
          What is at that address did not issue {name}. It was added to the row, and can be removed in Config.
        </p>
      ) : null}
      {stage.status === 'asking' ? (
        <FormDialog
          title="Fetch the missing certificate"
          confirm="Fetch"
          onConfirm={() => void run()}
          onClose={() => setStage((now) => (now.status === 'asking' ? { status: 'idle' } : now))}
        >
          <p>{name} says that the certificate of its issuer is here:</p>
          {urls.length === 1 ? (
            <p>
              <code>{url}</code>
            </p>
          ) : (
            <fieldset>
              <legend className="visually-hidden">Address</legend>
              {urls.map((one, index) => (
                <label key={one} className={styles.choice}>
                  <input type="radio" name="url" checked={index === chosen} onChange={() => setChosen(index)} />
                  <code>{one}</code>
                </label>
              ))}
            </fieldset>
          )}
          <p className={styles.what}>
            This address is sent to Pinsmith’s own endpoint, which fetches the file. Whoever made the certificate chose
            the address.
          </p>
        </FormDialog>
      ) : null}
    </div>
  )
}
