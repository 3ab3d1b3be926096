/**
 * What rows ask for, worked out from the rows alone: no plan, no policy, no format of ours is consulted, so that tests
 * can hold the outputs against it.
 */
import type { PlanRow } from '../../../src/core/pins/plan-pins.ts'

export interface WantedPins {
  readonly leaf: ReadonlySet<string>
  readonly ca: ReadonlySet<string>
}

interface WantedEntry extends WantedPins {
  readonly host: string
  readonly includeSubdomains: boolean
}

/** One entry per host that has a pin, with the pins of its rows and of every parent that includes sub-domains. */
export function wantedEntries(rows: readonly PlanRow[]): WantedEntry[] {
  const own: WantedEntry[] = [...new Set<string>(rows.flatMap(({ hostRule }) => hostRule?.host ?? []))].flatMap(
    (host) => {
      const pinned = rows.filter((row) => row.hostRule?.host === host && pinnedLinks(row).length > 0)
      const links = pinned.flatMap(pinnedLinks)
      if (links.length === 0) return []
      return [
        {
          host,
          includeSubdomains: pinned.some(({ hostRule }) => hostRule?.includeSubdomains === true),
          leaf: new Set<string>(links.filter(({ role }) => role === 'leaf').map(pinOf)),
          ca: new Set<string>(links.filter(({ role }) => role !== 'leaf').map(pinOf)),
        },
      ]
    },
  )
  return own.map(({ host, includeSubdomains }) => {
    const sources = own.filter((one) => one.host === host || (one.includeSubdomains && host.endsWith(`.${one.host}`)))
    return {
      host,
      includeSubdomains,
      leaf: new Set(sources.flatMap(({ leaf }) => Array.from(leaf))),
      ca: new Set(sources.flatMap(({ ca }) => Array.from(ca))),
    }
  })
}

function pinnedLinks({ chains, choices }: PlanRow) {
  return chains
    .flatMap(({ links }) => links)
    .filter(({ role, certificate }) => choices.exceptions.get(certificate.sha256) ?? choices.roles[role])
}

function pinOf({ certificate }: { readonly certificate: { readonly pin: string } }): string {
  return certificate.pin
}

/** Android: the entry of that name, else the nearest parent that includes sub-domains, alone (platforms.md A.4). */
export function wantedOnAndroid(rows: readonly PlanRow[], host: string): ReadonlySet<string> | null {
  const entries = wantedEntries(rows)
  const ancestors = host.split('.').map((_, index, labels) => labels.slice(index).join('.'))
  const entry = ancestors
    .flatMap((name) => entries.find((one) => one.host === name && (name === host || one.includeSubdomains)) ?? [])
    .at(0)
  return entry ? new Set([...entry.leaf, ...entry.ca]) : null
}

const NONE: ReadonlySet<string> = new Set()

/** iOS: the entry of that name and the one a label above that includes sub-domains, merged (B.2). */
export function wantedOnIos(
  rows: readonly PlanRow[],
  host: string,
  lists: 'ca' | 'leaf' | 'both',
): { readonly leafPins: ReadonlySet<string> | null; readonly caPins: ReadonlySet<string> | null } {
  const above = host.split('.').slice(1).join('.')
  const matching = wantedEntries(rows)
    .filter((entry) => entry.host === host || (entry.includeSubdomains && entry.host === above))
    .map(({ leaf, ca }) => {
      const hasBoth = leaf.size > 0 && ca.size > 0
      return { leaf: hasBoth && lists === 'ca' ? NONE : leaf, ca: hasBoth && lists === 'leaf' ? NONE : ca }
    })
  const leaf = matching.flatMap((entry) => Array.from(entry.leaf))
  const ca = matching.flatMap((entry) => Array.from(entry.ca))
  return { leafPins: leaf.length > 0 ? new Set(leaf) : null, caPins: ca.length > 0 ? new Set(ca) : null }
}

/** Hosts that tell outputs apart: those of the rows, two labels below, one above, one that only ends alike. */
export function hostsAround(rows: readonly PlanRow[]): string[] {
  const hosts = rows.flatMap(({ hostRule }) => (hostRule ? [hostRule.host as string] : []))
  const around = hosts.flatMap((host) => [host, `a.${host}`, `b.a.${host}`, host.replace(/^[^.]+\./, ''), `x${host}`])
  return [...new Set([...around, 'unrelated.test'])]
}
