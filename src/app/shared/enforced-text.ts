import { rulingOf, type HostRuling } from '../../core/formats/host-ruling.ts'
import type { NamedHost } from '../../core/formats/named-hosts.ts'
import { settingsFor, type Output, type OutputSettings } from '../../core/formats/registry.ts'
import type { FormatAbilities } from '../../core/formats/format.ts'
import type { HostName } from '../../core/pins/host-rule.ts'
import type { PinPlan, PlanRow } from '../../core/pins/plan-pins.ts'
import { listed } from '../../core/wording/wording.ts'
import { hostRulingText, pinsOfRequirement, requirementText } from './host-ruling-text.ts'

/** A ruling takes the whole plan into account, so with more hosts the page would wait. */
const MOST_HOSTS = 100

interface RuledHosts {
  readonly hosts: readonly HostName[]
  readonly ruling: HostRuling
  /** It holds for the sub-domains that the output reaches as well. */
  readonly reachesBelow: boolean
}

/**
 * What an output enforces for the hosts of a plan, as the host tester has it: hosts with the same ruling share a sentence,
 * in the order of the plan. Nothing for an output that enforces nothing.
 *
 * @param rows whose chains are looked at
 */
export function enforcedSentences(
  format: Output['format'],
  plan: PinPlan,
  settings: OutputSettings,
  rows: readonly PlanRow[],
): readonly string[] {
  const groups = new Map<string, RuledHosts>()
  for (const policy of plan.policies.slice(0, MOST_HOSTS)) {
    const ruling = rulingOf(format, plan, settings, policy.host, rows)
    if (ruling === null) return []
    // No row can have this host, and every output asks for it what it asks for sub-domains.
    const below = policy.includeSubdomains ? rulingOf(format, plan, settings, `*.${policy.host}`, rows) : null
    const isOfHosts = ruling.kind === 'pinned' && format.abilities.scope !== 'all-hosts'
    const reachesBelow = isOfHosts && below !== null && asked(below) === asked(ruling)
    const key = `${asked(ruling)} ${reachesBelow}`
    const hosts = [...(groups.get(key)?.hosts ?? []), policy.host]
    groups.set(key, { hosts, ruling, reachesBelow })
  }
  const sentences = Array.from(groups.values(), (group) => sentence(group, format.abilities))
  const excluded = format.unpinned?.(plan, settingsFor(format, settings)) ?? []
  if (excluded.length > 0)
    sentences.push(`Does not pin ${listed(excluded.map(excludedText))}, which the options leave out.`)
  const left = plan.policies.length - MOST_HOSTS
  return left > 0 ? [...sentences, `For the other ${left} hosts, ask the host tester in Results.`] : sentences
}

function excludedText({ host, includeSubdomains }: NamedHost): string {
  return includeSubdomains ? `${host} with its sub-domains` : host
}

/** Equal for rulings that ask for the same. */
function asked(ruling: HostRuling): string {
  if (ruling.kind !== 'pinned') return hostRulingText(ruling)
  const pins = pinsOfRequirement(ruling.requirement).map(({ pin }) => pin)
  return [requirementText(ruling.requirement), ruling.findsNone, ...pins.toSorted()].join(' ')
}

function hostsText({ hosts, reachesBelow }: RuledHosts, { scope, subdomainDepth }: FormatAbilities): string {
  if (scope === 'all-hosts') return 'any host'
  const named = listed(hosts)
  if (!reachesBelow) return named
  return hosts.length > 1 ? `${named}, each with ${BELOW[subdomainDepth]},` : `${named} with ${BELOW[subdomainDepth]}`
}

const BELOW: Readonly<Record<FormatAbilities['subdomainDepth'], string>> = {
  all: 'sub-domains of every depth',
  'one-label': 'sub-domains one label below',
  none: 'no sub-domains',
}

function sentence(ruled: RuledHosts, abilities: FormatAbilities): string {
  const { ruling } = ruled
  const hosts = hostsText(ruled, abilities)
  switch (ruling.kind) {
    case 'not-pinned':
      return `Does not pin ${hosts}.`
    case 'refuses-configuration':
      return hostRulingText(ruling)
    case 'pinned':
      return ruling.findsNone
        ? `Never connects to ${hosts}: it asks that ${requirementText(ruling.requirement)}, and finds none, whatever the server presents.`
        : `Connects to ${hosts} when ${requirementText(ruling.requirement)}.`
  }
}
