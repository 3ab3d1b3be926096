/**
 * What rows ask for, worked out from the rows alone: no plan, no policy, no format of ours is consulted, so that tests
 * can hold the outputs against it.
 */
import type { PlanRow } from '../../../src/core/pins/plan-pins.ts'

const NONE: ReadonlySet<string> = new Set()

export interface WantedPins {
  readonly leaf: ReadonlySet<string>
  readonly ca: ReadonlySet<string>
  /** Typed, and nobody can say which of the two. */
  readonly unknown: ReadonlySet<string>
}

interface WantedEntry extends WantedPins {
  readonly host: string
  readonly includeSubdomains: boolean
}

const entriesByRows = new WeakMap<readonly PlanRow[], readonly WantedEntry[]>()

/** One entry per host that has a pin, with the pins of its rows and of every parent that includes sub-domains. */
export function wantedEntries(rows: readonly PlanRow[]): readonly WantedEntry[] {
  // Asked for every host of the same rows.
  const entries = entriesByRows.get(rows) ?? entriesOf(rows)
  entriesByRows.set(rows, entries)
  return entries
}

function entriesOf(rows: readonly PlanRow[]): WantedEntry[] {
  const own = [...new Set<string>(rows.flatMap(({ hostRule }) => hostRule?.host ?? []))].flatMap((host) => {
    const pinned = rows.filter((row) => row.hostRule?.host === host && wantedOfRow(row).length > 0)
    if (pinned.length === 0) return []
    const wanted = pinned.flatMap(wantedOfRow)
    return [
      {
        host,
        includeSubdomains: pinned.some(({ hostRule }) => hostRule?.includeSubdomains === true),
        ...byRole(wanted),
      },
    ]
  })
  return own.map(({ host, includeSubdomains }) => {
    const sources = own.filter((one) => one.host === host || (one.includeSubdomains && host.endsWith(`.${one.host}`)))
    const { leaf, ca, unknown } = byRole(sources.flatMap(rolesOf))
    return { host, includeSubdomains, leaf, ca, unknown }
  })
}

type Wanted = readonly [role: 'leaf' | 'ca' | 'unknown', pin: string]

function rolesOf({ leaf, ca, unknown }: WantedPins): Wanted[] {
  return [
    ...Array.from(leaf, (pin) => ['leaf', pin] as const),
    ...Array.from(ca, (pin) => ['ca', pin] as const),
    ...Array.from(unknown, (pin) => ['unknown', pin] as const),
  ]
}

/** A pin that is a leaf's or a CA's anywhere is not unknown. */
function byRole(wanted: readonly Wanted[]): WantedPins {
  const of = (role: string) => new Set(wanted.filter(([one]) => one === role).map(([, pin]) => pin))
  const [leaf, ca] = [of('leaf'), of('ca')]
  return { leaf, ca, unknown: new Set([...of('unknown')].filter((pin) => !leaf.has(pin) && !ca.has(pin))) }
}

function roleOfLink(role: string): 'leaf' | 'ca' {
  return role === 'leaf' ? 'leaf' : 'ca'
}

function wantedOfRow({ chains, choices, keys, bundledRoots, reserve }: PlanRow): Wanted[] {
  const links = chains.flatMap((chain) => chain.links)
  const known = (pin: string): Wanted[] =>
    links.filter(({ certificate }) => certificate.pin === pin).map(({ role }) => [roleOfLink(role), pin])
  const pinned = links
    .filter(({ role, certificate }) => choices.exceptions.get(certificate.sha256) ?? choices.roles[role])
    .map(({ role, certificate }): Wanted => [roleOfLink(role), certificate.pin])
  const backups = keys
    .filter(({ pin }) => choices.backupKeys.has(pin))
    .flatMap(({ pin }): Wanted[] => (known(pin).length > 0 ? known(pin) : [['leaf', pin]]))
  const typed = choices.typedPins.flatMap(({ pin, role }): Wanted[] => {
    const found: Wanted[] = [...known(pin), ...(bundledRoots.has(pin) ? [['ca', pin] as const] : [])]
    if (found.length > 0) return found
    return keys.some((key) => key.pin === pin) ? [['leaf', pin]] : [[role, pin]]
  })
  const kept = reserve
    .filter(({ sha256 }) => choices.exceptions.get(sha256) === true)
    .map(({ pin }): Wanted => ['ca', pin])
  return [...pinned, ...kept, ...backups, ...typed]
}

/**
 * Android: the entry of that name, else the nearest parent that includes sub-domains, alone (platforms.md A.4).
 *
 * @param unpinned what the option for hosts that stay unpinned holds
 */
export function wantedOnAndroid(rows: readonly PlanRow[], host: string, unpinned = ''): ReadonlySet<string> | null {
  const entries = [
    ...wantedEntries(rows),
    ...wantedUnpinned(rows, unpinned).map(({ host: name, includeSubdomains }) => ({
      host: name,
      includeSubdomains,
      leaf: NONE,
      ca: NONE,
      unknown: NONE,
    })),
  ]
  const entry = namesAbove(host)
    .flatMap((name) => entries.find((one) => one.host === name && (name === host || one.includeSubdomains)) ?? [])
    .at(0)
  const pins = entry ? [...entry.leaf, ...entry.ca, ...entry.unknown] : []
  return pins.length > 0 ? new Set(pins) : null
}

/** The host itself, then its parents, the nearest first. */
function namesAbove(host: string): string[] {
  return host.split('.').map((_, index, labels) => labels.slice(index).join('.'))
}

/** Labels with dots between them, none at an end, and no address. */
function isHost(text: string): boolean {
  return (
    text.length < 254 &&
    /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)*[a-z\d](?:[a-z\d-]*[a-z\d])?$/.test(text) &&
    !/(?:^|\.)\d+$/.test(text)
  )
}

/** The hosts that the option takes out of their parents' pins: words that are hosts, no row's, below a parent. */
export function wantedUnpinned(
  rows: readonly PlanRow[],
  unpinned: string,
): { readonly host: string; readonly includeSubdomains: boolean }[] {
  const words = unpinned.toLowerCase().split(/[\s,;]/)
  const hosts = new Set(words.map((word) => word.replace(/^\*\./, '')).filter(isHost))
  const entries = wantedEntries(rows)
  return [...hosts]
    .filter((host) => !entries.some((entry) => entry.host === host))
    .filter((host) => entries.some((entry) => entry.includeSubdomains && host.endsWith(`.${entry.host}`)))
    .map((host) => ({ host, includeSubdomains: words.includes(`*.${host}`) }))
}

/** What looks at the leaf alone finds there: the leaf pins of the entry that speaks for a host; null: not pinned. */
export function wantedLeafPins(rows: readonly PlanRow[], host: string): ReadonlySet<string> | null {
  const entries = wantedEntries(rows).filter(({ leaf }) => leaf.size > 0)
  const names = host.split('.').map((_, index, labels) => labels.slice(index).join('.'))
  const speaking = names.flatMap((name) =>
    entries.filter((one) => one.host === name && (name === host || one.includeSubdomains)),
  )
  return speaking[0]?.leaf ?? null
}

/** What a host's entry trusts: certificates by fingerprint, and the device's own store. */
export interface WantedAnchors {
  readonly own: ReadonlySet<string>
  readonly store: boolean
}

/**
 * Null where the phone's defaults are right: no chain of the host, nor of the parent that speaks for it while it has
 * none, ends at a root of its own. What a proxy issued is never trusted.
 */
export function wantedAnchors(rows: readonly PlanRow[], host: string): WantedAnchors | null {
  const pinned = rows.filter((row) => wantedOfRow(row).length > 0)
  const names = host.split('.').map((_, index, labels) => labels.slice(index).join('.'))
  const speaker = names.find((name) =>
    pinned.some(
      ({ hostRule, chains }) =>
        hostRule?.host === name && (name === host || hostRule.includeSubdomains) && chains.length > 0,
    ),
  )
  const speaking = pinned.filter(({ hostRule }) => hostRule?.host === speaker)
  const chains = speaking
    .flatMap((row) => row.chains)
    .filter(({ links }) => links.every(({ certificate }) => certificate.issuer.commonName !== 'mitmproxy'))
  const isOwn = ({ end }: (typeof chains)[number]) => end.kind === 'private-root' || end.kind === 'self-signed-leaf'
  const own = chains.filter(isOwn).map(({ links }) => links.at(-1)?.certificate.sha256 ?? '')
  if (own.length === 0) return null
  const kept = speaking.flatMap(({ reserve, choices }) =>
    reserve.map(({ sha256 }) => sha256).filter((sha256) => choices.exceptions.get(sha256) === true),
  )
  return { own: new Set([...own, ...kept]), store: speaker !== host || !chains.every(isOwn) }
}

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

/** The entries that iOS gets: of a host with unknown pins alone nobody can say which list they belong to. */
export function wantedIosEntries(rows: readonly PlanRow[]): readonly WantedEntry[] {
  return wantedEntries(rows).filter(({ leaf, ca }) => leaf.size > 0 || ca.size > 0)
}

/**
 * The certificates by fingerprint that hosts pin or inherit: what is switched on, and what has a key that is pinned in
 * another way. Hosts with none are not there.
 */
export function wantedCertificates(rows: readonly PlanRow[]): ReadonlyMap<string, ReadonlySet<string>> {
  const entries = wantedEntries(rows)
  const found = entries.map(({ host }) => {
    const speaking = entries.filter(
      (one) => one.host === host || (one.includeSubdomains && host.endsWith(`.${one.host}`)),
    )
    const names = new Set(speaking.map((one) => one.host))
    const all = rows.filter(({ hostRule }) => hostRule !== null && names.has(hostRule.host)).flatMap(certificatesOfRow)
    return [host, new Set(all)] as const
  })
  return new Map(found.filter(([, certificates]) => certificates.size > 0))
}

function certificatesOfRow({ chains, reserve, keys, choices }: PlanRow): string[] {
  const keyPins = keys.filter(({ pin }) => choices.backupKeys.has(pin)).map(({ pin }) => pin)
  const otherPins = new Set([...keyPins, ...choices.typedPins.map(({ pin }) => pin)])
  const isOn = (sha256: PlanRow['reserve'][number]['sha256'], otherwise: boolean) =>
    choices.exceptions.get(sha256) ?? otherwise
  const held = [
    ...chains.flatMap(({ links }) =>
      links.map(({ certificate, role }) => ({ certificate, on: isOn(certificate.sha256, choices.roles[role]) })),
    ),
    ...reserve.map((certificate) => ({ certificate, on: isOn(certificate.sha256, false) })),
  ]
  return held
    .filter(({ certificate, on }) => on || otherPins.has(certificate.pin))
    .map(({ certificate }) => certificate.sha256)
}

/** The certificates that speak for a host: those of its entry, else of the nearest parent with sub-domains. */
export function wantedCertificatesFor(rows: readonly PlanRow[], host: string): ReadonlySet<string> | null {
  const entries = wantedEntries(rows)
  const all = wantedCertificates(rows)
  const names = host.split('.').map((_, index, labels) => labels.slice(index).join('.'))
  const speaker = names.find((name) =>
    entries.some((one) => one.host === name && all.has(name) && (name === host || one.includeSubdomains)),
  )
  return speaker === undefined ? null : (all.get(speaker) ?? null)
}

/** Hosts that tell outputs apart: those of the rows, two labels below, one above, one that only ends alike. */
export function hostsAround(rows: readonly PlanRow[]): string[] {
  const hosts = rows.flatMap(({ hostRule }) => (hostRule ? [hostRule.host as string] : []))
  const around = hosts.flatMap((host) => [host, `a.${host}`, `b.a.${host}`, host.replace(/^[^.]+\./, ''), `x${host}`])
  return [...new Set([...around, 'unrelated.test'])]
}
