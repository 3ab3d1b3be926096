import type { Certificate } from '../certificate/certificate.ts'
import type { StoreMembership } from '../chain/chain.ts'
import { isoDay } from '../instant.ts'
import { CHROME_POLICY, keyAgeLimit, MOZILLA_POLICY } from './policy.ts'
import type { RootNotice, RootProgramme } from './root-notice.ts'
import { dayInWords } from '../wording/wording.ts'

/**
 * The age limit of the browsers as a notice about one root. Nobody publishes when each key was made, so it is computed
 * from the first day of the certificate.
 *
 * @param known what is published about the root; a programme that is in it has said more than its age limit does
 * @returns null when no browser lists the root, or the limit is not known
 */
export function keyAgeNotice(
  root: Certificate,
  stores: StoreMembership,
  known: readonly RootNotice[],
): RootNotice | null {
  const listing = [
    ...(stores.chrome === null ? [] : (['chrome'] as const)),
    ...(stores.mozilla === null ? [] : (['mozilla'] as const)),
  ]
  const isSaid = (programme: RootProgramme) =>
    known.some(({ programmes }) => programmes.some((one) => one === programme || one === 'issuer'))
  const programmes = listing.filter((programme) => !isSaid(programme))
  const effective = keyAgeLimit(isoDay(root.notBefore))
  if (effective === null || programmes.length === 0) return null
  const who = programmes.map((programme) => (programme === 'chrome' ? 'Chrome' : 'Mozilla')).join(' and ')
  return {
    kind: 'phase-out',
    programmes,
    effective,
    severity: 'info',
    text: `${who} ${programmes.length > 1 ? 'remove' : 'removes'} roots whose keys are older than 15 years, in steps: this one about ${dayInWords(effective)}, an estimate from the first day of its certificate.`,
    sources: programmes.map((programme) => (programme === 'chrome' ? CHROME_POLICY : MOZILLA_POLICY)),
    isEstimate: true,
  }
}
