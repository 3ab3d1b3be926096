import { certificateName, validityAt, type Certificate } from '../../certificate/certificate.ts'
import type { Chain } from '../../chain/chain.ts'
import { isPublic, storesOf } from '../../chain/store-listings.ts'
import { isoDay, type Instant } from '../../instant.ts'
import { isPinned } from '../../pins/pin-choices.ts'
import type { PlanRow } from '../../pins/plan-pins.ts'
import { APPLE_LIFETIME_LIMIT, lifetimeInDays, lifetimeLimitAt, type LifetimeLimit } from '../policy.ts'
import { defineRule } from '../risk-rule.ts'
import { dayInWords, shownName } from '../../wording/wording.ts'

interface Facts {
  /** `next-shorter`: it is right itself, and the one that follows it may not be as long. */
  readonly kind: 'too-long' | 'next-shorter'
  readonly name: string
  readonly host: string
  readonly days: number
  /** The days on which it was issued and ends. */
  readonly issued: string
  readonly ends: string
  readonly limit: LifetimeLimit
  readonly isRefusedByApple: boolean
}

export default defineRule<Facts>({
  id: 'certificate-lifetime',
  tab: 'results',
  severity: ({ kind, isRefusedByApple }) => {
    if (isRefusedByApple) return 'blocker'
    return kind === 'too-long' ? 'warning' : 'note'
  },
  title: ({ kind, name, host, days, limit }) =>
    kind === 'too-long'
      ? `The leaf ${name} is valid for ${days} days, longer than a public CA may issue`
      : `The next certificate of ${host} may be valid for ${limit.days} days at most`,
  why: ({ kind, name, days, issued, ends, limit, isRefusedByApple }) => {
    const rule = `from ${dayInWords(limit.from)} public CAs issue certificates for servers for ${limit.days} days at most`
    if (kind === 'next-shorter') {
      return `The pinned leaf ${name} is valid for ${days} days and ends on ${dayInWords(ends)}; ${rule}. A pin on the leaf outlives a renewal only when the key is kept, so plan for more renewals, and keep a backup key.`
    }
    const consequence = isRefusedByApple
      ? `iOS refuses what is valid for longer than ${APPLE_LIFETIME_LIMIT.days} days, whatever is pinned.`
      : 'A CA has to revoke such a certificate within five days, and phones and browsers may refuse it.'
    return `It was issued on ${dayInWords(issued)}, and ${rule}. ${consequence} Get a new certificate for the same key, and the pin stays.`
  },
  faq: 'certificate-lifetimes',
  source: 'https://github.com/cabforum/servercert/blob/main/docs/BR.md',
  since: '2026-11-21',
  applies: ({ rows }) => rows.some(({ chains }) => chains.some(isPublic)),
  check: ({ rows, now }) => rows.flatMap((row) => occurrences(row, now)),
})

function occurrences(row: PlanRow, now: Instant) {
  // A leaf that has ended is found by its validity.
  const leaves = new Map(
    row.chains.filter(isPublic).flatMap((chain) => {
      const [leaf] = chain.links
      if (leaf?.role !== 'leaf' || validityAt(leaf.certificate, now) === 'expired') return []
      return [[leaf.certificate.sha256, { leaf, chain }] as const]
    }),
  )
  return [...leaves.values()].flatMap(({ leaf, chain }) => {
    const { certificate } = leaf
    const tooLong = tooLongFor(certificate, chain)
    if (tooLong) return [occurrence(row, certificate, 'too-long', tooLong)]
    const next = lifetimeLimitAt(certificate.notAfter)
    if (!next || !isPinned(row.choices, leaf) || lifetimeInDays(certificate) <= next.days) return []
    return [occurrence(row, certificate, 'next-shorter', { limit: next, isRefusedByApple: false })]
  })
}

interface Excess {
  readonly limit: LifetimeLimit
  readonly isRefusedByApple: boolean
}

function tooLongFor(certificate: Certificate, chain: Chain): Excess | null {
  const limit = lifetimeLimitAt(certificate.notBefore)
  const days = lifetimeInDays(certificate)
  if (!limit || days <= limit.days) return null
  const isOnApple = storesOf(chain).some(({ apple }) => apple !== null)
  return { limit, isRefusedByApple: isOnApple && days > APPLE_LIFETIME_LIMIT.days }
}

function occurrence(row: PlanRow, certificate: Certificate, kind: Facts['kind'], excess: Excess) {
  const facts: Facts = {
    kind,
    name: shownName(certificateName(certificate)),
    host: row.hostRule?.host ?? 'this server',
    days: lifetimeInDays(certificate),
    issued: isoDay(certificate.notBefore),
    ends: isoDay(certificate.notAfter),
    ...excess,
  }
  return { rowIds: [row.rowId], facts, source: excess.limit.source }
}
