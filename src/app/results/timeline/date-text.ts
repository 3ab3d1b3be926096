import type { TimelineEvent } from '../../../core/rotation/timeline.ts'

/** An event’s day as precisely as it is known. */
export function dateText({ date, isEstimate }: Pick<TimelineEvent, 'date' | 'isEstimate'>): string {
  return isEstimate ? `about ${date}` : date
}
