import { certificateName, type Certificate, type CertificateFingerprint } from '../core/certificate/certificate.ts'
import type { Chain } from '../core/chain/chain.ts'
import { routeChains, type CertificateHost } from '../core/chain/route-chains.ts'
import { serverChains } from '../core/chain/server-chains.ts'
import type { ChainReport } from '../engine/inspection.ts'
import { certificatesOf, chainsOf, type Row, type RowSource, type SourceState } from './row.ts'

/** A file that was read, whatever came of it. */
export interface ReadFile {
  readonly name: string
  readonly state: SourceState
}

/** A row that a file went to, as it was called then. */
export interface FileDestination {
  readonly rowId: string
  /** Its host, or what is typed there. Hostile text. */
  readonly name: string
  /** `had-it`: every certificate was there already, so nothing was added. */
  readonly how: 'added' | 'made' | 'had-it'
}

/** A certificate of a file that no row takes. */
export interface UnroutedCertificate {
  /** Hostile text. */
  readonly name: string
  readonly reason: 'completes-nothing' | 'names-no-host' | 'not-decodable'
}

export interface RoutedFile extends ReadFile {
  readonly destinations: readonly FileDestination[]
  readonly unrouted: readonly UnroutedCertificate[]
}

/** What new rows and sources start from. */
export interface RowParts {
  readonly emptyRow: () => Row
  readonly nextSourceId: () => string
}

export interface RoutedFiles {
  readonly files: readonly RoutedFile[]
  /** To be added to rows that are there. */
  readonly sources: ReadonlyMap<string, readonly RowSource[]>
  /** Without their hosts, which are typed into them when they stand. */
  readonly madeRows: readonly { readonly row: Row; readonly host: string }[]
}

/**
 * Sends files to the rows that their certificates belong to, each certificate with the name of its file.
 *
 * @param report the chains of all certificates of all files
 */
export function routeFiles(
  files: readonly ReadFile[],
  report: ChainReport,
  rows: readonly Row[],
  { emptyRow, nextSourceId }: RowParts,
): RoutedFiles {
  const routes = routeChains(
    report,
    rows.map((row) => ({
      rowId: row.id,
      host: row.host.ok ? row.host.value.host : null,
      includeSubdomains: row.includeSubdomains,
      chains: chainsOf(row),
    })),
  )
  const destinations = new Map<ReadFile, FileDestination[]>(files.map((file) => [file, []]))
  const sources = new Map<string, readonly RowSource[]>()

  for (const { rowId, certificates } of routes.rows) {
    const row = rows.find(({ id }) => id === rowId)
    if (!row) continue
    const had = new Set(row.sources.flatMap(certificatesOf).map(({ sha256 }) => sha256))
    const added: RowSource[] = []
    for (const file of files) {
      const source = sourceOf(file, certificates, nextSourceId)
      if (!source) continue
      const isNew = certificatesOf(source).some(({ sha256 }) => !had.has(sha256))
      if (isNew) added.push(source)
      destinations.get(file)?.push({ rowId, name: rowName(row), how: isNew ? 'added' : 'had-it' })
    }
    if (added.length > 0) sources.set(rowId, added)
  }

  const madeRows = routes.newRows.map(({ host, includeSubdomains, others, certificates }) => {
    const row = emptyRow()
    const added = files.flatMap((file) => {
      const source = sourceOf(file, certificates, nextSourceId)
      if (source) destinations.get(file)?.push({ rowId: row.id, name: host, how: 'made' })
      return source ?? []
    })
    return { row: { ...row, includeSubdomains, sources: added, otherNames: others.map(writtenName) }, host }
  })

  const unrouted = new Map<CertificateFingerprint, UnroutedCertificate>([
    ...routes.unrouted.map(
      ({ certificate, reason }) => [certificate.sha256, { name: certificateName(certificate), reason }] as const,
    ),
    ...report.notDecodable.map((sha256) => [sha256, { name: '', reason: 'not-decodable' }] as const),
  ])
  return {
    files: files.map((file) => ({
      ...file,
      destinations: destinations.get(file) ?? [],
      unrouted: [...new Set(certificatesIn(file).flatMap(({ sha256 }) => unrouted.get(sha256) ?? []))],
    })),
    sources,
    madeRows,
  }
}

/** What a file is as a source of a row: of its certificates those that belong there; null when none does. */
function sourceOf(
  { name, state }: ReadFile,
  certificates: readonly Pick<Certificate, 'sha256'>[],
  nextSourceId: () => string,
): RowSource | null {
  if (state.status !== 'read') return null
  const wanted = new Set(certificates.map(({ sha256 }) => sha256))
  const found = state.certificates.filter(({ sha256 }) => wanted.has(sha256))
  if (found.length === 0) return null
  return { id: nextSourceId(), kind: 'file', name, state: { ...state, certificates: found } }
}

function certificatesIn({ state }: ReadFile) {
  return state.status === 'read' ? state.certificates : []
}

function rowName({ host, hostText }: Row): string {
  return host.ok ? host.value.host : hostText.trim()
}

function writtenName({ host, includeSubdomains }: CertificateHost): string {
  return includeSubdomains ? `*.${host}` : host
}

/** The host of an offered name. */
export function hostOfName(name: string): string {
  return name.replace(/^\*\./, '')
}

/**
 * The names that a row still offers: those that a certificate of its files still names, and that no row is there for.
 */
export function offeredNames(row: Row, rows: readonly Row[]): readonly string[] {
  const taken = new Set<string>(rows.flatMap(({ host }) => (host.ok ? [host.value.host] : [])))
  return row.otherNames.filter((name) => !taken.has(hostOfName(name)) && chainsNaming(row, name).length > 0)
}

/** A row for a name that a certificate of another has: the same certificates, the same pinned backups, the same choices. */
export function rowForName(row: Row, name: string, { emptyRow, nextSourceId }: RowParts): Row {
  const inChains = chainsNaming(row, name).flatMap(({ links }) => links.map(({ certificate }) => certificate))
  const certificates = [...inChains, ...pinnedReserve(row)]
  const sources = row.sources.flatMap((source) => {
    const taken = sourceOf(source, certificates, nextSourceId)
    // What another host presented is no live chain of this one.
    if (taken) return { ...taken, kind: source.kind === 'host' ? ('text' as const) : source.kind }
    const reserve = pinnedKeysOf(source, row)
    return reserve ? { ...reserve, id: nextSourceId() } : []
  })
  return { ...emptyRow(), includeSubdomains: name.startsWith('*.'), choices: row.choices, sources }
}

/** Pinned CAs that are in no chain. */
function pinnedReserve({ choices, reading }: Row) {
  return reading.status === 'done'
    ? reading.report.superfluous.filter(({ sha256 }) => choices.exceptions.get(sha256) === true)
    : []
}

/** A source for the pinned keys in reserve that it has, without certificates; null when it has none. */
function pinnedKeysOf(source: RowSource, { choices }: Row): RowSource | null {
  const { state } = source
  if (state.status !== 'read' || !state.keys.some(({ pin }) => choices.backupKeys.has(pin))) return null
  return { ...source, state: { ...state, certificates: [] } }
}

function chainsNaming(row: Row, name: string): readonly Chain[] {
  return serverChains(chainsOf(row))
    .filter(({ leaf: { dnsNames } }) => dnsNames.includes(name) || dnsNames.includes(hostOfName(name)))
    .map(({ chain }) => chain)
}
