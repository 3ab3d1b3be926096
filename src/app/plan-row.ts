import type { PlanRow } from '../core/pins/plan-pins.ts'
import { certificatesOf, chainsOf, hostOf, isCurrent, keysOf, type Row } from './row.ts'

/** A row without a usable host, or one whose suffix is still being looked up, brings nothing to the plan. */
export function planRow(row: Row): PlanRow {
  const host = hostOf(row)
  const hostRule =
    host.ok && row.suffix
      ? {
          host: host.value.host,
          port: host.value.port,
          includeSubdomains: row.includeSubdomains,
          registrableDomain: row.suffix.registrableDomain,
          isPublicSuffix: row.suffix.isPublicSuffix,
        }
      : null
  const reserve = row.reading.status === 'done' ? row.reading.report.superfluous : []
  const presented = row.sources
    .filter((source) => source.kind === 'host' && isCurrent(row, source))
    .flatMap(certificatesOf)
  return {
    rowId: row.id,
    hostRule,
    chains: chainsOf(row),
    reserve,
    keys: keysOf(row),
    bundledRoots: row.rootNames,
    served: new Set(presented.map(({ sha256 }) => sha256)),
    choices: row.choices,
  }
}
