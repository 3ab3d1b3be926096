import { certificateName, type Certificate } from '../../certificate/certificate.ts'
import { isPinned } from '../../pins/pin-choices.ts'
import type { PlanRow } from '../../pins/plan-pins.ts'
import { defineRule } from '../risk-rule.ts'
import { shownName } from '../../wording/wording.ts'

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
  title: ({ host, came }) =>
    came === 'key'
      ? `The backup key of ${host} is the one in service`
      : `A typed pin of ${host} is the key that it presents`,
  why: ({ name, came }) =>
    came === 'key'
      ? `It is the key of ${name}, so whatever takes that key away takes the backup with it. A backup is a key that no server presents: make a new one, keep it offline, and pin its certificate request.`
      : `The leaf ${name} is pinned already, so this pin adds nothing. If it was meant as a backup, type the pin of a key that no server presents.`,
  faq: 'backup-pin',
  source: 'https://www.rfc-editor.org/rfc/rfc7469#section-4.3',
  since: '2026-11-21',
  applies: ({ rows }) =>
    rows.some(({ chains, keys, choices }) => chains.length > 0 && keys.length + choices.typedPins.length > 0),
  check: ({ rows }) =>
    rows.flatMap((row) => {
      const { hostRule, rowId } = row
      if (!hostRule) return []
      return [...repeatedKeys(row), ...repeatedPins(row)].map(({ certificate, came }) => ({
        rowIds: [rowId],
        facts: { host: hostRule.host, name: shownName(certificateName(certificate)), came },
      }))
    }),
})

interface Repeated {
  readonly certificate: Certificate
  readonly came: Facts['came']
}

/** Pinned as backup, and the key of a certificate in a chain. */
function repeatedKeys({ chains, keys, choices }: PlanRow): readonly Repeated[] {
  const links = chains.flatMap((chain) => chain.links)
  return keys
    .filter(({ pin }) => choices.backupKeys.has(pin))
    .flatMap(({ pin }) => {
      const holder = links.find(({ certificate }) => certificate.pin === pin)
      return holder ? [{ certificate: holder.certificate, came: 'key' }] : []
    })
}

/** A typed CA may well be in the chain: it is pinned by that pin alone, or with the others of its family. */
function repeatedPins({ chains, keys, choices }: PlanRow): readonly Repeated[] {
  const leaves = chains
    .flatMap((chain) => chain.links)
    .filter((link) => link.role === 'leaf' && isPinned(choices, link))
  return choices.typedPins
    .filter(({ pin }) => keys.every((key) => key.pin !== pin))
    .flatMap(({ pin }) => {
      const holder = leaves.find(({ certificate }) => certificate.pin === pin)
      return holder ? [{ certificate: holder.certificate, came: 'typed' }] : []
    })
}
