import type { Instant } from '../core/instant.ts'
import { contentOf, readChildren, readElement, TAG } from './der.ts'

export interface ValidityPeriod {
  readonly notBefore: Instant
  readonly notAfter: Instant
}

const UTC_TIME = 0x17
const GENERALIZED_TIME = 0x18

/**
 * Reads a DER Validity (RFC 5280 §4.1.2.5). Not left to @peculiar/x509, which takes any text for some date.
 *
 * @returns null when one of the two is no time
 */
export function readValidity(bytes: Uint8Array, start: number): ValidityPeriod | null {
  const outer = readElement(bytes, start)
  const times = outer.ok && outer.value.tag === TAG.sequence ? readChildren(bytes, outer.value) : null
  if (times?.length !== 2) return null
  const [notBefore, notAfter] = times.map((time) => readTime(time.tag, contentOf(bytes, time)))
  return typeof notBefore === 'number' && typeof notAfter === 'number' ? { notBefore, notAfter } : null
}

/** Seconds may be missing and an offset may stand for `Z`: DER forbids both, old certificates have them. */
const TIME = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:Z|([+-])(\d{2})(\d{2}))$/

function readTime(tag: number, content: Uint8Array): Instant | null {
  if ((tag !== UTC_TIME && tag !== GENERALIZED_TIME) || content.length > 24) return null
  const match = TIME.exec(String.fromCharCode(...content))
  const yearDigits = tag === UTC_TIME ? 2 : 4
  if (!match || match[1]?.length !== yearDigits) return null
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '00', sign, offsetHour, offsetMinute] =
    match
  const fullYear = yearDigits === 4 ? year : (Number(year) < 50 ? '20' : '19') + year
  const local = `${fullYear}-${month}-${day}T${hour}:${minute}:${second}`
  const instant = Date.parse(`${local}${sign ? `${sign}${offsetHour}:${offsetMinute}` : 'Z'}`)
  // Date.parse reads 30 February as 1 March.
  const exists = Date.parse(`${local.slice(0, 10)}T00:00:00Z`)
  return Number.isNaN(instant) || new Date(exists).toISOString().slice(0, 10) !== local.slice(0, 10) ? null : instant
}
