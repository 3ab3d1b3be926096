import type { ReactNode } from 'react'
import type { SpkiPin } from '../../core/pins/spki-pin.ts'
import { CopyButton } from './CopyButton.tsx'
import styles from './PinSwitch.module.css'

/** A key that is pinned by itself, such as a backup: a box to tick, and the pin. */
export function PinSwitch({
  pin,
  name,
  isPinned,
  onChange,
  children,
}: {
  readonly pin: SpkiPin
  /** What the pin belongs to, for the copy button. */
  readonly name: string
  readonly isPinned: boolean
  readonly onChange: (pinned: boolean) => void
  /** What the box says. */
  readonly children: ReactNode
}) {
  return (
    <div className={styles.key}>
      <label className={styles.switch}>
        <input type="checkbox" checked={isPinned} onChange={(event) => onChange(event.target.checked)} />
        <span>{children}</span>
      </label>
      <div className={styles.pin}>
        <code>{pin}</code>
        <CopyButton text={pin} what={`the pin of ${name}`} />
      </div>
    </div>
  )
}
