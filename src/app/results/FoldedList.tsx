import { shortLine } from '../../core/single-line.ts'
import styles from './FoldedList.module.css'

/** As many as fit a few lines; a certificate of a content network has a hundred names. */
const MOST_UNFOLDED = 4
/** Nobody reads more, and whoever made the certificate may have put in as many as fit a megabyte. */
const MOST_SHOWN = 500
const LONGEST_ITEM = 500

interface FoldedListProps {
  /** What occurs several times is shown once. */
  readonly items: readonly string[]
  readonly layout: 'lines' | 'text'
}

/** Texts from a certificate, the first few in sight and the others folded away; bounded in number and length. */
export function FoldedList({ items, layout }: FoldedListProps) {
  const distinct = [...new Set(items)]
  const folded = distinct.slice(MOST_UNFOLDED, MOST_SHOWN)
  const left = distinct.length - MOST_UNFOLDED - folded.length
  return (
    <>
      <Items items={distinct.slice(0, MOST_UNFOLDED)} layout={layout} />
      {folded.length > 0 ? (
        <details>
          <summary>{distinct.length - MOST_UNFOLDED} more</summary>
          <Items items={folded} layout={layout} />
          {left > 0 ? <p>and {left} that are not shown</p> : null}
        </details>
      ) : null}
    </>
  )
}

function Items({ items, layout }: FoldedListProps) {
  if (layout === 'text' || items.length === 1) return items.map(shownItem).join(', ')
  return (
    <ul className={styles.lines}>
      {items.map((item) => (
        <li key={item}>{shownItem(item)}</li>
      ))}
    </ul>
  )
}

function shownItem(item: string): string {
  return shortLine(item, LONGEST_ITEM)
}
