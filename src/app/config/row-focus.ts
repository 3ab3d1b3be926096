import { useCallback, useEffect, useRef, useState } from 'react'

/** Where a row's element says which row it is. */
export const ROW_NUMBER_ATTRIBUTE = 'data-row-number'

/** Moves the keyboard to a row once it is on the page: into its domain, or to its bar when it is folded. */
export function useRowFocus() {
  const list = useRef<HTMLOListElement>(null)
  const [wanted, setWanted] = useState<{ readonly number: number } | null>(null)
  useEffect(() => {
    if (!wanted) return
    const rows = list.current?.querySelectorAll(`[${ROW_NUMBER_ATTRIBUTE}]`) ?? []
    const numberOf = (row: Element) => Number(row.getAttribute(ROW_NUMBER_ATTRIBUTE))
    const row = [...rows].find((candidate) => numberOf(candidate) >= wanted.number) ?? [...rows].at(-1)
    const target = row?.querySelector<HTMLElement>('input[type="text"]') ?? row?.querySelector<HTMLElement>('button')
    target?.focus()
    target?.scrollIntoView({ block: 'nearest' })
  }, [wanted])
  const focusRow = useCallback((number: number) => setWanted({ number }), [])
  return { list, focusRow }
}
