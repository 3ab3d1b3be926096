import { choicesTakenBack } from '../core/pins/choices-taken-back.ts'
import type { PinChoices } from '../core/pins/pin-choices.ts'
import type { Row } from './row.ts'
import type { RowsChange } from './undo.ts'

/** Other choices for some rows, by their id, and how they are taken back: what was chosen since stays. */
export function choicesChange(rows: readonly Row[], chosen: ReadonlyMap<string, PinChoices>) {
  const older = new Map(rows.map(({ id, choices }) => [id, choices]))
  const changeEach =
    (choicesOf: (now: PinChoices, before: PinChoices, after: PinChoices) => PinChoices): RowsChange =>
    (all) =>
      all.map((row) => {
        const [before, after] = [older.get(row.id), chosen.get(row.id)]
        return before && after ? Object.assign({}, row, { choices: choicesOf(row.choices, before, after) }) : row
      })
  return {
    change: changeEach((_now, _before, after) => after),
    takeBack: changeEach((now, before, after) => choicesTakenBack(before, after, now)),
  }
}
