import type { Instant } from '../../../core/instant.ts'
import type { PinChoices } from '../../../core/pins/pin-choices.ts'
import type { Strategy } from '../../../core/strategy/advice.ts'
import { choicesBy } from '../../../core/strategy/apply-strategy.ts'
import { rootsToPin } from '../../../core/strategy/roots-to-pin.ts'
import type { CaFamily } from '../../../core/trust/ca-families.ts'
import { recognise } from '../../../core/trust/recognise.ts'
import { choicesChange } from '../../choices-change.ts'
import { planRow } from '../../plan-row.ts'
import { chainsOf, hostOf, type Row } from '../../row.ts'
import type { RowsChange } from '../../undo.ts'

/** What a strategy makes of some rows. */
export interface AppliedStrategy {
  readonly change: RowsChange
  readonly takeBack: RowsChange
  /** Rows that it fits. */
  readonly changed: readonly Row[]
  /** Rows that stay as they are, since it does not fit what they have. */
  readonly unfit: readonly Row[]
}

export function applyToRows(
  rows: readonly Row[],
  strategy: Strategy,
  secondCa: CaFamily | null,
  now: Instant,
): AppliedStrategy {
  const applied = new Map<string, PinChoices>()
  for (const row of rows) {
    const chains = chainsOf(row).slice(0, MOST_LOOKED_AT)
    const roots = [
      ...familiesOf(row).flatMap((family) => rootsToPin(family, chains, now)),
      ...(secondCa ? rootsToPin(secondCa, [], now) : []),
    ]
    const after = choicesBy(strategy, planRow(row), roots)
    if (after) applied.set(row.id, after)
  }
  return {
    ...choicesChange(rows, applied),
    changed: rows.filter(({ id }) => applied.has(id)),
    unfit: rows.filter(({ id }) => !applied.has(id)),
  }
}

/** A bundle may have hundreds of chains. */
const MOST_LOOKED_AT = 20

/** The CAs that issued for a row, as far as they are known. */
export function familiesOf(row: Row): readonly CaFamily[] {
  const host = hostOf(row)
  const name = host.ok ? host.value.host : null
  const chains = chainsOf(row).slice(0, MOST_LOOKED_AT)
  return [...new Set(chains.flatMap((chain) => recognise(chain, name).family?.family ?? []))]
}

/** Whether a row has a key to pin that is not in service. */
export function hasReserveKey(row: Row): boolean {
  const pinned = choicesBy('own-key', planRow(row), [])
  return pinned !== null && (pinned.backupKeys.size > 0 || pinned.typedPins.some(({ role }) => role === 'leaf'))
}
