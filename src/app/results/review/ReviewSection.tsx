import { FileDown, Printer } from 'lucide-react'
import { useEffect, useId, useMemo, useState } from 'react'
import { flushSync } from 'react-dom'
import { markdownOf } from '../../../core/review/markdown.ts'
import { LONGEST_ANSWER, reviewOf, type Review, type ReviewField } from '../../../core/review/review.ts'
import { PEOPLE_WORDS, REVIEW_TITLE } from '../../../core/review/review-text.ts'
import { announce } from '../../shared/announcer.tsx'
import { Button } from '../../shared/Button.tsx'
import { downloadFile } from '../../shared/clipboard.ts'
import { CopyButton } from '../../shared/CopyButton.tsx'
import { FoldCard } from '../../shared/Fold.tsx'
import { usePortion } from '../../shared/portion.tsx'
import { useApp, useReport } from '../../store-context.tsx'
import { PinTable } from './PinTable.tsx'
import styles from './ReviewSection.module.css'
import { ReviewSheet } from './ReviewSheet.tsx'

/** What each pin of the plan is today, and the same as a report and on paper. Folded until somebody asks. */
export function ReviewSection() {
  const { plan } = useReport()
  if (plan.policies.length === 0) return null
  return (
    <FoldCard
      label={REVIEW_TITLE}
      summary={
        <>
          <h3 className={styles.title}>{REVIEW_TITLE}</h3>
          <span className={styles.hint}>labels with dates, a report and a sheet to print</span>
        </>
      }
    >
      <ReviewBody />
    </FoldCard>
  )
}

function ReviewBody() {
  const { plan, rows, findings, now } = useReport()
  const settings = useApp((state) => state.settings)
  const review = useMemo(
    () => reviewOf(plan, rows, findings, settings, { now, toolVersion: __PINSMITH_VERSION__ }),
    [plan, rows, findings, settings, now],
  )
  const [shown, more] = usePortion(review.hosts, 'hosts')
  return (
    <div className={styles.body}>
      <p className={styles.intro}>
        Current: in service. Next: its certificate is still to come. Backup: in reserve. Retiring: on its way out, so
        that releases can leave it out once no phone needs it.
      </p>
      <PinTable hosts={shown} caption="Pins and what they are" />
      {more}
      <div className={styles.fields}>
        <PersonField field="owner" answer={review.people.owner} />
        <PersonField field="backupKeyHolder" answer={review.people.backupKeyHolder} />
      </div>
      <p className={styles.hint}>
        Both are kept with the project and stand in the report. Write names and places, never a passphrase.
      </p>
      <Actions review={review} />
    </div>
  )
}

function PersonField({ field, answer }: { readonly field: ReviewField; readonly answer: string }) {
  const set = useApp((state) => state.set)
  const id = useId()
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{PEOPLE_WORDS[field]} (optional)</label>
      <input
        id={id}
        type="text"
        autoComplete="off"
        maxLength={LONGEST_ANSWER}
        value={answer}
        onChange={(event) => set('review', field, event.target.value)}
      />
    </div>
  )
}

function Actions({ review }: { readonly review: Review }) {
  const [isPrinting, setPrinting] = useState(false)
  // The sheet is there while it is printed, so that the page itself can be printed too.
  useEffect(() => {
    if (!isPrinting) return undefined
    const end = () => setPrinting(false)
    window.addEventListener('afterprint', end)
    return () => window.removeEventListener('afterprint', end)
  }, [isPrinting])

  const download = () => {
    const name = `pinsmith-review-${review.day}.md`
    downloadFile(name, markdownOf(review))
    announce(`Downloaded ${name}`)
  }
  const print = () => {
    flushSync(() => setPrinting(true))
    window.print()
  }
  return (
    <div className={styles.actions}>
      <CopyButton text={markdownOf(review)} what="as Markdown" isWhatShown />
      <Button onClick={download}>
        <FileDown aria-hidden="true" />
        Download report (Markdown)
      </Button>
      <Button onClick={print}>
        <Printer aria-hidden="true" />
        Print the review sheet
      </Button>
      {isPrinting ? <ReviewSheet review={review} /> : null}
    </div>
  )
}
