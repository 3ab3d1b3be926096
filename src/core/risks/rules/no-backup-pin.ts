import { distinctPins, isWithoutCertificate, type PlannedPin } from '../../pins/plan-pins.ts'
import { haveBackup } from '../backups.ts'
import { defineRule } from '../risk-rule.ts'
import { usefulPins } from '../useful-pins.ts'

interface Facts {
  readonly host: string
  /** Those that can be in a chain, unless none can. */
  readonly pins: number
  /** How many others there are. */
  readonly useless: number
  /** No certificate is known for the pins, so nothing can be said about a chain. */
  readonly isWithoutCertificate: boolean
}

export default defineRule<Facts>({
  id: 'no-backup-pin',
  tab: 'results',
  severity: 'warning',
  title: ({ host }) => `No backup pin for ${host}`,
  why: ({ host, pins, useless, isWithoutCertificate: isAlone }) =>
    [
      isAlone
        ? `No certificate is known for the ${pins === 1 ? 'only pin' : `${pins} pins`} of ${host}${pins === 1 ? '' : ', so all of them may belong to one chain'}.`
        : `${pins === 1 ? 'The only pin' : `All ${pins} pins`} of ${host} ${pins === 1 ? 'comes' : 'come'} from one chain, or from chains that are all in service.`,
      ...(useless > 0
        ? [
            `${useless === 1 ? 'One more' : `${useless} more`} can be in no chain that comes, so ${useless === 1 ? 'it is' : 'they are'} no backup.`,
          ]
        : []),
      'When they have to change, there is nothing left to match. Add the certificate, the certificate request or the public key of a key that is kept in reserve, or the root of a second CA, and pin it in Results.',
    ].join(' '),
  faq: 'backup-pin',
  source: 'https://www.rfc-editor.org/rfc/rfc7469#section-4.3',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.length > 0,
  check: ({ plan, rows, now }) =>
    plan.policies.flatMap((policy) => {
      const useful = usefulPins(policy, rows, now)
      if (haveBackup(useful, policy, rows)) return []
      const own = policy.pins.filter(isOwn)
      const ownUseful = useful.filter(isOwn)
      const told = ownUseful.length > 0 ? ownUseful : own
      return [
        {
          rowIds: policy.rowIds,
          facts: {
            host: policy.host,
            pins: distinctPins(told).length,
            useless: distinctPins(own).length - distinctPins(told).length,
            isWithoutCertificate: told.every(isWithoutCertificate),
          },
        },
      ]
    }),
})

function isOwn({ inheritedFrom }: PlannedPin): boolean {
  return inheritedFrom === null
}
