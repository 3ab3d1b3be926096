import { ChevronDown, ChevronRight, Trash2 } from 'lucide-react'
import type { ChainRole } from '../../core/chain/chain.ts'
import { roleState } from '../../core/pins/pin-choices.ts'
import { chainsOf, hostOf, isBlank, type Row } from '../row.ts'
import { announce } from '../shared/announcer.tsx'
import { Button } from '../shared/Button.tsx'
import { useApp } from '../store-context.tsx'
import type { DomainRowProps } from './DomainRow.tsx'
import styles from './RowBar.module.css'
import { RowStatus } from './RowStatus.tsx'

const ROLES: readonly ChainRole[] = ['leaf', 'intermediate', 'root']

/** The line that stays when a row is folded: which domain, how far it has come, what it pins. */
export function RowBar({ row, number, onErase }: Pick<DomainRowProps, 'row' | 'number' | 'onErase'>) {
  const foldRow = useApp((state) => state.foldRow)
  const eraseRow = useApp((state) => state.eraseRow)
  const { isFolded } = row
  const host = hostOf(row)
  const name = host.ok ? host.value.host : row.hostText.trim()
  return (
    <div className={styles.bar}>
      <button
        type="button"
        className={styles.fold}
        aria-expanded={!isFolded}
        aria-label={`Details of domain ${number}`}
        onClick={() => foldRow(row.id, !isFolded)}
      >
        {isFolded ? <ChevronRight aria-hidden="true" /> : <ChevronDown aria-hidden="true" />}
      </button>
      <span className={isFolded ? styles.name : styles.number}>{isFolded && name ? name : `Domain ${number}`}</span>
      {isFolded ? <FoldedFacts row={row} /> : null}
      <RowStatus row={row} />
      <Button
        variant="quiet"
        className={styles.erase ?? ''}
        onClick={() => {
          eraseRow(row.id)
          if (!isBlank(row)) announce('Domain erased')
          onErase(number, 'next')
        }}
      >
        <Trash2 aria-hidden="true" />
        <span className={styles.word}>Erase</span>
      </Button>
    </div>
  )
}

function FoldedFacts({ row }: { readonly row: Row }) {
  const isRefused = !hostOf(row).ok && row.hostText.trim() !== ''
  return isRefused ? (
    <span className={styles.refused}>domain refused</span>
  ) : (
    <span className={styles.pins}>{pinsText(row)}</span>
  )
}

function pinsText(row: Row): string {
  const chains = chainsOf(row)
  const reserve = row.reading.status === 'done' ? row.reading.report.superfluous : []
  const roles = [
    ...ROLES.filter((role) => roleState(row.choices, chains, role) !== 'none'),
    ...(reserve.some(({ sha256 }) => row.choices.exceptions.get(sha256) === true) ? ['reserve CA'] : []),
  ]
  const pins = roles.length > 0 ? `pins ${roles.join(', ')}` : 'pins nothing'
  return row.includeSubdomains ? `${pins}, with sub-domains` : pins
}
