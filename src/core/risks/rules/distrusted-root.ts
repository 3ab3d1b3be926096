import { noticedReason, noticedSource, noticedTitle } from '../noticed-root-text.ts'
import { hasRoots, isDistrusted, noticedRoots, TOLD_TOGETHER, type NoticedRoot } from '../noticed-roots.ts'
import { defineRule } from '../risk-rule.ts'

export default defineRule<NoticedRoot>({
  id: 'distrusted-root',
  tab: 'results',
  severity: ({ cutOff, isPinned }) => {
    if (cutOff.length > 0) return 'blocker'
    return isPinned ? 'warning' : 'note'
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
        .filter(isDistrusted)
        .map((root) => ({ rowIds: [row.rowId], facts: root, source: noticedSource(root) })),
    ),
  together: TOLD_TOGETHER,
})
