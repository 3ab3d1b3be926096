import { useId, useMemo } from 'react'
import { PLATFORM_OUTPUTS } from '../../../core/formats/platform-outputs.ts'
import type { FormatId } from '../../../core/formats/registry.ts'
import type { ProjectSettings } from '../../../core/settings/project-settings.ts'
import type { SurvivalColumn } from '../../../core/survival/output-check.ts'
import {
  APP_FORMATS,
  survivalTable,
  type SurvivalCell,
  type SurvivalRow,
  type SurvivalTable,
} from '../../../core/survival/survival-table.ts'
import tableStyles from '../CoverageMatrix.module.css'
import type { Row } from '../../row.ts'
import { Fold } from '../../shared/Fold.tsx'
import { useApp, useReport } from '../../store-context.tsx'
import styles from './SurvivalSection.module.css'
import { cellText, columnText, eventText, OUTCOME_WORDS, thiefText, type CellPart } from './survival-text.ts'

/** Shown in any case: what the platforms enforce themselves. */
const ALWAYS_SHOWN: ReadonlySet<string> = new Set(Object.values(PLATFORM_OUTPUTS))
const OTHER_OUTPUTS = APP_FORMATS.filter(({ id }) => !ALWAYS_SHOWN.has(id))

/** For all domains of a project. */
const isShown = (id: FormatId, { survival }: ProjectSettings) => survival?.[id] === true

/** Nobody reads more; a CA may have dozens of roots. */
const MOST_PARTS = 12

/** Events by outputs, in words and colours; each cell tells which pin decides. */
export function SurvivalSection({ row, name }: { readonly row: Row; readonly name: string }) {
  const { plan, rows, now } = useReport()
  const settings = useApp((state) => state.settings)
  const table = useMemo(
    () =>
      survivalTable({
        rowId: row.id,
        rows,
        plan,
        settings,
        formats: APP_FORMATS.filter(({ id }) => ALWAYS_SHOWN.has(id) || isShown(id, settings)),
        now,
      }),
    [row.id, rows, plan, settings, now],
  )
  if (!table) return <p>Nothing is pinned for a server certificate of this domain.</p>
  return (
    <div className={styles.section}>
      <p>
        What an installed app with these pins does before it is updated. Each cell tells, when it is opened, which pin
        decides. New certificates are taken to be ones that the phone trusts, unless something is known against the
        root.
      </p>
      <Matrix table={table} name={name} />
      {table.leftOut > 0 ? (
        <p>{table.leftOut.toLocaleString('en')} more chains of this domain are not looked at.</p>
      ) : null}
      <OutputSwitches />
    </div>
  )
}

function Matrix({ table, name }: { readonly table: SurvivalTable; readonly name: string }) {
  const labels = table.columns.map(columnText)
  const renewal = table.rows.find(({ event }) => event === 'same-key')
  return (
    <table className={tableStyles.table}>
      <caption className="visually-hidden">What {name} survives</caption>
      <thead>
        <tr>
          <th scope="col">What happens</th>
          {labels.map((label) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row) => (
          <EventRow key={row.event} row={row} table={table} labels={labels} renewal={renewal} />
        ))}
      </tbody>
    </table>
  )
}

function EventRow({
  row: { event, cells },
  table,
  labels,
  renewal,
}: {
  readonly row: SurvivalRow
  readonly table: SurvivalTable
  readonly labels: readonly string[]
  readonly renewal: SurvivalRow | undefined
}) {
  const { label, meaning } = eventText(event, table)
  const isTheft = event === 'key-stolen'
  const thiefPasses = isTheft && renewal?.cells.some(({ outcome }) => outcome !== 'blocked')
  return (
    <tr>
      <th scope="row">
        <span className={styles.event}>{label}</span>
        <span className={styles.meaning}>
          {meaning}
          {thiefPasses ? ' Until then, and until the app is updated, the thief’s server passes as well.' : null}
        </span>
      </th>
      {cells.map((cell, index) => {
        const column = table.columns[index]
        const thief = isTheft ? renewal?.cells[index] : undefined
        return column ? (
          <td key={labels[index]} data-column={labels[index]}>
            <Cell cell={cell} column={column} title={`${label}, ${labels[index]}`} thief={thief} />
          </td>
        ) : null
      })}
    </tr>
  )
}

function Cell({
  cell,
  column,
  title,
  thief,
}: {
  readonly cell: SurvivalCell
  readonly column: SurvivalColumn
  readonly title: string
  /** Of the key in service, where it was stolen. */
  readonly thief: SurvivalCell | undefined
}) {
  const id = useId()
  const { word, tone } = OUTCOME_WORDS[cell.outcome]
  const { sentence, parts } = cellText(cell, column)
  return (
    <>
      <button type="button" className={`${tableStyles.cell} ${tableStyles[tone]} ${styles.cell}`} popoverTarget={id}>
        {word}
        <span className="visually-hidden">, why</span>
      </button>
      <section id={id} popover="auto" className={styles.why} aria-label={`${title}, ${word}`}>
        <p className={styles.title}>
          {title}: {word}
        </p>
        <p>{sentence}</p>
        {parts.length > 0 ? (
          <ul className={styles.parts}>
            {parts.slice(0, MOST_PARTS).map((part) => (
              <Part key={`${part.lead} ${part.chain}`} part={part} />
            ))}
            {parts.length > MOST_PARTS ? <li>and {parts.length - MOST_PARTS} more</li> : null}
          </ul>
        ) : null}
        {thief ? <p>{thiefText(thief)}</p> : null}
      </section>
    </>
  )
}

function Part({ part: { lead, because, saving, chain } }: { readonly part: CellPart }) {
  return (
    <li>
      {lead}
      {saving.length > 0 ? (because === null ? ', by ' : ', although it has ') : null}
      {saving.map(({ name, pin }, index) => (
        <span key={pin}>
          {index > 0 ? ' and ' : null}
          {name} <code>{pin}</code>
        </span>
      ))}
      {because === null ? null : `${saving.length > 0 ? '' : '.'} ${because}`}
      <span className={styles.chain}>Chain: {chain}</span>
    </li>
  )
}

/** Which outputs are columns beside those of the platforms. */
function OutputSwitches() {
  const settings = useApp((state) => state.settings)
  const set = useApp((state) => state.set)
  const shown = OTHER_OUTPUTS.filter(({ id }) => isShown(id, settings)).length
  return (
    <Fold summary={shown > 0 ? `Other outputs, ${shown} shown` : 'Other outputs'}>
      <fieldset className={styles.outputs}>
        <legend className="visually-hidden">Other outputs as columns</legend>
        {OTHER_OUTPUTS.map(({ id, title }) => (
          <label key={id} className={styles.output}>
            <input
              type="checkbox"
              checked={isShown(id, settings)}
              onChange={(event) => set('survival', id, event.target.checked)}
            />
            {title}
          </label>
        ))}
      </fieldset>
    </Fold>
  )
}
