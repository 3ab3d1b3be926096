import { certificateName, type Certificate } from '../../certificate/certificate.ts'
import { faultsOf, sentCertificates, type ServedListFault } from '../../chain/served-list.ts'
import type { HostName } from '../../pins/host-rule.ts'
import { defineRule } from '../risk-rule.ts'
import { placesClause, placesOf, type ServedPlaces } from '../served-places.ts'
import { shownName } from '../../wording/wording.ts'

type UntidyFault = Exclude<ServedListFault, { readonly kind: 'issuer-missing' }>

interface Facts {
  readonly host: HostName
  readonly faults: readonly UntidyFault[]
  readonly places: ServedPlaces
}

export default defineRule<Facts>({
  id: 'untidy-served-list',
  tab: 'results',
  severity: 'note',
  title: ({ host }) => `${host} sends an untidy list of certificates`,
  why: ({ faults, places }) => {
    const place = placesClause(places)
    return [
      ...(place === '' ? [] : [`${place}.`]),
      ...sentencesOf(faults),
      'Phones sort that out. It costs bytes with every connection, and stricter clients may refuse it.',
    ].join(' ')
  },
  faq: 'served-chain',
  source: 'https://datatracker.ietf.org/doc/html/rfc8446#section-4.4.2',
  since: '2026-11-21',
  applies: ({ rows }) => rows.some(({ hostRule, servedLists }) => hostRule !== null && servedLists.length > 0),
  check: ({ rows }) =>
    rows.flatMap((row) => {
      const { hostRule, rowId, servedLists } = row
      if (!hostRule) return []
      const untidy = servedLists
        .map((list) => ({ list, faults: faultsOf(sentCertificates(list, row) ?? [], row).filter(isUntidy) }))
        .filter(({ faults }) => faults.length > 0)
      if (untidy.length === 0) return []
      const places = placesOf(
        untidy.map(({ list }) => list),
        servedLists,
      )
      return [
        { rowIds: [rowId], facts: { host: hostRule.host, faults: untidy.flatMap(({ faults }) => faults), places } },
      ]
    }),
})

function isUntidy(fault: ServedListFault): fault is UntidyFault {
  return fault.kind !== 'issuer-missing'
}

function sentencesOf(faults: readonly UntidyFault[]): readonly string[] {
  const sentences = faults.map((fault) => {
    switch (fault.kind) {
      case 'leaf-not-first':
        return `It begins with ${name(fault.first)} instead of the server’s own certificate.`
      case 'wrong-order':
        return `${name(fault.issuer)} stands before ${name(fault.certificate)}, which it certifies.`
      case 'repeated':
        return `${name(fault.certificate)} is sent more than once.`
      case 'root-sent':
        return `${name(fault.certificate)} is a root: a phone has it already or does not trust it.`
      case 'unrelated':
        return `${name(fault.certificate)} does not belong to the chain.`
    }
  })
  const distinct = [...new Set(sentences)]
  const shown = distinct.slice(0, MOST_SENTENCES)
  const left = distinct.length - shown.length
  return left > 0 ? [...shown, `There are ${left} more faults like these.`] : shown
}

/** Each may hold two names of a hundred characters. */
const MOST_SENTENCES = 4

function name(certificate: Certificate): string {
  return shownName(certificateName(certificate))
}
