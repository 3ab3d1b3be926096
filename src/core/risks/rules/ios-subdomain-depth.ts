import { hasIosEntry } from '../../formats/ios/identity-lists.ts'
import { labelsBelow } from '../../pins/host-rule.ts'
import { parentPolicies, policyOf, type HostPolicy } from '../../pins/plan-pins.ts'
import { knownNames, rowsForNames } from '../known-names.ts'
import { defineRule } from '../risk-rule.ts'
import { listed } from '../../wording/wording.ts'

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
  fixes: ({ fallingOut }, _rowIds, { rows }) => rowsForNames(rows, (name) => fallingOut.includes(name)),
  faq: 'subdomains',
  source: 'https://developer.apple.com/documentation/bundleresources/information-property-list/nsincludessubdomains',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.length > 0,
  check: (context) => {
    // A host without an entry has no sub-domains there either; another rule says so.
    const entries = context.plan.policies.filter(hasIosEntry)
    const policies = entries.filter(({ includeSubdomains }) => includeSubdomains)
    const fallingOut = knownNames(context.rows).filter((name) => isDeeper(name, policies) && !isReached(name, entries))
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

function isDeeper(host: string, policies: readonly HostPolicy[]): boolean {
  return parentPolicies(host, policies).some((parent) => (labelsBelow(host, parent.host) ?? 0) > 1)
}

function isReached(host: string, policies: readonly HostPolicy[]): boolean {
  return (
    policyOf(host, policies) !== null ||
    parentPolicies(host, policies).some((parent) => labelsBelow(host, parent.host) === 1)
  )
}
