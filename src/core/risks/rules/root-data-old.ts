import { MILLISECONDS_PER_DAY, startOfDayUtc } from '../../instant.ts'
import { defineRule } from '../risk-rule.ts'

/** Roots come and go several times a year, since Android 14 without a new release of Android. */
const OLD_AFTER_DAYS = 365

export default defineRule<{ date: string }>({
  id: 'root-data-old',
  tab: 'results',
  severity: 'warning',
  title: ({ date }) => `Pinsmith’s copy of the root stores is from ${date}`,
  why: ({ date }) =>
    `Which phones have which root is read from a copy of the platforms’ root stores. Phones have gained and lost roots since ${date}, more than a year ago, so a chain may end elsewhere, or not be trusted at all, on a phone that this page says is fine. Reload the page for a newer Pinsmith; if the date stays, ask whoever runs this site to update it.`,
  faq: 'root-not-sent',
  source: 'https://source.android.com/docs/core/ota/modular-system/conscrypt',
  since: '2026-11-21',
  applies: ({ rows }) => rows.some(({ rootStoreDate }) => rootStoreDate !== null),
  check: ({ rows, now }) => {
    const [date] = rows.flatMap(({ rootStoreDate }) => rootStoreDate ?? []).toSorted()
    const day = date === undefined ? null : startOfDayUtc(date)
    const isOld = day !== null && now >= day + OLD_AFTER_DAYS * MILLISECONDS_PER_DAY
    return isOld && date !== undefined ? [{ rowIds: [], facts: { date } }] : []
  },
})
