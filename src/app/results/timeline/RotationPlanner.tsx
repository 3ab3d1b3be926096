import { TriangleAlert } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { certificateName } from '../../../core/certificate/certificate.ts'
import { isoDay, type Instant } from '../../../core/instant.ts'
import { dayCount, RELEASED_FIELD, type CadenceField } from '../../../core/cadence/cadence.ts'
import { sourceOf } from '../../../core/rotation/holding-end.ts'
import type { RenewalCost } from '../../../core/rotation/renewal-costs.ts'
import type { Rotation, RotationPlan } from '../../../core/rotation/rotation-plan.ts'
import { listed, shownName } from '../../../core/wording/wording.ts'
import { Fold } from '../../shared/Fold.tsx'
import { usePortion } from '../../shared/portion.tsx'
import { useApp } from '../../store-context.tsx'
import { Cell } from '../../shared/Cell.tsx'
import {
  assumptions,
  CADENCE_HINTS,
  CADENCE_LABELS,
  cadenceProblem,
  costLine,
  lateText,
  nextPinAloneText,
  nextPinText,
  planSummary,
  RELEASED_ANSWERS,
  RELEASED_QUESTION,
  releaseText,
  restsOnText,
} from './rotation-text.ts'
import styles from './RotationPlanner.module.css'
import tables from '../../shared/Table.module.css'

/** When to ship, switch and remove, for the cadence that the user sets. */
export function RotationPlanner({ rotation, now }: { readonly rotation: RotationPlan; readonly now: Instant }) {
  const { cadence, isFirst, rotations, costs } = rotation
  const [shown, more] = usePortion(rotations, 'changes')
  const today = isoDay(now)
  return (
    <section className={styles.planner} aria-labelledby="rotation-planner">
      <h3 id="rotation-planner">Rotation planner</h3>
      <div className={styles.fields}>
        <DaysField field="releaseEvery" used={cadence.releaseEvery} />
        <DaysField field="adoption" used={cadence.adoption} />
        <ReleasedQuestion isFirst={isFirst} />
      </div>
      <p>{planSummary(rotation)}</p>
      {rotations.length > 0 ? (
        <table className={tables.table}>
          <caption className="visually-hidden">Changes of keys</caption>
          <thead>
            <tr>
              <th scope="col">For</th>
              <th scope="col">Ship the new pin by</th>
              <th scope="col">Switch the server</th>
              <th scope="col">Remove the old pin after</th>
              <th scope="col">Next pin</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <RotationRow key={`${one.certificate.sha256} ${one.hosts[0]}`} rotation={one} today={today} />
            ))}
          </tbody>
        </table>
      ) : null}
      {more}
      {costs.length > 0 ? <Costs costs={costs} today={today} /> : null}
      <Fold summary="What these figures assume">
        <ul className={styles.assumptions}>
          {assumptions(rotation).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Fold>
    </section>
  )
}

function RotationRow({ rotation, today }: { readonly rotation: Rotation; readonly today: string }) {
  const { certificate, hosts, lastDay, earlier, start, shipBy, switchFrom, switchBy, removeAfter } = rotation
  const late = lateText(rotation, today)
  const leftOut = nextPinAloneText(rotation)
  return (
    <tr>
      <th scope="row">
        {listed(hosts)}
        <p className={tables.detail}>
          {restsOnText(rotation)} <Day day={lastDay} />.
          {earlier === null ? null : (
            <>
              {' '}
              <a href={sourceOf(earlier)} target="_blank" rel="noreferrer">
                Source<span className="visually-hidden"> about {shownName(certificateName(certificate))}</span>
              </a>
            </>
          )}
        </p>
        {leftOut === null ? null : <p className={tables.detail}>{leftOut}</p>}
        {late === null ? null : (
          <p className={styles.late}>
            <TriangleAlert aria-hidden="true" />
            <span>
              <strong>Too late for this plan.</strong> {late}
            </span>
          </p>
        )}
      </th>
      <Cell column="Ship the new pin by">
        <Day day={shipBy} />
        {releaseText(rotation)}
      </Cell>
      <Cell column="Switch the server">
        {late === null ? (
          <>
            <Day day={switchFrom} /> to <Day day={switchBy} />
          </>
        ) : (
          <>
            from <Day day={switchFrom} />
          </>
        )}
      </Cell>
      <Cell column="Remove the old pin after">
        {start === 'next-pin-alone' ? 'leave it out' : <Day day={removeAfter} />}
      </Cell>
      <Cell column="Next pin">{nextPinText(rotation)}</Cell>
    </tr>
  )
}

function Day({ day }: { readonly day: Instant }) {
  return <time className={tables.day}>{isoDay(day)}</time>
}

function Costs({ costs, today }: { readonly costs: readonly RenewalCost[]; readonly today: string }) {
  return (
    <>
      <h4>What renewals cost</h4>
      <table className={tables.table}>
        <caption className={tables.caption}>For the hosts whose pins rest on the leaf’s key, in a year</caption>
        <thead>
          <tr>
            <th scope="col">Issued by</th>
            <th scope="col">Valid for days</th>
            <th scope="col">Renewals</th>
            <th scope="col">Forced releases, new key each time</th>
            <th scope="col">Forced releases, same key</th>
            <th scope="col">Keys to pin ahead</th>
          </tr>
        </thead>
        <tbody>
          {costs.map((cost) => {
            const line = costLine(cost, today)
            return (
              <tr key={line.issued}>
                <th scope="row">{line.issued}</th>
                <Cell column="Valid for days">{line.days}</Cell>
                <Cell column="Renewals">{line.renewals}</Cell>
                <Cell column="Forced releases, new key each time">{line.releases}</Cell>
                <Cell column="Forced releases, same key">0</Cell>
                <Cell column="Keys to pin ahead">{line.keysAhead}</Cell>
              </tr>
            )
          })}
        </tbody>
      </table>
    </>
  )
}

/** Whether somebody may have pins already, which is what can cut them off. */
function ReleasedQuestion({ isFirst }: { readonly isFirst: boolean }) {
  const set = useApp((state) => state.set)
  const group = useId()
  return (
    <fieldset className={styles.question}>
      <legend>{RELEASED_QUESTION}</legend>
      {RELEASED_ANSWERS.map(({ value, label }) => (
        <label key={value}>
          <input
            type="radio"
            name={group}
            checked={(value === 'no') === isFirst}
            onChange={() => set('rotation', RELEASED_FIELD, value)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  )
}

/** A number of days. What is no such number stays until it is mended; the plan goes by what was there before. */
function DaysField({ field, used }: { readonly field: CadenceField; readonly used: number }) {
  const set = useApp((state) => state.set)
  const [refused, setRefused] = useState<string | null>(null)
  const before = useRef(used)
  const id = useId()
  const type = (text: string) => {
    const count = dayCount(field, text)
    setRefused(count === null ? text : null)
    // The beginning of what turns out to be no number was never meant.
    const meant = count ?? before.current
    if (meant !== used) set('rotation', field, String(meant))
  }
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{CADENCE_LABELS[field]}</label>
      <input
        id={id}
        // A field for numbers drops characters, or all that was typed, before anybody can tell.
        type="text"
        inputMode="numeric"
        autoComplete="off"
        value={refused ?? String(used)}
        aria-invalid={refused !== null}
        aria-describedby={`${id}-hint${refused === null ? '' : ` ${id}-problem`}`}
        onFocus={() => {
          before.current = used
        }}
        onChange={(event) => type(event.target.value)}
      />
      <p id={`${id}-hint`} className={styles.hint}>
        {CADENCE_HINTS[field]}
      </p>
      {refused === null ? null : (
        <p id={`${id}-problem`} className={styles.problem} role="alert">
          {cadenceProblem(field, refused, used)}
        </p>
      )}
    </div>
  )
}
