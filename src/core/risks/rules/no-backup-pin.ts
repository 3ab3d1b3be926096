import { changeTogether, distinctPins, isWithoutCertificate } from '../../pins/plan-pins.ts'
import { defineRule } from '../risk-rule.ts'

interface Facts {
  readonly host: string
  readonly pins: number
  /** No certificate is known for the pins, so nothing can be said about a chain. */
  readonly isWithoutCertificate: boolean
}

export default defineRule<Facts>({
  id: 'no-backup-pin',
  tab: 'results',
  severity: 'warning',
  title: ({ host }) => `No backup pin for ${host}`,
  why: ({ host, pins, isWithoutCertificate: isAlone }) =>
    [
      isAlone
        ? `No certificate is known for the ${pins === 1 ? 'only pin' : `${pins} pins`} of ${host}${pins === 1 ? '' : ', so all of them may belong to one chain'}.`
        : `${pins === 1 ? 'The only pin' : `All ${pins} pins`} of ${host} ${pins === 1 ? 'comes' : 'come'} from one chain, or from chains that are all in service.`,
      'When they have to change, there is nothing left to match. Add the certificate, the certificate request or the public key of a key that is kept in reserve, or the root of a second CA, and pin it in Results.',
    ].join(' '),
  faq: 'backup-pin',
  source: 'https://www.rfc-editor.org/rfc/rfc7469#section-4.3',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.length > 0,
  check: ({ plan }) =>
    plan.policies.flatMap(({ host, rowIds, pins }) => {
      // What a parent host brings is in service there, and its chain need not even be valid for this host.
      const own = pins.filter(({ inheritedFrom }) => inheritedFrom === null)
      return changeTogether(own)
        ? [
            {
              rowIds,
              facts: { host, pins: distinctPins(own).length, isWithoutCertificate: own.every(isWithoutCertificate) },
            },
          ]
        : []
    }),
})
