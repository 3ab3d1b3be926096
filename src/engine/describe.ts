// tsyringe, which @peculiar/x509 is built on, throws at import unless this polyfill was loaded before it.
import 'reflect-metadata'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  type HashedAlgorithm,
  type Name,
} from '@peculiar/x509'
import type { Certificate } from '../core/certificate/certificate.ts'
import { encodeHex } from '../core/pins/encoding.ts'
import { failed, ok, type Result } from '../core/result.ts'
import { certificateParts } from './certificate-parts.ts'
import { readValidity, type ValidityPeriod } from './certificate-time.ts'
import { contentOf, readChildren, readElement, TAG, type CertificateParts, type DerElement } from './der.ts'
import { readDistinguishedName } from './distinguished-name.ts'
import { fingerprintOf, pinOf } from './fingerprint.ts'
import type { DamageReason } from './inspection.ts'
import { readObjectIdentifier } from './object-identifier.ts'
import { describePublicKey } from './public-key.ts'
import { readSubjectAlternativeNames } from './subject-alternative-names.ts'

/** A certificate's details, and the identifiers by which an issuer is found among several of one name. */
export interface CertificateDetails {
  readonly certificate: Certificate
  readonly subjectKeyIdentifier: string | null
  readonly authorityKeyIdentifier: string | null
}

/** The library takes eight seconds and gigabytes for what is large and no certificate. */
const MAX_BYTES = 1024 * 1024

const EXTENSION = {
  subjectKeyIdentifier: '2.5.29.14',
  subjectAlternativeName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
} as const

/**
 * Decodes one certificate for display and rules. Pin and fingerprint are taken over the bytes given, never over what
 * a library encodes again. Never throws.
 *
 * @returns the reason of `certificateParts`, or `not-decodable` when the names, the dates or the extensions that
 *   decide about hosts and CAs cannot be read; other extensions may hold anything
 */
export async function describe(der: Uint8Array): Promise<Result<CertificateDetails, DamageReason>> {
  const parts = await certificateParts(der)
  if (!parts.ok) return parts
  if (parts.value.certificate.length > MAX_BYTES) return failed('not-decodable')
  try {
    const details = decode(parts.value)
    return details ? ok(details) : failed('not-decodable')
  } catch {
    return failed('not-decodable')
  }
}

/** Looking into octet strings costs time and the limit of 10 000 nodes, and nothing here needs it. */
const PARSING = { berOptions: { parseEmbedded: false } }

function decode(parts: CertificateParts): CertificateDetails | null {
  const decoded = new X509Certificate(ownBuffer(parts.certificate), PARSING)
  const fields = readFields(parts.tbsCertificate, decoded)
  // In BER a name or a key may have an indefinite length; what the library encodes says the same in DER.
  const subject = readDistinguishedName(parts.subject) ?? readDistinguishedName(encodedName(decoded.subjectName))
  const issuer = readDistinguishedName(parts.issuer) ?? readDistinguishedName(encodedName(decoded.issuerName))
  const publicKey =
    describePublicKey(parts.subjectPublicKeyInfo) ?? describePublicKey(new Uint8Array(decoded.publicKey.rawData))
  const extensions = readExtensions(fields.extensions)
  if (!fields.validity || !subject || !issuer || !publicKey || !extensions) return null
  return {
    certificate: {
      sha256: fingerprintOf(parts.certificate),
      pin: pinOf(parts.subjectPublicKeyInfo),
      subject,
      issuer,
      serialNumber: decoded.serialNumber,
      notBefore: fields.validity.notBefore,
      notAfter: fields.validity.notAfter,
      dnsNames: extensions.dnsNames,
      ipAddresses: extensions.ipAddresses,
      isCa: extensions.isCa,
      isSelfIssued: encodeHex(parts.subject) === encodeHex(parts.issuer),
      publicKey,
      signatureAlgorithm: describeSignatureAlgorithm(decoded.signatureAlgorithm),
    },
    subjectKeyIdentifier: extensions.subjectKeyIdentifier,
    authorityKeyIdentifier: extensions.authorityKeyIdentifier,
  }
}

/** The library keeps the buffer it is given; a view would keep the whole input alive. */
function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer
}

function encodedName(name: Name): Uint8Array {
  return new Uint8Array(name.toArrayBuffer())
}

interface RawExtension {
  readonly type: string
  readonly der: ArrayBuffer
}

/** The validity and the extensions by their own bytes; the library's reading of them where they are BER. */
function readFields(
  tbsCertificate: Uint8Array,
  decoded: X509Certificate,
): { validity: ValidityPeriod | null; extensions: readonly RawExtension[] } {
  const outer = readElement(tbsCertificate, 0)
  const all = outer.ok ? readChildren(tbsCertificate, outer.value) : null
  const fields = all?.[0]?.tag === TAG.explicit0 ? all.slice(1) : all
  const validity = fields?.[3]
    ? readValidity(tbsCertificate, fields[3].start)
    : { notBefore: decoded.notBefore.getTime(), notAfter: decoded.notAfter.getTime() }
  const extensions = fields && readExtensionList(tbsCertificate, fields)
  return {
    validity,
    extensions: extensions ?? decoded.extensions.map(({ type, rawData }) => ({ type, der: rawData })),
  }
}

function readExtensionList(bytes: Uint8Array, fields: readonly DerElement[]): readonly RawExtension[] | null {
  const wrapper = fields.find((field) => field.tag === TAG.explicit3)
  if (!wrapper) return []
  const [list] = readChildren(bytes, wrapper) ?? []
  const extensions = list && readChildren(bytes, list)
  if (!extensions) return null
  return extensions.map((extension) => ({
    type: extensionType(bytes, extension),
    der: ownBuffer(bytes.subarray(extension.start, extension.end)),
  }))
}

function extensionType(bytes: Uint8Array, extension: DerElement): string {
  const [type] = readChildren(bytes, extension, 1) ?? []
  return (type && readObjectIdentifier(contentOf(bytes, type))) ?? ''
}

/**
 * Only the extensions that are asked for are decoded: one that is broken elsewhere must not cost the certificate.
 *
 * @returns null when the names of hosts cannot be read; throws when the basic constraints cannot
 */
function readExtensions(extensions: readonly RawExtension[]) {
  const ofType = (type: string) => extensions.filter((extension) => extension.type === type)
  const names = ofType(EXTENSION.subjectAlternativeName).map(({ der }) => readSubjectAlternativeNames(valueOf(der)))
  const hostNames = names.filter((name) => name !== null)
  if (hostNames.length < names.length) return null
  return {
    dnsNames: hostNames.flatMap((name) => name.dnsNames),
    ipAddresses: hostNames.flatMap((name) => name.ipAddresses),
    isCa: ofType(EXTENSION.basicConstraints).some(({ der }) => new BasicConstraintsExtension(der).ca),
    subjectKeyIdentifier: hint(() =>
      ofType(EXTENSION.subjectKeyIdentifier).map(({ der }) => new SubjectKeyIdentifierExtension(der).keyId),
    ),
    authorityKeyIdentifier: hint(() =>
      ofType(EXTENSION.authorityKeyIdentifier).map(({ der }) => new AuthorityKeyIdentifierExtension(der).keyId ?? null),
    ),
  }
}

/** The content of an extension's last element (RFC 5280 §4.1): type, perhaps `critical`, value. */
function valueOf(der: ArrayBuffer): Uint8Array {
  const bytes = new Uint8Array(der)
  const outer = readElement(bytes, 0)
  const value = outer.ok ? readChildren(bytes, outer.value)?.at(-1) : undefined
  return value?.tag === TAG.octetString ? contentOf(bytes, value) : new Uint8Array()
}

/** A key identifier only helps to choose among issuers, so one that cannot be decoded is as good as none. */
function hint(read: () => readonly (string | null)[]): string | null {
  try {
    return read()[0] ?? null
  } catch {
    return null
  }
}

/** Algorithms that the library gives as their identifier only. */
const OTHER_SIGNATURE_ALGORITHMS: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.2': 'MD2 with RSA',
  '1.2.840.113549.1.1.4': 'MD5 with RSA',
  '1.3.14.3.2.29': 'SHA-1 with RSA',
  '1.2.840.10040.4.3': 'SHA-1 with DSA',
  '2.16.840.1.101.3.4.3.2': 'SHA-256 with DSA',
  '1.3.101.113': 'Ed448',
}

const SIGNATURE_SCHEMES: Readonly<Record<string, string>> = {
  'RSASSA-PKCS1-v1_5': 'RSA',
  'RSA-PSS': 'RSA-PSS',
  ECDSA: 'ECDSA',
}

function describeSignatureAlgorithm(algorithm: HashedAlgorithm | Algorithm): string {
  const scheme = SIGNATURE_SCHEMES[algorithm.name]
  const hash = 'hash' in algorithm ? algorithm.hash : undefined
  const hashName = typeof hash === 'object' && 'name' in hash ? hash.name : hash
  if (scheme && typeof hashName === 'string') return `${hashName} with ${scheme}`
  return OTHER_SIGNATURE_ALGORITHMS[algorithm.name] ?? algorithm.name
}
