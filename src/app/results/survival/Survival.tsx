import { lazy, useState } from 'react'
import { serverLeaf } from '../../../core/chain/server-chains.ts'
import { chainsOf, type Row } from '../../row.ts'
import { LazyFold } from '../../shared/Fold.tsx'
import { useReport } from '../../store-context.tsx'
import styles from './Survival.module.css'

const SurvivalSection = lazy(async () => ({ default: (await import('./SurvivalSection.tsx')).SurvivalSection }))

/** What becomes of installed apps when the server changes; worked out once somebody looks. */
export function Survival({ row, name }: { readonly row: Row; readonly name: string }) {
  const { plan } = useReport()
  const [isOpen, setOpen] = useState(false)
  const isPinned = plan.policies.some(({ rowIds }) => rowIds.includes(row.id))
  const hasServer = chainsOf(row).some((chain) => serverLeaf(chain) !== null)
  if (!isPinned || !hasServer) return null
  return (
    <section aria-label={`What ${name} survives`}>
      <LazyFold
        summary={<h4 className={styles.title}>What happens when the server changes</h4>}
        isOpen={isOpen}
        onToggle={setOpen}
      >
        <SurvivalSection row={row} name={name} />
      </LazyFold>
    </section>
  )
}
