import { isPublic } from '../chain/store-listings.ts'
import type { Instant } from '../instant.ts'
import { LETS_ENCRYPT_LIFETIMES, LIFETIME_STEPS, lifetimeInDays, type LifetimeLimit } from '../risks/policy.ts'
import { recognise } from '../trust/recognise.ts'
import type { Cadence } from '../cadence/cadence.ts'
import type { HeldLeaf } from './holds.ts'

/** Whose lifetimes count. `private`: a CA that no platform lists, which issues for as long as it likes. */
export type IssuerKind = 'public' | 'lets-encrypt' | 'private'

/** What renewals come to under one lifetime, for the leaf keys that pins rest on. */
export interface RenewalCost {
  readonly issuer: IssuerKind
  /** The day from which certificates are issued for that long, `yyyy-MM-dd`; null: as today’s. */
  readonly from: string | null
  readonly days: number
  readonly source: string | null
  /** How many leaf keys are concerned, and the hosts that have them. */
  readonly keys: number
  readonly hosts: number
  /** Renewals of one certificate in a year, each used to its last day. */
  readonly renewals: number
  /** Releases a year that have to go out for them when each renewal brings a new key; no more than there are releases. */
  readonly releases: number
  /** Whether that is every release. */
  readonly isEveryRelease: boolean
  /**
   * How many keys to come have to be pinned in each release: all that come into service before nearly all phones have
   * the release after it.
   */
  readonly keysAhead: number
}

const DAYS_PER_YEAR = 365

/** The lifetimes of today and those to come, by issuer; empty when no pin rests on a leaf key. */
export function renewalCosts(leafKeys: readonly HeldLeaf[], cadence: Cadence, now: Instant): readonly RenewalCost[] {
  return (['public', 'lets-encrypt', 'private'] as const).flatMap((issuer) => {
    const own = leafKeys.filter((key) => issuerOf(key) === issuer)
    if (own.length === 0) return []
    return lifetimesOf(issuer, own, now).map(({ from, days, source }): RenewalCost => {
      const renewals = DAYS_PER_YEAR / days
      const possible = DAYS_PER_YEAR / cadence.releaseEvery
      return {
        issuer,
        from,
        days,
        source,
        keys: own.length,
        hosts: new Set(own.flatMap(({ hosts }) => hosts)).size,
        renewals,
        releases: Math.min(possible, own.length * renewals),
        isEveryRelease: own.length * renewals >= possible,
        keysAhead: Math.ceil((cadence.releaseEvery + cadence.adoption) / days),
      }
    })
  })
}

function issuerOf({ chain }: HeldLeaf): IssuerKind {
  if (!isPublic(chain)) return 'private'
  return recognise(chain, null).family?.family.id === 'lets-encrypt' ? 'lets-encrypt' : 'public'
}

interface Lifetime {
  readonly from: string | null
  readonly days: number
  readonly source: string | null
}

function lifetimesOf(issuer: IssuerKind, keys: readonly HeldLeaf[], now: Instant): readonly Lifetime[] {
  switch (issuer) {
    case 'public':
      return fromTodayOn(LIFETIME_STEPS, now)
    case 'lets-encrypt':
      return fromTodayOn(LETS_ENCRYPT_LIFETIMES, now)
    case 'private':
      return [
        { from: null, days: Math.min(...keys.map(({ certificate }) => lifetimeInDays(certificate))), source: null },
      ]
  }
}

/** The one that is in force and those that follow. */
function fromTodayOn(limits: readonly LifetimeLimit[], now: Instant): readonly LifetimeLimit[] {
  const current = limits.findLastIndex(({ from }) => Date.parse(from) <= now)
  return limits.slice(Math.max(0, current))
}
