import type { PinRole } from '../pins/pin-choices.ts'
import type { LeftOutRow } from '../pins/plan-pins.ts'
import { dayInWords } from '../wording/wording.ts'
import type { ReviewedHost, ReviewField } from './review.ts'

// The words of the review, the same on the page, on paper and in the file.

export const REVIEW_TITLE = 'Pin review'

export const ROLE_WORDS: Readonly<Record<PinRole, string>> = { leaf: 'leaf', ca: 'CA', unknown: 'not said' }

export const PEOPLE_WORDS: Readonly<Record<ReviewField, string>> = {
  owner: 'Owner of these pins',
  backupKeyHolder: 'Who holds the backup key',
}

/** How far the pins of a host reach. */
export function reachText({ includeSubdomains }: Pick<ReviewedHost, 'includeSubdomains'>): string {
  return includeSubdomains ? 'this host and its sub-domains' : 'this host alone'
}

/** In the place of days. */
export const NO_CERTIFICATE = 'no certificate'

/** From when to when the certificates of a key are valid. */
export function daysText({ from, until }: { readonly from: string | null; readonly until: string | null }): string {
  return from === null || until === null ? NO_CERTIFICATE : `${from} to ${until}`
}

/** What the `expiration` of Android’s configuration comes to. */
export function expirationText({ expiration }: Pick<ReviewedHost, 'expiration'>): string {
  switch (expiration.kind) {
    case 'none':
      return 'none; the pins never end by themselves'
    case 'written':
      return `${expiration.date}; from then on Android checks no pins`
    case 'not-written':
      return NOT_WRITTEN[expiration.reason]
  }
}

const NOT_WRITTEN = {
  past: 'none is written, since the chosen day has begun',
  'not-a-day': 'none is written, since what was chosen is no day',
  'no-end': 'none is written, since no pinned key has a certificate that ends',
} as const

/** Why a host is not in the plan. */
export function leftOutText({ reason }: LeftOutRow): string {
  switch (reason) {
    case 'no-certificate':
      return 'no certificate'
    case 'no-pin-chosen':
      return 'no certificate of it is pinned'
    case 'no-key-chosen':
      return 'no key of it is pinned'
  }
}

/** When and by what the review was made. */
export function reviewStampText({ day, toolVersion }: { readonly day: string; readonly toolVersion: string }): string {
  return `${dayInWords(day)}, made with Pinsmith ${toolVersion}`
}
