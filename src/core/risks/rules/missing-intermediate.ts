import { certificateName } from '../../certificate/certificate.ts'
import { faultsOf, sentCertificates, type ServedList } from '../../chain/served-list.ts'
import type { HostName } from '../../pins/host-rule.ts'
import type { PlanRow } from '../../pins/plan-pins.ts'
import { defineRule } from '../risk-rule.ts'
import { placesClause, placesOf, type ServedPlaces } from '../served-places.ts'
import { shownName } from '../../wording/wording.ts'

interface Facts {
  readonly host: HostName
  /** The certificate whose issuer is missing. */
  readonly name: string
  readonly issuer: string
  /** The issuer is known to be an intermediate, since another source has it. */
  readonly isKnown: boolean
  /** No CA certificate is sent. */
  readonly isLeafAlone: boolean
  readonly places: ServedPlaces
}

const CONSEQUENCE =
  'Android does not fetch a missing intermediate: it refuses the connection before it looks at any pin. iOS may fetch it, and desktop browsers fetch or remember it, so nobody notices there.'

export default defineRule<Facts>({
  id: 'missing-intermediate',
  tab: 'results',
  severity: ({ isKnown, isLeafAlone, places }) => {
    // Whoever verifies one type of key alone is no phone.
    if (isKnown) return places.only === null ? 'blocker' : 'warning'
    // Few CAs issue from their root, so a leaf alone is seldom right; above an intermediate there is mostly the root.
    return isLeafAlone ? 'warning' : 'note'
  },
  title: ({ host, isKnown }) =>
    isKnown ? `${host} does not send an intermediate certificate` : `${host} may lack an intermediate certificate`,
  why: ({ name, issuer, isKnown, places }) => {
    const place = placesClause(places)
    const where = place === '' ? '' : `${place}: `
    return isKnown
      ? `${where}${issuer}, which issued ${name}, is not sent. ${CONSEQUENCE} Have the server send it after ${name}.`
      : `${where}${issuer}, which issued ${name}, is not sent, and Pinsmith does not have it either. If it is the root of a private CA, that is right, and phones need that root. If it is an intermediate, the server is misconfigured: ${CONSEQUENCE} Fetch or add the certificate of ${issuer} to find out.`
  },
  faq: 'served-chain',
  source: 'https://developer.android.com/privacy-and-security/security-ssl#MissingCa',
  since: '2026-11-21',
  applies: ({ rows }) => rows.some(({ hostRule, servedLists }) => hostRule !== null && servedLists.length > 0),
  check: ({ rows }) =>
    rows.flatMap((row) => {
      const { hostRule, rowId, servedLists } = row
      if (!hostRule) return []
      const lacks = servedLists.flatMap((list) => lackOf(list, row))
      // Lists that lack the same issuer are one fault at several places.
      const distinct = new Map(lacks.map((lack) => [`${lack.name}\n${lack.issuer}`, lack]))
      return [...distinct.values()].map(({ name, issuer, isKnown, isLeafAlone }) => {
        const alike = lacks.filter((lack) => lack.name === name && lack.issuer === issuer)
        const places = placesOf(
          alike.map(({ list }) => list),
          servedLists,
        )
        return { rowIds: [rowId], facts: { host: hostRule.host, name, issuer, isKnown, isLeafAlone, places } }
      })
    }),
})

function lackOf(list: ServedList, row: PlanRow) {
  const faults = faultsOf(sentCertificates(list, row) ?? [], row)
  return faults.flatMap((fault) => {
    if (fault.kind !== 'issuer-missing') return []
    const { certificate, intermediate } = fault
    const issuer = intermediate
      ? certificateName(intermediate)
      : (certificate.issuer.commonName ?? certificate.issuer.text)
    return [
      {
        list,
        name: shownName(certificateName(certificate)),
        issuer: shownName(issuer) || 'an issuer without a name',
        isKnown: intermediate !== null,
        isLeafAlone: !certificate.isCa,
      },
    ]
  })
}
