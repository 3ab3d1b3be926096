import { noticedReason, noticedSource, noticedTitle } from '../noticed-root-text.ts'
import { hasRoots, isDistrusted, noticedRoots, type NoticedRoot } from '../noticed-roots.ts'
import { defineRule } from '../risk-rule.ts'

export default defineRule<NoticedRoot>({
  id: 'root-phase-out',
  tab: 'results',
  severity: ({ isPinned, hasSuccessor, inEffect, ahead }) => {
    const hasConsequence = inEffect.length > 0 || ahead.some(({ severity }) => severity !== 'info')
    return isPinned && !hasSuccessor && hasConsequence ? 'warning' : 'note'
  },
  title: noticedTitle,
  why: noticedReason,
  faq: 'distrusted-ca',
  source: 'https://wiki.mozilla.org/CA/Root_CA_Lifecycles',
  since: '2026-11-21',
  applies: ({ rows }) => rows.some(hasRoots),
  check: ({ rows, now }) =>
    rows.flatMap((row) =>
      noticedRoots(row, now)
        // Of those, `distrusted-root` tells what is ahead as well.
        .filter((root) => !isDistrusted(root))
        .map((root) => ({ rowIds: [row.rowId], facts: root, source: noticedSource(root) })),
    ),
})
