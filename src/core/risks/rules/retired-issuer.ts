import { pinsOfRow } from '../../pins/pins-of-row.ts'
import type { RetiredIssuers } from '../policy.ts'
import { retiredIn } from '../retired-issuers.ts'
import { defineRule } from '../risk-rule.ts'
import { dayInWords, listed, shownName } from '../wording.ts'

interface Facts {
  readonly name: string
  readonly retired: RetiredIssuers
  readonly host: string | null
  readonly isPinned: boolean
}

export default defineRule<Facts>({
  id: 'retired-issuer',
  tab: 'results',
  severity: ({ isPinned }) => (isPinned ? 'warning' : 'note'),
  title: ({ name, retired, host, isPinned }) =>
    `${name} of ${retired.ca}, ${isPinned ? 'pinned for' : 'which issued for'} ${host ?? 'this row'}, is retired`,
  why: ({ name, retired, isPinned }) => {
    const { ca, keys, since, successors } = retired
    const names = [...keys.values()]
    const others = `${ca} has retired ${listed(names, names.length)} and has issued from ${successors} since ${dayInWords(since)}.`
    return isPinned
      ? `${others} So the next certificate does not come from ${name}, and its pin matches nothing from then on. Pin a key that you keep, or the roots of ${ca}.`
      : `${others} So the next certificate comes from another intermediate; do not pin ${name}.`
  },
  faq: 'why-not-intermediate',
  source: 'https://letsencrypt.org/certificates/',
  since: '2026-11-21',
  applies: ({ rows }) =>
    rows.some(({ chains, reserve, choices }) => chains.length + reserve.length + choices.typedPins.length > 0),
  check: ({ rows, now }) =>
    rows.flatMap((row) => {
      const pinned = new Set(pinsOfRow(row).map(({ pin }) => pin))
      return retiredIn(row, now).map(({ retired, name, pin }) => ({
        rowIds: [row.rowId],
        facts: {
          name: shownName(name),
          retired,
          host: row.hostRule?.host ?? null,
          isPinned: pin !== null && pinned.has(pin),
        },
        source: retired.source,
      }))
    }),
})
