import { hasIosEntry } from '../../formats/ios/identity-lists.ts'
import { labelsBelow } from '../../pins/host-rule.ts'
import { parentPolicies, policyOf, type HostPolicy } from '../../pins/plan-pins.ts'
import { defineRule, type RiskContext } from '../risk-rule.ts'
import { listed } from '../wording.ts'

interface Facts {
  readonly hosts: readonly string[]
  /** Known hosts, from certificates and other rows, that iOS leaves unpinned. */
  readonly fallingOut: readonly string[]
}

export default defineRule<Facts>({
  id: 'ios-subdomain-depth',
  tab: 'ios',
  severity: ({ fallingOut }) => (fallingOut.length > 0 ? 'warning' : 'note'),
  title: ({ fallingOut }) =>
    fallingOut.length > 0 ? `iOS does not pin ${listed(fallingOut)}` : 'On iOS, sub-domains reach one label',
  why: ({ hosts, fallingOut }) => {
    const host = hosts[0] ?? ''
    const example = `Sub-domains of ${listed(hosts)} are included. Android pins every depth, iOS exactly one more label: a.${host} is pinned there, b.a.${host} is not.`
    return fallingOut.length > 0
      ? `${example} ${listed(fallingOut)} would connect unpinned on iOS. Add a row for each parent of such a host.`
      : `${example} If the app needs deeper hosts, add a row for their parent.`
  },
  faq: 'subdomains',
  source: 'https://developer.apple.com/documentation/bundleresources/information-property-list/nsincludessubdomains',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.length > 0,
  check: (context) => {
    // A host without an entry has no sub-domains there either; another rule says so.
    const entries = context.plan.policies.filter(hasIosEntry)
    const policies = entries.filter(({ includeSubdomains }) => includeSubdomains)
    const known = new Set(knownHosts(context))
    const fallingOut = [...known].filter((host) => isDeeper(host, policies) && !isReached(host, entries))
    const losing = new Set(fallingOut.flatMap((host) => parentPolicies(host, policies)))
    return [
      { above: policies.filter((policy) => losing.has(policy)), fallingOut },
      { above: policies.filter((policy) => !losing.has(policy)), fallingOut: [] },
    ]
      .filter(({ above }) => above.length > 0)
      .map(({ above, fallingOut: names }) => ({
        rowIds: above.flatMap(({ rowIds }) => rowIds),
        facts: { hosts: above.map(({ host }) => host), fallingOut: names },
      }))
  },
})

/** Hosts that certificates and rows name; a wildcard stands for one label, so any label will do. */
function knownHosts({ rows }: RiskContext): string[] {
  return rows.flatMap(({ hostRule, chains }) => [
    ...(hostRule ? [hostRule.host] : []),
    ...chains.flatMap(({ links }) => links.flatMap(({ certificate }) => certificate.dnsNames)),
  ])
}

function isDeeper(host: string, policies: readonly HostPolicy[]): boolean {
  return parentPolicies(host, policies).some((parent) => (labelsBelow(host, parent.host) ?? 0) > 1)
}

function isReached(host: string, policies: readonly HostPolicy[]): boolean {
  return (
    policyOf(host, policies) !== null ||
    parentPolicies(host, policies).some((parent) => labelsBelow(host, parent.host) === 1)
  )
}
