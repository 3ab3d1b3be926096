import { changeTogether, isLeafOfParent, type HostPolicy, type PlannedPin, type PlanRow } from '../pins/plan-pins.ts'
import { heldKeys } from './useful-pins.ts'

/**
 * Whether no one change takes all these pins of a host away. What its parents bring belongs to their own chains: where
 * a chain of the host has such a key as well, it goes with that one.
 *
 * @param pins those of its pins that can be of use
 */
export function haveBackup(pins: readonly PlannedPin[], policy: HostPolicy, rows: readonly PlanRow[]): boolean {
  const held = heldKeys(policy, rows)
  const isOfChain = ({ pin, inheritedFrom }: PlannedPin) => inheritedFrom !== null && held.has(pin)
  const others = pins.filter((pin) => !isOfChain(pin) && !isLeafOfParent(pin))
  return !changeTogether(others) || (pins.some(isOfChain) && others.some(({ pin }) => !held.has(pin)))
}
