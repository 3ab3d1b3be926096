import { useCallback, useEffect, useRef, useState } from 'react'

/** Where a row's element says which row it is. */
export const ROW_NUMBER_ATTRIBUTE = 'data-row-number'

/**
 * Moves the keyboard to a row once it is on the page; where that row is not, to the next one. `domain`: to go on typing.
 * `bar`: after something that can be undone, where Ctrl+Z is not the undoing of typing; folded rows have only that.
 */
export type RowFocus = (number: number, part: 'domain' | 'bar') => void

export function useRowFocus() {
  const list = useRef<HTMLOListElement>(null)
  const [wanted, setWanted] = useState<{ readonly number: number; readonly part: 'domain' | 'bar' } | null>(null)
  useEffect(() => {
    if (!wanted) return
    const rows = list.current?.querySelectorAll(`[${ROW_NUMBER_ATTRIBUTE}]`) ?? []
    const numberOf = (row: Element) => Number(row.getAttribute(ROW_NUMBER_ATTRIBUTE))
    const row = [...rows].find((candidate) => numberOf(candidate) >= wanted.number) ?? [...rows].at(-1)
    const domain = wanted.part === 'domain' ? row?.querySelector<HTMLElement>('input[type="text"]') : null
    const target = domain ?? row?.querySelector<HTMLElement>('button')
    target?.focus()
    target?.scrollIntoView({ block: 'nearest' })
  }, [wanted])
  const focusRow = useCallback<RowFocus>((number, part) => setWanted({ number, part }), [])
  return { list, focusRow }
}
