import { useMemo, useState } from 'react'
import { incidentOf } from '../../../core/incident/incident.ts'
import { CopyButton } from '../../shared/CopyButton.tsx'
import { Button } from '../../shared/Button.tsx'
import { useApp, useReport } from '../../store-context.tsx'
import { checklistMarkdown, type ChecklistStep, type TextPiece } from './checklist.ts'
import styles from './IncidentPage.module.css'
import { CHECKLIST_TITLE, incidentSteps } from './incident-text.ts'

/** What to do when installed apps no longer connect, for the hosts and pins of the project. */
export function IncidentPage() {
  const settings = useApp((state) => state.settings)
  const { plan, rows, now } = useReport()
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const incident = useMemo(() => incidentOf(plan, rows, settings, now), [plan, rows, settings, now])
  const steps = incidentSteps(incident, now)

  function tick(id: string) {
    const changed = new Set(ticked)
    if (!changed.delete(id)) changed.add(id)
    setTicked(changed)
  }

  return (
    <article className={styles.page}>
      <p className={styles.back}>
        <a href="#faq">All questions and answers</a>
      </p>
      <h2>{CHECKLIST_TITLE}</h2>
      <p>
        {incident.hosts.length === 0
          ? 'A list for everybody. Add your hosts and the pins that shipped in Config, and it names what can still be served for each.'
          : 'By the hosts and pins of this project, taken as those that shipped. What you tick is not kept.'}
      </p>
      {incident.hosts.length === 0 ? (
        <p>
          <a href="#config">Go to Config</a>
        </p>
      ) : null}
      <div className={styles.actions}>
        <CopyButton text={checklistMarkdown(CHECKLIST_TITLE, steps, ticked)} what="the checklist as Markdown" />
        <Button onClick={() => window.print()}>Print</Button>
      </div>
      {steps.map((step, index) => (
        <Step key={step.id} step={step} number={index + 1} ticked={ticked} onTick={tick} />
      ))}
      <p className={styles.back}>
        <a href="#faq/already-broke">What the answer in the FAQ says</a>
      </p>
    </article>
  )
}

interface StepProps {
  readonly step: ChecklistStep
  readonly number: number
  readonly ticked: ReadonlySet<string>
  readonly onTick: (id: string) => void
}

function Step({ step: { id, title, intro, items }, number, ticked, onTick }: StepProps) {
  return (
    <section className={styles.step} aria-labelledby={`incident-${id}`}>
      <h3 id={`incident-${id}`}>
        {number}. {title}
      </h3>
      <p>{intro}</p>
      <ul className={styles.items}>
        {items.map((item) => (
          <li key={item.id}>
            <label className={styles.item}>
              <input type="checkbox" checked={ticked.has(item.id)} onChange={() => onTick(item.id)} />
              <span>
                <Pieces text={item.text} />
              </span>
            </label>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Pieces({ text }: { readonly text: readonly TextPiece[] }) {
  return text.map((piece, index) => {
    const key = `${index}`
    return piece.kind === 'name' ? (
      <bdi key={key} className={styles.name}>
        {piece.text}
      </bdi>
    ) : (
      piece.text
    )
  })
}
