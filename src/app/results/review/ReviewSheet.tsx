import type { Review, ReviewedHost, ReviewField } from '../../../core/review/review.ts'
import {
  expirationText,
  leftOutText,
  PEOPLE_WORDS,
  REVIEW_TITLE,
  reviewStampText,
} from '../../../core/review/review-text.ts'
import { VERDICT_WORDS } from '../../../core/risks/verdict.ts'
import { PrintSheet } from '../../shared/PrintSheet.tsx'
import { PinTable } from './PinTable.tsx'
import styles from './ReviewSheet.module.css'

/** What is printed in the place of the page: the review, with lines to write on. */
export function ReviewSheet({ review }: { readonly review: Review }) {
  const { verdict, people, hosts, leftOut, general, outputs } = review
  return (
    <PrintSheet title={REVIEW_TITLE}>
      <dl className={styles.facts}>
        <dt>Date</dt>
        <dd>{reviewStampText(review)}</dd>
        <dt>Verdict</dt>
        <dd>{VERDICT_WORDS[verdict]}</dd>
        <dt>Outputs</dt>
        <dd>{outputs.join(', ')}</dd>
        <Person field="owner" answer={people.owner} />
        <Person field="backupKeyHolder" answer={people.backupKeyHolder} />
      </dl>
      <Titles {...general} />
      {hosts.map((host) => (
        <HostPart key={host.host} host={host} />
      ))}
      {leftOut.length > 0 ? (
        <>
          <h2>Hosts without pins</h2>
          <ul>
            {leftOut.map((row) => (
              <li key={row.rowId}>
                {row.host}: {leftOutText(row)}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </PrintSheet>
  )
}

function Person({ field, answer }: { readonly field: ReviewField; readonly answer: string }) {
  return (
    <>
      <dt>{PEOPLE_WORDS[field]}</dt>
      <dd className={answer.trim() === '' ? styles.blank : undefined}>{answer}</dd>
    </>
  )
}

function HostPart({ host }: { readonly host: ReviewedHost }) {
  return (
    <section className={styles.host}>
      <h2>{host.host}</h2>
      <dl className={styles.facts}>
        <dt>Verdict</dt>
        <dd>{VERDICT_WORDS[host.verdict]}</dd>
        <dt>Android expiration</dt>
        <dd>{expirationText(host)}</dd>
      </dl>
      <PinTable hosts={[host]} caption={`Pins of ${host.host}`} />
      <Titles {...host} />
      <dl className={styles.facts}>
        {LINES.map((line) => (
          <div key={line} className={styles.line}>
            <dt>{line}</dt>
            <dd className={styles.blank} />
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Filled in by hand. */
const LINES = [PEOPLE_WORDS.owner, PEOPLE_WORDS.backupKeyHolder, 'Where it is kept', 'Reviewed on, by']

function Titles({ blockers, warnings }: Review['general']) {
  return [
    { name: 'Blockers', titles: blockers },
    { name: 'Warnings', titles: warnings },
  ].map(({ name, titles }) =>
    titles.length === 0 ? null : (
      <div key={name}>
        <h3>{name}</h3>
        <ul className={styles.titles}>
          {titles.map((title) => (
            <li key={title}>{title}</li>
          ))}
        </ul>
      </div>
    ),
  )
}
