import { isoDay } from '../../../core/instant.ts'
import type { TimelineEvent, TimelineEventKind } from '../../../core/rotation/timeline.ts'
import { usePortion } from '../../shared/portion.tsx'
import { Cell } from '../../shared/Cell.tsx'
import { dateText } from './date-text.ts'
import styles from '../../shared/Table.module.css'

const KIND_NAMES: Readonly<Record<TimelineEventKind, string>> = {
  'certificate-end': 'Certificate',
  'issuer-retired': 'Issuer',
  'last-release': 'Release',
  'lifetime-step': 'Lifetimes',
  'pins-expire': 'Expiration',
  'remove-old-pin': 'Pins',
  'root-notice': 'Root',
  'switch-server': 'Server',
}

/** Days in words; `isNumbered`: with the numbers that the picture has for them. */
export function EventTable({
  events,
  caption,
  isNumbered,
}: {
  readonly events: readonly TimelineEvent[]
  readonly caption: string
  readonly isNumbered: boolean
}) {
  const [shown, more] = usePortion(events, 'days')
  return (
    <>
      <table className={styles.table}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {isNumbered ? <th scope="col">No.</th> : null}
            <th scope="col">Day (UTC)</th>
            <th scope="col">About</th>
            <th scope="col">What happens</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((event, index) => (
            <tr key={event.id}>
              {isNumbered ? <Cell column="No." isShort>{`${index + 1}.`}</Cell> : null}
              <Cell column="Day (UTC)" isShort>
                <time className={styles.day} dateTime={isoDay(event.day)}>
                  {dateText(event)}
                </time>
              </Cell>
              <Cell column="About" isShort>
                {KIND_NAMES[event.kind]}
              </Cell>
              <td>
                <strong>{event.title}</strong>
                <p className={styles.detail}>
                  {event.text}{' '}
                  {event.source === null ? null : (
                    <a href={event.source} target="_blank" rel="noreferrer">
                      Source<span className="visually-hidden">: {event.title}</span>
                    </a>
                  )}
                </p>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more}
    </>
  )
}
