import { useId } from 'react'
import type { PinRole } from '../../core/pins/pin-choices.ts'
import type { SpkiPin } from '../../core/pins/spki-pin.ts'
import { shownName } from '../../core/wording/wording.ts'
import { authorityName } from '../../core/trust/known-authorities.ts'
import styles from './PinRoleChoice.module.css'

const ROLE_TEXTS: Readonly<Record<PinRole, string>> = {
  unknown: 'not known: stays out of iOS',
  leaf: 'of the server’s own certificate, now or later',
  ca: 'of a CA: an intermediate or a root',
}

/** Says what a typed pin is, or asks: iOS keeps the keys of servers and those of CAs in different lists. */
export function PinRoleChoice({
  pin,
  known,
  rootName,
  role,
  onChange,
}: {
  readonly pin: SpkiPin
  /** What certificates and bundled roots say; `unknown` alone when they say nothing. */
  readonly known: readonly PinRole[]
  readonly rootName: string | null
  readonly role: PinRole
  readonly onChange: (role: PinRole) => void
}) {
  const id = useId()
  if (known.some((one) => one !== 'unknown')) {
    const name = authorityName(pin)
    const authority = name === null ? 'a certificate of this row' : `the CA ${name}`
    const holder = rootName === null ? authority : `the root ${shownName(rootName)}`
    return <p className={styles.known}>The key of {holder}.</p>
  }
  return (
    <p className={styles.choice}>
      <label htmlFor={id}>
        Whose key <span className="visually-hidden">is {pin}</span>
      </label>
      <select id={id} value={role} onChange={(event) => onChange(event.target.value as PinRole)}>
        {(Object.keys(ROLE_TEXTS) as PinRole[]).map((one) => (
          <option key={one} value={one}>
            {ROLE_TEXTS[one]}
          </option>
        ))}
      </select>
    </p>
  )
}
