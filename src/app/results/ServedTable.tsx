import { certificateName } from '../../core/certificate/certificate.ts'
import { shortLine } from '../../core/single-line.ts'
import { certificatesOf, chainsOf, isCurrent, type Row, type ServedChains } from '../row.ts'
import { servedText, type ServedLine } from './served-text.ts'
import styles from './ServedTable.module.css'

/** What a row's host presented at each address and to each type of client; nothing when it was not asked. */
export function ServedTable({ row }: { readonly row: Row }) {
  const served = row.sources
    .filter((source) => isCurrent(row, source))
    .flatMap(({ id, state }) => (state.status === 'read' && state.served ? [{ id, served: state.served }] : []))
  return served.map((one) => <Table key={one.id} row={row} served={one.served} />)
}

function Table({ row, served }: { readonly row: Row; readonly served: ServedChains }) {
  const pins = new Map(row.sources.flatMap(certificatesOf).map(({ sha256, pin }) => [sha256, pin]))
  const { lines, summary, isUniform, hasSeveralKeys } = servedText(served, pins)
  const names = new Map(
    chainsOf(row).flatMap(({ links }) => links.map(({ certificate }) => [certificate.sha256, nameOf(certificate)])),
  )
  const leftOut = served.addressesLeftOut ?? 0
  return (
    <details className={styles.served} open={!isUniform}>
      <summary>
        <strong>What the server presented:</strong> {summary}
      </summary>
      <table className={styles.table}>
        <caption className="visually-hidden">What the server presented at each address, by the keys offered</caption>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Line key={`${line.address} ${line.offers}`} line={line} names={names} hasSeveralKeys={hasSeveralKeys} />
          ))}
        </tbody>
      </table>
      {leftOut > 0 ? (
        <p className={styles.more}>
          {leftOut === 1 ? '1 more address was' : `${leftOut} more addresses were`} not asked.
        </p>
      ) : null}
    </details>
  )
}

const COLUMNS = ['Address', 'Offered', 'Leaf', 'Sent', 'Connection'] as const
const LONGEST_NAME = 100
/** Enough to tell two pins apart; the chains below have them whole. */
const SHOWN_OF_PIN = 12

function nameOf(certificate: Parameters<typeof certificateName>[0]): string {
  return shortLine(certificateName(certificate), LONGEST_NAME)
}

function Line({
  line: { address, offers, outcome },
  names,
  hasSeveralKeys,
}: {
  readonly line: ServedLine
  readonly names: ReadonlyMap<string, string>
  readonly hasSeveralKeys: boolean
}) {
  return (
    <tr>
      <th scope="row" data-column="Address">
        {address}
      </th>
      <td data-column="Offered">{offers}</td>
      {typeof outcome === 'string' ? (
        <td colSpan={3} data-column="Answer">
          {outcome}
        </td>
      ) : (
        <>
          <td data-column="Leaf">
            <span>
              {names.get(outcome.leaf ?? '') ?? 'not decodable'}
              {outcome.pin === null ? null : (
                <>
                  {' '}
                  <code>{outcome.pin.slice(0, SHOWN_OF_PIN)}…</code>
                </>
              )}
              {hasSeveralKeys ? (
                <>
                  {' '}
                  <span className={outcome.isReferenceKey ? undefined : styles.other}>
                    {outcome.isReferenceKey ? 'same key' : 'another key'}
                  </span>
                </>
              ) : null}
            </span>
          </td>
          <td data-column="Sent">{outcome.certificates}</td>
          <td data-column="Connection">{outcome.connection}</td>
        </>
      )}
    </tr>
  )
}
