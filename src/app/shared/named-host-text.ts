import type { HostsOption } from '../../core/formats/format.ts'
import type { NamedHost, NamedHostText } from '../../core/formats/named-hosts.ts'
import type { PinPlan } from '../../core/pins/plan-pins.ts'
import { shownName } from '../../core/wording/wording.ts'
import { cleanHost } from '../../host/clean-host.ts'
import { hostFailureText } from '../host-text.ts'

/** What of a list of hosts changes nothing, and why; each sentence once. */
export function namedHostRemarks(
  words: readonly NamedHostText[],
  { judge }: HostsOption,
  plan: PinPlan,
): readonly string[] {
  const remarks = words.flatMap(({ text, named }) => (named ? judgementText(named, judge(named, plan)) : notRead(text)))
  return [...new Set(remarks)]
}

function judgementText({ host }: NamedHost, judgement: ReturnType<HostsOption['judge']>): string | readonly string[] {
  switch (judgement) {
    case 'counts':
      return []
    case 'pinned-by-a-row':
      return `${host} has a row of its own, and that counts: it stays pinned. Erase the row if it must not be.`
    case 'below-no-pinned-host':
      return `${host} lies below no host that is pinned with its sub-domains: nothing pins it anyway.`
  }
}

/** A list keeps its text, so what would be mended in a row is only proposed. */
function notRead(text: string): string {
  const cleaned = cleanHost(text)
  if (cleaned.ok) {
    const { host, isWildcard } = cleaned.value
    return `“${shownName(text)}” is not read. Write it as ${isWildcard ? '*.' : ''}${host}.`
  }
  const { what } = hostFailureText(cleaned.failure)
  return `“${shownName(text)}” is not read. ${what}`
}
