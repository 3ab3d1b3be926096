import { coversHost, type Certificate, type CertificateFingerprint } from '../certificate/certificate.ts'
import type { Chain, RowChains } from './chain.ts'

/** What of a row decides which certificates belong to it. */
export interface RouteTarget {
  readonly rowId: string
  /** Lower-case A-labels; null while the row has no usable host. */
  readonly host: string | null
  readonly includeSubdomains: boolean
  readonly chains: readonly Chain[]
}

/** Certificates for a row that is there. */
export interface RowRoute {
  readonly rowId: string
  readonly certificates: readonly Certificate[]
}

/** A host that a certificate is for: `*.example.com` is example.com with sub-domains. */
export interface CertificateHost {
  readonly host: string
  readonly includeSubdomains: boolean
}

/** Certificates that no row was there for, and the row to make for them. */
export interface NewRowRoute extends CertificateHost {
  /** The other hosts that the certificates name. */
  readonly others: readonly CertificateHost[]
  readonly certificates: readonly Certificate[]
}

/** `completes-nothing`: a CA that no row waits for. `names-no-host`: a server certificate without a usable DNS name. */
export interface Unrouted {
  readonly certificate: Certificate
  readonly reason: 'completes-nothing' | 'names-no-host'
}

/** Where the given certificates go; each is in at least one of the three. */
export interface Routes {
  readonly rows: readonly RowRoute[]
  readonly newRows: readonly NewRowRoute[]
  readonly unrouted: readonly Unrouted[]
}

/**
 * Sends certificates to the rows they are for. A server certificate goes, with the CAs of its chain, to every row whose
 * host it covers, and to a new row where there is none. A CA goes to every row whose chain lacks it, found by the name
 * of the missing issuer: whether it really signed is for the chain of that row to show.
 *
 * @param given what the certificates amount to by themselves
 */
export function routeChains(given: RowChains, targets: readonly RouteTarget[]): Routes {
  const rows = new Map<string, Certificate[]>()
  const newRows = new Map<string, NewRowRoute>()
  const unrouted: Unrouted[] = []
  const leaves = new Set<CertificateFingerprint>()

  for (const chain of given.chains) {
    const [start] = chain.links
    if (start?.role !== 'leaf') continue
    const leaf = start.certificate
    const certificates = givenCertificates(chain)
    leaves.add(leaf.sha256)
    const found = targets.filter((target) => isFor(leaf, target, targets))
    for (const { rowId } of found) rows.set(rowId, [...(rows.get(rowId) ?? []), ...certificates])
    if (found.length > 0) continue
    const [first, ...others] = namedHosts(leaf)
    if (first) newRows.set(first.host, joined(newRows.get(first.host), { ...first, others, certificates }))
    else unrouted.push({ certificate: leaf, reason: 'names-no-host' })
  }

  const authorities = unique([...given.chains.flatMap(givenCertificates), ...given.superfluous]).filter(
    ({ sha256 }) => !leaves.has(sha256),
  )
  for (const { rowId, chains } of targets) {
    const completing = chains.flatMap((chain) => missingIssuers(chain, authorities))
    if (completing.length > 0) rows.set(rowId, [...(rows.get(rowId) ?? []), ...completing])
  }

  const routed = [...rows.values(), ...[...newRows.values()].map(({ certificates }) => certificates)].flat()
  const routedFingerprints = new Set(routed.map(({ sha256 }) => sha256))
  for (const certificate of authorities) {
    if (!routedFingerprints.has(certificate.sha256)) unrouted.push({ certificate, reason: 'completes-nothing' })
  }
  return {
    rows: [...rows].map(([rowId, certificates]) => ({ rowId, certificates: unique(certificates) })),
    newRows: [...newRows.values()],
    unrouted,
  }
}

function givenCertificates({ links }: Chain): Certificate[] {
  return links.filter(({ origin }) => origin === 'given').map(({ certificate }) => certificate)
}

/**
 * Whether a row waits for such a certificate: its host is covered, or one of its sub-domains is named for which no other
 * row is closer.
 */
function isFor(leaf: Certificate, { host, includeSubdomains }: RouteTarget, targets: readonly RouteTarget[]): boolean {
  if (host === null) return false
  if (coversHost(leaf, host)) return true
  const isCloser = (target: RouteTarget, name: string) =>
    target.host !== null &&
    isBelow(target.host, host) &&
    (target.host === name || (target.includeSubdomains && isBelow(name, target.host)))
  return (
    includeSubdomains &&
    leaf.dnsNames.some((name) => isBelow(name, host) && !targets.some((target) => isCloser(target, name)))
  )
}

function isBelow(name: string, parent: string): boolean {
  return name.endsWith(`.${parent}`)
}

/** Names are hostile: what no row could hold makes none. */
const HOST_NAME = /^(?:[a-z0-9_-]+\.)*[a-z0-9_-]*[a-z_-][a-z0-9_-]*$/
const LONGEST_HOST = 253

/** The hosts that a certificate names, in its order, each once. */
function namedHosts({ dnsNames }: Certificate): readonly CertificateHost[] {
  const hosts = new Map<string, boolean>()
  for (const name of dnsNames) {
    const isWildcard = name.startsWith('*.')
    const host = isWildcard ? name.slice(2) : name
    if (host.length > LONGEST_HOST || !HOST_NAME.test(host)) continue
    hosts.set(host, isWildcard || hosts.get(host) === true)
  }
  return [...hosts].map(([host, includeSubdomains]) => ({ host, includeSubdomains }))
}

/** Two certificates of one host, such as RSA and ECDSA, share its row. */
function joined(known: NewRowRoute | undefined, added: NewRowRoute): NewRowRoute {
  if (!known) return added
  const others = new Map([...known.others, ...added.others].map((named) => [named.host, named]))
  return {
    host: known.host,
    includeSubdomains: known.includeSubdomains || added.includeSubdomains,
    others: [...others.values()],
    certificates: unique([...known.certificates, ...added.certificates]),
  }
}

/** The issuer that a chain lacks, the issuer of that one, and so on. */
function missingIssuers({ end }: Chain, authorities: readonly Certificate[]): readonly Certificate[] {
  if (end.kind !== 'issuer-missing') return []
  const wanted = new Set([end.issuer.text])
  const found = new Map<CertificateFingerprint, Certificate>()
  for (const name of wanted) {
    for (const authority of authorities) {
      if (authority.subject.text !== name) continue
      found.set(authority.sha256, authority)
      wanted.add(authority.issuer.text)
    }
  }
  return [...found.values()]
}

function unique(certificates: readonly Certificate[]): Certificate[] {
  return [...new Map(certificates.map((certificate) => [certificate.sha256, certificate])).values()]
}
