import {
  certificateName,
  validityAt,
  type CertificateFingerprint,
  type Validity,
} from '../../certificate/certificate.ts'
import { networkSecurityConfig } from '../../formats/android/network-security-config.ts'
import type { ChainRole } from '../../chain/chain.ts'
import { isoDay } from '../../instant.ts'
import { defineRule } from '../risk-rule.ts'
import { shownName } from '../wording.ts'

interface Facts {
  readonly fingerprint: CertificateFingerprint
  readonly name: string
  readonly role: ChainRole
  readonly validity: Exclude<Validity, 'valid'>
  readonly day: string
  /**
   * No server was seen to present this one, and the row has another that may be in service: one that is valid today, or
   * one that has ended where this one has not begun.
   */
  readonly isReplaced: boolean
  /** It signed itself, and the configuration for Android names it as trust anchor. */
  readonly isShipped: boolean
}

export default defineRule<Facts>({
  id: 'certificate-validity',
  tab: 'results',
  severity: ({ role, isReplaced }) => (role === 'leaf' && !isReplaced ? 'blocker' : 'warning'),
  title: ({ name, role, validity, day }) =>
    validity === 'expired' ? `The ${role} ${name} expired on ${day}` : `The ${role} ${name} is valid only from ${day}`,
  why: ({ role, validity, isReplaced, isShipped }) => {
    if (validity === 'not-yet-valid') return role === 'leaf' && !isReplaced ? NOT_YET_IN_SERVICE : NOT_YET_IN_RESERVE
    if (isShipped) return SHIPPED
    return role === 'leaf' ? EXPIRED_LEAF : EXPIRED_CA
  },
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
      const ofLeaves = new Set(
        [...links.values()].flatMap(({ role, certificate }) => (role === 'leaf' ? [validityAt(certificate, now)] : [])),
      )
      return [...links.values()].flatMap(({ certificate, role }) => {
        const validity = validityAt(certificate, now)
        if (validity === 'valid') return []
        const hasOther = ofLeaves.has('valid') || (validity === 'not-yet-valid' && ofLeaves.has('expired'))
        const facts: Facts = {
          fingerprint: certificate.sha256,
          name: shownName(certificateName(certificate)),
          role,
          validity,
          day: isoDay(validity === 'expired' ? certificate.notAfter : certificate.notBefore),
          isReplaced: hasOther && !served.has(certificate.sha256),
          isShipped: shipped.has(certificate.sha256),
        }
        return [{ rowIds: [rowId], facts }]
      })
    })
  },
  // A CA of many rows is told of once.
  together: { same: (facts) => JSON.stringify(facts), join: (first) => first },
})

const NOT_YET_IN_SERVICE =
  'Phones refuse a server that presents it before, whatever is pinned. If it is kept in reserve, add the certificate that the server has today: its key may be another.'
const NOT_YET_IN_RESERVE =
  'Phones refuse it until then. That is right for a certificate that is kept in reserve, and wrong for the one in service.'
const EXPIRED_LEAF =
  'Phones refuse a server that still presents it, whatever is pinned. If the server has a newer certificate, add that one: its key may be another.'
const EXPIRED_CA =
  'A path through it is no longer valid. Its key may live on in a newer certificate, with the same pin; check which one phones use today.'
const SHIPPED =
  'iPhones refuse a server that still presents it, whatever is pinned. Android has it as trust anchor from this configuration and looks at no date of that, so it connects: nobody who tests there will notice. Make a new certificate with the same key and the same name, so that the pin and the anchor stay, and have the iPhones trust that one.'
