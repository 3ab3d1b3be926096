import { labelsBelow } from '../pins/host-rule.ts'
import type { PlanRow } from '../pins/plan-pins.ts'
import type { Fix } from './plan-change.ts'
import { listed } from '../wording/wording.ts'

/** Names of hosts that rows and their certificates have, each once; a wildcard stands for one label, whatever it is. */
export function knownNames(rows: readonly PlanRow[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => [...(row.hostRule ? [row.hostRule.host] : []), ...namesInLeaves(row)]))]
}

/**
 * Rows for hosts that an output leaves unpinned, as far as the leaf of a row above them names them: then its certificates
 * are theirs too.
 *
 * @param isMissed whether the output leaves a host unpinned that is to be pinned
 */
export function rowsForNames(rows: readonly PlanRow[], isMissed: (name: string) => boolean): readonly Fix[] {
  const taken = new Set<string>(rows.flatMap(({ hostRule }) => hostRule?.host ?? []))
  return rows.flatMap((row) => {
    const { hostRule } = row
    if (!hostRule) return []
    const names = [...new Set(namesInLeaves(row))].filter((name) => {
      const host = name.replace(/^\*\./, '')
      const isNew = !taken.has(host) && (labelsBelow(host, hostRule.host) ?? 0) > 0 && isMissed(name)
      // Two rows may have the same certificate.
      if (isNew) taken.add(host)
      return isNew
    })
    if (names.length === 0) return []
    return [
      {
        label: `Add ${names.length === 1 ? 'a row' : 'rows'} for ${listed(names)}`,
        change: { kind: 'add-names', rowId: row.rowId, names },
      },
    ]
  })
}

function namesInLeaves({ chains }: PlanRow): readonly string[] {
  return chains.flatMap(({ links }) =>
    links.filter(({ role }) => role === 'leaf').flatMap(({ certificate }) => certificate.dnsNames),
  )
}
