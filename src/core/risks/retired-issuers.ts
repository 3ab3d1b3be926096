import { certificateName, type Certificate, type DistinguishedName } from '../certificate/certificate.ts'
import { startOfDayUtc, type Instant } from '../instant.ts'
import type { PlanRow } from '../pins/plan-pins.ts'
import { RETIRED_ISSUERS, type RetiredIssuers } from './policy.ts'

/** An issuer of a row that its CA has retired. */
export interface RetiredIssuer {
  readonly retired: RetiredIssuers
  readonly name: string
  /** Null where it is known as somebody's issuer alone. */
  readonly certificate: Certificate | null
}

/** The retired issuers of a row, each of them once, by its own certificate where the row has that. */
export function retiredIn({ chains, reserve }: PlanRow, now: Instant): RetiredIssuer[] {
  const held = [...chains.flatMap(({ links }) => links.map(({ certificate }) => certificate)), ...reserve]
  const asIssuers = held.flatMap((certificate) => foundBy(certificate.issuer, null, now))
  const themselves = held
    .filter(({ isCa }) => isCa)
    .flatMap((certificate) => foundBy(certificate.subject, certificate, now))
  const distinct = new Map([...asIssuers, ...themselves].map((found) => [`${found.retired.ca} ${found.name}`, found]))
  return [...distinct.values()]
}

function foundBy(name: DistinguishedName, certificate: Certificate | null, now: Instant): RetiredIssuer[] {
  const { commonName, organization } = name
  const retired = RETIRED_ISSUERS.find(
    (issuers) =>
      issuers.organization === organization &&
      issuers.commonNames.includes(commonName ?? '') &&
      (startOfDayUtc(`${issuers.since}-01`) ?? Infinity) <= now,
  )
  if (!retired) return []
  return [{ retired, name: certificate ? certificateName(certificate) : (commonName ?? ''), certificate }]
}
