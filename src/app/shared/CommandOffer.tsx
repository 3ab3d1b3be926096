import type { ReactNode } from 'react'
import { showCertificatesCommand } from '../openssl-commands.ts'
import type { RowSource } from '../row.ts'
import styles from './CommandOffer.module.css'
import { CopyButton } from './CopyButton.tsx'

/** The way out where the endpoint cannot reach a host: run it yourself, paste what it prints. */
export function CommandOffer({
  source,
  children,
}: {
  /** A live chain that failed; its name is the host and port that were asked. */
  readonly source: Pick<RowSource, 'name'>
  readonly children: ReactNode
}) {
  const command = showCertificatesCommand(source.name)
  if (command === null) return null
  return (
    <div className={styles.offer}>
      <code className={styles.command}>{command}</code>
      <div className={styles.actions}>
        <CopyButton text={command} what="the openssl command" />
        {children}
      </div>
    </div>
  )
}
