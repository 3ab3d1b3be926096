import type { Certificate } from '../../core/certificate/certificate.ts'
import type { CertificatePolicy, ValidationLevel } from '../../core/certificate/certificate-extensions.ts'
import { DEVIATION_TEXTS } from '../../core/certificate/key-encoding.ts'
import { isoDay, type Instant } from '../../core/instant.ts'
import { publicKeyText } from '../key-names.ts'

/** One line of a certificate's details. Values may be hostile and endless: shown as text, on one line, cut off. */
export interface CertificateFact {
  readonly term: string
  /** Never empty. */
  readonly values: readonly string[]
  /** Hexadecimal and object identifiers are set in the font of code. */
  readonly isCode: boolean
}

/** Everything that is known of one certificate; what it does not have is left out, unless its absence says something. */
export function certificateFacts(certificate: Certificate): readonly CertificateFact[] {
  const { extensions, isCa, keyEncoding } = certificate
  const { signedCertificateTimestamps: timestamps } = extensions
  const limits = (usages: readonly string[] | null, name: string) =>
    usages?.join(', ') ?? (extensions.unreadable.includes(name) ? 'cannot be read' : 'not limited')
  return [
    text('Subject', certificate.subject.text || 'empty'),
    text('Issuer', certificate.issuer.text || 'empty'),
    code('Serial number', certificate.serialNumber),
    text('Valid from', instantText(certificate.notBefore)),
    text('Valid until', instantText(certificate.notAfter)),
    text('Key', publicKeyText(certificate.publicKey)),
    text('Key encoding', ...keyEncoding.map((deviation) => `unusual: ${DEVIATION_TEXTS[deviation]}`)),
    text('Signature algorithm', certificate.signatureAlgorithm),
    text('DNS names', ...certificate.dnsNames),
    text('IP addresses', ...certificate.ipAddresses),
    text('Other names', ...extensions.otherNames),
    text('Key usage', limits(extensions.keyUsage, 'key usage') || 'none'),
    text('Extended key usage', limits(extensions.extendedKeyUsage, 'extended key usage') || 'none'),
    text('CA', isCa ? `yes, ${pathLengthText(extensions.pathLength)}` : 'no'),
    code('Subject key identifier', ...listOf(extensions.subjectKeyIdentifier)),
    code('Authority key identifier', ...listOf(extensions.authorityKeyIdentifier)),
    text('Issuer certificate URL', ...extensions.issuerUrls),
    text('Policies', ...extensions.policies.map(policyText)),
    text('Must-staple', ...(extensions.mustStaple || !isCa ? [extensions.mustStaple ? 'yes' : 'no'] : [])),
    text('Embedded SCTs', ...(timestamps.length > 0 || !isCa ? [timestampsText(timestamps.length)] : [])),
    code('SCT log IDs', ...timestamps.map(({ logId }) => logId ?? 'of an unknown version')),
    code('SHA-256 fingerprint, not a pin', certificate.sha256),
    code('SHA-1 fingerprint, not a pin', certificate.sha1),
    text('Extensions that cannot be read', ...extensions.unreadable),
  ].filter(({ values }) => values.length > 0)
}

function text(term: string, ...values: readonly string[]): CertificateFact {
  return { term, values, isCode: false }
}

function code(term: string, ...values: readonly string[]): CertificateFact {
  return { term, values, isCode: true }
}

function listOf(value: string | null): readonly string[] {
  return value === null ? [] : [value]
}

function instantText(instant: Instant): string {
  return `${isoDay(instant)} ${new Date(instant).toISOString().slice(11, 19)} UTC`
}

/** RFC 5280 §4.2.1.9: the leaf is not counted. */
function pathLengthText(pathLength: number | null): string {
  if (pathLength === null) return 'with any number of CAs below it'
  if (pathLength === 0) return 'with no other CA below it'
  return `with at most ${pathLength} ${pathLength === 1 ? 'CA' : 'CAs'} below it`
}

const VALIDATION_TEXTS: Readonly<Record<ValidationLevel, string>> = {
  'domain-validated': 'domain validated, DV',
  'organization-validated': 'organization validated, OV',
  'individual-validated': 'individual validated, IV',
  'extended-validation': 'extended validation, EV',
}

function policyText({ identifier, validation }: CertificatePolicy): string {
  return validation === null ? identifier : `${identifier} (${VALIDATION_TEXTS[validation]})`
}

function timestampsText(count: number): string {
  return count === 0 ? 'none' : `${count}, signatures not checked`
}
