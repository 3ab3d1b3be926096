import type { Format } from '../../core/formats/format.ts'
import styles from './NegativeTest.module.css'

/** What a file of wrong pins is called, so that nobody takes it for the real one. */
export const WRONG_PINS_PREFIX = 'wrong-pins-'

/** Shows the output with pins that no key has, and how to see with them that the app really checks pins. */
export function NegativeTest({
  format,
  isOn,
  hasAny,
  onChange,
}: {
  readonly format: Format
  readonly isOn: boolean
  /** Whether the output has anything of the plan. */
  readonly hasAny: boolean
  readonly onChange: (isOn: boolean) => void
}) {
  const isOfCertificates = format.abilities.needs === 'certificates'
  return (
    <div className={isOn ? styles.on : undefined}>
      <label className={styles.switch}>
        <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.target.checked)} />
        {isOfCertificates ? 'Show a wrong certificate, for a negative test' : 'Show wrong pins, for a negative test'}
      </label>
      {isOn ? (
        <div className={styles.steps} role="note" aria-label="Negative test">
          {hasAny ? (
            <>
              <p>
                <strong>
                  {isOfCertificates
                    ? 'No server has the certificate below. Never ship it.'
                    : 'No key has the pins below. Never ship them.'}
                </strong>
              </p>
              {format.kind === 'app' ? (
                <AppSteps failsWith={format.failsWith} what={isOfCertificates ? 'certificate' : 'pins'} />
              ) : (
                <ToolSteps failsWith={format.failsWith} />
              )}
            </>
          ) : (
            <p>This output has nothing of these pins, so there is nothing to make wrong.</p>
          )}
        </div>
      ) : null}
    </div>
  )
}

function AppSteps({ failsWith, what }: Pick<Format, 'failsWith'> & { readonly what: 'certificate' | 'pins' }) {
  return (
    <ol>
      <li>Put what is below in the place of the right one, in a build that only you install.</li>
      <li>
        Start the app anew, so that no open connection is used, and let it connect to each host. It has to fail:{' '}
        <code>{failsWith}</code>.
      </li>
      <li>
        If it connects, that connection is not pinned by this output, and the right {what} would not be checked either.
      </li>
      <li>Put the right one back, and see that the app connects.</li>
    </ol>
  )
}

function ToolSteps({ failsWith }: Pick<Format, 'failsWith'>) {
  return (
    <ol>
      <li>
        Use what is below in the place of the right one. It has to fail
        {failsWith === null ? null : (
          <>
            : <code>{failsWith}</code>
          </>
        )}
        .
      </li>
      <li>Use the right one again, and see that it succeeds.</li>
    </ol>
  )
}
