import { changeTogether, distinctPins } from '../../pins/plan-pins.ts'
import { defineRule } from '../risk-rule.ts'

export default defineRule<{ host: string; pins: number }>({
  id: 'no-backup-pin',
  tab: 'results',
  severity: 'warning',
  title: ({ host }) => `No backup pin for ${host}`,
  why: ({ host, pins }) =>
    `${pins === 1 ? 'The only pin' : `All ${pins} pins`} of ${host} ${pins === 1 ? 'comes' : 'come'} from one chain, or from chains that are all in service. When they have to change, there is nothing left to match. Add the certificate of a key that is kept in reserve, or the root of a second CA, and pin it in Results.`,
  faq: 'backup-pin',
  source: 'https://www.rfc-editor.org/rfc/rfc7469#section-4.3',
  since: '2026-11-21',
  applies: ({ plan }) => plan.policies.length > 0,
  check: ({ plan }) =>
    plan.policies.flatMap(({ host, rowIds, pins }) => {
      // What a parent host brings is in service there, and its chain need not even be valid for this host.
      const own = pins.filter(({ inheritedFrom }) => inheritedFrom === null)
      return changeTogether(own) ? [{ rowIds, facts: { host, pins: distinctPins(own).length } }] : []
    }),
})
