import { certificateName, validityAt, type Validity } from '../../certificate/certificate.ts'
import type { ChainRole } from '../../chain/chain.ts'
import { isoDay } from '../../instant.ts'
import { defineRule } from '../risk-rule.ts'
import { shownName } from '../wording.ts'

interface Facts {
  readonly name: string
  readonly role: ChainRole
  readonly validity: Exclude<Validity, 'valid'>
  readonly day: string
  /**
   * No server was seen to present this one, and the row has another that may be in service: one that is valid today, or
   * one that has ended where this one has not begun.
   */
  readonly isReplaced: boolean
}

export default defineRule<Facts>({
  id: 'certificate-validity',
  tab: 'results',
  severity: ({ role, isReplaced }) => (role === 'leaf' && !isReplaced ? 'blocker' : 'warning'),
  title: ({ name, role, validity, day }) =>
    validity === 'expired' ? `The ${role} ${name} expired on ${day}` : `The ${role} ${name} is valid only from ${day}`,
  why: ({ role, validity, isReplaced }) =>
    validity === 'not-yet-valid'
      ? role === 'leaf' && !isReplaced
        ? 'Phones refuse a server that presents it before, whatever is pinned. If it is kept in reserve, add the certificate that the server has today: its key may be another.'
        : 'Phones refuse it until then. That is right for a certificate that is kept in reserve, and wrong for the one in service.'
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
      const ofLeaves = new Set(
        [...links.values()].flatMap(({ role, certificate }) => (role === 'leaf' ? [validityAt(certificate, now)] : [])),
      )
      return [...links.values()].flatMap(({ certificate, role }) => {
        const validity = validityAt(certificate, now)
        if (validity === 'valid') return []
        const hasOther = ofLeaves.has('valid') || (validity === 'not-yet-valid' && ofLeaves.has('expired'))
        const day = isoDay(validity === 'expired' ? certificate.notAfter : certificate.notBefore)
        const isReplaced = hasOther && !served.has(certificate.sha256)
        return [
          {
            rowIds: [rowId],
            facts: { name: shownName(certificateName(certificate)), role, validity, day, isReplaced },
          },
        ]
      })
    }),
})
