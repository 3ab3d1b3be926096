import type { DistinguishedName } from '../certificate/certificate.ts'
import type { Instant } from '../instant.ts'
import type { PlanRow } from '../pins/plan-pins.ts'
import type { SpkiPin } from '../pins/spki-pin.ts'
import { retiredIssuersOf, retiredIssuersWith, type RetiredIssuers } from './policy.ts'

/** An issuer of a row that its CA has retired. */
export interface RetiredIssuer {
  readonly retired: RetiredIssuers
  readonly name: string
  /** Null where it is known as somebody's issuer alone. */
  readonly pin: SpkiPin | null
}

/** The retired issuers of a row, each of them once, by its own certificate or a typed pin where the row has that. */
export function retiredIn({ chains, reserve, choices }: PlanRow, now: Instant): RetiredIssuer[] {
  const held = [...chains.flatMap(({ links }) => links.map(({ certificate }) => certificate)), ...reserve]
  const asIssuers = held.flatMap(({ issuer }) => foundBy(issuer, null, now))
  const themselves = held.filter(({ isCa }) => isCa).flatMap(({ subject, pin }) => foundBy(subject, pin, now))
  const typed = choices.typedPins.flatMap(({ pin }) => {
    const retired = retiredIssuersWith(pin, now)
    return retired ? [{ retired, name: retired.keys.get(pin) ?? '', pin }] : []
  })
  const distinct = new Map(
    [...asIssuers, ...themselves, ...typed].map((found) => [`${found.retired.ca} ${found.name}`, found]),
  )
  return [...distinct.values()]
}

function foundBy(name: DistinguishedName, pin: SpkiPin | null, now: Instant): RetiredIssuer[] {
  const retired = retiredIssuersOf(name, now)
  return retired ? [{ retired, name: name.commonName ?? '', pin }] : []
}
