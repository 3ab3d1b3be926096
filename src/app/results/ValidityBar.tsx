import { validityAt, type Certificate } from '../../core/certificate/certificate.ts'
import type { Instant } from '../../core/instant.ts'
import styles from './ValidityBar.module.css'

/** How much of a certificate's life is over. The dates stand beside it as text, so it is hidden from screen readers. */
export function ValidityBar({ certificate, now }: { readonly certificate: Certificate; readonly now: Instant }) {
  const { notBefore, notAfter } = certificate
  const share = Math.min(1, Math.max(0, (now - notBefore) / Math.max(1, notAfter - notBefore)))
  return (
    <svg className={styles.bar} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect className={styles.whole} width="100" height="6" />
      <rect className={styles[validityAt(certificate, now)]} width={share * 100} height="6" />
    </svg>
  )
}
