import type { CheckedAddress } from './guard.js'

/** Runs the work when its turn has come; null when the signal ended before that. */
export type ConnectionGate = <T>(
  address: CheckedAddress,
  signal: AbortSignal,
  work: () => Promise<T>,
) => Promise<T | null>

export interface ConnectionLimits {
  /** Many names may lead to one address, so the address is what is spared. */
  readonly perAddress: number
  readonly inAll: number
}

/** Bounds how many connections are open at a time. Those above the bound wait in the order in which they came. */
export function createConnectionGate({ perAddress, inAll }: ConnectionLimits): ConnectionGate {
  const openTo = new Map<CheckedAddress, number>()
  const waiting = new Set<{ readonly address: CheckedAddress; readonly enter: () => void }>()
  let open = 0

  const hasRoom = (address: CheckedAddress) => open < inAll && (openTo.get(address) ?? 0) < perAddress
  const enter = (address: CheckedAddress) => {
    open += 1
    openTo.set(address, (openTo.get(address) ?? 0) + 1)
  }
  const leave = (address: CheckedAddress) => {
    open -= 1
    const left = (openTo.get(address) ?? 0) - 1
    if (left > 0) openTo.set(address, left)
    else openTo.delete(address)
    for (const next of waiting) {
      if (!hasRoom(next.address)) continue
      waiting.delete(next)
      next.enter()
    }
  }
  /** Whether the turn came before the signal ended. */
  const waitForTurn = (address: CheckedAddress, signal: AbortSignal) =>
    new Promise<boolean>((resolve) => {
      const place = {
        address,
        enter: () => {
          signal.removeEventListener('abort', giveUp)
          enter(address)
          resolve(true)
        },
      }
      const giveUp = () => {
        waiting.delete(place)
        resolve(false)
      }
      waiting.add(place)
      signal.addEventListener('abort', giveUp, { once: true })
    })

  return async (address, signal, work) => {
    if (signal.aborted) return null
    if (hasRoom(address)) enter(address)
    else if (!(await waitForTurn(address, signal))) return null
    try {
      return await work()
    } finally {
      leave(address)
    }
  }
}
