import { certificateName } from '../../certificate/certificate.ts'
import type { ChainLink } from '../../chain/chain.ts'
import type { PlanRow } from '../../pins/plan-pins.ts'
import { defineRule } from '../risk-rule.ts'
import { shownName } from '../wording.ts'

interface Facts {
  readonly host: string
  /** The certificate in service that has the key. */
  readonly name: string
  /** What the key came as. */
  readonly came: 'key' | 'typed'
}

export default defineRule<Facts>({
  id: 'backup-in-chain',
  tab: 'results',
  severity: ({ came }) => (came === 'key' ? 'warning' : 'note'),
  title: ({ host, name, came }) =>
    came === 'key' ? `The backup key of ${host} is the one in service` : `A typed pin of ${host} is the key of ${name}`,
  why: ({ name, came }) =>
    came === 'key'
      ? `It is the key of ${name}, so whatever takes that key away takes the backup with it. A backup is a key that no server presents: make a new one, keep it offline, and pin its certificate request.`
      : `${name} is in the chain already, so this pin adds nothing to it. If it was meant as a backup, type the pin of a key that no server presents.`,
  faq: 'backup-pin',
  source: 'https://www.rfc-editor.org/rfc/rfc7469#section-4.3',
  since: '2026-11-21',
  applies: ({ rows }) => rows.some((row) => row.chains.length > 0 && candidatesOf(row).length > 0),
  check: ({ rows }) =>
    rows.flatMap((row) => {
      const { hostRule } = row
      if (!hostRule) return []
      return candidatesOf(row).flatMap(({ pin, came }) => {
        const holder = linksOf(row).find(({ certificate }) => certificate.pin === pin)
        if (!holder) return []
        const name = shownName(certificateName(holder.certificate))
        return [{ rowIds: [row.rowId], facts: { host: hostRule.host, name, came } }]
      })
    }),
})

/** What somebody may take for a backup: pinned keys without a certificate, and typed leaf pins. */
function candidatesOf({ keys, choices }: PlanRow) {
  const chosen = keys.filter(({ pin }) => choices.backupKeys.has(pin))
  return [
    ...chosen.map(({ pin }) => ({ pin, came: 'key' as const })),
    ...choices.typedPins
      .filter(({ pin }) => chosen.every((key) => key.pin !== pin))
      .map(({ pin }) => ({ pin, came: 'typed' as const })),
  ]
}

function linksOf({ chains }: PlanRow): readonly ChainLink[] {
  return chains.flatMap(({ links }) => links)
}
