import { Plus } from 'lucide-react'
import { useId, useMemo } from 'react'
import { offeredNames } from '../route-files.ts'
import type { Row } from '../row.ts'
import { announce } from '../shared/announcer.tsx'
import { Button } from '../shared/Button.tsx'
import { useApp } from '../store-context.tsx'
import styles from './OfferedNameList.module.css'

/** Each name can become a row with the same certificate; so can all of them, or none. */
export function OfferedNameList({ row }: { readonly row: Row }) {
  const rows = useApp((state) => state.rows)
  const takeOtherNames = useApp((state) => state.takeOtherNames)
  const dismissOtherNames = useApp((state) => state.dismissOtherNames)
  const id = useId()
  const names = useMemo(() => offeredNames(row, rows), [row, rows])
  if (names.length === 0) return null

  const take = (taken: readonly string[]) => {
    announce(taken.length === 1 ? '1 domain added' : `${taken.length} domains added`)
    void takeOtherNames(row.id, taken)
  }
  return (
    <section className={styles.offer} aria-labelledby={`${id}-title`}>
      <p id={`${id}-title`} className={styles.title}>
        The certificate also names {names.length === 1 ? 'another domain' : `${names.length} other domains`}. Pin it
        there too?
      </p>
      <ul className={styles.names}>
        {names.map((name) => (
          <li key={name}>
            <Button className={styles.name ?? ''} onClick={() => take([name])}>
              <Plus aria-hidden="true" />
              <span className="visually-hidden">Add </span>
              {name}
            </Button>
          </li>
        ))}
      </ul>
      <div className={styles.actions}>
        {names.length > 1 ? <Button onClick={() => take(names)}>Add all {names.length}</Button> : null}
        <Button variant="quiet" onClick={() => dismissOtherNames(row.id)}>
          No, thanks<span className="visually-hidden">: add none of the other names</span>
        </Button>
      </div>
    </section>
  )
}
