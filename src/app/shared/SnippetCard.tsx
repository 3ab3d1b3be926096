import { Download } from 'lucide-react'
import { useId } from 'react'
import type { Snippet } from '../../core/formats/format.ts'
import { announce } from './announcer.tsx'
import { Button } from './Button.tsx'
import { downloadFile } from './clipboard.ts'
import { CopyButton } from './CopyButton.tsx'
import { HighlightedCode } from './HighlightedCode.tsx'
import styles from './SnippetCard.module.css'

/** One piece of output: where it goes, the text itself, copy and download. What is copied is what is shown. */
export function SnippetCard({ snippet }: { readonly snippet: Snippet }) {
  const titleId = useId()
  const { title, path, fileName, content, language, place } = snippet
  return (
    <section className={styles.card} aria-labelledby={titleId}>
      <header className={styles.header}>
        <div>
          <h3 id={titleId}>{title}</h3>
          <p className={styles.path}>{path}</p>
        </div>
        <div className={styles.actions}>
          {fileName === null ? null : (
            <Button
              onClick={() => {
                downloadFile(fileName, content)
                announce(`Downloaded ${fileName}`)
              }}
            >
              <Download aria-hidden="true" />
              Download <span className="visually-hidden">{fileName}</span>
            </Button>
          )}
          <CopyButton text={content} what={title} variant="primary" />
        </div>
      </header>
      <p className={styles.place}>{place}</p>
      {/* A scrollable region has to be reachable by keyboard (WCAG 2.1.1). */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above */}
      <section className={styles.code} tabIndex={0} aria-label={`${title}, text`}>
        <pre>
          <HighlightedCode content={content} language={language} />
        </pre>
      </section>
    </section>
  )
}
