import { useEffect, useState, useSyncExternalStore } from 'react'

/** Who waits, first come first. */
let waiting: readonly symbol[] = []
const listeners = new Set<() => void>()

function change(next: readonly symbol[]) {
  waiting = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/**
 * Dialogs that open by themselves wait for each other: two at once lie on top of each other, and the keyboard is in
 * neither.
 *
 * @returns whether it is this one's turn; it stays so until it no longer wants
 */
export function useTurn(wants: boolean): boolean {
  const [token] = useState(() => Symbol('turn'))
  useEffect(() => {
    if (!wants) return undefined
    change([...waiting, token])
    return () => change(waiting.filter((other) => other !== token))
  }, [wants, token])
  return useSyncExternalStore(subscribe, () => wants && waiting[0] === token)
}
