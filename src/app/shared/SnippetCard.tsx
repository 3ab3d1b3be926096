import { Download } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import type { CertificateSnippet, Snippet, TextSnippet } from '../../core/formats/format.ts'
import { useApp } from '../store-context.tsx'
import { announce } from './announcer.tsx'
import { Button } from './Button.tsx'
import { downloadFile } from './clipboard.ts'
import { CopyButton } from './CopyButton.tsx'
import { ExplainedCode } from './ExplainedCode.tsx'
import { printedDer } from './printed-der.ts'
import { certificateContent } from './project-files.ts'
import styles from './SnippetCard.module.css'

/** One piece of output: where it goes, the thing itself, copy and download. */
export function SnippetCard({
  snippet,
  namePrefix,
}: {
  readonly snippet: Snippet
  /** Of the downloaded file, for what must not be mistaken for the real one. */
  readonly namePrefix: string
}) {
  return snippet.kind === 'text' ? (
    <TextCard snippet={snippet} namePrefix={namePrefix} />
  ) : (
    <CertificateCard snippet={snippet} />
  )
}

/** What is copied is what is shown. */
function TextCard({ snippet, namePrefix }: { readonly snippet: TextSnippet; readonly namePrefix: string }) {
  const { title, fileName, content, language } = snippet
  return (
    <Card
      snippet={snippet}
      actions={
        <>
          {fileName === null ? null : <DownloadButton fileName={namePrefix + fileName} content={content} />}
          <CopyButton text={content} what={title} variant="primary" />
        </>
      }
    >
      <ExplainedCode title={title} content={content} language={language} />
    </Card>
  )
}

/** A certificate of the rows as a file, with what tells it from any other. */
function CertificateCard({ snippet }: { readonly snippet: CertificateSnippet }) {
  const { fileName, certificate } = snippet
  const der = useApp(({ rows }) => printedDer(rows, certificate))
  return (
    <Card
      snippet={snippet}
      actions={
        der && <DownloadButton fileName={fileName} content={certificateContent(snippet, der)} variant="primary" />
      }
    >
      <p className={styles.place}>SHA-256 fingerprint of the certificate, not a pin:</p>
      <code className={styles.fingerprint}>{certificate}</code>
    </Card>
  )
}

function Card({
  snippet: { title, path, place },
  actions,
  children,
}: {
  readonly snippet: Snippet
  readonly actions: ReactNode
  readonly children: ReactNode
}) {
  const titleId = useId()
  return (
    <section className={styles.card} aria-labelledby={titleId}>
      <header className={styles.header}>
        <div>
          <h4 id={titleId} className={styles.title}>
            {title}
          </h4>
          <p className={styles.path}>{path}</p>
        </div>
        <div className={styles.actions}>{actions}</div>
      </header>
      <p className={styles.place}>{place}</p>
      {children}
    </section>
  )
}

function DownloadButton({
  fileName,
  content,
  variant = 'secondary',
}: {
  readonly fileName: string
  readonly content: string | Uint8Array
  readonly variant?: 'primary' | 'secondary'
}) {
  return (
    <Button
      variant={variant}
      onClick={() => {
        downloadFile(fileName, content)
        announce(`Downloaded ${fileName}`)
      }}
    >
      <Download aria-hidden="true" />
      Download <span className="visually-hidden">{fileName}</span>
    </Button>
  )
}
