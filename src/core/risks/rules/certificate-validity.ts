import { certificateName, validityAt, type Validity } from '../../certificate/certificate.ts'
import type { ChainLink, ChainRole } from '../../chain/chain.ts'
import { isoDay } from '../../instant.ts'
import { defineRule } from '../risk-rule.ts'
import { shownName } from '../wording.ts'

interface Facts {
  readonly name: string
  readonly role: ChainRole
  readonly validity: Exclude<Validity, 'valid'>
  readonly day: string
  /** The row has another server certificate that is valid today, and no server was seen to present this one. */
  readonly isReplaced: boolean
}

export default defineRule<Facts>({
  id: 'certificate-validity',
  tab: 'results',
  severity: ({ role, validity, isReplaced }) =>
    role === 'leaf' && validity === 'expired' && !isReplaced ? 'blocker' : 'warning',
  title: ({ name, role, validity, day }) =>
    validity === 'expired' ? `The ${role} ${name} expired on ${day}` : `The ${role} ${name} is valid only from ${day}`,
  why: ({ role, validity }) =>
    validity === 'not-yet-valid'
      ? 'Phones refuse it until then. That is right for a certificate that is kept in reserve, and wrong for the one in service.'
      : role === 'leaf'
        ? 'Phones refuse a server that still presents it, whatever is pinned. If the server has a newer certificate, add that one: its key may be another.'
        : 'A path through it is no longer valid. Its key may live on in a newer certificate, with the same pin; check which one phones use today.',
  faq: 'certificate-lifetimes',
  source: 'https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5',
  since: '2026-11-21',
  applies: ({ rows }) => rows.some(({ chains }) => chains.length > 0),
  check: ({ rows, now }) =>
    rows.flatMap(({ rowId, chains, served }) => {
      const links = new Map(chains.flatMap((chain) => chain.links.map((link) => [link.certificate.sha256, link])))
      const hasValidLeaf = [...links.values()].some(
        (link) => link.role === 'leaf' && validityAt(link.certificate, now) === 'valid',
      )
      return [...links.values()].flatMap((link) =>
        occurrence(link, rowId, now, hasValidLeaf && !served.has(link.certificate.sha256)),
      )
    }),
})

function occurrence({ certificate, role }: ChainLink, rowId: string, now: number, isReplaced: boolean) {
  const validity = validityAt(certificate, now)
  if (validity === 'valid') return []
  const day = isoDay(validity === 'expired' ? certificate.notAfter : certificate.notBefore)
  return [
    { rowIds: [rowId], facts: { name: shownName(certificateName(certificate)), role, validity, day, isReplaced } },
  ]
}
