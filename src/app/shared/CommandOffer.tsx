import { Fragment, useId, type ReactNode } from 'react'
import { SHELLS, showCertificatesCommand, type Shell } from '../openssl-commands.ts'
import type { RowSource } from '../row.ts'
import styles from './CommandOffer.module.css'
import { CopyButton } from './CopyButton.tsx'
import { useShellChoice } from './shell-choice.ts'

const SHELL_NAMES: Readonly<Record<Shell, string>> = { shell: 'Shell', powershell: 'PowerShell' }

/** The way out where the endpoint cannot reach a host: run it yourself, paste what it prints. */
export function CommandOffer({
  source,
  children,
}: {
  /** A live chain that failed; its name is the host and port that were asked. */
  readonly source: Pick<RowSource, 'name'>
  readonly children: ReactNode
}) {
  const { shell, choose } = useShellChoice()
  const group = useId()
  const command = showCertificatesCommand(source.name, shell)
  if (command === null) return null
  return (
    <div className={styles.offer}>
      <fieldset className={styles.shells}>
        <legend className="visually-hidden">Command for {source.name}</legend>
        {SHELLS.map((one) => (
          <label key={one}>
            <input type="radio" name={group} checked={one === shell} onChange={() => choose(one)} />
            {SHELL_NAMES[one]}
          </label>
        ))}
      </fieldset>
      <code className={styles.command}>
        {[...command.matchAll(/\S+/g)].map(({ 0: word, index: position }) => (
          // A line that ends after the hyphen of an option looks as if there were a space.
          <Fragment key={position}>
            {position > 0 ? ' ' : ''}
            <span className={styles.word}>{word}</span>
          </Fragment>
        ))}
      </code>
      {shell === 'powershell' ? (
        <p className={styles.note}>
          Needs openssl, which Git for Windows has in <code>C:\Program Files\Git\usr\bin</code>. What comes with Windows
          shows the chain that Windows builds, which may be another than the server sends.
        </p>
      ) : null}
      <div className={styles.actions}>
        <CopyButton text={command} what="the openssl command" />
        {children}
      </div>
    </div>
  )
}
