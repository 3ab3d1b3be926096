import { pinsOfRow } from '../../pins/pins-of-row.ts'
import type { SpkiPin } from '../../pins/spki-pin.ts'
import { familyOfRoot } from '../../trust/recognise.ts'
import type { RetiredIssuers } from '../policy.ts'
import { retiredIn } from '../retired-issuers.ts'
import { defineRule } from '../risk-rule.ts'
import { dayInWords, listed, shownName } from '../../wording/wording.ts'

interface Facts {
  readonly name: string
  readonly retired: RetiredIssuers
  /** Of the rows; empty while none is said. */
  readonly hosts: readonly string[]
  readonly isPinned: boolean
  /** Roots of the same CA that are not pinned, while others of it are; empty where none is, or all are. */
  readonly missingRoots: readonly string[]
}

export default defineRule<Facts>({
  id: 'retired-issuer',
  tab: 'results',
  // The successors have roots of their own, so a pin on one of the older ones holds as long as no phone knows those.
  severity: ({ isPinned, missingRoots }) => (isPinned || missingRoots.length > 0 ? 'warning' : 'note'),
  title: ({ name, retired, hosts, isPinned }) =>
    `${name} of ${retired.ca}, ${isPinned ? 'pinned for' : 'which issued for'} ${hosts.length > 0 ? listed(hosts) : 'this row'}, is retired`,
  why: ({ name, retired, isPinned, missingRoots }) => {
    const { ca, keys, since, successors } = retired
    const names = [...keys.values()]
    const others = `${ca} has retired ${listed(names, names.length)} and has issued from ${successors} since ${dayInWords(since)}.`
    if (!isPinned && missingRoots.length > 0) {
      return `${others} So the next certificate comes from another intermediate, and its chain may end at another root: ${listed(missingRoots)} ${missingRoots.length === 1 ? 'is' : 'are'} not pinned. Android takes the first root that it knows and tries no other when its pin is missing. Pin all roots of ${ca}.`
    }
    return isPinned
      ? `${others} So the next certificate does not come from ${name}, and its pin matches nothing from then on. Pin a key that you keep, or the roots of ${ca}.`
      : `${others} So the next certificate comes from another intermediate; do not pin ${name}.`
  },
  faq: 'why-not-intermediate',
  source: 'https://letsencrypt.org/certificates/',
  since: '2026-11-21',
  applies: ({ rows }) =>
    rows.some(({ chains, reserve, choices }) => chains.length + reserve.length + choices.typedPins.length > 0),
  check: ({ plan, rows, now }) =>
    rows.flatMap((row) => {
      const policy = plan.policies.find(({ rowIds }) => rowIds.includes(row.rowId))
      const pinned = new Set((policy?.pins ?? pinsOfRow(row)).map(({ pin }) => pin))
      const missingRoots = rootsBeside(pinned)
      return retiredIn(row, now).map(({ retired, name, pin }) => ({
        rowIds: [row.rowId],
        facts: {
          name: shownName(name),
          retired,
          hosts: row.hostRule ? [row.hostRule.host] : [],
          isPinned: pin !== null && pinned.has(pin),
          missingRoots: missingRoots.get(retired.organization) ?? [],
        },
        source: retired.source,
      }))
    }),
  together: {
    same: ({ name, retired, isPinned, missingRoots }) => [retired.ca, name, isPinned, ...missingRoots].join('\n'),
    join: (first, next) => ({ ...first, hosts: [...new Set([...first.hosts, ...next.hosts])] }),
  },
})

/** By each organisation of which some roots are pinned, the names of the others. */
function rootsBeside(pinned: ReadonlySet<SpkiPin>): ReadonlyMap<string, readonly string[]> {
  const families = new Set([...pinned].flatMap((pin) => familyOfRoot(pin) ?? []))
  return new Map(
    [...families].flatMap(({ organizations, roots }) => {
      const missing = roots.filter(({ pin }) => !pinned.has(pin)).map(({ name }) => name)
      return organizations.map((organization) => [organization, missing] as const)
    }),
  )
}
