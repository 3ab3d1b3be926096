import { certificateName, coversHost, type Certificate } from '../../certificate/certificate.ts'
import type { HostRule } from '../../pins/host-rule.ts'
import type { PlanRow } from '../../pins/plan-pins.ts'
import { defineRule } from '../risk-rule.ts'
import { listed, shownName } from '../../wording/wording.ts'

interface Facts {
  readonly host: string
  readonly name: string
  readonly names: readonly string[]
  /** `all`: no certificate of the row is for the host. `below`: this one is for its sub-domains alone. */
  readonly reach: 'all' | 'some' | 'below'
}

const SEVERITIES = { all: 'blocker', some: 'warning', below: 'note' } as const

export default defineRule<Facts>({
  id: 'host-not-covered',
  tab: 'results',
  severity: ({ reach }) => SEVERITIES[reach],
  title: ({ host, name }) => `The certificate ${name} is not valid for ${host}`,
  why: ({ host, names, reach }) =>
    reach === 'below'
      ? `It names ${listed(names)}. That is right for sub-domains; phones refuse it for ${host} itself, whatever is pinned.`
      : `It names ${names.length > 0 ? listed(names) : 'no host at all'}. Phones refuse it for ${host} before they look at any pin. Perhaps it belongs to another row, or the domain is misspelt.`,
  faq: 'domain-spellings',
  source: 'https://www.rfc-editor.org/rfc/rfc9525#section-6',
  since: '2026-11-21',
  applies: ({ rows }) => rows.some((row) => row.hostRule !== null && leavesOf(row).length > 0),
  check: ({ rows }) =>
    rows.flatMap((row) => {
      const { hostRule, rowId } = row
      if (!hostRule) return []
      const leaves = leavesOf(row)
      const strangers = leaves.filter((leaf) => !isForRule(leaf, hostRule))
      const below = leaves.every((leaf) => !coversHost(leaf, hostRule.host)) ? leaves : []
      return [
        ...strangers.map((leaf) => ({ leaf, reach: strangers.length === leaves.length ? 'all' : 'some' }) as const),
        ...below.filter((leaf) => !strangers.includes(leaf)).map((leaf) => ({ leaf, reach: 'below' }) as const),
      ].map(({ leaf, reach }) => ({
        rowIds: [rowId],
        facts: {
          host: hostRule.host,
          name: shownName(certificateName(leaf)),
          names: [...leaf.dnsNames, ...leaf.ipAddresses],
          reach,
        },
      }))
    }),
})

function leavesOf({ chains }: PlanRow): Certificate[] {
  return chains.flatMap(({ links }) =>
    links.filter(({ role }) => role === 'leaf').map(({ certificate }) => certificate),
  )
}

/** A row with sub-domains may well hold a certificate for those alone, such as `*.example.com`. */
function isForRule(leaf: Certificate, { host, includeSubdomains }: HostRule): boolean {
  return coversHost(leaf, host) || (includeSubdomains && leaf.dnsNames.some((name) => name.endsWith(`.${host}`)))
}
