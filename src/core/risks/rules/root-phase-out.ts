import { noticedReason, noticedSource, noticedTitle } from '../noticed-root-text.ts'
import {
  hasRoots,
  isDistrusted,
  needsSuccessor,
  noticedRoots,
  TOLD_TOGETHER,
  type NoticedRoot,
} from '../noticed-roots.ts'
import { defineRule } from '../risk-rule.ts'

interface Facts extends NoticedRoot {
  readonly needsSuccessor: boolean
}

export default defineRule<Facts>({
  id: 'root-phase-out',
  tab: 'results',
  severity: (root) => (root.needsSuccessor ? 'warning' : 'note'),
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
        .map((root) => ({
          rowIds: [row.rowId],
          facts: { ...root, needsSuccessor: needsSuccessor(root, now) },
          source: noticedSource(root),
        })),
    ),
  together: TOLD_TOGETHER,
})
