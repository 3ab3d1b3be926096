import type { Certificate } from '../certificate/certificate.ts'
import type { Chain, ChainRole, StoreMembership } from '../chain/chain.ts'
import { isPublic } from '../chain/store-listings.ts'
import type { Instant } from '../instant.ts'
import { happening } from '../risks/noticed-root-text.ts'
import { noticesAbout } from '../risks/noticed-roots.ts'
import { retiredIssuersOf, retiredIssuersWith, type RetiredIssuers } from '../risks/policy.ts'
import { effectiveFrom, isInEffect, type RootNotice } from '../risks/root-notice.ts'
import { familyOfRoot } from '../trust/recognise.ts'
import { dayInWords } from '../wording/wording.ts'
import { addDays, dayOf, lastWholeDay } from '../days.ts'

/** Why chains leave a CA before its certificate ends. */
export type EarlierEnd =
  /** `isInEffect`: the day has come, so the next certificate of a server may come from elsewhere. */
  | { readonly kind: 'root-notice'; readonly notice: RootNotice; readonly isInEffect: boolean }
  /** Its CA issues from others. */
  | { readonly kind: 'issuer-retired'; readonly retired: RetiredIssuers }
  /** A public CA promises nobody that the next certificate comes from the same intermediate. */
  | { readonly kind: 'intermediate-may-change' }

/** Until when a plan counts on a pinned key. */
export interface HoldingEnd {
  /** The last whole day, as the beginning of it. */
  readonly lastDay: Instant
  /** Null: until its certificate ends. */
  readonly earlier: EarlierEnd | null
}

/**
 * Until when a key of a chain holds: a leaf as long as its certificate, a CA no longer than root programmes and its own
 * CA let it. What they have done already, and what they may do any day, changes the chain with the next leaf, so until then the
 * leaf in service counts.
 *
 * @param sharing the certificates that have the key, and which stores list each
 */
export function holdingEnd(
  { certificate, role }: { readonly certificate: Certificate; readonly role: ChainRole },
  sharing: readonly { readonly root: Certificate; readonly stores: StoreMembership | null }[],
  chain: Chain,
  now: Instant,
): HoldingEnd {
  const own: HoldingEnd = { lastDay: lastWholeDay(certificate), earlier: null }
  const leaf = chain.links[0]?.certificate
  if (role === 'leaf' || !leaf) return own
  const withLeaf = lastWholeDay(leaf)
  const notices = noticesAbout(certificate.pin, sharing).map((notice): HoldingEnd => {
    const isPast = isInEffect(notice, now)
    return {
      lastDay: isPast ? withLeaf : addDays(dayOf(effectiveFrom(notice)), -1),
      earlier: { kind: 'root-notice', notice, isInEffect: isPast },
    }
  })
  const retired = retiredIssuersWith(certificate.pin, now) ?? retiredIssuersOf(certificate.subject, now)
  const all: readonly HoldingEnd[] = [
    own,
    ...notices,
    ...(retired ? [{ lastDay: withLeaf, earlier: { kind: 'issuer-retired' as const, retired } }] : []),
    // A root that was cross-signed stays a root.
    ...(role === 'intermediate' && isPublic(chain) && familyOfRoot(certificate.pin) === null
      ? [{ lastDay: withLeaf, earlier: { kind: 'intermediate-may-change' as const } }]
      : []),
  ]
  return all.reduce((first, end) => (end.lastDay < first.lastDay ? end : first))
}

/** The same for the same reason. */
export function identityOf({ lastDay, earlier }: HoldingEnd): string {
  return `${lastDay} ${earlier === null ? '' : sourceOf(earlier)}`
}

/** Where it is published. */
export function sourceOf(earlier: EarlierEnd): string {
  switch (earlier.kind) {
    case 'root-notice':
      return earlier.notice.sources[0] ?? ''
    case 'issuer-retired':
      return earlier.retired.source
    case 'intermediate-may-change':
      return 'https://aws.amazon.com/blogs/security/amazon-introduces-dynamic-intermediate-certificate-authorities/'
  }
}

/** Why chains leave a CA: a clause without a full stop, to follow the CA’s name, which it takes up as “it”. */
export function earlierEndText(earlier: EarlierEnd): string {
  switch (earlier.kind) {
    case 'root-notice':
      return `it ${happening(earlier.notice, earlier.isInEffect)}`
    case 'issuer-retired': {
      const { ca, since, successors } = earlier.retired
      return `${ca} has not issued from it since ${dayInWords(since)}, but from ${successors}`
    }
    case 'intermediate-may-change':
      return 'a public CA may issue the next certificate from another intermediate than it'
  }
}
