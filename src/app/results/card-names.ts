import { singleLine } from '../../core/single-line.ts'
import { hostOf, liveSourceName, type Row } from '../row.ts'

/**
 * What each row's card is called, by the row's id: its host, and where several rows have the same one, the port too,
 * and where that does not tell them apart either, the number the row has in Config.
 */
export function cardNames(rows: readonly Row[]): ReadonlyMap<string, string> {
  const shared = sharedBy(rows, plainName)
  const sharedWithPort = sharedBy(rows, nameWithPort)
  return new Map(
    rows.map((row, index) => {
      if (!shared.has(plainName(row))) return [row.id, plainName(row)]
      const name = nameWithPort(row)
      return [row.id, sharedWithPort.has(name) ? `${name} (domain ${index + 1})` : name]
    }),
  )
}

function plainName(row: Row): string {
  const host = hostOf(row)
  return host.ok ? host.value.host : singleLine(row.hostText) || 'No domain yet'
}

function nameWithPort(row: Row): string {
  const host = hostOf(row)
  return host.ok ? liveSourceName(host.value) : plainName(row)
}

/** The names that more than one row has. */
function sharedBy(rows: readonly Row[], nameOf: (row: Row) => string): ReadonlySet<string> {
  const names = rows.map(nameOf)
  const seen = new Set<string>()
  return new Set(names.filter((name) => seen.size === seen.add(name).size))
}
