import { Fragment, useEffect, useState, type ReactNode } from 'react'
import type { TextSnippet } from '../../core/formats/format.ts'
import styles from './HighlightedCode.module.css'

/** A run of text of one colour. */
export interface CodeToken {
  readonly kind: 'comment' | 'tag' | 'attribute' | 'value' | 'plain'
  readonly text: string
  /** Where it starts in the whole text. */
  readonly offset: number
}

/** Longer texts stay plain: colouring hundreds of hosts would hold up the page. */
export const LONGEST_COLOURED = 60_000

const asItIs = (text: string) => text

/** Code as text; syntax colours follow as soon as the highlighter has loaded. The text is the same either way. */
export function HighlightedCode({
  content,
  language,
  drawText = asItIs,
}: {
  readonly content: string
  readonly language: TextSnippet['language']
  /** Draws a part of the text, which has to stay the same. */
  readonly drawText?: (text: string, offset: number) => ReactNode
}) {
  const [tokens, setTokens] = useState<{ readonly of: string; readonly list: readonly CodeToken[] } | null>(null)
  useEffect(() => {
    if (content.length > LONGEST_COLOURED) return undefined
    let isCurrent = true
    const highlight = async () => {
      const { tokenize } = await import('./syntax.ts')
      if (isCurrent) setTokens({ of: content, list: tokenize(content, language) })
    }
    // Without the highlighter the text stands plain; nothing else depends on it.
    highlight().catch(() => undefined)
    return () => {
      isCurrent = false
    }
  }, [content, language])

  if (tokens?.of !== content) return <code>{drawText(content, 0)}</code>
  return (
    <code>
      {tokens.list.map(({ kind, text, offset }) =>
        kind === 'plain' ? (
          <Fragment key={offset}>{drawText(text, offset)}</Fragment>
        ) : (
          <span key={offset} className={styles[kind]}>
            {drawText(text, offset)}
          </span>
        ),
      )}
    </code>
  )
}
