import { useState, type ReactNode } from 'react'
import { Button } from './Button.tsx'

/** A bundle may have hundreds of chains and findings; nobody looks at them all, and the page stays quick. */
const PORTION = 20

/**
 * Shows the first items of a long list, and more on request.
 *
 * @param what the items in the plural, such as `chains`
 * @returns the items to draw, and the button to draw below them where there are more
 */
export function usePortion<Item>(items: readonly Item[], what: string): readonly [readonly Item[], ReactNode] {
  const [count, setCount] = useState(PORTION)
  const left = items.length - count
  const button =
    left > 0 ? (
      <Button onClick={() => setCount(count + PORTION)}>
        Show {Math.min(PORTION, left)} more of {left.toLocaleString('en')} {what}
      </Button>
    ) : null
  return [items.slice(0, count), button]
}
