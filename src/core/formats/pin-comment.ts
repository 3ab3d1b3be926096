import { certificateName } from '../certificate/certificate.ts'
import { shortLine } from '../single-line.ts'
import { endOfPin } from './expiration.ts'
import { isoDay } from '../instant.ts'
import type { KeyOrigin, KeyWithoutCertificate } from '../pins/key-without-certificate.ts'
import type { PinRole } from '../pins/pin-choices.ts'
import type { CertificateOrigin, PlannedPin, TypedOrigin } from '../pins/plan-pins.ts'
import { authorityName } from '../trust/known-authorities.ts'

/** Leaves room in a comment for what follows the name. */
const LONGEST_NAME = 80

/** One line that says what a pin stands for. Holds hostile text: pass it through `xmlComment` or the like. */
export function pinComment(pin: PlannedPin): string {
  const { origins, inheritedFrom } = pin
  const inherited = inheritedFrom ? ` (pin of ${inheritedFrom}, whose sub-domains include this host)` : ''
  const certificates = origins.filter((origin) => origin.kind === 'certificate')
  const key = origins.find((origin) => origin.kind === 'key')
  const typed = origins.find((origin) => origin.kind === 'typed')
  if (certificates.length > 0) {
    const also = [...(key ? [`, also in a ${KEY_SOURCES[key.key.origin]}`] : []), ...(typed ? [', also typed in'] : [])]
    return certificateComment(pin, certificates, inherited) + also.join('')
  }
  if (key) return `backup key${inherited}: ${keyText(key.key)}${typed ? ', also typed in' : ''}`
  return typed ? `typed in${inherited}: ${typedText(typed, pin)}` : 'wrong on purpose: no key has this pin'
}

function certificateComment(pin: PlannedPin, certificates: readonly CertificateOrigin[], inherited: string): string {
  const [first] = certificates
  const end = endOfPin(pin)
  if (!first || end === null) return ''
  // The same certificate may be in several chains and rows.
  const others = new Set(certificates.map(({ certificate }) => certificate.sha256)).size - 1
  const more = others > 0 ? `, and ${others} more certificate${others > 1 ? 's' : ''} with this key` : ''
  const name = shortLine(certificateName(first.certificate), LONGEST_NAME)
  return `${first.chainRole}${inherited}: ${name}, valid until ${isoDay(end)}${more}`
}

const KEY_SOURCES: Readonly<Record<KeyOrigin, string>> = {
  'certificate-request': 'certificate request',
  'public-key': 'public key',
  'private-key': 'public half of a private key',
}

function keyText({ origin, name }: KeyWithoutCertificate): string {
  return `${KEY_SOURCES[origin]} ${shortLine(name, LONGEST_NAME)}`.trim()
}

const TYPED_ROLES: Readonly<Record<PinRole, string>> = {
  leaf: 'leaf pin',
  ca: 'CA pin',
  unknown: 'leaf or CA pin, nobody said which',
}

function typedText({ bundledRoot }: TypedOrigin, { pin, role }: PlannedPin): string {
  const name = bundledRoot ?? authorityName(pin)
  return name === null ? TYPED_ROLES[role] : `CA pin, the key of ${shortLine(name, LONGEST_NAME)}`
}
