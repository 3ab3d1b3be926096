import { MILLISECONDS_PER_DAY } from '../../instant.ts'
import { noticedReason, noticedSource, noticedTitle } from '../noticed-root-text.ts'
import { hasRoots, isDistrusted, noticedRoots, TOLD_TOGETHER, type NoticedRoot } from '../noticed-roots.ts'
import { NEAR_PHASE_OUT_DAYS } from '../policy.ts'
import { defineRule } from '../risk-rule.ts'
import { effectiveFrom } from '../root-notice.ts'

const NEAR = NEAR_PHASE_OUT_DAYS * MILLISECONDS_PER_DAY

interface Facts extends NoticedRoot {
  /** Within the time that a plan for another root takes. */
  readonly isNear: boolean
}

export default defineRule<Facts>({
  id: 'root-phase-out',
  tab: 'results',
  severity: ({ isPinned, hasSuccessor, isNear, inEffect, ahead }) => {
    const hasConsequence = isNear || inEffect.length > 0 || ahead.some(({ severity }) => severity !== 'info')
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
        .map((root) => ({
          rowIds: [row.rowId],
          facts: { ...root, isNear: root.ahead.some((notice) => effectiveFrom(notice) - now < NEAR) },
          source: noticedSource(root),
        })),
    ),
  together: TOLD_TOGETHER,
})
