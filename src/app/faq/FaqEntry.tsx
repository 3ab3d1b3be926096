import { type MouseEvent, useEffect, useRef } from 'react'
import type { FaqAnswer, FaqBlock } from './faq-answer.ts'
import { FaqBlockView } from './FaqBlockView.tsx'
import styles from './FaqTab.module.css'

interface FaqEntryProps {
  readonly answer: FaqAnswer
  readonly selected: boolean
  readonly hidden: boolean
  readonly onSelect: (id: string) => void
}

function blockKey(block: FaqBlock): string {
  switch (block.kind) {
    case 'paragraph':
    case 'code':
    case 'link':
      return block.text
    case 'list':
      return block.items.join()
    case 'table':
      return block.caption
  }
}

/** One question, folded. Opens, scrolls into view and takes the focus when it becomes the selected one. */
export function FaqEntry({ answer, selected, hidden, onSelect }: FaqEntryProps) {
  const details = useRef<HTMLDetailsElement>(null)
  const summary = useRef<HTMLElement>(null)

  // The reader opens and folds answers; setting `open` as a prop would take that over.
  useEffect(() => {
    if (!selected || details.current === null) return
    details.current.open = true
    details.current.scrollIntoView({ block: 'start' })
    summary.current?.focus({ preventScroll: true })
  }, [selected])

  const elementId = `faq-${answer.id}`
  const questionId = `${elementId}-question`

  function followLink(event: MouseEvent) {
    // With a modifier the browser opens the address elsewhere.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    onSelect(answer.id)
  }

  return (
    <details ref={details} id={elementId} className={styles.entry} hidden={hidden}>
      <summary ref={summary} className={styles.summary}>
        <h3 id={questionId} className={styles.question}>
          {answer.question}
        </h3>
      </summary>
      <div className={styles.answer}>
        {answer.blocks.map((block) => (
          <FaqBlockView key={blockKey(block)} block={block} />
        ))}
        <div className={styles.footer}>
          <div>
            <p className={styles.sourcesTitle}>Sources, in a new tab</p>
            <ul className={styles.sources}>
              {answer.sources.map((source) => (
                <li key={source.url}>
                  <a href={source.url} target="_blank" rel="noreferrer">
                    {source.title}
                  </a>
                </li>
              ))}
            </ul>
          </div>
          <a className={styles.permalink} href={`#faq/${answer.id}`} aria-describedby={questionId} onClick={followLink}>
            Link to this answer
          </a>
        </div>
      </div>
    </details>
  )
}
