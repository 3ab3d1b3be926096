import { certificateName, validityAt, type Validity } from '../../certificate/certificate.ts'
import { networkSecurityConfig } from '../../formats/android/network-security-config.ts'
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
  /** It signed itself, and the configuration for Android names it as trust anchor. */
  readonly isShipped: boolean
}

export default defineRule<Facts>({
  id: 'certificate-validity',
  tab: 'results',
  severity: ({ role, validity, isReplaced }) =>
    role === 'leaf' && validity === 'expired' && !isReplaced ? 'blocker' : 'warning',
  title: ({ name, role, validity, day }) =>
    validity === 'expired' ? `The ${role} ${name} expired on ${day}` : `The ${role} ${name} is valid only from ${day}`,
  why: ({ role, validity, isShipped }) =>
    validity === 'not-yet-valid'
      ? 'Phones refuse it until then. That is right for a certificate that is kept in reserve, and wrong for the one in service.'
      : isShipped
        ? SHIPPED
        : role === 'leaf'
          ? 'Phones refuse a server that still presents it, whatever is pinned. If the server has a newer certificate, add that one: its key may be another.'
          : 'A path through it is no longer valid. Its key may live on in a newer certificate, with the same pin; check which one phones use today.',
  faq: 'certificate-lifetimes',
  source: 'https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5',
  since: '2026-11-21',
  applies: ({ rows }) => rows.some(({ chains }) => chains.length > 0),
  check: ({ plan, rows, settings, now }) => {
    const { trust } = networkSecurityConfig.valuesOf(settings['android-network-security-config'] ?? {})
    const anchors = plan.policies.flatMap((policy) => policy.anchors.own.filter(({ kind }) => kind === 'leaf'))
    const shipped = new Set(trust === 'ship' ? anchors.map(({ certificate }) => certificate.sha256) : [])
    return rows.flatMap(({ rowId, chains, served }) => {
      const links = new Map(chains.flatMap((chain) => chain.links.map((link) => [link.certificate.sha256, link])))
      const hasValidLeaf = [...links.values()].some(
        (link) => link.role === 'leaf' && validityAt(link.certificate, now) === 'valid',
      )
      return [...links.values()].flatMap((link) =>
        occurrence(link, rowId, now, {
          isReplaced: hasValidLeaf && !served.has(link.certificate.sha256),
          isShipped: shipped.has(link.certificate.sha256),
        }),
      )
    })
  },
})

const SHIPPED =
  'iPhones refuse a server that still presents it, whatever is pinned. Android has it as trust anchor from this configuration and looks at no date of that, so it connects: nobody who tests there will notice. Make a new certificate with the same key and the same name, so that the pin and the anchor stay, and have the iPhones trust that one.'

function occurrence(
  { certificate, role }: ChainLink,
  rowId: string,
  now: number,
  standing: Pick<Facts, 'isReplaced' | 'isShipped'>,
) {
  const validity = validityAt(certificate, now)
  if (validity === 'valid') return []
  const day = isoDay(validity === 'expired' ? certificate.notAfter : certificate.notBefore)
  return [
    { rowIds: [rowId], facts: { name: shownName(certificateName(certificate)), role, validity, day, ...standing } },
  ]
}
