import { counted } from '../../core/wording/wording.ts'
import { damagedBlockText, ignoredBlockText, sourceFailureText } from '../failure-text.ts'
import type { RowSource, ServedChains } from '../row.ts'
import styles from './SourceOutcome.module.css'

/** What a source gave, what was left out of it, or why it failed. */
export function SourceOutcome({ source: { state } }: { readonly source: RowSource }) {
  switch (state.status) {
    case 'reading':
      return <p className={styles.outcome}>Reading…</p>
    case 'fetching':
      return <p className={styles.outcome}>Fetching…</p>
    case 'failed': {
      const { what, next } = sourceFailureText(state.failure)
      return (
        <p className={styles.failed}>
          <strong>{what}</strong> {isLockedForGood(state) ? 'Add it again to enter its password.' : next}
        </p>
      )
    }
    case 'read': {
      const count = state.certificates.length
      const different = new Set(state.certificates.map(({ sha256 }) => sha256)).size
      const keys = state.keys.length
      const parts = [
        ...(state.served ? [servedCountText(state.served)] : []),
        ...(count > 0 || keys === 0 ? [counted(count, 'certificate')] : []),
        ...(different < count ? [`${different} different`] : []),
        ...(keys > 0 ? [`${counted(keys, 'key')} without a certificate`] : []),
      ]
      return (
        <>
          <p className={styles.outcome}>{parts.join(', ')}</p>
          <LeftOut sentences={state.damaged.map(damagedBlockText)} className={styles.failed} />
          <LeftOut sentences={state.ignored.map(ignoredBlockText)} className={styles.outcome} />
        </>
      )
    }
  }
}

function servedCountText({ lists, addresses, addressesLeftOut = 0 }: ServedChains): string {
  const chains = lists.length === 1 ? '1 chain' : `${lists.length} chains`
  const asked = addresses.length === 1 ? '1 address' : `${addresses.length} addresses`
  return `${chains} from ${addressesLeftOut > 0 ? `${addresses.length} of ${addresses.length + addressesLeftOut} addresses` : asked}`
}

/** From an earlier visit: nothing but the failure was kept. */
function isLockedForGood({ failure, canUnlock }: Extract<RowSource['state'], { readonly status: 'failed' }>): boolean {
  return (failure.kind === 'password-needed' || failure.kind === 'wrong-password') && !canUnlock
}

/** Nobody reads more, and the page stays quick. */
const MOST_SHOWN = 20

function LeftOut({
  sentences,
  className,
}: {
  readonly sentences: readonly string[]
  readonly className: string | undefined
}) {
  return (
    <>
      {sentences.slice(0, MOST_SHOWN).map((sentence) => (
        <p key={sentence} className={className}>
          {sentence}
        </p>
      ))}
      {sentences.length > MOST_SHOWN ? (
        <p className={className}>{(sentences.length - MOST_SHOWN).toLocaleString('en')} more were left out.</p>
      ) : null}
    </>
  )
}
