import { cleanHost, type HostFailure } from '../../host/clean-host.ts'
import { hostOf, type Row } from '../row.ts'

/** CAs take no more in one certificate; many take fewer. */
export const MOST_NAMES = 100

export interface RequestNames {
  /** Clean hosts, some behind `*.`, each once, in the order in which they were typed. */
  readonly names: readonly string[]
  /** What is no name. Hostile text. */
  readonly refused: readonly { readonly text: string; readonly failure: HostFailure }[]
}

/** The names that a certificate of the row needs; none without a domain. */
export function namesOfRow(row: Row): readonly string[] {
  const host = hostOf(row)
  if (!host.ok) return []
  return row.includeSubdomains ? [host.value.host, `*.${host.value.host}`] : [host.value.host]
}

/** Takes hosts, URLs and wildcards on lines, or between commas, semicolons or spaces. */
export function readRequestNames(text: string): RequestNames {
  const read = text
    .split(/[\s,;]+/)
    .filter((word) => word !== '')
    .map((word) => ({ word, host: cleanHost(word) }))
  const names = read.flatMap(({ host }) =>
    host.ok ? [host.value.isWildcard ? `*.${host.value.host}` : host.value.host] : [],
  )
  return {
    names: [...new Set(names)],
    refused: read.flatMap(({ word, host }) => (host.ok ? [] : [{ text: word, failure: host.failure }])),
  }
}
