import { useEffect, useRef, useState } from 'react'
import styles from './FaqTab.module.css'
import { GLOSSARY, type GlossaryTerm } from './glossary.ts'
import { InlineText } from './InlineText.tsx'

interface GlossarySectionProps {
  /** Those that the search of the tab leaves. */
  readonly matching: readonly GlossaryTerm[]
  readonly isSearching: boolean
  readonly selectedId: string | null
}

/** The words of the trade and of this page. */
export function GlossarySection({ matching, isSearching, selectedId }: GlossarySectionProps) {
  const [isOpen, setIsOpen] = useState(false)
  const summary = useRef<HTMLElement>(null)
  const isSelected = selectedId === 'glossary'
  const isForced = isSearching || isSelected || GLOSSARY.some(({ id }) => id === selectedId)
  const shown = new Set(matching)

  useEffect(() => {
    if (!isSelected) return
    summary.current?.scrollIntoView({ block: 'start' })
    summary.current?.focus({ preventScroll: true })
  }, [isSelected])

  return (
    <section className={styles.group} aria-labelledby="faq-group-glossary" hidden={shown.size === 0}>
      <h2 id="faq-group-glossary" className={styles.groupTitle}>
        Glossary
      </h2>
      <details
        className={styles.part}
        open={isOpen || isForced}
        onToggle={({ currentTarget }) => {
          if (!isForced) setIsOpen(currentTarget.open)
        }}
      >
        <summary ref={summary} className={styles.summary}>
          Words of the trade, from ACME to trust path
        </summary>
        {isOpen || isForced ? (
          <dl className={styles.terms}>
            {GLOSSARY.map((term) => (
              <TermEntry key={term.id} term={term} selected={term.id === selectedId} hidden={!shown.has(term)} />
            ))}
          </dl>
        ) : null}
      </details>
    </section>
  )
}

interface TermEntryProps {
  readonly term: GlossaryTerm
  readonly selected: boolean
  readonly hidden: boolean
}

function TermEntry({ term: { id, term, text, faq }, selected, hidden }: TermEntryProps) {
  const entry = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (!selected) return
    entry.current?.scrollIntoView({ block: 'start' })
    entry.current?.focus({ preventScroll: true })
  }, [selected])

  return (
    <div ref={entry} id={`faq-${id}`} className={styles.term} tabIndex={-1} hidden={hidden}>
      <dt>{term}</dt>
      <dd>
        <InlineText text={text} />{' '}
        {faq === undefined ? null : (
          <a href={`#faq/${faq}`}>
            More<span className="visually-hidden"> about {term}</span>
          </a>
        )}
      </dd>
    </div>
  )
}
