import { rolesOfTypedPin } from '../../core/pins/pins-of-row.ts'
import { planRow } from '../plan-row.ts'
import type { Row } from '../row.ts'
import { Button } from '../shared/Button.tsx'
import { CopyButton } from '../shared/CopyButton.tsx'
import { useApp } from '../store-context.tsx'
import { PinRoleChoice } from './PinRoleChoice.tsx'
import styles from './TypedPinList.module.css'

/** The pins of a row that were typed, each with what is known of it. */
export function TypedPinList({ row }: { readonly row: Row }) {
  const addTypedPins = useApp((state) => state.addTypedPins)
  const removeTypedPin = useApp((state) => state.removeTypedPin)
  const asRow = planRow(row)
  return (
    <ul className={styles.pins} aria-label="Typed pins">
      {row.choices.typedPins.map(({ pin, role }) => (
        <li key={pin} className={styles.pin}>
          <div className={styles.line}>
            <span>
              Typed pin <code>{pin}</code>
            </span>
            <span className={styles.actions}>
              <CopyButton text={pin} what={`the pin ${pin}`} />
              <Button
                variant="quiet"
                onClick={(event) => {
                  // This button goes with its pin; the keyboard stays in the row.
                  event.currentTarget.closest('fieldset')?.querySelector<HTMLElement>('input[type="file"]')?.focus()
                  removeTypedPin(row.id, pin)
                }}
              >
                Remove<span className="visually-hidden"> the typed pin {pin}</span>
              </Button>
            </span>
          </div>
          <PinRoleChoice
            pin={pin}
            known={rolesOfTypedPin({ pin, role: 'unknown' }, asRow)}
            rootName={row.rootNames.get(pin) ?? null}
            role={role}
            onChange={(changed) => void addTypedPins(row.id, [{ pin, role: changed }])}
          />
        </li>
      ))}
    </ul>
  )
}
