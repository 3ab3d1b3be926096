import { chooseRole, chooseTypedPin, dropTypedPin, type PinChoices } from '../core/pins/pin-choices.ts'
import type { PlanChange } from '../core/risks/plan-change.ts'
import { choicesChange } from './choices-change.ts'
import { chainsOf, type Row } from './row.ts'
import type { AppState } from './store.ts'

/** Carries out a way out of a finding; it can be undone. */
export async function applyChange(change: PlanChange, state: AppState): Promise<void> {
  switch (change.kind) {
    case 'choose-roles':
      choose(
        state,
        changedChoices(change.rowIds, state.rows, (row) => withRoles(row, change.roles)),
      )
      break
    case 'tell-typed-pins':
      choose(
        state,
        changedChoices(change.rowIds, state.rows, ({ choices }) =>
          choices.typedPins
            .filter(({ pin, role }) => change.pins?.includes(pin) ?? role === 'unknown')
            .reduce((before, { pin }) => chooseTypedPin(before, pin, change.role), choices),
        ),
      )
      break
    case 'drop-typed-pins':
      choose(
        state,
        changedChoices(change.rowIds, state.rows, ({ choices }) => change.pins.reduce(dropTypedPin, choices)),
      )
      break
    case 'set-option':
      state.setUndoably(change.format, change.option, change.value)
      break
    case 'add-names':
      await state.takeOtherNames(change.rowId, change.names)
  }
}

function choose({ rows, changeRows }: AppState, chosen: ReadonlyMap<string, PinChoices>) {
  const { change, takeBack } = choicesChange(rows, chosen)
  changeRows('choices-changed', change, takeBack)
}

function changedChoices(rowIds: readonly string[], rows: readonly Row[], change: (row: Row) => PinChoices) {
  return new Map(rows.filter(({ id }) => rowIds.includes(id)).map((row) => [row.id, change(row)]))
}

function withRoles(row: Row, roles: Extract<PlanChange, { kind: 'choose-roles' }>['roles']): PinChoices {
  const chains = chainsOf(row)
  return (['leaf', 'intermediate', 'root'] as const).reduce((choices, role) => {
    const isPinned = roles[role]
    return isPinned === undefined ? choices : chooseRole(choices, chains, role, isPinned)
  }, row.choices)
}
