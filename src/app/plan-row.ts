import type { PlanRow } from '../core/pins/plan-pins.ts'
import type { ServedList } from '../core/chain/served-list.ts'
import { certificatesOf, chainsOf, hostOf, isCurrent, keysOf, type Row, type ServedChains } from './row.ts'

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
  const live = row.sources.filter((source) => source.kind === 'host' && isCurrent(row, source))
  return {
    rowId: row.id,
    hostRule,
    chains: chainsOf(row),
    reserve,
    keys: keysOf(row),
    bundledRoots: row.rootNames,
    rootStoreDate: row.reading.status === 'done' ? row.reading.report.rootStoreDate : null,
    served: new Set(live.flatMap(certificatesOf).map(({ sha256 }) => sha256)),
    servedLists: live.flatMap(({ state }) => (state.status === 'read' && state.served ? listsOf(state.served) : [])),
    choices: row.choices,
  }
}

function listsOf({ lists, addresses }: ServedChains): readonly ServedList[] {
  return lists.map((fingerprints, index) => ({
    fingerprints,
    presentedBy: addresses.flatMap(({ address, handshakes }) =>
      handshakes
        .filter(({ chain }) => chain === index)
        .map(({ offers, tlsVersion, alpn, clientCertificateRequested }) => ({
          address,
          offers,
          tlsVersion,
          alpn,
          clientCertificateRequested,
        })),
    ),
  }))
}
