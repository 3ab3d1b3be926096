import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { TextSnippet } from '../../core/formats/format.ts'
import { dividedAtPins, printedPins, type PinMeaning } from '../../core/pins/printed-pins.ts'
import { useReport } from '../store-context.tsx'
import { announce } from './announcer.tsx'
import styles from './ExplainedCode.module.css'
import { HighlightedCode, LONGEST_COLOURED } from './HighlightedCode.tsx'
import { pinMeaningText } from './pin-meaning-text.ts'

/**
 * Code in which a pin says what it stands for when it is pointed at, touched or reached by keyboard. All pins are one stop
 * of the Tab key; the arrow keys go from pin to pin.
 */
export function ExplainedCode({ content, language, title }: Pick<TextSnippet, 'content' | 'language' | 'title'>) {
  const { plan } = useReport()
  const meanings = useMemo(() => printedPins(plan), [plan])
  const first = useMemo(() => firstPin(content, meanings), [content, meanings])
  const [stop, setStop] = useState<number | null>(null)
  const [shown, setShown] = useState<string | null>(null)
  const region = useRef<HTMLElement>(null)
  const explanationId = useId()
  const meaning = shown === null ? undefined : meanings.get(shown)

  const explain = (pin: string) => {
    setShown(pin)
    const explained = meanings.get(pin)
    if (explained) announce(pinMeaningText(explained))
  }

  const pressKey = (event: KeyboardEvent, pin: string) => {
    const step = STEPS[event.key]
    if (step === undefined && !PRESSES.has(event.key)) return
    event.preventDefault()
    if (step === undefined) {
      explain(pin)
      return
    }
    const pins = [...(region.current?.querySelectorAll<HTMLElement>('[data-pin]') ?? [])]
    pins[pins.findIndex((one) => one === event.target) + step]?.focus()
  }

  const drawText = (text: string, offset: number) => {
    let next = offset
    return dividedAtPins(text).map((run) => {
      const place = next
      next += run.text.length
      if (!run.isPin || !meanings.has(run.text)) return run.text
      return (
        <span
          key={place}
          data-pin=""
          // A button of the page would not be part of selected text.
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- see above
          role="button"
          tabIndex={place === (stop ?? first) ? 0 : -1}
          className={styles.pin}
          aria-describedby={shown === run.text ? explanationId : undefined}
          onFocus={() => {
            setStop(place)
            setShown(run.text)
          }}
          onPointerEnter={() => setShown(run.text)}
          onClick={() => explain(run.text)}
          onKeyDown={(event) => pressKey(event, run.text)}
        >
          {run.text}
        </span>
      )
    })
  }

  return (
    <div className={styles.explained}>
      {/* A scrollable region has to be reachable by keyboard (WCAG 2.1.1). */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above */}
      <section ref={region} className={styles.code} tabIndex={0} aria-label={`${title}, text`}>
        <pre>
          {first === null ? (
            <HighlightedCode content={content} language={language} />
          ) : (
            <HighlightedCode content={content} language={language} drawText={drawText} />
          )}
        </pre>
      </section>
      {first === null ? null : (
        <p id={explanationId} className={styles.explanation}>
          {meaning
            ? pinMeaningText(meaning)
            : 'Point at a pin, or go there with the keyboard, to see what it stands for.'}
        </p>
      )}
    </div>
  )
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }

/** What presses a button. */
const PRESSES: ReadonlySet<string> = new Set(['Enter', ' '])

/** Where the first pin of the plan stands; null when there is none, or when the text is too long to draw it in parts. */
function firstPin(content: string, meanings: ReadonlyMap<string, PinMeaning>): number | null {
  if (content.length > LONGEST_COLOURED) return null
  let offset = 0
  for (const { text, isPin } of dividedAtPins(content)) {
    if (isPin && meanings.has(text)) return offset
    offset += text.length
  }
  return null
}
