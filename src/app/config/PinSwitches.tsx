import { useEffect, useId, useRef } from 'react'
import type { ChainRole } from '../../core/chain/chain.ts'
import { roleState } from '../../core/pins/pin-choices.ts'
import { chainsOf, type Row } from '../row.ts'
import { useApp } from '../store-context.tsx'
import styles from './PinSwitches.module.css'

const ROLES: readonly ChainRole[] = ['leaf', 'intermediate', 'root']

/** What a row pins. A role whose certificates differ shows the mixed state; ticking it then pins them all. */
export function PinSwitches({ row }: { readonly row: Row }) {
  const includeSubdomains = useApp((state) => state.includeSubdomains)
  const pinRole = useApp((state) => state.pinRole)
  const reachId = useId()
  const chains = chainsOf(row)
  return (
    <div className={styles.switches}>
      <span className={styles.withHelp}>
        <label className={styles.switch}>
          <input
            type="checkbox"
            checked={row.includeSubdomains}
            onChange={(event) => includeSubdomains(row.id, event.target.checked)}
          />
          Pin sub-domains
        </label>
        <button type="button" className={styles.help} popoverTarget={reachId}>
          <span aria-hidden="true">?</span>
          <span className="visually-hidden">How far sub-domains reach</span>
        </button>
        <span id={reachId} popover="auto" className={styles.reach}>
          Android pins sub-domains of every depth. iOS pins exactly one more label: with example.com, a.example.com is
          pinned and b.a.example.com is not.
        </span>
      </span>
      {ROLES.map((role) => (
        <RoleSwitch
          key={role}
          role={role}
          state={roleState(row.choices, chains, role)}
          onChange={(pinned) => pinRole(row.id, role, pinned)}
        />
      ))}
    </div>
  )
}

function RoleSwitch({
  role,
  state,
  onChange,
}: {
  readonly role: ChainRole
  readonly state: 'all' | 'some' | 'none'
  readonly onChange: (pinned: boolean) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (input.current) input.current.indeterminate = state === 'some'
  }, [state])
  return (
    <label className={styles.switch}>
      <input
        ref={input}
        type="checkbox"
        checked={state === 'all'}
        onChange={(event) => onChange(event.target.checked)}
      />
      Pin {role} certificate
    </label>
  )
}
