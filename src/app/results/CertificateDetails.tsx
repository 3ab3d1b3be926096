import { useState } from 'react'
import { certificateName, type Certificate } from '../../core/certificate/certificate.ts'
import { shortLine } from '../../core/single-line.ts'
import styles from './CertificateDetails.module.css'
import { certificateFacts } from './certificate-facts.ts'
import { FoldedList } from './FoldedList.tsx'

const LONGEST_NAME = 100

/** All that is decoded of one certificate, folded away: a row of two hundred domains has thousands of such lines. */
export function CertificateDetails({ certificate }: { readonly certificate: Certificate }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        Details<span className="visually-hidden"> of {shortLine(certificateName(certificate), LONGEST_NAME)}</span>
      </summary>
      {isOpen ? (
        <dl className={styles.facts}>
          {certificateFacts(certificate).map(({ term, values, isCode }) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd className={isCode ? styles.code : undefined}>
                <FoldedList items={values} layout="lines" />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
    </details>
  )
}
