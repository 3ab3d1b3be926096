import { validityAt, type Certificate } from '../../core/certificate/certificate.ts'
import {
  APPLE_LISTS,
  type ChainEnd,
  type ChainLink,
  type SignatureCheck,
  type StoreMembership,
} from '../../core/chain/chain.ts'
import { singleLine } from '../../core/single-line.ts'
import { daysUntil, isoDay, type Instant } from '../../core/instant.ts'
import { counted } from '../../core/wording/wording.ts'
import { sourcesOf, type Row } from '../row.ts'
import { sourceName } from '../source-name.ts'

// Every sentence about one certificate of a chain, in one place.

export function validityText(certificate: Certificate, now: Instant): string {
  const period = `${isoDay(certificate.notBefore)} to ${isoDay(certificate.notAfter)}`
  const days = daysUntil(certificate.notAfter, now)
  switch (validityAt(certificate, now)) {
    case 'valid':
      return `${period}, ${counted(days, 'day')} left`
    case 'expired':
      return `${period}, expired`
    case 'not-yet-valid':
      return `${period}, not yet valid`
  }
}

export function originText(row: Row, { certificate, origin }: ChainLink): string {
  if (origin === 'bundled-store') return 'from the bundled store, since no source has it'
  return [...new Set(sourcesOf(row, certificate.sha256).map(sourceName))].join(', ')
}

export function storesText({ android, apple, mozilla, chrome }: StoreMembership): string {
  const names = [
    ...(android ? [`Android API ${android.first} to ${android.last}`] : []),
    ...(apple ? [isOnNewestList(apple) ? 'Apple' : `Apple until ${APPLE_LISTS[apple.last]}`] : []),
    ...(mozilla ? ['Mozilla'] : []),
    ...(chrome ? ['Chrome'] : []),
  ]
  return names.length > 0 ? names.join(', ') : 'none yet'
}

function isOnNewestList({ last }: NonNullable<StoreMembership['apple']>): boolean {
  return last === APPLE_LISTS.length - 1
}

export function signatureText(signature: SignatureCheck | null, algorithm: string): string {
  if (signature === null) return `${algorithm}, not checked: its issuer is not here`
  switch (signature.kind) {
    case 'verified':
      return `${algorithm}, verified`
    case 'does-not-verify':
      return `${algorithm}, does not verify`
    case 'not-checked':
      return signature.reason === 'algorithm'
        ? `${algorithm}, cannot be checked here: this browser does not know the algorithm`
        : `${algorithm}, cannot be checked here: the page is not served over https or localhost`
  }
}

/** @param isStoreKnown whether the bundled root store was there to be asked */
export function endText(end: ChainEnd, isStoreKnown: boolean): string {
  switch (end.kind) {
    case 'public-root':
      return 'Ends at a root of the bundled root store.'
    case 'private-root':
      if (!isStoreKnown)
        return 'Ends at a root of which nobody can say whether phones have it: the bundled root store is missing.'
      return 'Ends at a private root, which no phone ships with. Android trusts it when the app brings it along: the Android tab has the file. On iPhones it has to be installed.'
    case 'self-signed-leaf':
      return 'The certificate signed itself: there is no CA, and no phone trusts it by default. The Android and iOS tabs say what it takes; a small CA of your own takes less.'
    case 'issuer-missing':
      return `Incomplete: the issuer ${singleLine(end.issuer.text) || 'without a name'} is missing. Add its certificate.`
  }
}
