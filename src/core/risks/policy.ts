/** Rules that others made, each with its source; all were read on 2026-11-21. */
import type { Certificate, DistinguishedName } from '../certificate/certificate.ts'
import { MILLISECONDS_PER_DAY, startOfDayUtc, type Instant } from '../instant.ts'
import type { SpkiPin } from '../pins/spki-pin.ts'
import { RETIRED_LETS_ENCRYPT } from '../trust/known-authorities.ts'

/** How long a server's certificate may be valid that a public CA issues from a day on. */
export interface LifetimeLimit {
  /** `yyyy-MM-dd`, the beginning of it in UTC. */
  readonly from: string
  readonly days: number
  readonly source: string
}

/** CA/Browser Forum, ballot SC-081v3. */
const BASELINE_REQUIREMENTS =
  'https://github.com/cabforum/servercert/blob/main/docs/BR.md#632-certificate-operational-periods-and-key-pair-usage-periods'

/** Apple's own limit: its systems refuse what goes beyond, where the root is one that they come with. */
export const APPLE_LIFETIME_LIMIT: LifetimeLimit = {
  from: '2020-09-01',
  days: 398,
  source: 'https://support.apple.com/102028',
}

/** Earliest first. What was issued before the first of them has ended long ago. */
export const LIFETIME_LIMITS: readonly LifetimeLimit[] = [
  APPLE_LIFETIME_LIMIT,
  { from: '2026-03-15', days: 200, source: BASELINE_REQUIREMENTS },
  { from: '2027-03-15', days: 100, source: BASELINE_REQUIREMENTS },
  { from: '2029-03-15', days: 47, source: BASELINE_REQUIREMENTS },
]

/** The steps of the CA/Browser Forum, which replace Apple’s limit one after the other. */
export const LIFETIME_STEPS: readonly LifetimeLimit[] = LIFETIME_LIMITS.slice(1)

const LETS_ENCRYPT_PLAN = 'https://letsencrypt.org/2025/12/02/from-90-to-45'

/** How long Let’s Encrypt issues for unless a shorter profile is asked for. Earliest first; the first since it began. */
export const LETS_ENCRYPT_LIFETIMES: readonly LifetimeLimit[] = [
  { from: '2016-04-12', days: 90, source: LETS_ENCRYPT_PLAN },
  { from: '2027-02-10', days: 64, source: LETS_ENCRYPT_PLAN },
  { from: '2028-02-16', days: 45, source: LETS_ENCRYPT_PLAN },
]

/** The limit for what is issued at a moment; null before the first. */
export function lifetimeLimitAt(issued: Instant): LifetimeLimit | null {
  return LIFETIME_LIMITS.findLast(({ from }) => Date.parse(from) <= issued) ?? null
}

/** Baseline Requirements §6.3.2: both ends belong to it, and any part of a day is a whole one. */
export function lifetimeInDays({ notBefore, notAfter }: Certificate): number {
  return Math.ceil((notAfter - notBefore + 1000) / MILLISECONDS_PER_DAY)
}

/** Intermediates that no longer issue, as their CA says. */
export interface RetiredIssuers {
  readonly ca: string
  readonly organization: string
  /** Their names by their pins. */
  readonly keys: ReadonlyMap<SpkiPin, string>
  /** When their successors took over, `yyyy-MM`. */
  readonly since: string
  readonly successors: string
  readonly source: string
}

const RETIRED_ISSUERS: readonly RetiredIssuers[] = [
  {
    ca: 'Let’s Encrypt',
    organization: "Let's Encrypt",
    keys: RETIRED_LETS_ENCRYPT,
    since: '2026-05',
    successors: 'YE1, YE2, YR1 and YR2',
    source: 'https://letsencrypt.org/certificates/',
  },
]

/** Those that the issuer of such a name was retired with; null for one that issues. */
export function retiredIssuersOf({ commonName, organization }: DistinguishedName, now: Instant): RetiredIssuers | null {
  return (
    retiredAt(now).find(
      (retired) => retired.organization === organization && [...retired.keys.values()].includes(commonName ?? ''),
    ) ?? null
  )
}

/** The same by the key. */
export function retiredIssuersWith(pin: SpkiPin, now: Instant): RetiredIssuers | null {
  return retiredAt(now).find(({ keys }) => keys.has(pin)) ?? null
}

function retiredAt(now: Instant): readonly RetiredIssuers[] {
  return RETIRED_ISSUERS.filter(({ since }) => (startOfDayUtc(`${since}-01`) ?? Infinity) <= now)
}

/** How many days before its end a certificate is renewed, as certbot does it and Let’s Encrypt advises for 90 days. */
export const RENEWAL_DAYS = 30

/** Android Studio’s lint warns of an `expiration` that is less than this ahead (`NetworkSecurityConfigDetector`). */
export const LINT_EXPIRATION_DAYS = 10

/** How far ahead an `expiration` is no longer a decision about keys that anybody knows (platforms.md G). */
export const FAR_EXPIRATION_DAYS = 366

/** Chrome Root Program policy 1.8, of 2026-02-05: approximate days, extensions possible. */
export const CHROME_POLICY = 'https://googlechrome.github.io/chromerootprogram/'
/** Mozilla Root Store Policy 3.1, section 7.4. */
export const MOZILLA_POLICY = 'https://github.com/mozilla/pkipolicy/blob/master/rootstore/policy.md'

/** When both programmes end trust in a root, by the day on which its key was made; for keys that are younger it is their age. */
const KEY_AGE_STEPS = [
  { madeFrom: '2006-01-01', removed: '2026-04-15' },
  { madeFrom: '2008-01-01', removed: '2027-04-15' },
  { madeFrom: '2010-01-01', removed: '2028-04-15' },
  { madeFrom: '2012-01-01', removed: '2029-04-15' },
] as const
const AGE_LIMIT = { madeFrom: '2014-04-15', years: 15 } as const

/** About when root programmes drop a key; null for keys that were to go before the schedule begins. */
export function keyAgeLimit(made: string): string | null {
  if (made >= AGE_LIMIT.madeFrom) return `${Number(made.slice(0, 4)) + AGE_LIMIT.years}${made.slice(4)}`
  return KEY_AGE_STEPS.findLast(({ madeFrom }) => madeFrom <= made)?.removed ?? null
}

/** How far ahead a pinned root’s end asks for a plan: apps of a year ago are still in use (platforms.md G rates it high). */
export const NEAR_PHASE_OUT_DAYS = 365
