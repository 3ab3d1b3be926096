import { certificateName } from '../../core/certificate/certificate.ts'
import type { Chain } from '../../core/chain/chain.ts'
import { shortLine } from '../../core/single-line.ts'
import { pinComment } from '../../core/formats/pin-comment.ts'
import { rangeLabel } from '../../core/trust/ranges.ts'
import { appCell, pinCell, type CoverageCell } from './coverage-cells.ts'
import type { CoverageGroup, PinCoverage } from './coverage-table.ts'
import styles from './OutcomeTable.module.css'

const LONGEST_NAME = 60
/** Enough to tell two pins apart; the chains below have them whole. */
const SHOWN_OF_PIN = 12

/** Pins by devices, in words and colours: which of the pins match on which phones, and whether the app connects there. */
export function CoverageMatrix({
  group: { chains, table },
  isOnly,
}: {
  readonly group: CoverageGroup
  /** Whether the table is of all chains of the host. */
  readonly isOnly: boolean
}) {
  const labels = table.ranges.map(rangeLabel)
  return (
    <table className={styles.table}>
      <caption className={isOnly ? 'visually-hidden' : styles.caption}>
        {isOnly ? 'Which pins match on which phones' : captionOf(chains)}
      </caption>
      <thead>
        <tr>
          <th scope="col">Pin</th>
          {labels.map((label) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.pins.map((pin) => (
          <tr key={`${pin.pin.role} ${pin.pin.pin}`}>
            <th scope="row">
              <PinName pin={pin} />
            </th>
            {pin.cells.map((coverage, index) => (
              <CellView key={labels[index]} label={labels[index] ?? ''} cell={pinCell(coverage)} />
            ))}
          </tr>
        ))}
        <tr className={styles.together}>
          <th scope="row">All together</th>
          {table.together.map((coverage, index) => (
            <CellView
              key={labels[index]}
              label={labels[index] ?? ''}
              cell={appCell(coverage, table.verdicts[index] ?? null)}
            />
          ))}
        </tr>
      </tbody>
    </table>
  )
}

function captionOf(chains: readonly Chain[]): string {
  const [first] = chains.map(({ links: [leaf] }) => leaf && shortLine(certificateName(leaf.certificate), LONGEST_NAME))
  return chains.length === 1 ? `With the chain of ${first}` : `With ${chains.length} chains, the first of ${first}`
}

function PinName({ pin: { pin } }: { readonly pin: PinCoverage }) {
  return (
    <>
      <span>{shortLine(pinComment(pin), LONGEST_NAME)}</span> <code>{pin.pin.slice(0, SHOWN_OF_PIN)}…</code>
    </>
  )
}

function CellView({ label, cell: { tone, text } }: { readonly label: string; readonly cell: CoverageCell }) {
  return (
    <td data-column={label}>
      <span className={`${styles.cell} ${styles[tone]}`}>{text}</span>
    </td>
  )
}
