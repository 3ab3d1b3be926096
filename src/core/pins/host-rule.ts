/** Lower-case A-labels, no trailing dot, no port; what every output can print and every platform compares. */
export type HostName = string & { readonly hostName: unique symbol }

/** What a row says about its host. Made by `host/`; rules in the core need no public suffix list. */
export interface HostRule {
  readonly host: HostName
  /** For the live fetch alone; no platform can pin a port. */
  readonly port: number
  readonly includeSubdomains: boolean
  /** `example.co.uk` for `a.b.example.co.uk`; null when there is none or the list was not available. */
  readonly registrableDomain: string | null
  /** The host is itself an ICANN or private suffix, such as `co.uk` or `github.io`. */
  readonly isPublicSuffix: boolean
}

/** How many labels `host` has in front of `parent`: 0 when equal, null when it does not lie under it. */
export function labelsBelow(host: string, parent: string): number | null {
  if (host === parent) return 0
  if (!host.endsWith(`.${parent}`)) return null
  return host.slice(0, -parent.length - 1).split('.').length
}
